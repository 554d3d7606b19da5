import type { Facts } from '../facts.ts';
import { fontScale, theme } from '../settings.ts';
import { TabBar } from './tab-bar.ts';

/** The phone's screen: where pages lie, and the tab bar below those that have one. */
export class Screen {
  readonly pages = document.createElement('main');
  readonly tabBar: TabBar | undefined;
  readonly #root = document.querySelector('#phone') ?? document.body;

  constructor(facts: Facts, pressTab: (index: number) => void) {
    this.pages.className = 'phone-pages';
    this.#root.append(this.pages);
    if (facts.app.tabBar) {
      this.tabBar = new TabBar(facts, facts.app.tabBar, pressTab);
      this.#root.append(this.tabBar.element);
    }
    this.#look();
    theme.onChange(() => this.#look());
    fontScale.onChange(() => this.#look());
  }

  /** @param tab the tab page that is to be seen; undefined when what is seen is none */
  arrange(tab: string | undefined): void {
    this.#root.classList.toggle('phone-tabs', tab !== undefined && this.tabBar !== undefined);
    this.tabBar?.select(tab);
  }

  #look(): void {
    document.documentElement.dataset.theme = theme.value;
    document.documentElement.style.setProperty('--phone-text', String(fontScale.value));
  }
}
