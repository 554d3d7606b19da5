/**
 * Loads the simulation's one script, from what the engine made of it where that was kept. Bundled, beside the script; run
 * by itself it is one process of a simulated house.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type * as parts from './parts.ts';

export type Parts = typeof parts;

const FILE = join(import.meta.dirname, 'parts.js');
const KEPT = `${FILE}.kept`;

const script = new Script(
  `(function (exports, require, module, __filename, __dirname) {${readFileSync(FILE, 'utf8')}\n})`,
  {
    filename: FILE,
    ...(existsSync(KEPT) && { cachedData: readFileSync(KEPT) }),
  },
);

/** Keeps what the engine has made of the script until now, for all that load it later. */
export function keep(): void {
  const fresh = `${KEPT}.${process.pid}`;
  writeFileSync(fresh, script.createCachedData());
  renameSync(fresh, KEPT);
}

export function load(): Parts {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(FILE), module, FILE, import.meta.dirname);
  return module.exports as Parts;
}

if (process.argv[1] === import.meta.filename) load().serve(keep);
