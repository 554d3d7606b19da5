/** Five hundred neighbours, each vote sent three times, through two processes of a house on one store. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freshDatabase, uriOf } from '../support/storage.ts';
import { choiceOf, drawing, opened, post, prepare, tallyOf } from './ballot-voters.ts';
import { bundled, type Child, start } from './child.ts';

const VOTERS = process.env.CI ? 150 : 500;
/** Beside them: some who send two receipts at once, some whose paper races with their phone. */
const RACERS = 20;
const SAMPLE = 50;

it(`count exactly ${VOTERS} votes as they were wished, and one of any two that race`, async () => {
  const database = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'haolin-ballots-'));
  const script = await bundled('ballot.child.ts');
  const env = {
    DATA_DIR: folder,
    MONGODB_URI: uriOf(database),
    REDIS_URL: '',
    PORT: '0',
    FIELD_SECRET: randomBytes(32).toString('base64'),
    TOKEN_SECRET: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'fatal',
    REQUESTS_PER_MINUTE: '1000000',
  };
  const children: Child[] = [start(script, env), start(script, env)];
  try {
    const ports = await Promise.all(children.map(opened));
    const port = (n: number): number => ports[n % ports.length] ?? 0;
    const [first] = children;
    if (!first) throw new Error('no process');
    const { ballots, voters, secretary } = await prepare(first, VOTERS + 2 * RACERS);
    const [secret, open] = ballots;
    const newReceipt = drawing(env.FIELD_SECRET, secret, voters);
    const everybody = Array.from({ length: VOTERS }, (_, n) => n);
    const receipts = everybody.map((n) => newReceipt(n));
    const tokenOf = (n: number): string => voters[n]?.token ?? '';
    const vote = (via: number, n: number, ballot: string, receipt?: string) =>
      post(port(via), tokenOf(n), `${ballot}/vote`, { choice: choiceOf(n), ...(receipt && { receipt }) });

    const began = performance.now();
    const answers = await Promise.all(
      everybody.flatMap((n) => [n, n + 1, n].flatMap((via) => [vote(via, n, secret, receipts[n]), vote(via, n, open)])),
    );
    expect(new Set(answers)).toEqual(new Set(['200 done']));
    const ms = Math.round(performance.now() - began);

    const racers = Array.from({ length: 2 * RACERS }, (_, n) => VOTERS + n);
    const outcomes = await Promise.all(
      racers.map(async (n) => {
        const rival =
          n % 2 === 0
            ? post(port(n + 1), secretary, `${secret}/handed-in`, { elector: voters[n]?.elector })
            : vote(n + 1, n, secret, newReceipt(n));
        return { n, both: await Promise.all([vote(n, n, secret, newReceipt(n)), rival]) };
      }),
    );
    for (const { both } of outcomes) expect([...both].sort()).toEqual(['200 done', '409 already_voted']);

    const onPaper = outcomes.filter(({ n, both }) => n % 2 === 0 && both[1] === '200 done').map(({ n }) => n);
    const byPhone = racers.filter((n) => !onPaper.includes(n));
    expect(JSON.parse(await first.ask('rows'))).toEqual({
      secret: [VOTERS + byPhone.length, VOTERS + byPhone.length],
      open: [VOTERS, VOTERS],
    });
    // Nobody enters these papers, and a count waits for every one that was handed in.
    const undone = onPaper.map((n) =>
      post(port(n), secretary, `${secret}/handed-in/undo`, { elector: voters[n]?.elector }),
    );
    expect(new Set(await Promise.all(undone))).toEqual(new Set(onPaper.length > 0 ? ['200 done'] : []));
    expect(JSON.parse(await first.ask(`count ${secret} ${open}`))).toEqual([
      { present: VOTERS + byPhone.length, tally: tallyOf([...everybody, ...byPhone]) },
      { present: VOTERS, tally: tallyOf(everybody) },
    ]);
    // What was counted is, by each receipt, what was wished. The clock of the first process is behind the closing.
    const checks = everybody
      .slice(0, SAMPLE)
      .map((n) => post(port(0), tokenOf(n), `${secret}/check`, { receipt: receipts[n] }));
    expect(await Promise.all(checks)).toEqual(everybody.slice(0, SAMPLE).map((n) => `200 ${choiceOf(n)}`));
    console.log(
      `${answers.length} votes sent in ${ms} ms; of ${RACERS} papers that raced ${onPaper.length} were first`,
    );
  } finally {
    await Promise.all(children.map((child) => child.kill()));
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}, 180_000);
