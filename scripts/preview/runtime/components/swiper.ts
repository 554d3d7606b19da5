import { numberOf, textOf, truthy, WxElement } from '../dom/wx-element.ts';

/** `<swiper>`: several boxes of one size, one seen at a time. */
export class SwiperElement extends WxElement {
  readonly #track = document.createElement('div');
  readonly #dots = document.createElement('div');
  #current = 0;
  #interval = 5000;
  #autoplay = false;
  #vertical = false;
  #source: '' | 'autoplay' | 'touch' = 'touch';
  #timer = 0;
  #settling = 0;

  override build(): void {
    this.#track.setAttribute('part', 'track');
    this.#dots.setAttribute('part', 'dots');
    this.#dots.hidden = true;
    const slot = document.createElement('slot');
    this.#track.append(slot);
    this.attachShadow({ mode: 'open' }).append(this.#track, this.#dots);
    slot.addEventListener('slotchange', () => this.#go(this.#current, 'instant'));
    this.#track.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#track.tabIndex = 0;
    this.#track.setAttribute('role', 'group');
  }

  override get ariaTarget(): HTMLElement {
    return this.#track;
  }

  override update(name: string, value: unknown): void {
    switch (name) {
      case 'current':
        this.#source = '';
        this.#go(numberOf(value, 0), 'smooth');
        break;
      case 'indicator-dots':
        this.#dots.hidden = !truthy(value);
        break;
      case 'indicator-color':
        this.style.setProperty('--rest', textOf(value));
        break;
      case 'indicator-active-color':
        this.style.setProperty('--active', textOf(value));
        break;
      case 'vertical':
        this.#vertical = truthy(value);
        this.setDom('vertical', this.#vertical ? '' : undefined);
        break;
      case 'interval':
        this.#interval = numberOf(value, 5000);
        this.#play();
        break;
      case 'autoplay':
        this.#autoplay = truthy(value);
        this.#play();
        break;
      default:
    }
  }

  connectedCallback(): void {
    this.#play();
    requestAnimationFrame(() => this.#go(this.#current, 'instant'));
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
  }

  get #items(): SwiperItemElement[] {
    return [...this.children].filter((each) => each instanceof SwiperItemElement);
  }

  #play(): void {
    clearInterval(this.#timer);
    if (!this.#autoplay || !this.isConnected || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    this.#timer = window.setInterval(() => {
      this.#source = 'autoplay';
      this.#go((this.#current + 1) % Math.max(1, this.#items.length), 'smooth');
    }, this.#interval);
  }

  #go(index: number, behavior: ScrollBehavior): void {
    const item = this.#items[index];
    if (!item) {
      this.#current = index;
      return;
    }
    this.#track.scrollTo({ left: item.offsetLeft, top: item.offsetTop, behavior });
    if (behavior === 'instant') this.#arrive(index);
    else this.#scrolled();
  }

  #scrolled(): void {
    clearTimeout(this.#settling);
    this.#settling = window.setTimeout(() => {
      const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.#track;
      const part = this.#vertical ? scrollTop / (clientHeight || 1) : scrollLeft / (clientWidth || 1);
      this.#arrive(Math.round(part));
      this.emit('animationfinish', { current: this.#current, source: this.#source });
      this.#source = 'touch';
    }, 120);
  }

  #arrive(index: number): void {
    const moved = index !== this.#current;
    this.#current = index;
    for (const [at, item] of this.#items.entries()) {
      item.inert = at !== index;
      item.setDom('aria-hidden', at === index ? undefined : 'true');
    }
    this.#dots.replaceChildren(
      ...this.#items.map((_item, at) => {
        const dot = document.createElement('i');
        dot.setAttribute('part', at === index ? 'dot active-dot' : 'dot');
        return dot;
      }),
    );
    if (!moved) return;
    this.writeBack('current', index);
    this.emit('change', {
      current: index,
      source: this.#source,
      currentItemId: this.#items[index]?.getAttribute('item-id') ?? '',
    });
  }
}

/** `<swiper-item>`: one of them. */
export class SwiperItemElement extends WxElement {
  override update(name: string, value: unknown): void {
    if (name === 'item-id') this.setDom('item-id', textOf(value));
  }
}
