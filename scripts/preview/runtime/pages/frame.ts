import type { UnitConfig } from '../facts.ts';
import { themed } from '../theme-values.ts';
import { NavBar } from './nav-bar.ts';
import { PullToRefresh } from './pull.ts';

export interface FrameHandlers {
  back(): void;
  home(): void;
  refresh(): void;
  bottom(): void;
  scroll(top: number): void;
}

const BOTTOM_PX = 50;

/** What a page looks out of: the bar above, the part that scrolls, the pull that refreshes. */
export class Frame {
  readonly element = document.createElement('section');
  /** The size of a page's window: what `100vh` and `position: fixed` measure by. */
  readonly body = document.createElement('div');
  readonly scroller = document.createElement('div');
  readonly nav: NavBar | undefined;
  readonly pull: PullToRefresh | undefined;
  readonly #config: UnitConfig;
  readonly #handlers: FrameHandlers;
  #atBottom = false;

  constructor(path: string, config: UnitConfig, handlers: FrameHandlers) {
    this.#config = config;
    this.#handlers = handlers;
    this.element.className = 'phone-frame';
    this.element.dataset.frame = path;
    this.body.className = 'phone-body';
    this.scroller.className = 'phone-scroller';
    this.scroller.classList.toggle('phone-still', config.disableScroll === true);
    this.body.append(this.scroller);
    if (config.navigationStyle !== 'custom') {
      this.nav = new NavBar(config, handlers);
      this.element.append(this.nav.element);
    }
    this.element.append(this.body);
    if (config.enablePullDownRefresh) this.pull = new PullToRefresh(this.body, this.scroller, handlers.refresh);
    this.scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.look();
  }

  set visible(on: boolean) {
    this.element.classList.toggle('phone-hidden', !on);
    this.element.inert = !on;
  }

  /** Slides in from the right, as a page that is put on another. */
  comeIn(): void {
    this.element.classList.add('phone-push');
    this.element.addEventListener('animationend', () => this.element.classList.remove('phone-push'), { once: true });
  }

  remove(how?: 'pop'): void {
    if (how !== 'pop' || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.element.remove();
      return;
    }
    this.element.inert = true;
    this.element.classList.add('phone-pop');
    this.element.addEventListener('animationend', () => this.element.remove(), { once: true });
    // The animation does not run in a window nobody sees.
    setTimeout(() => this.element.remove(), 400);
  }

  scrollTo(top: number, durationMs: number): void {
    this.scroller.scrollTo({ top, behavior: durationMs > 0 ? 'smooth' : 'instant' });
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.#handlers.scroll(scrollTop);
    const distance = this.#config.onReachBottomDistance ?? BOTTOM_PX;
    const atBottom = scrollTop + clientHeight >= scrollHeight - distance;
    if (atBottom && !this.#atBottom) this.#handlers.bottom();
    this.#atBottom = atBottom;
  }

  /** Takes its colours anew: the screen has become light or dark. */
  look(): void {
    this.nav?.look();
    const background = themed(this.#config.backgroundColor);
    if (background) this.body.style.setProperty('--page-background', background);
  }
}
