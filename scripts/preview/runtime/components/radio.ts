import { ChoiceElement } from './choice.ts';
import { FieldElement } from './field.ts';

/** `<radio>`: one of several; setting it takes the others back. */
export class RadioElement extends ChoiceElement {
  protected override readonly role_ = 'radio';

  override activate(): void {
    if (this.checked) return;
    const group = this.closest('wx-radio-group');
    if (group instanceof RadioGroupElement) group.choose(this);
    else this.checked = true;
    this.writeBack('checked', true);
  }
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** `<radio-group>`: its value is the one that is set. */
export class RadioGroupElement extends FieldElement {
  override build(): void {
    this.setDom('role', 'radiogroup');
    this.addEventListener('keydown', (event) => this.#step(event));
  }

  get #radios(): RadioElement[] {
    return [...this.querySelectorAll('wx-radio')].filter((each) => each instanceof RadioElement);
  }

  override get formValue(): string {
    return this.#radios.find(({ checked }) => checked)?.value ?? '';
  }

  override reset(): void {
    for (const radio of this.#radios) radio.reset();
  }

  choose(chosen: RadioElement): void {
    if (chosen.checked) return;
    for (const radio of this.#radios) radio.checked = radio === chosen;
    this.emit('change', { value: chosen.value });
  }

  #step(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const radios = this.#radios.filter(({ deaf }) => !deaf);
    const at = radios.indexOf(event.target as RadioElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = radios[(at + step + radios.length) % radios.length];
    next?.focus();
    if (next) this.choose(next);
  }
}
