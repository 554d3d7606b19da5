import type { UnitConfig } from '../facts.ts';
import { themed } from '../theme-values.ts';

/** The bar above a page: its title, the way back, WeChat's own two buttons. */
export class NavBar {
  readonly element = document.createElement('header');
  readonly #title = document.createElement('h1');
  readonly #back = document.createElement('button');
  readonly #busy = document.createElement('span');
  readonly #config: UnitConfig;
  #colors: { front?: string; back?: string } = {};
  #canGoBack = false;

  constructor(config: UnitConfig, { back, home }: { back(): void; home(): void }) {
    this.#config = config;
    this.element.className = 'phone-nav';
    this.#back.type = 'button';
    this.#back.className = 'phone-back';
    this.#back.addEventListener('click', () => (this.#canGoBack ? back() : home()));
    this.#title.className = 'phone-title';
    this.#title.textContent = config.navigationBarTitleText ?? '';
    this.#busy.className = 'phone-busy';
    this.#busy.hidden = true;
    const capsule = document.createElement('span');
    capsule.className = 'phone-capsule';
    capsule.setAttribute('aria-hidden', 'true');
    this.element.append(this.#back, this.#busy, this.#title, capsule);
    this.look();
  }

  get title(): string {
    return this.#title.textContent ?? '';
  }

  set title(text: string) {
    this.#title.textContent = text;
  }

  set busy(on: boolean) {
    this.#busy.hidden = !on;
  }

  /**
   * @param back there is a page below this one
   * @param home this page was opened first without being the front page or a tab
   */
  ways(back: boolean, home: boolean): void {
    this.#canGoBack = back;
    this.#back.hidden = !back && !home;
    this.#back.setAttribute('aria-label', back ? '返回' : '回到首页');
    this.#back.classList.toggle('phone-home', !back);
  }

  setColors(front: string, back: string): void {
    this.#colors = { front, back };
    this.look();
  }

  look(): void {
    // Without a word of app.json WeChat's bar is black and its text white.
    this.element.style.background = this.#colors.back ?? themed(this.#config.navigationBarBackgroundColor) ?? '#000';
    this.element.style.color = this.#colors.front ?? themed(this.#config.navigationBarTextStyle) ?? 'white';
  }
}
