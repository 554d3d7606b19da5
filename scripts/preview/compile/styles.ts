import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { JsonObject } from './json.ts';
import type { Project, Unit } from './project.ts';
import { appSelectors, componentSelectors, pageSelectors } from './selectors.ts';
import type { Source } from './source.ts';
import { insidePath } from './wxml-checks.ts';
import { type Reselect, transformWxss } from './wxss.ts';

const require = createRequire(import.meta.url);

/** How WeChat's tools and the extended library name packages, and where npm has them. */
const PACKAGES: [written: RegExp, installed: string][] = [
  [/^\/?weui-miniprogram\/weui-wxss\//u, 'weui-wxss/'],
  [/^\/?miniprogram_npm\//u, ''],
  [/^(?=weui-wxss\/)/u, ''],
];

/** The whole mini-program's style sheets as one CSS text: the app's, the components', the pages'. */
export function compileStyles(source: Source, project: Project): string {
  const app = compile(source, 'app', appSelectors);
  const components = project.units.filter(({ kind }) => kind === 'component');
  const pages = project.units.filter(({ kind }) => kind === 'page');
  return [
    app,
    ...components.map((unit) => compile(source, unit.path, componentStyle(unit))),
    ...pages.map(({ path }) => compile(source, path, pageSelectors(path))),
  ].join('');
}

/** The prefix of a component's classes: its path, which nothing else has. */
export const scopeOf = (path: string): string => path.replace(/[^\w]+/gu, '-');

/** Whether a component has styles of its own and none of the page's (WeChat's `styleIsolation`). */
export const isIsolated = ({ styleIsolation }: JsonObject): boolean =>
  !/shared$/u.test(String(styleIsolation ?? '')) || styleIsolation === 'apply-shared';

function componentStyle({ path, config }: Unit): Reselect {
  return isIsolated(config) ? componentSelectors(scopeOf(path)) : appSelectors;
}

function compile(source: Source, path: string, reselect: Reselect): string {
  const file = `${path}.wxss`;
  const text = source.text(file);
  return text === undefined ? '' : transform(source, file, text, reselect, [file]);
}

function transform(source: Source, file: string, text: string, reselect: Reselect, above: readonly string[]): string {
  return transformWxss(text, {
    reselect,
    include(specifier, offset) {
      const found = load(source, specifier, file);
      if (!found) {
        source.problem('wxss-missing', file, offset, `there is no ${specifier}`);
        return '';
      }
      if (above.includes(found.name)) return '';
      return transform(source, found.name, found.text, reselect, [...above, found.name]);
    },
    problem: ({ code, offset, message }) => source.problem(code, file, offset, message),
  });
}

function load(source: Source, specifier: string, from: string): { name: string; text: string } | undefined {
  const own = source.text(insidePath(specifier, from));
  if (own !== undefined) return { name: insidePath(specifier, from), text: own };
  const [pattern, installed] = PACKAGES.find(([each]) => each.test(specifier)) ?? [];
  if (!pattern || installed === undefined) return undefined;
  try {
    const name = require.resolve(specifier.replace(pattern, installed));
    return { name, text: readFileSync(name, 'utf8') };
  } catch {
    return undefined;
  }
}
