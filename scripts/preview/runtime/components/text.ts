import { textOf, truthy, WxElement } from '../dom/wx-element.ts';

/** `<text>`: keeps its line breaks; can be selected where it says so. */
export class TextElement extends WxElement {
  override update(name: string, value: unknown): void {
    if (name === 'user-select' || name === 'selectable') this.setDom('user-select', truthy(value) ? '' : undefined);
    else if (name === 'space') this.setDom('space', textOf(value) || undefined);
  }
}
