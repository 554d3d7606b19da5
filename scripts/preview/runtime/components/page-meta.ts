import { rpxToUnits } from '../dom/units.ts';
import { textOf, WxElement } from '../dom/wx-element.ts';
import { fontScale } from '../settings.ts';

/** `<page-meta>`: says how the page itself looks, from inside its template. */
export class PageMetaElement extends WxElement {
  override update(name: string, value: unknown): void {
    // The page is around it only once the template is put together.
    queueMicrotask(() => this.#apply(name, textOf(value)));
  }

  #apply(name: string, value: string): void {
    const page = this.closest<HTMLElement>('wx-page');
    const body = this.closest<HTMLElement>('.phone-body');
    if (!page || !body) return;
    if (name === 'page-style') page.style.cssText = rpxToUnits(value);
    else if (name === 'background-color') body.style.setProperty('--page-background', value);
    else if (name === 'root-background-color') body.style.background = value;
    else if (name === 'page-font-size') page.style.fontSize = sizeOf(value);
    else if (name === 'root-font-size') setRootSize(value);
  }
}

/** As the page last asked for it. */
let rootSize = '';

function setRootSize(value: string): void {
  rootSize = value;
  document.documentElement.style.fontSize = sizeOf(value);
}

fontScale.onChange(() => {
  if (rootSize === 'system') setRootSize(rootSize);
});

/** `system` is the phone's text size setting. */
const sizeOf = (value: string): string => (value === 'system' ? `${16 * fontScale.value}px` : rpxToUnits(value));
