import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noRedis, redisForTests, type TestRedis } from '../support/redis.ts';
import { freshDatabase, uriOf } from '../support/storage.ts';
import { bundled, type Child, start } from './child.ts';

const TICKS = 200;

let script: string;
let redis: TestRedis | undefined;
beforeAll(async () => {
  script = await bundled('ticks.child.ts');
  redis = noRedis === undefined ? await redisForTests() : undefined;
});
afterAll(async () => {
  await redis?.stop();
});

/** Both processes are told of every tick at once, in their own order. */
async function tickTwice(more: Record<string, string>) {
  const database = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'haolin-two-'));
  const env = {
    DATA_DIR: folder,
    MONGODB_URI: uriOf(database),
    FIELD_SECRET: randomBytes(32).toString('base64'),
    TOKEN_SECRET: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'fatal',
    ...more,
  };
  const children: Child[] = [];
  try {
    for (let n = 0; n < 2; n += 1) {
      const child = start(script, env);
      children.push(child);
      expect(await child.line()).toBe('ready');
    }
    const slots = Array.from({ length: TICKS }, (_, n) => new Date(Date.UTC(2026, 2, 9, 1, n)).toISOString());
    const answers = await Promise.all(
      children.map((child, n) => child.ask(JSON.stringify(n === 0 ? slots : [...slots].reverse()))),
    );
    const kinds = answers.flatMap((answer) => JSON.parse(answer) as string[]);
    const ledger = await database.connection.collection('job_runs').countDocuments({ job: 'ticks.count' });
    const runs = await database.connection.collection('ticks').find().toArray();
    return { kinds, ledger, runs };
  } finally {
    await Promise.all(children.map((child) => child.kill()));
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

function holds({ kinds, ledger, runs }: Awaited<ReturnType<typeof tickTwice>>): void {
  expect(kinds.filter((kind) => kind === 'done')).toHaveLength(TICKS);
  expect(kinds.filter((kind) => kind === 'taken')).toHaveLength(TICKS);
  expect(ledger).toBe(TICKS);
  expect(runs).toHaveLength(TICKS);
  expect(new Set(runs.map(({ slot }) => Number(slot))).size).toBe(TICKS);
  // Otherwise nothing was shown: both took part.
  const shares = [...new Set(runs.map(({ by }) => by))].map((pid) => runs.filter(({ by }) => by === pid).length);
  expect(shares).toHaveLength(2);
  console.log(
    `${kinds.length} ticks asked for, ${ledger} ledger rows, ${runs.length} runs, by process ${shares.join(' and ')}`,
  );
}

describe('two processes of a house on one store', () => {
  it(`run ${TICKS} ticks ${TICKS} times by the ledger alone`, async () => {
    holds(await tickTwice({}));
  }, 60_000);

  it.skipIf(noRedis !== undefined)(
    `run ${TICKS} ticks ${TICKS} times with a Redis${noRedis ? ` (skipped: ${noRedis})` : ''}`,
    async () => {
      holds(await tickTwice({ REDIS_URL: redis?.url ?? '' }));
    },
    60_000,
  );
});
