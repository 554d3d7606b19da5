import { WxElement } from '../dom/wx-element.ts';
import { FieldElement } from './field.ts';

/** `<form>`: gathers what its fields hold when a button in it submits. */
export class FormElement extends WxElement {
  get #fields(): FieldElement[] {
    return [...this.querySelectorAll('*')].filter((each) => each instanceof FieldElement);
  }

  submit(): void {
    const value: Record<string, unknown> = {};
    for (const field of this.#fields) if (field.name) value[field.name] = field.formValue;
    this.emit('submit', { value, target: {} });
  }

  reset(): void {
    for (const field of this.#fields) field.reset();
    this.emit('reset', {});
  }
}
