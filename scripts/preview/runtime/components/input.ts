import { textOf, truthy } from '../dom/wx-element.ts';
import { TypingElement } from './typing.ts';

/** The keyboards a phone brings up for WeChat's types of input. */
const KEYBOARDS: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text', tel: 'tel' };

/** `<input>`: one line of text. */
export class InputElement extends TypingElement {
  constructor() {
    super(document.createElement('input'));
  }

  override update(name: string, value: unknown): void {
    super.update(name, value);
    const { field } = this;
    if (!(field instanceof HTMLInputElement)) return;
    if (name === 'type') {
      field.inputMode = KEYBOARDS[textOf(value)] ?? 'text';
      if (value === 'safe-password') field.type = 'password';
    } else if (name === 'password') field.type = truthy(value) ? 'password' : 'text';
  }

  protected override key(event: KeyboardEvent): void {
    // Enter that ends the choice of a character is no confirmation.
    if (event.key === 'Enter' && !event.isComposing) this.confirm();
  }
}
