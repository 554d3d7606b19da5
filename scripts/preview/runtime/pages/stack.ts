import { pageNotFound } from '../app.ts';
import type { Facts } from '../facts.ts';
import { theme } from '../settings.ts';
import type { Space } from '../space.ts';
import { EventChannel } from '../wx/event-channel.ts';
import { Page } from './page.ts';
import { Screen } from './screen.ts';
import { formatPageUrl, type PageUrl, parsePageUrl } from './url.ts';

/** WeChat opens no eleventh page. */
const DEPTH = 10;

/** A step between pages that cannot be made; the message is WeChat's, behind `navigateTo:fail `. */
export class NavigationError extends Error {}

/**
 * The pages that lie on one another, the top one to be seen. Tab pages live on below the others once they were opened.
 */
export class Stack {
  readonly #space: Space;
  readonly #facts: Facts;
  readonly #screen: Screen;
  #pages: Page[] = [];
  readonly #tabs = new Map<string, Page>();

  constructor(space: Space, facts: Facts) {
    this.#space = space;
    this.#facts = facts;
    this.#screen = new Screen(facts, (index) => this.#pressTab(index));
    theme.onChange(() => {
      for (const page of this.#living()) page.frame.look();
    });
  }

  get top(): Page | undefined {
    return this.#pages.at(-1);
  }

  get isTabOnTop(): boolean {
    return this.top !== undefined && this.#isTab(this.top.path);
  }

  /** What the pages' own scripts call `this`, the oldest first. */
  instances(): unknown[] {
    return this.#pages.map(({ instance }) => instance);
  }

  get screen(): Screen {
    return this.#screen;
  }

  /** The page the address asks for (`#/pages/…`), or the first of `app.json`. */
  begin(): PageUrl {
    const asked = decodeURI(location.hash.slice(1));
    return parsePageUrl(asked || `/${this.#facts.pages[0] ?? ''}`);
  }

  first(path: string, query: Record<string, string>): void {
    if (this.#known(path)) this.#enter(this.#open({ path, query }));
    else if (!pageNotFound(path, query, true)) this.first(this.#facts.pages[0] ?? '', {});
  }

  /** @param events what the new page finds with `getOpenerEventChannel()` */
  navigateTo(url: string, events: EventChannel = new EventChannel()): void {
    const target = this.#target(url);
    if (this.#isTab(target.path)) throw new NavigationError('can not navigateTo a tabbar page');
    if (this.#pages.length >= DEPTH) throw new NavigationError(`webview count limit exceed`);
    this.top?.hide();
    this.#enter(this.#open(target, events), 'push');
  }

  redirectTo(url: string): void {
    const target = this.#target(url);
    if (this.#isTab(target.path)) throw new NavigationError('can not redirectTo a tabbar page');
    this.#close(1);
    this.#enter(this.#open(target));
  }

  navigateBack(delta = 1): void {
    const steps = Math.min(delta, this.#pages.length - 1);
    if (steps <= 0) throw new NavigationError('cannot navigate back at first page.');
    this.#close(steps, 'pop');
    this.#settle();
  }

  switchTab(url: string): void {
    const { path } = this.#target(url);
    if (!this.#isTab(path)) throw new NavigationError('can not switch to no-tabBar page');
    if (this.top?.path === path) return;
    if (this.isTabOnTop) this.top?.hide();
    else this.#close(this.#pages.length - (this.#bottomIsTab() ? 1 : 0));
    const kept = this.#tabs.get(path);
    this.#pages = [];
    if (kept) {
      this.#pages = [kept];
      this.#settle();
    } else this.#enter(this.#open({ path, query: {} }));
  }

  #pressTab(index: number): void {
    const tab = this.#facts.app.tabBar?.list[index];
    if (!tab) return;
    this.switchTab(`/${tab.pagePath}`);
    this.top?.instance.onTabItemTap?.({ index, pagePath: tab.pagePath, text: tab.text });
  }

  reLaunch(url: string): void {
    const target = this.#target(url);
    this.#close(this.#pages.length);
    for (const page of this.#tabs.values()) page.unload();
    this.#tabs.clear();
    this.#enter(this.#open(target));
  }

  /** Every page there is: those on the stack, and tab pages that wait. */
  #living(): Set<Page> {
    return new Set([...this.#pages, ...this.#tabs.values()]);
  }

  #bottomIsTab(): boolean {
    const [bottom] = this.#pages;
    return bottom !== undefined && this.#isTab(bottom.path);
  }

  #isTab(path: string): boolean {
    return this.#facts.app.tabBar?.list.some(({ pagePath }) => pagePath === path) ?? false;
  }

  #known(path: string): boolean {
    return this.#facts.pages.includes(path);
  }

  #target(url: string): PageUrl {
    const target = parsePageUrl(url, this.top?.path);
    if (this.#known(target.path)) return target;
    pageNotFound(target.path, target.query, false);
    throw new NavigationError(`page "${target.path}" is not found`);
  }

  #open(url: PageUrl, events = new EventChannel()): Page {
    const unit = this.#space.unit(url.path);
    if (!unit) throw new NavigationError(`page "${url.path}" is not found`);
    const page = new Page(this.#space.createPage(url.path), unit, url, this.#facts, {
      events,
      back: () => this.navigateBack(),
      home: () => this.reLaunch(`/${this.#facts.pages[0] ?? ''}`),
    });
    if (this.#isTab(url.path)) this.#tabs.set(url.path, page);
    return page;
  }

  #enter(page: Page, how?: 'push'): void {
    this.#pages.push(page);
    const back = this.#pages.length > 1;
    const home = !back && !this.#isTab(page.path) && page.path !== this.#facts.pages[0];
    page.load(this.#screen.pages, { back, home, how });
    this.#settle();
  }

  /** Takes pages off the top. */
  #close(count: number, how?: 'pop'): void {
    for (let left = count; left > 0; left -= 1) {
      const page = this.#pages.pop();
      if (!page) return;
      if (this.#tabs.get(page.path) === page) this.#tabs.delete(page.path);
      page.unload(left === count ? how : undefined);
    }
  }

  /** Shows the top page, and only that, and writes it into the address, so that reloading comes back to it. */
  #settle(): void {
    const { top } = this;
    if (!top) return;
    for (const page of this.#living()) page.visible = page === top;
    this.#screen.arrange(this.#isTab(top.path) ? top.path : undefined);
    top.show();
    document.title = top.frame.nav?.title || document.title;
    history.replaceState(null, '', `#${encodeURI(formatPageUrl(top.url))}`);
  }
}
