import { CurrentWindowBackendContext, type domlikeBackend, Event, type Element as GlassElement } from 'glass-easel';
import { elementName } from '../../compile/builtins.ts';
import { type GestureSink, listenToGestures } from './gestures.ts';
import { WxElement, WxEvent } from './wx-element.ts';

type Backend = domlikeBackend.Element;

/** Events told for every element from one place; listening to one needs nothing at the element. */
const GESTURES = new Set(['tap', 'longpress', 'longtap', 'touchstart', 'touchmove', 'touchend', 'touchcancel']);
/** Events of the browser that WeChat has too, under the same names. */
const NATIVE = new Set(['transitionend', 'animationstart', 'animationiteration', 'animationend']);

/**
 * The screen as glass-easel sees it: creates the elements of built-in components and brings what happens to them back
 * in WeChat's words.
 */
export class PhoneBackend extends CurrentWindowBackendContext implements GestureSink {
  readonly #listened = new WeakMap<Backend, Set<string>>();
  override document = {
    createElement: (tag: string): Backend => {
      const element = document.createElement(elementName(tag));
      if (element instanceof WxElement) element.build();
      return element as unknown as Backend;
    },
    createTextNode: (text: string): Backend => document.createTextNode(text) as unknown as Backend,
    createDocumentFragment: (): Backend => document.createDocumentFragment() as unknown as Backend,
  };

  constructor() {
    super();
    listenToGestures(this);
  }

  override setListenerStats(element: Backend, type: string, _capture: boolean, level: number): void {
    if (!element) return;
    const known = this.#listened.get(element) ?? new Set();
    this.#listened.set(element, known);
    if (known.has(type)) return;
    known.add(type);
    // A layer that only swallows presses (`catch:tap`) is nothing to press, unless it has a role; roles come in a moment.
    if (type === 'tap' && element instanceof HTMLElement) queueMicrotask(() => reachable(element, level !== FINAL));
    // As on the phone, moves that are caught scroll nothing.
    if (type === 'touchmove' && level === FINAL && element instanceof WxElement) element.setDom('no-scroll', '');
    if (GESTURES.has(type)) return;
    (element as unknown as HTMLElement).addEventListener(type, (event) => {
      const native = NATIVE.has(type);
      if (!(event instanceof WxEvent) && !native) return;
      this.#send(element.__wxElement, type, event instanceof WxEvent ? event.detail : {}, native, event);
    });
  }

  override setModelBindingStat(element: Backend, name: string, write: ((value: unknown) => void) | null): void {
    if (!(element instanceof WxElement)) return;
    if (write) element.models.set(name, write);
    else element.models.delete(name);
  }

  gesture(target: EventTarget | null, type: string, detail: unknown, extra: Record<string, unknown>): void {
    this.#send(nodeOf(target), type, detail, true, undefined, extra);
  }

  hears(target: EventTarget | null, type: string): boolean {
    for (let at = target as Node | null; at; at = at.parentNode) {
      if (this.#listened.get(at as unknown as Backend)?.has(type)) return true;
    }
    return false;
  }

  #send(
    node: GlassElement | undefined,
    type: string,
    detail: unknown,
    bubbles: boolean,
    originalEvent?: globalThis.Event,
    extraFields?: Record<string, unknown>,
  ): void {
    if (!node) return;
    const options = {
      bubbles,
      composed: bubbles,
      capturePhase: true,
      originalEvent,
      ...(extraFields && { extraFields }),
    };
    node.dispatchEvent(new Event(type, detail, options));
  }
}

/** The nearest element of the mini-program. */
export function nodeOf(target: EventTarget | null): GlassElement | undefined {
  for (let at = target as (Node & { __wxElement?: GlassElement }) | null; at; at = at.parentNode) {
    if (at.__wxElement) return at.__wxElement;
  }
  return undefined;
}

/** Whatever can be pressed can be reached with the keyboard, unless it has its own way. */
function reachable(element: HTMLElement, always: boolean): void {
  if (!always && !element.hasAttribute('role')) return;
  if (!element.hasAttribute('tabindex') && !element.matches(OWN_WAY)) element.tabIndex = 0;
}

/** glass-easel's level of a listener that ends the bubbling. */
const FINAL = 2;

const OWN_WAY = 'wx-page, wx-input, wx-textarea, wx-switch, wx-slider, wx-label, wx-checkbox, wx-radio, wx-picker';
