import { isObject, type JsonObject, readJson, stringOf } from './json.ts';
import type { Source } from './source.ts';
import { insidePath } from './wxml-checks.ts';

/** A page or a component: up to four files that share a path. */
export interface Unit {
  /** Without ending, as `usingComponents` and `navigateTo` write it: `pages/today/today`. */
  path: string;
  kind: 'page' | 'component';
  config: JsonObject;
  /** Names its template may use, to the paths of the components. */
  uses: ReadonlyMap<string, string>;
}

/** What `app.json` says, with every page and every component it leads to. */
export interface Project {
  app: JsonObject;
  /** Pages in the order of `app.json`, those of sub-packages with the package's root in front. */
  pages: string[];
  units: Unit[];
  /** Components every template may use. */
  shared: ReadonlyMap<string, string>;
}

/** Reads `app.json` and follows it. What is named and not there becomes a problem. */
export function readProject(source: Source): Project {
  const app = readJson(source, 'app.json');
  const pages = pagesOf(source, app);
  const shared = usesOf(source, 'app.json', app);
  const units = new Map<string, Unit>();
  const waiting: [path: string, kind: Unit['kind']][] = [
    ...[...shared.values()].map((path) => [path, 'component'] as [string, 'component']),
    ...pages.map((path) => [path, 'page'] as [string, 'page']),
  ];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [path, kind] = next;
    if (units.has(path)) continue;
    const config = readJson(source, `${path}.json`);
    if (kind === 'component' && config.component !== true) {
      source.problem('not-a-component', `${path}.json`, 0, 'a component needs a JSON file with "component": true');
    }
    const uses = usesOf(source, `${path}.json`, config);
    units.set(path, { path, kind, config, uses: new Map([...shared, ...uses]) });
    waiting.push(...[...uses.values()].map((each) => [each, 'component'] as [string, 'component']));
  }
  checkTabBar(source, app, pages);
  return { app, pages, units: [...units.values()], shared };
}

function pagesOf(source: Source, app: JsonObject): string[] {
  if (!source.has('app.json')) {
    source.problem('no-app-json', 'app.json', 0, 'a mini-program begins with app.json');
    return [];
  }
  const main = stringsOf(app.pages);
  if (main.length === 0) source.problem('no-pages', 'app.json', 0, 'app.json names no page');
  const packages = [app.subPackages, app.subpackages].flatMap((list) => (Array.isArray(list) ? list : []));
  const others = packages.filter(isObject).flatMap((each) => {
    const root = (stringOf(each.root) ?? '').replace(/^\/|\/$/gu, '');
    return stringsOf(each.pages).map((page) => `${root}/${page}`);
  });
  const pages = [...main, ...others];
  for (const path of pages) {
    const scripts = [`${path}.ts`, `${path}.js`];
    const missing = source.has(`${path}.wxml`)
      ? !scripts.some((file) => source.has(file)) && scripts[0]
      : `${path}.wxml`;
    if (!missing) continue;
    const written = path.split('/').slice(-2).join('/');
    source.problem('page-missing', 'app.json', placeOfWord(source, 'app.json', written), `there is no ${missing}`);
  }
  return pages;
}

function usesOf(source: Source, file: string, config: JsonObject): Map<string, string> {
  const written = isObject(config.usingComponents) ? config.usingComponents : {};
  const uses = new Map<string, string>();
  for (const [name, value] of Object.entries(written)) {
    const path = insidePath(stringOf(value) ?? '', file);
    if (source.has(`${path}.json`) && source.has(`${path}.wxml`)) uses.set(name, path);
    else
      source.problem(
        'component-missing',
        file,
        placeOfWord(source, file, `"${name}"`),
        `there is no component ${path}`,
      );
  }
  return uses;
}

function checkTabBar(source: Source, app: JsonObject, pages: readonly string[]): void {
  const list = isObject(app.tabBar) && Array.isArray(app.tabBar.list) ? app.tabBar.list : [];
  for (const item of list.filter(isObject)) {
    const path = stringOf(item.pagePath) ?? '';
    const place = placeOfWord(source, 'app.json', `"${path}"`);
    if (!pages.includes(path))
      source.problem('tab-page-unknown', 'app.json', place, `tabBar: ${path} is no page of the app`);
    for (const icon of [item.iconPath, item.selectedIconPath].map(stringOf)) {
      if (icon && !source.has(icon.replace(/^\//u, ''))) {
        source.problem(
          'icon-missing',
          'app.json',
          placeOfWord(source, 'app.json', icon),
          `tabBar: there is no ${icon}`,
        );
      }
    }
  }
}

const stringsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const placeOfWord = (source: Source, file: string, word: string) =>
  Math.max(0, source.text(file)?.lastIndexOf(word) ?? 0);
