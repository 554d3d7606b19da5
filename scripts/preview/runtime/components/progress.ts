import { numberOf, textOf, truthy, WxElement } from '../dom/wx-element.ts';

/** `<progress>`: how much of something is done, in percent. */
export class ProgressElement extends WxElement {
  readonly #bar = document.createElement('div');
  readonly #info = document.createElement('span');

  override build(): void {
    this.setDom('role', 'progressbar');
    this.setDom('aria-valuemin', '0');
    this.setDom('aria-valuemax', '100');
    this.#bar.className = 'wx-progress-bar';
    this.#bar.append(document.createElement('div'));
    this.#info.hidden = true;
    this.append(this.#bar, this.#info);
  }

  override update(name: string, value: unknown): void {
    switch (name) {
      case 'percent': {
        const percent = Math.max(0, Math.min(100, numberOf(value, 0)));
        this.style.setProperty('--percent', `${percent}%`);
        this.setDom('aria-valuenow', String(percent));
        this.#info.textContent = `${percent}%`;
        break;
      }
      case 'show-info':
        this.#info.hidden = !truthy(value);
        break;
      case 'stroke-width':
        this.style.setProperty('--stroke', `${numberOf(value, 6)}px`);
        break;
      case 'activeColor':
      case 'active-color':
      case 'color':
        this.style.setProperty('--active', textOf(value));
        break;
      case 'backgroundColor':
      case 'background-color':
        this.style.setProperty('--rest', textOf(value));
        break;
      default:
    }
  }
}
