/**
 * The simulation and its houses as one plain script with their packages in it: a process that is to be killed should not
 * take long to begin. What the engine makes of the script is kept beside it once, for all that begin later.
 */
import { realpathSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { NODE_BUNDLE } from '../bundle.ts';
import type { Simulation, SimulationOptions } from './year.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Read by the seed's plan of the city, from where its own file lies. */
const DIVISIONS = 'data/liupanshui-divisions.csv';
/** Packages that stay outside: native, or loaded by nobody here. */
const OUTSIDE = [
  '@node-rs/jieba',
  'docx',
  'exceljs',
  'ical-generator',
  'lmdb',
  'sharp',
  'wechaty',
  'wechaty-puppet',
  'wechaty-puppet-mock',
  'wechaty-puppet-service',
  'wechaty-puppet-wechat4u',
];

export interface Bundle {
  simulate(options: SimulationOptions): Promise<Simulation>;
  remove(): Promise<void>;
}

export async function bundle(): Promise<Bundle> {
  const name = `haolin-simulate-${process.pid}-${Date.now()}`;
  const folder = join(realpathSync(join(ROOT, 'node_modules')), '.cache', name);
  const outdir = join(folder, 'scripts');
  const common = {
    ...NODE_BUNDLE,
    absWorkingDir: ROOT,
    outdir,
    splitting: false,
    format: 'cjs',
    define: {
      'import.meta.url': 'SCRIPT_URL',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
    },
    banner: { js: "const SCRIPT_URL = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'error',
  } as const;
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const [load = '', parts = '', worker = ''] = [
      'scripts/simulate/load.ts',
      'scripts/simulate/parts.ts',
      'src/storage/embedded/worker.ts',
    ];
    await Promise.all([
      // A script that is compiled from what was kept knows no import.
      build({
        ...common,
        entryPoints: { parts },
        packages: 'bundle',
        external: OUTSIDE,
        supported: { 'dynamic-import': false },
        minifyWhitespace: true,
      }),
      build({ ...common, entryPoints: { load } }),
      build({
        ...NODE_BUNDLE,
        absWorkingDir: ROOT,
        outdir,
        entryPoints: { 'store-worker': worker },
        logLevel: 'error',
      }),
      cp(join(ROOT, 'scripts', DIVISIONS), join(folder, DIVISIONS)),
    ]);
    const loader = createRequire(import.meta.url)(join(outdir, 'load.js')) as typeof import('./load.ts');
    const { simulate } = loader.load();
    return { simulate, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
