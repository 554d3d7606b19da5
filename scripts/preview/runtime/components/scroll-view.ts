import { pixelsOf } from '../dom/units.ts';
import { numberOf, textOf, truthy, WxElement, WxEvent } from '../dom/wx-element.ts';
import { PullToRefresh } from '../pages/pull.ts';

const NEAR_PX = 50;

/** `<scroll-view>`: a window on something larger. */
export class ScrollViewElement extends WxElement {
  #upper = NEAR_PX;
  #lower = NEAR_PX;
  #smooth = false;
  #pull: PullToRefresh | undefined;
  #last = { top: 0, left: 0 };
  #near = { start: true, end: false };

  override build(): void {
    // Its own news of having scrolled has the same name.
    this.addEventListener('scroll', (event) => event instanceof WxEvent || this.#scrolled(), { passive: true });
  }

  override update(name: string, value: unknown): void {
    switch (name) {
      case 'scroll-x':
      case 'scroll-y':
        this.setDom(name, truthy(value) ? '' : undefined);
        // Reachable by keyboard, as browsers make what scrolls.
        this.setDom('tabindex', truthy(value) ? '0' : undefined);
        break;
      case 'scroll-top':
        this.#go({ top: pixelsOf(textOf(value)) });
        break;
      case 'scroll-left':
        this.#go({ left: pixelsOf(textOf(value)) });
        break;
      case 'scroll-into-view':
        this.#reveal(textOf(value));
        break;
      case 'scroll-with-animation':
        this.#smooth = truthy(value);
        break;
      case 'upper-threshold':
        this.#upper = numberOf(value, NEAR_PX);
        break;
      case 'lower-threshold':
        this.#lower = numberOf(value, NEAR_PX);
        break;
      case 'refresher-enabled':
        if (truthy(value)) this.#pull ??= new PullToRefresh(this, this, () => this.emit('refresherrefresh', {}));
        break;
      case 'refresher-triggered':
        queueMicrotask(() => this.#pull?.[truthy(value) ? 'start' : 'stop']());
        break;
      default:
    }
  }

  #go(to: ScrollToOptions): void {
    requestAnimationFrame(() => this.scrollTo({ ...to, behavior: this.#smooth ? 'smooth' : 'instant' }));
  }

  #reveal(id: string): void {
    if (!id) return;
    requestAnimationFrame(() => {
      const found = this.__wxElement?.ownerShadowRoot?.querySelector(`#${id}`);
      const element = found?.getBackendElement() as unknown as Element | undefined;
      if (!element) return;
      const here = this.getBoundingClientRect();
      const there = element.getBoundingClientRect();
      this.#go({ top: this.scrollTop + there.top - here.top, left: this.scrollLeft + there.left - here.left });
    });
  }

  #scrolled(): void {
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight, clientWidth } = this;
    const deltaY = this.#last.top - scrollTop;
    const deltaX = this.#last.left - scrollLeft;
    this.#last = { top: scrollTop, left: scrollLeft };
    this.emit('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth, deltaX, deltaY });
    const sideways = this.hasAttribute('scroll-x') && !this.hasAttribute('scroll-y');
    const [at, size, all] = sideways ? [scrollLeft, clientWidth, scrollWidth] : [scrollTop, clientHeight, scrollHeight];
    const near = { start: at <= this.#upper, end: at + size >= all - this.#lower };
    if (near.start && !this.#near.start) this.emit('scrolltoupper', { direction: sideways ? 'left' : 'top' });
    if (near.end && !this.#near.end) this.emit('scrolltolower', { direction: sideways ? 'right' : 'bottom' });
    this.#near = near;
  }
}
