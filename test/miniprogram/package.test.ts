import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { TABS } from '../../miniprogram/logic/entry';
import { compilePreview } from '../../scripts/preview/index.ts';
import { features } from '../../src/features/index.ts';

const ROOT = fileURLToPath(new URL('../../miniprogram', import.meta.url));
/** WeChat's limit for the main package and for each sub-package. */
const MOST_BYTES = 2 * 1_024 * 1_024;

const files = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
/** Types and settings of the tools stay at home. */
const packed = files.filter((path) => !/\.d\.ts$|tsconfig\.json$|project\.config\.json$/u.test(path));
const app = JSON.parse(readFileSync(join(ROOT, 'app.json'), 'utf8')) as {
  pages: string[];
  subPackages: { root: string; pages: string[] }[];
  tabBar: { list: { pagePath: string }[] };
};

const named = [...app.pages, ...app.subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`))];

const bytesOf = (paths: readonly string[]) => paths.reduce((sum, path) => sum + statSync(path).size, 0);
const isIn = (root: string) => (path: string) => relative(ROOT, path).startsWith(root + sep);

describe('the mini-program as a package', () => {
  it('keeps each package under WeChat’s limit, even uncompiled', () => {
    const roots = app.subPackages.map(({ root }) => root);
    const main = packed.filter((path) => !roots.some((root) => isIn(root)(path)));
    expect(bytesOf(main)).toBeLessThan(MOST_BYTES);
    for (const root of roots) expect(bytesOf(packed.filter(isIn(root)))).toBeLessThan(MOST_BYTES);
  });

  it('uses only documented calls and components, and binds events so that they work', async () => {
    const { warnings } = await compilePreview({ source: ROOT });
    expect(warnings).toEqual([]);
  });

  it('uses nothing in its styles that an older iPhone does not know', () => {
    // Flex `gap` and `inset` came with iOS 14.5; scripts are held to theirs by the `lib` of their tsconfig.json.
    const tooNew =
      /(?<![\w-])((?:row-|column-)?gap|inset(?:-\w+)*|aspect-ratio|accent-color|translate|scale|rotate)\s*:/gu;
    const found = files
      .filter((path) => path.endsWith('.wxss'))
      .flatMap((path) =>
        [...readFileSync(path, 'utf8').matchAll(tooNew)].map(([, name]) => `${relative(ROOT, path)} ${name}`),
      );
    expect(found).toEqual([]);
  });

  it('knows which pages have the tab bar', () => {
    expect(app.tabBar.list.map(({ pagePath }) => `/${pagePath}`)).toEqual(TABS);
  });

  it('has no page over 250 lines', () => {
    const long = files
      .filter((path) => /\.(?:ts|wxml|wxss)$/u.test(path) && !path.endsWith('.d.ts') && !path.endsWith('routes.ts'))
      .filter((path) => readFileSync(path, 'utf8').split('\n').length > 250);
    expect(long).toEqual([]);
  });

  it('has the page that each message of the house leads to', () => {
    const links = features.flatMap(({ messages }) =>
      Object.values(messages).flatMap(({ link }) => link?.({ id: 'x' }) ?? []),
    );
    expect(links.length).toBeGreaterThan(10);
    for (const link of new Set(links)) expect(named.map((page) => `/${page}`)).toContain(link.split('?')[0]);
  });

  it('has every page that its settings name, and no other', () => {
    const there = files
      .filter((path) => path.endsWith('.wxml') && !path.includes(`${sep}components${sep}`))
      .map((path) =>
        relative(ROOT, path)
          .replace(/\.wxml$/u, '')
          .split(sep)
          .join('/'),
      );
    expect(there.sort()).toEqual([...named].sort());
  });
});
