/** A house is killed while people vote. `HAOLIN_KILLS` says how often, as of the other houses: once for every ten of those. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { choiceOf, drawing, opened, post, prepare, tallyOf } from './ballot-voters.ts';
import { bundled, type Child, start } from './child.ts';

const KILLS = Math.ceil(Number(process.env.HAOLIN_KILLS ?? (process.env.CI ? 10 : 50)) / 10);
/** Votes acknowledged between two kills. */
const BETWEEN = 40;
const HANDS = 8;
const VOTERS = (KILLS + 1) * BETWEEN;

const FIELD_SECRET = randomBytes(32).toString('base64');

let folder: string;
let script: string;
let child: Child | undefined;
let standby: Child | undefined;
let port = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-ballot-kill-'));
  script = await bundled('ballot.child.ts');
});
afterAll(async () => {
  await child?.kill();
  await standby?.kill();
  await rm(folder, { recursive: true, force: true });
});

const load = (): Child =>
  start(script, {
    DATA_DIR: folder,
    MONGODB_URI: '',
    REDIS_URL: '',
    PORT: '0',
    FIELD_SECRET,
    LOG_LEVEL: 'fatal',
    REQUESTS_PER_MINUTE: '1000000',
  });

/** Opens the house on the same folder; the next process loads its programs meanwhile. */
async function restart(): Promise<Child> {
  const next = standby ?? load();
  standby = load();
  child = next;
  port = await opened(next);
  return next;
}

it(`killed ${KILLS} times it counts every vote once, and marks nobody without a choice`, async () => {
  const { ballots, voters } = await prepare(await restart(), VOTERS);
  const [secret, open] = ballots;
  const newReceipt = drawing(FIELD_SECRET, secret, voters);
  const acknowledged: { n: number; receipt: string }[] = [];
  let cutOff = 0;
  const surprises: string[] = [];

  /** Sends until it is answered. Who was cut off sends again: every other one under a new receipt, the old one being lost. */
  async function insist(n: number, ballot: string, receipt?: string): Promise<string | undefined> {
    let mine = receipt;
    for (let again = false; ; again = true) {
      const body = { choice: choiceOf(n), ...(mine !== undefined && { receipt: mine }) };
      const answer = await post(port, voters[n]?.token ?? '', `${ballot}/vote`, body);
      if (answer === '200 done') return mine;
      // With a new receipt one is told that the vote which was not answered had been in.
      if (answer === '409 already_voted' && again && mine !== receipt) return undefined;
      if (!/^(?:cut off|closed|503)/u.test(answer)) surprises.push(answer);
      if (surprises.length > 0) return undefined;
      if (answer === 'cut off') {
        cutOff += 1;
        if (mine !== undefined && n % 2 === 0) mine = newReceipt(n);
      }
      await wait(20);
    }
  }

  let next = 0;
  const hand = async (): Promise<void> => {
    for (let n = next++; n < VOTERS; n = next++) {
      const receipt = await insist(n, secret, newReceipt(n));
      if (receipt !== undefined) acknowledged.push({ n, receipt });
      await insist(n, open);
    }
  };
  const voting = Promise.all(Array.from({ length: HANDS }, hand));
  let killed = 0;
  for (; killed < KILLS && surprises.length === 0; killed += 1) {
    while (next < (killed + 1) * BETWEEN && surprises.length === 0) await wait(1);
    await child?.kill();
    // Nobody is marked without a choice, even before anybody tries again.
    const { secret: whole, open: own } = JSON.parse(await (await restart()).ask('rows')) as Record<string, number[]>;
    expect([whole?.[0], own?.[0]]).toEqual([whole?.[1], own?.[1]]);
  }
  await voting;
  expect(surprises).toEqual([]);

  const everybody = Array.from({ length: VOTERS }, (_, n) => n);
  const whole = { present: VOTERS, tally: tallyOf(everybody) };
  expect(JSON.parse((await child?.ask(`count ${secret} ${open}`)) ?? '')).toEqual([whole, whole]);
  const found = await Promise.all(
    acknowledged.map(({ n, receipt }) => post(port, voters[n]?.token ?? '', `${secret}/check`, { receipt })),
  );
  expect(found).toEqual(acknowledged.map(({ n }) => `200 ${choiceOf(n)}`));
  expect(cutOff).toBeGreaterThan(0);
  console.log(
    `${killed} kills: ${VOTERS} voters, ${acknowledged.length} acknowledged secret votes, ${cutOff} requests cut off`,
  );
}, 120_000);
