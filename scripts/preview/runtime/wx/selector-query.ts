import type { GeneralComponent, Element as GlassElement } from 'glass-easel';
import { phone } from '../phone.ts';

/** `this` of a page or component; `_$` is glass-easel's own component behind it. */
export interface Caller {
  _$: GeneralComponent;
}

type Facts = Record<string, unknown>;
type Reader = (element: HTMLElement, node: GlassElement) => Facts;
type Told = (result: unknown) => void;

interface Fields {
  id?: boolean;
  dataset?: boolean;
  mark?: boolean;
  rect?: boolean;
  size?: boolean;
  scrollOffset?: boolean;
  properties?: string[];
  computedStyle?: string[];
  node?: boolean;
}

interface Query {
  caller: Caller;
  /** Undefined for the page's window. */
  selector: string | undefined;
  all: boolean;
  read: Reader;
  told: Told | undefined;
}

const rectOf = (element: HTMLElement): Facts => {
  const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
  // As the page sees it: its own window begins below the bar.
  const origin = element.closest('.phone-body')?.getBoundingClientRect() ?? { left: 0, top: 0 };
  return {
    left: left - origin.left,
    right: right - origin.left,
    top: top - origin.top,
    bottom: bottom - origin.top,
    width,
    height,
  };
};

const scrollOf = (element: HTMLElement): Facts => {
  const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = scrollPart(element);
  return { scrollLeft, scrollTop, scrollWidth, scrollHeight };
};

/** A scroll-view scrolls in its own shadow; anything else by itself. */
const scrollPart = (element: HTMLElement): Element => element.shadowRoot?.querySelector('.scroller') ?? element;

function fieldsOf(fields: Fields): Reader {
  return (element, node) => {
    const style = fields.computedStyle ? getComputedStyle(element) : undefined;
    const { left, top, right, bottom, width, height } = rectOf(element);
    return {
      ...(fields.id && { id: node.id }),
      ...(fields.dataset && { dataset: node.dataset }),
      ...(fields.mark && { mark: node.collectMarks() }),
      ...(fields.rect && { left, top, right, bottom }),
      ...(fields.size && { width, height }),
      ...(fields.scrollOffset && scrollOf(element)),
      ...(fields.node && { node: element.shadowRoot?.querySelector('canvas') ?? element }),
      ...Object.fromEntries((fields.properties ?? []).map((name) => [name, node.getAttribute(name)])),
      ...Object.fromEntries((fields.computedStyle ?? []).map((name) => [name, style?.getPropertyValue(name)])),
    };
  };
}

class Nodes {
  readonly #owner: SelectorQuery;
  readonly #select: Pick<Query, 'selector' | 'all'>;

  constructor(owner: SelectorQuery, select: Pick<Query, 'selector' | 'all'>) {
    this.#owner = owner;
    this.#select = select;
  }

  fields(fields: Fields, told?: Told): SelectorQuery {
    return this.#owner.add({ ...this.#select, read: fieldsOf(fields), told });
  }

  boundingClientRect(told?: Told): SelectorQuery {
    return this.fields({ id: true, dataset: true, rect: true, size: true }, told);
  }

  scrollOffset(told?: Told): SelectorQuery {
    return this.fields({ id: true, dataset: true, scrollOffset: true }, told);
  }

  node(told?: Told): SelectorQuery {
    return this.fields({ node: true }, told);
  }

  context(told?: Told): SelectorQuery {
    return this.node(told);
  }
}

/** Asks where things are and how large; the answers come together after `exec`. */
export class SelectorQuery {
  #caller: Caller | undefined;
  readonly #queries: Query[] = [];

  constructor(caller?: Caller) {
    this.#caller = caller;
  }

  in(caller: Caller): this {
    this.#caller = caller;
    return this;
  }

  select(selector: string): Nodes {
    return new Nodes(this, { selector, all: false });
  }

  selectAll(selector: string): Nodes {
    return new Nodes(this, { selector, all: true });
  }

  selectViewport(): Nodes {
    return new Nodes(this, { selector: undefined, all: false });
  }

  add(query: Omit<Query, 'caller'>): this {
    const caller = this.#caller ?? (phone.stack.top?.instance as unknown as Caller | undefined);
    if (caller) this.#queries.push({ ...query, caller });
    return this;
  }

  exec(told?: (results: unknown[]) => void): this {
    requestAnimationFrame(() => {
      const results = this.#queries.map(answer);
      for (const [index, query] of this.#queries.entries()) query.told?.(results[index]);
      told?.(results);
    });
    return this;
  }
}

function answer({ caller, selector, all, read }: Query): unknown {
  const root = caller._$.getShadowRoot();
  const readNode = (node: GlassElement) => read(node.getBackendElement() as unknown as HTMLElement, node);
  if (selector === undefined) {
    const frame = phone.stack.top?.frame;
    return frame ? { ...read(frame.scroller, caller._$), id: '' } : null;
  }
  if (all) return (root?.querySelectorAll(selector) ?? []).map(readNode);
  const found = root?.querySelector(selector);
  return found ? readNode(found) : null;
}

export const selecting = {
  createSelectorQuery: () => new SelectorQuery(),
  createIntersectionObserver: (caller: { createIntersectionObserver(options?: object): unknown }, options?: object) =>
    caller.createIntersectionObserver(options),
};
