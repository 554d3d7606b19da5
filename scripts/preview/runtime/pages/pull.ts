const ENOUGH_PX = 60;

/** Pulling a page down past its top: with a finger, a mouse, or by `wx.startPullDownRefresh`. */
export class PullToRefresh {
  readonly #mark = document.createElement('div');
  readonly #body: HTMLElement;
  readonly #refresh: () => void;
  #from: number | undefined;
  #busy = false;

  constructor(body: HTMLElement, scroller: HTMLElement, refresh: () => void) {
    this.#body = body;
    this.#refresh = refresh;
    this.#mark.className = 'phone-pull';
    this.#mark.setAttribute('role', 'status');
    body.prepend(this.#mark);
    const at = (event: TouchEvent | PointerEvent) => ('touches' in event ? event.touches[0]?.clientY : event.clientY);
    const begin = (event: TouchEvent | PointerEvent) => {
      this.#from = scroller.scrollTop <= 0 && !this.#busy ? at(event) : undefined;
    };
    const move = (event: TouchEvent | PointerEvent) => {
      const y = at(event);
      if (this.#from === undefined || y === undefined) return;
      this.#draw(Math.max(0, Math.min((y - this.#from) / 2, ENOUGH_PX * 1.3)));
    };
    const end = () => {
      if (this.#from === undefined) return;
      this.#from = undefined;
      if (this.#pulled >= ENOUGH_PX) this.start();
      else this.#draw(0);
    };
    scroller.addEventListener('touchstart', begin, { passive: true });
    scroller.addEventListener('touchmove', move, { passive: true });
    scroller.addEventListener('touchend', end);
    scroller.addEventListener('pointerdown', (event) => event.pointerType === 'mouse' && begin(event));
    addEventListener('pointermove', (event) => event.pointerType === 'mouse' && move(event));
    addEventListener('pointerup', (event) => event.pointerType === 'mouse' && end());
  }

  start(): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#mark.setAttribute('aria-label', '正在刷新');
    this.#draw(ENOUGH_PX);
    this.#refresh();
  }

  stop(): void {
    this.#busy = false;
    this.#mark.removeAttribute('aria-label');
    this.#draw(0);
  }

  get #pulled(): number {
    return Number.parseFloat(this.#body.style.getPropertyValue('--pulled') || '0');
  }

  #draw(px: number): void {
    this.#body.style.setProperty('--pulled', `${px}px`);
    this.#body.classList.toggle('phone-pulled', px > 0);
  }
}
