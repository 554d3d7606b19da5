import { numberOf, textOf, truthy } from '../dom/wx-element.ts';
import { FieldElement } from './field.ts';

/** `<slider>`: a number on a line. */
export class SliderElement extends FieldElement {
  readonly #field = document.createElement('input');
  readonly #shown = document.createElement('span');
  #initially = 0;

  override build(): void {
    this.#field.type = 'range';
    this.#field.value = '0';
    this.#shown.hidden = true;
    this.#shown.setAttribute('aria-hidden', 'true');
    this.append(this.#field, this.#shown);
    this.#field.addEventListener('input', () => {
      this.#draw();
      this.emit('changing', { value: this.formValue });
    });
    this.#field.addEventListener('change', () => {
      this.writeBack('value', this.formValue);
      this.emit('change', { value: this.formValue });
    });
    this.#draw();
  }

  override get ariaTarget(): HTMLElement {
    return this.#field;
  }

  override get formValue(): number {
    return Number(this.#field.value);
  }

  override reset(): void {
    this.#field.value = String(this.#initially);
    this.#draw();
  }

  override update(name: string, value: unknown): void {
    super.update(name, value);
    if (name === 'min' || name === 'max' || name === 'step')
      this.#field[name] = String(numberOf(value, name === 'max' ? 100 : 0));
    else if (name === 'value') this.#initially = numberOf(value, 0);
    else if (name === 'disabled') this.#field.disabled = truthy(value);
    else if (name === 'show-value') this.#shown.hidden = !truthy(value);
    else if (/^active-?color$/iu.test(name)) this.style.setProperty('--active', textOf(value));
    else if (/^background-?color$/iu.test(name)) this.style.setProperty('--rest', textOf(value));
    // A value beyond limits that are set after it would be lost.
    if (name === 'min' || name === 'max' || name === 'value') this.reset();
  }

  #draw(): void {
    const { min, max } = this.#field;
    const part = (this.formValue - Number(min || 0)) / (Number(max || 100) - Number(min || 0) || 1);
    this.style.setProperty('--percent', `${100 * part}%`);
    this.#shown.textContent = this.#field.value;
  }
}
