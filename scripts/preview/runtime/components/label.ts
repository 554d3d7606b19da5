import { type Activation, textOf, WxElement } from '../dom/wx-element.ts';

const CONTROLS = 'wx-button, wx-checkbox, wx-radio, wx-switch, wx-input, wx-textarea, wx-picker';

/** `<label>`: a press on it is a press on the control in it, or on the one it names with `for`. */
export class LabelElement extends WxElement {
  #for = '';

  override update(name: string, value: unknown): void {
    if (name === 'for') this.#for = textOf(value);
  }

  override get activates(): boolean {
    return true;
  }

  override activate(press: Activation): void {
    const control = this.#control();
    if (control instanceof WxElement && !control.deaf) control.activate(press);
  }

  #control(): Element | null {
    if (!this.#for) return this.querySelector(CONTROLS);
    const found = this.__wxElement?.ownerShadowRoot?.querySelector(`#${this.#for}`);
    return (found?.getBackendElement() ?? null) as unknown as Element | null;
  }
}
