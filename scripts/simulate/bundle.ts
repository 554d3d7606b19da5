/** The simulation and its houses as plain JavaScript, for a process that is to be killed should not take long to begin. */
import { realpathSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { NODE_BUNDLE } from '../bundle.ts';
import type { simulate } from './year.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Read by the seed's plan of the city, from where its own file lies. */
const DIVISIONS = 'data/liupanshui-divisions.csv';

export interface Bundle {
  simulate: typeof simulate;
  remove(): Promise<void>;
}

export async function bundle(): Promise<Bundle> {
  const name = `haolin-simulate-${process.pid}-${Date.now()}`;
  const folder = join(realpathSync(join(ROOT, 'node_modules')), '.cache', name);
  const outdir = join(folder, 'scripts');
  await build({
    entryPoints: {
      year: 'scripts/simulate/year.ts',
      house: 'scripts/simulate/house.ts',
      'store-worker': 'src/storage/embedded/worker.ts',
    },
    absWorkingDir: ROOT,
    outdir,
    ...NODE_BUNDLE,
    logLevel: 'error',
  });
  await cp(join(ROOT, 'scripts', DIVISIONS), join(folder, DIVISIONS));
  const year = (await import(pathToFileURL(join(outdir, 'year.js')).href)) as Pick<Bundle, 'simulate'>;
  return { simulate: year.simulate, remove: () => rm(folder, { recursive: true, force: true }) };
}
