import { textOf, truthy } from '../dom/wx-element.ts';
import { FieldElement } from './field.ts';

/** `<switch>`: on or off. */
export class SwitchElement extends FieldElement {
  #checked = false;
  #initially = false;
  #disabled = false;

  override build(): void {
    this.setDom('role', 'switch');
    this.setDom('tabindex', '0');
    const inside = this.attachShadow({ mode: 'open' });
    const knob = document.createElement('span');
    knob.setAttribute('part', 'knob');
    inside.append(knob);
    this.#show(false);
  }

  override update(name: string, value: unknown): void {
    super.update(name, value);
    if (name === 'checked') {
      this.#initially = truthy(value);
      this.#show(this.#initially);
    } else if (name === 'color') this.style.setProperty('--active', textOf(value));
    else if (name === 'type') {
      this.setDom('type', textOf(value) || undefined);
      this.setDom('role', value === 'checkbox' ? 'checkbox' : 'switch');
    } else if (name === 'disabled') {
      this.#disabled = truthy(value);
      this.setDom('aria-disabled', this.#disabled ? 'true' : undefined);
      this.setDom('tabindex', this.#disabled ? undefined : '0');
    }
  }

  override get formValue(): boolean {
    return this.#checked;
  }

  override reset(): void {
    this.#show(this.#initially);
  }

  override get deaf(): boolean {
    return this.#disabled;
  }

  override get activates(): boolean {
    return true;
  }

  override activate(): void {
    this.#show(!this.#checked);
    this.writeBack('checked', this.#checked);
    this.emit('change', { value: this.#checked });
  }

  #show(on: boolean): void {
    this.#checked = on;
    this.setDom('aria-checked', String(on));
  }
}
