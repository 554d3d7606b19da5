import { type Activation, textOf, truthy, WxElement } from '../dom/wx-element.ts';

/** What a checkbox and a radio button have in common: a mark that can be set, and a group they tell. */
export abstract class ChoiceElement extends WxElement {
  value = '';
  #checked = false;
  #initially = false;
  #disabled = false;
  readonly #mark = document.createElement('span');

  protected abstract readonly role_: string;

  override build(): void {
    this.setDom('role', this.role_);
    this.setDom('tabindex', '0');
    const inside = this.attachShadow({ mode: 'open' });
    this.#mark.setAttribute('part', 'mark');
    inside.append(this.#mark, document.createElement('slot'));
    this.checked = false;
  }

  override update(name: string, value: unknown): void {
    if (name === 'value') this.value = textOf(value);
    else if (name === 'checked') {
      this.#initially = truthy(value);
      this.checked = this.#initially;
    } else if (name === 'color') this.style.setProperty('--active', textOf(value));
    else if (name === 'disabled') {
      this.#disabled = truthy(value);
      this.setDom('aria-disabled', this.#disabled ? 'true' : undefined);
      this.setDom('tabindex', this.#disabled ? undefined : '0');
    }
  }

  get checked(): boolean {
    return this.#checked;
  }

  set checked(on: boolean) {
    this.#checked = on;
    this.setDom('aria-checked', String(on));
  }

  reset(): void {
    this.checked = this.#initially;
  }

  override get deaf(): boolean {
    return this.#disabled;
  }

  override get activates(): boolean {
    return true;
  }

  abstract override activate(press: Activation): void;
}
