import { numberOf, textOf, WxElement } from '../dom/wx-element.ts';

const GREEN = '#07c160';

/** Drawn in a square of 24: a disc with a mark in it, or the mark alone. */
const ICONS: Record<string, { color: string; disc?: boolean; path: string }> = {
  success: { color: GREEN, disc: true, path: 'M7 12.5l3.5 3.5L17 9' },
  success_no_circle: { color: GREEN, path: 'M4 12.5l5.5 5.5L20 7' },
  info: { color: '#10aeff', disc: true, path: 'M12 7v.5M12 11v6' },
  warn: { color: '#f76260', disc: true, path: 'M12 7v6M12 16.5v.5' },
  waiting: { color: '#10aeff', disc: true, path: 'M12 7v5l4 2' },
  cancel: { color: '#f43530', disc: true, path: 'M8.5 8.5l7 7M15.5 8.5l-7 7' },
  download: { color: GREEN, disc: true, path: 'M12 6.5v8M8.5 11.5l3.5 3.5 3.5-3.5M8 17.5h8' },
  search: { color: '#b2b2b2', path: 'M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM15.5 15.5L20 20' },
  clear: { color: '#b2b2b2', disc: true, path: 'M8.5 8.5l7 7M15.5 8.5l-7 7' },
};

/** `<icon>`: one of the phone's own signs. */
export class IconElement extends WxElement {
  #type = '';
  #color = '';

  override build(): void {
    this.setDom('role', 'img');
    this.#draw();
  }

  override update(name: string, value: unknown): void {
    if (name === 'type') this.#type = textOf(value);
    else if (name === 'color') this.#color = textOf(value);
    else if (name === 'size') this.style.setProperty('--size', `${numberOf(value, 23)}px`);
    this.#draw();
  }

  #draw(): void {
    const icon = ICONS[this.#type];
    if (!icon) return;
    const color = this.#color || icon.color;
    const disc = icon.disc ? '<circle cx="12" cy="12" r="10"/>' : '';
    this.innerHTML = `<svg viewBox="0 0 24 24" fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${disc}<path/></svg>`;
    this.querySelector('circle')?.setAttribute('fill', color);
    const path = this.querySelector('path');
    path?.setAttribute('d', icon.path);
    path?.setAttribute('stroke', icon.disc ? '#fff' : color);
  }
}
