import { Element, globalOptions, type template } from 'glass-easel';
import { type CodeSpace, MiniProgramEnv } from 'glass-easel-miniprogram-adapter';
import { PhoneBackend } from './dom/backend.ts';
import type { Facts, Unit } from './facts.ts';
import { type Caller, SelectorQuery } from './wx/selector-query.ts';

type ComponentTemplate = template.ComponentTemplate;

// Read by the spaces when they are made. WXSS and ARIA refer to elements by their id.
globalOptions.writeIdToDOM = true;

/**
 * Where the mini-program's pages and components live. Their scripts run when they are first needed: opening one page
 * costs nothing for the others.
 */
export class Space {
  readonly #facts: Facts;
  readonly #units: ReadonlyMap<string, Unit>;
  readonly #env = new MiniProgramEnv();
  readonly #code: CodeSpace = this.#env.createCodeSpace('', true);
  readonly #backend = this.#env.associateBackend(new PhoneBackend());
  readonly #loaded = new Set<string>();

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#units = new Map(facts.units.map((unit) => [unit.path, unit]));
    showDataInDom();
  }

  unit(path: string): Unit | undefined {
    return this.#units.get(path);
  }

  /** Runs the app's own script. */
  runApp(): void {
    this.#facts.modules.app?.();
  }

  /** Creates a page's root; it is not on the screen yet. */
  createPage(path: string) {
    this.#load(path);
    const root = this.#backend.createRoot('page', this.#code, path);
    asOnThePhone(root.get());
    return root;
  }

  /** Registers a unit and all it uses, the used ones first. */
  #load(path: string): void {
    if (this.#loaded.has(path)) return;
    this.#loaded.add(path);
    const unit = this.#units.get(path);
    if (!unit) throw new Error(`There is no page or component ${path}`);
    for (const used of Object.values(unit.config.usingComponents ?? {})) this.#load(used.slice(1));
    this.#code.addComponentStaticConfig(path, unit.config as Parameters<CodeSpace['addComponentStaticConfig']>[1]);
    const content = this.#facts.templates[path];
    if (content)
      this.#code.addCompiledTemplate(path, { content, groupList: this.#facts.templates } as ComponentTemplate);
    this.#code.addStyleSheet(path, undefined, unit.scope || undefined);
    const script = this.#facts.modules[path];
    this.#code.globalComponentEnv(globalThis, path, () => {
      if (script) script();
      else this.#code.component(path).register();
    });
  }
}

/** glass-easel keeps `data-*` to itself; WXSS selects by it (`[data-weui-theme="dark"]`), and so do tests. */
function showDataInDom(): void {
  const setDataset = Element.prototype.setDataset;
  Element.prototype.setDataset = function (this: Element, name: string, value: unknown) {
    setDataset.call(this, name, value);
    if (typeof value === 'object') return;
    const attribute = `data-${name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
    this.getBackendElement()?.setAttribute(attribute, String(value));
  };
}

let replaced = false;

/** What the adapter's pages and components do otherwise than the phone, once for all of them. */
function asOnThePhone(caller: object): void {
  if (replaced) return;
  replaced = true;
  ownQueries(caller);
  refuseUndefined(caller);
}

/** The adapter's own selector queries know no canvas and measure from the window's corner: ours take their place. */
function ownQueries(caller: object): void {
  Object.assign(ownerOf(caller, 'createSelectorQuery'), {
    createSelectorQuery(this: Caller): SelectorQuery {
      return new SelectorQuery(this);
    },
  });
}

type SetData = (this: unknown, change: Record<string, unknown>, done?: () => void) => void;

/** WeChat leaves standing what is set to `undefined`; a page that means to put something away would never know. */
function refuseUndefined(caller: object): void {
  const owner = ownerOf(caller, 'setData') as { setData: SetData };
  const { setData } = owner;
  owner.setData = function (change, done) {
    const [name] = Object.entries(change).find(([, value]) => value === undefined) ?? [];
    if (name !== undefined) throw new TypeError(`setData: WeChat does not set ${name} to undefined; use null`);
    setData.call(this, change, done);
  };
}

/** Where along its prototypes a method of the adapter is. */
function ownerOf(caller: object, method: string): object {
  let at: object | null = caller;
  while (at && !Object.hasOwn(at, method)) at = Object.getPrototypeOf(at) as object | null;
  if (!at) throw new Error(`glass-easel-miniprogram-adapter has no ${method} where it used to be`);
  return at;
}
