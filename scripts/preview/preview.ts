import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readAssets } from './compile/assets.ts';
import { PreviewError, type Problem } from './compile/problems.ts';
import { type Project, readProject } from './compile/project.ts';
import { bundleScripts } from './compile/scripts.ts';
import { Source } from './compile/source.ts';
import { compileStyles, isIsolated, scopeOf } from './compile/styles.ts';
import { compileTemplates } from './compile/templates.ts';
import { handlersOf } from './compile/wxml-checks.ts';
import { pageHtml } from './html.ts';

/** The runtime's own style sheets. */
const SHEETS = ['base', 'bars', 'overlay', 'boxes', 'controls'];

export interface PreviewOptions {
  /** The folder with `app.json`. */
  source: string;
  /**
   * Where `wx.request` goes: an origin, or an origin and a path in front of the API's. Whatever host the mini-program
   * names is replaced by it. Empty, as by default, means the server that serves the preview.
   */
  apiBase?: string;
  /** Sources inside the script, for a browser's debugger. */
  sourcemap?: boolean;
  /** Small, as by default, or readable. */
  minify?: boolean;
}

/** What a server needs to show the mini-program: a page, and `preview.js` and `preview.css` beside it. */
export interface Preview {
  html: string;
  js: string;
  css: string;
  warnings: readonly Problem[];
  /** Absolute paths of everything that was read. */
  files: readonly string[];
}

/**
 * Compiles a native WeChat mini-program for a browser. The page takes its settings from its address:
 * `?phone=NAME` (storage of its own), `&theme=dark|light`, `&fontScale=1.3`, `#/pages/…?…` (the page to begin with).
 * @throws PreviewError with every problem of the source, each with file and line
 */
export async function compilePreview(options: PreviewOptions): Promise<Preview> {
  const source = new Source(resolve(options.source));
  const project = readProject(source);
  const templates = compileTemplates(source, project);
  const json = JSON.stringify(factsOf(source, project, options.apiBase ?? ''));
  const { sourcemap = false, minify = true } = options;
  // esbuild works in a process of its own; meanwhile there is time for the styles.
  const bundling = bundleScripts(source, project, { templates, json }, { sourcemap, minify });
  const styles = compileStyles(source, project);
  const js = await bundling;
  if (source.problems.length > 0) throw new PreviewError(source.problems);
  const base = await Promise.all(
    SHEETS.map((name) => readFile(new URL(`./runtime/${name}.css`, import.meta.url), 'utf8')),
  );
  return {
    html: pageHtml(),
    js,
    css: base.join('') + styles,
    warnings: source.warnings,
    files: [...source.read],
  };
}

/** What the runtime is told beside templates and scripts; its side of the bargain is `runtime/facts.ts`. */
function factsOf(source: Source, project: Project, apiBase: string) {
  return {
    apiBase,
    app: project.app,
    pages: project.pages,
    shared: Object.fromEntries(project.shared),
    units: project.units.map(({ path, kind, config, uses }) => ({
      path,
      kind,
      config: { ...config, usingComponents: Object.fromEntries([...uses].map(([name, to]) => [name, `/${to}`])) },
      scope: kind === 'component' && isIsolated(config) ? scopeOf(path) : '',
    })),
    theme: source.text('theme.json') ? JSON.parse(source.text('theme.json') ?? '{}') : {},
    handlers: Object.fromEntries(project.units.map(({ path }) => [path, handlersOf(source, `${path}.wxml`)])),
    assets: readAssets(source),
  };
}
