/** A house is killed while it seals what was stored before: whoever starts next goes on where it was, each document once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundled, type Child, start } from './child.ts';

const WISHES = 1_050;

interface Report {
  mark: { seen: number; changed: number; doneAt?: string } | null;
  readable: number;
  sealed: number[];
}

let folder: string;
let script: string;
let child: Child;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-upgrade-'));
  script = await bundled('upgrade.child.ts');
}, 120_000);
afterAll(async () => {
  await child.kill();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  const env = { DATA_DIR: folder, MONGODB_URI: '', REDIS_URL: '', PORT: '0', LOG_LEVEL: 'fatal' };
  child = start(script, env);
  expect(await child.line()).toBe('loaded');
}

it('is resumed after a kill in the middle, and every number is sealed once', async () => {
  await open();
  expect(await child.ask(`fill ${WISHES}`)).toBe('filled');
  expect(await child.ask('start')).toBe('seen 100');
  expect(await child.line()).toBe('seen 200');
  await child.kill();

  await open();
  const next = await child.ask('start');
  const seen = Number(next.replace('seen ', ''));
  // It may have been in the middle of a batch, or past the next one, but never begins again.
  expect(seen).toBeGreaterThanOrEqual(300);
  let last = seen;
  while (last < WISHES) last = Number((await child.line()).replace('seen ', ''));
  let report: Report;
  do {
    await wait(50);
    report = JSON.parse(await child.ask('report'));
  } while (!report.mark?.doneAt);
  expect(report).toMatchObject({ readable: 0, mark: { seen: WISHES } });
  expect(report.sealed).toEqual(Array.from({ length: WISHES }, () => 1));
  await child.kill();

  // Done once: whoever starts later looks at nothing.
  await open();
  const before = report.mark;
  child.process.stdin?.write('start\n');
  await wait(500);
  expect(JSON.parse(await child.ask('report')).mark).toEqual(before);
}, 120_000);
