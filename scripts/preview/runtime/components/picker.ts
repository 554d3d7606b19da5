import { textOf, truthy } from '../dom/wx-element.ts';
import { type OpenWheels, openWheels } from '../overlay/wheels.ts';
import { FieldElement } from './field.ts';
import { type PickerMode, pickerModes } from './picker-modes.ts';

/** `<picker>`: shows wheels from below when what is in it is pressed. */
export class PickerElement extends FieldElement {
  /** What the template set, by name; the modes read it. */
  readonly #set: Record<string, unknown> = {};
  #value: unknown;
  #open: OpenWheels | undefined;

  override build(): void {
    this.setDom('role', 'button');
    this.setDom('aria-haspopup', 'dialog');
    this.setDom('tabindex', '0');
  }

  override update(name: string, value: unknown): void {
    super.update(name, value);
    this.#set[name] = value;
    if (name === 'value') this.#value = value;
    if (name === 'disabled') {
      this.setDom('aria-disabled', truthy(value) ? 'true' : undefined);
      this.setDom('tabindex', truthy(value) ? undefined : '0');
    }
    // A page answers `columnchange` with other rows while the wheels are open.
    if ((name === 'range' || name === 'value') && this.#open)
      this.#open.show(this.#mode.wheels(this.#set, this.#value));
  }

  override get deaf(): boolean {
    return truthy(this.#set.disabled ?? false);
  }

  override get activates(): boolean {
    return true;
  }

  override activate(): void {
    void this.#choose();
  }

  override get formValue(): unknown {
    return this.#value ?? this.#mode.empty;
  }

  override reset(): void {
    this.#value = this.#set.value;
  }

  get #mode(): PickerMode {
    const name = textOf(this.#set.mode) || 'selector';
    const mode = pickerModes[name];
    if (!mode) throw new Error(`<picker mode="${name}"> is not shown by the preview`);
    return mode;
  }

  async #choose(): Promise<void> {
    const mode = this.#mode;
    this.#open = openWheels({
      title: textOf(this.#set['header-text']),
      wheels: mode.wheels(this.#set, this.#value),
      turned: (column, row, rows) => {
        if (mode.tellsColumns) this.emit('columnchange', { column, value: row });
        return mode.turned?.(this.#set, rows);
      },
    });
    const rows = await this.#open.answer;
    this.#open = undefined;
    this.focus();
    if (!rows) {
      this.emit('cancel', {});
      return;
    }
    this.#value = mode.valueOf(this.#set, rows);
    this.writeBack('value', this.#value);
    this.emit('change', { value: this.#value });
  }
}
