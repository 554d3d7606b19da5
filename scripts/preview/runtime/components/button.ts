import { type Activation, textOf, truthy, WxElement } from '../dom/wx-element.ts';
import { FormElement } from './form.ts';
import { openTypeActions } from './open-types.ts';

/** `<button>`: submits or resets its form, and asks the phone for what its `open-type` names. */
export class ButtonElement extends WxElement {
  #disabled = false;
  #formType = '';
  #openType = '';

  override build(): void {
    this.setDom('role', 'button');
    this.setDom('tabindex', '0');
    this.defaultHoverClass = 'button-hover';
    const inside = this.attachShadow({ mode: 'open' });
    inside.append(document.createElement('slot'));
  }

  override update(name: string, value: unknown): void {
    switch (name) {
      case 'disabled':
        this.#disabled = truthy(value);
        this.setDom('disabled', this.#disabled ? '' : undefined);
        this.setDom('aria-disabled', this.#disabled ? 'true' : undefined);
        this.setDom('tabindex', this.#disabled ? undefined : '0');
        break;
      case 'loading':
        this.setDom('loading', truthy(value) ? '' : undefined);
        this.setDom('aria-busy', truthy(value) ? 'true' : undefined);
        break;
      case 'plain':
        this.setDom('plain', truthy(value) ? '' : undefined);
        break;
      case 'type':
      case 'size':
        this.setDom(name, textOf(value) || undefined);
        break;
      case 'form-type':
        this.#formType = textOf(value);
        break;
      case 'open-type':
        this.#openType = textOf(value);
        break;
      default:
    }
  }

  override get deaf(): boolean {
    return this.#disabled;
  }

  override get activates(): boolean {
    return true;
  }

  override activate(_press: Activation): void {
    const form = this.closest('wx-form');
    if (form instanceof FormElement) {
      if (this.#formType === 'submit') form.submit();
      if (this.#formType === 'reset') form.reset();
    }
    void openTypeActions[this.#openType]?.(this);
  }
}
