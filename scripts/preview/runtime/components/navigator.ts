import { numberOf, textOf, WxElement } from '../dom/wx-element.ts';
import { phone } from '../phone.ts';

type Open = (stack: typeof phone.stack, url: string, delta: number) => void;

const OPEN_TYPES: Record<string, Open> = {
  navigate: (stack, url) => stack.navigateTo(url),
  redirect: (stack, url) => stack.redirectTo(url),
  switchTab: (stack, url) => stack.switchTab(url),
  reLaunch: (stack, url) => stack.reLaunch(url),
  navigateBack: (stack, _url, delta) => stack.navigateBack(delta),
};

/** `<navigator>`: a link to another page. */
export class NavigatorElement extends WxElement {
  #url = '';
  #openType = 'navigate';
  #delta = 1;

  override build(): void {
    this.setDom('role', 'link');
    this.setDom('tabindex', '0');
    this.defaultHoverClass = 'navigator-hover';
  }

  override update(name: string, value: unknown): void {
    if (name === 'url') this.#url = textOf(value);
    else if (name === 'open-type') this.#openType = textOf(value) || 'navigate';
    else if (name === 'delta') this.#delta = numberOf(value, 1);
  }

  override get activates(): boolean {
    return true;
  }

  override activate(): void {
    try {
      OPEN_TYPES[this.#openType]?.(phone.stack, this.#url, this.#delta);
      this.emit('success', { errMsg: `${this.#openType}:ok` });
    } catch (error) {
      this.emit('fail', { errMsg: `${this.#openType}:fail ${error instanceof Error ? error.message : ''}` });
      console.error(error);
    }
    this.emit('complete', {});
  }
}
