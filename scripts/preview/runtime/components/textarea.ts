import { truthy } from '../dom/wx-element.ts';
import { TypingElement } from './typing.ts';

/** `<textarea>`: many lines of text; grows with them where it says so. */
export class TextareaElement extends TypingElement {
  #grows = false;
  #height = 0;

  constructor() {
    super(document.createElement('textarea'));
  }

  override update(name: string, value: unknown): void {
    super.update(name, value);
    if (name !== 'auto-height') return;
    this.#grows = truthy(value);
    this.setDom('auto-height', this.#grows ? '' : undefined);
    (this.field as HTMLTextAreaElement).rows = this.#grows ? 1 : 2;
    requestAnimationFrame(() => this.textChanged());
  }

  protected override textChanged(): void {
    if (!this.#grows) return;
    this.field.style.height = 'auto';
    const height = this.field.scrollHeight;
    this.field.style.height = `${height}px`;
    if (height === this.#height) return;
    this.#height = height;
    const line = Number.parseFloat(getComputedStyle(this.field).lineHeight) || 20;
    this.emit('linechange', { height, lineCount: Math.max(1, Math.round(height / line)) });
  }
}
