/**
 * Programs that tests start as processes of their own: bundled with the packages they use, which start in a quarter of the
 * time of the sources, and once for all test files of a run.
 */
import { existsSync, realpathSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { NODE_BUNDLE } from '../../scripts/bundle.ts';

/** Packages that load native parts or files of their own, or that the house loads when it first needs them. */
const OUTSIDE = [
  '@node-rs/jieba',
  'axe-core',
  'esbuild',
  'exceljs',
  'file-box',
  'glass-easel*',
  'jsdom',
  'lmdb',
  'playwright-core',
  'sharp',
  'typescript',
  'wechaty',
  'wechaty-*',
];

/** Where it really lies: a command compares its own address with what it was started as. */
const MODULES = realpathSync(join(import.meta.dirname, '../../node_modules'));

/** Where the bundles of this run go: inside node_modules, so that the packages left outside are found from there. */
const here = (): string => join(MODULES, '.cache/haolin-bundles', basename(tmpdir()));

/** Forgets the bundles of this run: the sources changed, or it is over. */
export const dropBundles = (): Promise<void> => rm(here(), { recursive: true, force: true, maxRetries: 3 });

/**
 * Bundles `entries`, paths of sources by the names of their bundles, and the store's thread beside them. Whichever process
 * comes first makes them; the others wait for it.
 * @param name tells these bundles from others
 * @param outside more packages that are not bundled
 * @returns the folder that has them, as `NAME.js`
 */
export async function bundledOnce(
  name: string,
  entries: Record<string, string>,
  outside: readonly string[] = [],
): Promise<string> {
  const folder = join(here(), name);
  const ready = join(folder, 'ready');
  await mkdir(here(), { recursive: true });
  while (!existsSync(ready)) {
    const first = await mkdir(folder).then(
      () => true,
      () => false,
    );
    if (!first) await wait(50);
    else
      try {
        await bundle(folder, entries, outside);
        await writeFile(ready, '');
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
  }
  return folder;
}

const bundle = (outdir: string, entries: Record<string, string>, outside: readonly string[]) =>
  build({
    entryPoints: { ...entries, 'store-worker': 'src/storage/embedded/worker.ts' },
    outdir,
    absWorkingDir: join(import.meta.dirname, '../..'),
    ...NODE_BUNDLE,
    packages: 'bundle',
    external: [...OUTSIDE, ...outside],
    // Of packages that are CommonJS.
    banner: {
      js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
    },
    logLevel: 'error',
  });
