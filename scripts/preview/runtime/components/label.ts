import { type Activation, textOf, WxElement } from '../dom/wx-element.ts';
import { freshId } from '../overlay/make.ts';

const CONTROLS = 'wx-button, wx-checkbox, wx-radio, wx-switch, wx-input, wx-textarea, wx-picker';

/** `<label>`: a press on it is a press on the control in it, or on the one it names with `for`. */
export class LabelElement extends WxElement {
  #for = '';

  override update(name: string, value: unknown): void {
    if (name === 'for') this.#for = textOf(value);
  }

  connectedCallback(): void {
    // The control may stand further down in the same template.
    requestAnimationFrame(() => this.#name());
  }

  override get activates(): boolean {
    return true;
  }

  override activate(press: Activation): void {
    const control = this.#control();
    if (control instanceof WxElement && !control.deaf) control.activate(press);
  }

  /** What is written in a label is the control's name, where it has none of its own. */
  #name(): void {
    const control = this.#control();
    if (!(control instanceof WxElement) || control.ariaTarget.hasAttribute('aria-label')) return;
    if (!this.hasAttribute('id')) this.setDom('id', freshId('label'));
    control.say('aria-labelledby', this.id);
  }

  #control(): Element | null {
    if (!this.#for) return this.querySelector(CONTROLS);
    const found = this.__wxElement?.ownerShadowRoot?.querySelector(`#${this.#for}`);
    return (found?.getBackendElement() ?? null) as unknown as Element | null;
  }
}
