/** Components of the mini-program, its package for work included, as miniprogram-simulate shows them: the same files, their TypeScript made JavaScript. */
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const SOURCE = fileURLToPath(new URL('../../../miniprogram', import.meta.url));
const FOLDERS = ['components', 'work/components'];

/** A component on the screen, as miniprogram-simulate hands it out. */
export interface Shown {
  data: Record<string, unknown>;
  dom: HTMLElement;
  querySelector(selector: string): Shown | undefined;
  querySelectorAll(selector: string): Shown[];
  setData(data: Record<string, unknown>): void;
  dispatchEvent(name: string, options?: object): void;
  addEventListener(name: string, listener: (event: { detail: unknown }) => void): void;
  attach(parent: unknown): void;
  detach(): void;
}

/** A browser's window without a browser; jsdom brings no types. */
interface Jsdom {
  JSDOM: new (html: string, options: { pretendToBeVisual: boolean }) => { window: Window & typeof globalThis };
}

interface Simulate {
  load(path: string, options: { rootPath: string; usingComponents?: Record<string, string> }): string;
  render(id: string, properties?: Record<string, unknown>): Shown;
  sleep(ms?: number): Promise<void>;
}

export interface Simulator {
  /** Puts a component on the screen: `wish-card`. */
  show(name: string, properties: Record<string, unknown>): Shown;
  /** Presses what the selector finds, and waits until that is shown. */
  press(shown: Shown, selector: string): Promise<void>;
  /** Waits until what was set is shown. */
  settle(): Promise<void>;
  close(): void;
}

/** Opens a screen. `wx` is what the components may ask of the phone. */
export async function openSimulator(): Promise<Simulator> {
  const folder = mkdtempSync(join(tmpdir(), 'haolin-components-'));
  const files = new Map(
    FOLDERS.flatMap((parent) =>
      readdirSync(join(SOURCE, parent))
        .filter((name) => statSync(join(SOURCE, parent, name)).isDirectory())
        .map((name) => [name, join(parent, name, name)]),
    ),
  );
  cpSync(SOURCE, folder, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  await build({
    entryPoints: [...files.values()].map((file) => join(SOURCE, `${file}.ts`)),
    outbase: SOURCE,
    outdir: folder,
    bundle: true,
    format: 'cjs',
    target: 'es2019',
  });
  const require = createRequire(import.meta.url);
  const { JSDOM } = require('jsdom') as Jsdom;
  const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
  const before = Object.fromEntries(SHARED.map((name) => [name, Reflect.get(globalThis, name)]));
  for (const name of SHARED)
    Object.defineProperty(globalThis, name, { value: Reflect.get(window, name), configurable: true, writable: true });
  const simulate = require('miniprogram-simulate') as Simulate;
  const settle = () => simulate.sleep(20);
  return {
    settle,
    show(name, properties) {
      const id = simulate.load(join(folder, files.get(name) ?? name), { rootPath: folder });
      const shown = simulate.render(id, properties);
      const parent = window.document.createElement('div');
      window.document.body.append(parent);
      shown.attach(parent);
      return shown;
    },
    async press(shown, selector) {
      const found = shown.querySelector(selector);
      if (!found) throw new Error(`nothing to press: ${selector}`);
      found.dispatchEvent('tap', { bubbles: true });
      await settle();
    },
    close() {
      for (const [name, value] of Object.entries(before))
        Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What miniprogram-simulate takes from a browser. */
const SHARED = [
  'window',
  'document',
  'navigator',
  'Node',
  'HTMLElement',
  'Event',
  'CustomEvent',
  'TouchEvent',
  'requestAnimationFrame',
  'getComputedStyle',
  'MutationObserver',
] as const;
