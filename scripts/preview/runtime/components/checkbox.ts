import { ChoiceElement } from './choice.ts';
import { FieldElement } from './field.ts';

/** `<checkbox>`: can be set and taken back. */
export class CheckboxElement extends ChoiceElement {
  protected override readonly role_ = 'checkbox';

  override activate(): void {
    this.checked = !this.checked;
    this.writeBack('checked', this.checked);
    const group = this.closest('wx-checkbox-group');
    if (group instanceof CheckboxGroupElement) group.changed();
  }
}

/** `<checkbox-group>`: its value is the list of what is set in it. */
export class CheckboxGroupElement extends FieldElement {
  override build(): void {
    this.setDom('role', 'group');
  }

  get #boxes(): CheckboxElement[] {
    return [...this.querySelectorAll('wx-checkbox')].filter((each) => each instanceof CheckboxElement);
  }

  override get formValue(): string[] {
    return this.#boxes.filter(({ checked }) => checked).map(({ value }) => value);
  }

  override reset(): void {
    for (const box of this.#boxes) box.reset();
  }

  changed(): void {
    this.emit('change', { value: this.formValue });
  }
}
