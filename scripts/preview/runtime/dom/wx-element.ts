import type { Element as GlassElement } from 'glass-easel';
import { rpxToUnits } from './units.ts';

/** An event of a built-in component; native events of what it is built from are nobody's business outside. */
export class WxEvent extends CustomEvent<unknown> {}

/** ARIA attributes whose value names other elements. */
const REFERENCES = new Set([
  'aria-labelledby',
  'aria-describedby',
  'aria-controls',
  'aria-owns',
  'aria-details',
  'aria-errormessage',
  'aria-activedescendant',
]);

/** What a built-in component is told of a finger: made from a touch, a mouse button or a key. */
export interface Activation {
  x: number;
  y: number;
}

/**
 * The element behind a built-in component. glass-easel creates it as a native node and sets attributes on it; the values
 * arrive here with their own types. Subclasses override `build`, `update` and `activate`.
 */
export abstract class WxElement extends HTMLElement {
  /** glass-easel's own node, which knows styles' scopes, marks and data of the element. */
  declare __wxElement?: GlassElement;
  /** Set by `model:value`: writes what the person chose back into the page's data. */
  readonly models = new Map<string, (value: unknown) => void>();
  #hoverClass = 'none';

  /** Puts together what is inside; called once, before any attribute. */
  build(): void {}

  /** Takes an attribute under its WXML name. Undefined means it is not there, or its value is undefined. */
  update(_name: string, _value: unknown): void {}

  /** Whether a press does something here beside being told; the nearest element that says so is `activate`d. */
  get activates(): boolean {
    return false;
  }

  /** What a press does; called after the mini-program's own `tap`. */
  activate(_press: Activation): void {}

  /** Whether presses are to be swallowed, as by a disabled button. */
  get deaf(): boolean {
    return false;
  }

  /** The element that screen readers are to see, where that is not this one. */
  get ariaTarget(): HTMLElement {
    return this;
  }

  /** Tells the mini-program; `detail` is what it finds in `e.detail`. */
  emit(type: string, detail: unknown = {}): void {
    this.dispatchEvent(new WxEvent(type, { detail }));
  }

  /** Writes a value back to data bound with `model:`. */
  writeBack(name: string, value: unknown): void {
    this.models.get(name)?.(value);
  }

  override setAttribute(name: string, value: string): void {
    if (name === 'style') {
      this.style.cssText = rpxToUnits(value);
      return;
    }
    if (name.startsWith('data-') || name === 'wx-host' || name === 'is') {
      super.setAttribute(name, value);
      return;
    }
    this.#take(name, this.#raw(name, value));
  }

  override removeAttribute(name: string): void {
    if (name.startsWith('data-') || name === 'style') super.removeAttribute(name);
    else this.#take(name, this.#raw(name, undefined));
  }

  /** Sets an attribute of the DOM, past the component's own. */
  setDom(name: string, value: string | undefined): void {
    if (value === undefined) super.removeAttribute(name);
    else super.setAttribute(name, value);
  }

  /** glass-easel hands over strings; the value as it was bound is on its node. */
  #raw(name: string, written: string | undefined): unknown {
    const node = this.__wxElement;
    if (!node) return written;
    const value = node.getAttribute(name);
    return value === null && written !== undefined ? written : value;
  }

  #take(name: string, value: unknown): void {
    if (name === 'role' || name.startsWith('aria-')) this.#aria(name, value);
    else if (name === 'hidden') this.toggleAttribute('hidden', truthy(value));
    else if (name === 'hover-class') this.#hoverClass = String(value ?? 'none');
    else this.update(name, value);
  }

  #aria(name: string, value: unknown): void {
    const dom = name === 'aria-role' ? 'role' : name;
    const absent = value === undefined || value === null || value === '';
    // What a template refers to may stand further down in it.
    if (REFERENCES.has(dom) && !absent) requestAnimationFrame(() => this.say(dom, this.#domIds(String(value))));
    else this.say(dom, absent ? undefined : String(value));
  }

  /** Tells screen readers something of this element, in the DOM's own words. */
  say(name: string, value: string | undefined): void {
    const target = this.ariaTarget;
    if (target instanceof WxElement) target.setDom(name, value);
    else if (value === undefined) target.removeAttribute(name);
    else target.setAttribute(name, value);
  }

  /** Ids of the template as the document has them: glass-easel puts its component's mark before each. */
  #domIds(ids: string): string {
    const root = this.__wxElement?.ownerShadowRoot;
    const elements = ids.split(/\s+/u).map((id) => root?.querySelector(`#${id}`)?.getBackendElement());
    return elements.map((element) => (element as { id?: string } | null | undefined)?.id ?? '').join(' ');
  }

  /** Shows or hides the look of being pressed, in the scope of whoever wrote the template. */
  pressed(on: boolean): void {
    if (this.#hoverClass === 'none') return;
    for (const name of this.#hoverClass.split(/\s+/u)) this.__wxElement?.classList?.toggle(name, on);
  }

  protected set defaultHoverClass(name: string) {
    this.#hoverClass = name;
  }
}

/** Truth as templates have it: an attribute that is only named is true, and so is every text with something in it, even `"false"`. */
export const truthy = (value: unknown): boolean => Boolean(value);

export const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** A number written as `5`, `"5"` or `"5px"`; the fallback where it is none. */
export function numberOf(value: unknown, fallback: number): number {
  const number = typeof value === 'string' ? Number.parseFloat(value) : Number(value ?? Number.NaN);
  return Number.isFinite(number) ? number : fallback;
}
