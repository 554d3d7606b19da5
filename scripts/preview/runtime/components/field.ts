import { textOf, WxElement } from '../dom/wx-element.ts';

/** Something a form collects: it has a name, a value, and a way back to what it was. */
export abstract class FieldElement extends WxElement {
  name = '';

  abstract get formValue(): unknown;
  abstract reset(): void;

  override update(name: string, value: unknown): void {
    if (name === 'name') this.name = textOf(value);
  }
}
