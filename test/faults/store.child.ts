/**
 * The embedded store alone as its own process, to be killed. It prints `loaded` and waits for the line `open SOCKET`, since
 * loading the programs takes longest and needs no store. It verifies what the last kill left, opens it, and prints
 * `ready` and what was wrong as JSON; or `refused` and why.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkFolder, openEngine } from '../../src/storage/embedded/engine.ts';
import { StoreError } from '../../src/storage/embedded/store-error.ts';

const { FAULT_FOLDER = '' } = process.env;

/** Everything that is wrong in the folder. */
async function faults(): Promise<string[]> {
  if (!existsSync(join(FAULT_FOLDER, 'data.mdb'))) return [];
  const { faults: outside, collections } = await checkFolder(FAULT_FOLDER);
  return [...outside, ...collections.flatMap((one) => one.faults.map((fault) => `${one.namespace}: ${fault}`))];
}

async function open(path: string): Promise<string> {
  try {
    const found = await faults();
    await openEngine({ folder: FAULT_FOLDER, listen: { path } });
    return `ready ${JSON.stringify(found)}`;
  } catch (error) {
    return `refused ${error instanceof StoreError ? error.code : error}`;
  }
}

process.stdout.write('loaded\n');
createInterface({ input: process.stdin }).on('line', async (line) => {
  const [, path = ''] = line.split(' ');
  process.stdout.write(`${await open(path)}\n`);
});
