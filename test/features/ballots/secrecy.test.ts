/**
 * Who chose what in a secret ballot: asked of the whole database, of every log line at the finest level, and of everything
 * the API shows to anybody, while it is open, once it is closed and once it is counted.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROLES } from '../../../src/core/ability.ts';
import type { Caller } from '../../../src/core/caller.ts';
import type { Log } from '../../../src/core/house.ts';
import { HOUR, MINUTE, shiftedClock, systemClock } from '../../../src/core/time.ts';
import { type Choice, draftBallot, moveBallot, newReceipt } from '../../../src/features/ballots/index.ts';
import type { Elector, Urn } from '../../../src/features/ballots/model.ts';
import { dropIn, seating, setUpUrns } from '../../../src/features/ballots/urn.ts';
import { actorOf, type Person } from '../../../src/features/people/index.ts';
import { fingerprintOf } from '../../../src/http/idempotency.ts';
import { filled, operationsOf, type WholeApp, wholeApp } from '../../support/app.ts';
import { makeCommunity, makePerson } from '../../support/house.ts';

const VOTERS = 12;
const ON_PAPER = 4;
const CHOSEN = ['for', 'for', 'against', 'abstain', 'against'] as const;

const said: string[] = [];
const note = (...line: unknown[]) => void said.push(JSON.stringify(line));
const log: Log = { debug: note, info: note, warn: note, error: note };
const clock = shiftedClock(systemClock);

let whole: WholeApp;
let community: string;
const voters: Person[] = [];
const others: Person[] = [];
let secretary: Person;
let worker: Person;

beforeAll(async () => {
  whole = await wholeApp({ log, clock });
  const { house } = whole.app;
  const made = await makeCommunity(house, { code: '990002001001' });
  community = made.community;
  const area = made.grids[0] ?? '';
  for (let n = 0; n < VOTERS; n += 1) voters.push(await makePerson(house, { area, household: `3-1-${n}` }));
  for (const role of ROLES.filter((one) => one !== 'resident' && one !== 'household_lead')) {
    const person = await makePerson(house, {
      area,
      roles: [{ role, area: role === 'supervisor' ? made.street : community }],
    });
    others.push(person);
    if (role === 'secretary') secretary = person;
    if (role === 'worker') worker = person;
  }
}, 60_000);
afterAll(() => whole.close());

const as = (person: Person): Caller => {
  const { house } = whole.app;
  const actor = actorOf(person, 'api');
  return { actor, ability: house.abilityOf(actor), now: clock.now() };
};

async function send(person: Person, method: string, path: string, body?: unknown, key?: string): Promise<string> {
  const response = await fetch(`${whole.address}/api/v1${path}`, {
    method,
    headers: {
      ...(await whole.signed(person._id)),
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect([path, response.status, text]).toEqual([path, 200, text]);
  return text;
}

async function opened(): Promise<string> {
  const { house } = whole.app;
  const now = clock.now().getTime();
  const { ballot } = await draftBallot(house, as(secretary), community, {
    title: '要不要装路灯',
    question: '巷子口要不要装两盏路灯？',
    pack: 'courtyard-poll',
    secrecy: 'secret',
    opensAt: new Date(now).toISOString(),
    closesAt: new Date(now + HOUR).toISOString(),
  });
  await moveBallot(house, as(secretary), ballot._id, 'open');
  return ballot._id;
}

const electorsOf = (ballot: string): Promise<Elector[]> =>
  whole.app.house.db.collection('ballot_electors').find({ ballot }).toArray() as unknown as Promise<Elector[]>;

/** All vote over HTTP, as bad lines do: again under the same key and under another; the first few hand in a paper. */
async function vote(ballot: string, order: readonly Person[], choiceOf: (n: number) => Choice): Promise<string[]> {
  const electors = await electorsOf(ballot);
  const receipts: string[] = [];
  for (const [n, person] of order.entries()) {
    if (voters.indexOf(person) < ON_PAPER) {
      const { elector } = electors.find((one) => one.people.includes(person._id)) ?? { elector: '' };
      await send(worker, 'POST', `/ballots/${ballot}/handed-in`, { elector }, `in-${ballot}-${n}`);
      continue;
    }
    const drawn = await send(person, 'POST', `/ballots/${ballot}/receipt`, undefined, `receipt-${ballot}-${n}`);
    const { receipt } = JSON.parse(drawn) as { receipt: string };
    receipts.push(receipt);
    const body = { choice: choiceOf(n), receipt };
    for (const key of ['a', 'a', 'b']) {
      const answer = await send(person, 'POST', `/ballots/${ballot}/vote`, body, `vote-${ballot}-${n}-${key}`);
      expect(answer).toBe('{"done":true}');
    }
    expect(await send(person, 'POST', `/ballots/${ballot}/check`, { receipt }, `check-${n}`)).toBe('{"inUrn":true}');
  }
  return receipts;
}

async function everyRow(): Promise<string[]> {
  const rows: string[] = [];
  const { db } = whole.app.house;
  for (const { name } of (await db.db?.listCollections().toArray()) ?? []) {
    for await (const row of db.collection(name).find()) rows.push(`${name} ${JSON.stringify(row)}`);
  }
  return rows;
}

/** What everybody is shown by everything that can be asked for, the ballot's id wherever an id goes. */
async function everyAnswer(ballot: string): Promise<string[]> {
  const description = await (await fetch(`${whole.address}/api/openapi.json`)).json();
  const paths = operationsOf(description)
    .filter(({ method, path }) => method === 'GET' && !/live|events|stream/u.test(path))
    .map(({ path }) => `/api/v1${filled(path, ballot)}`);
  const answers: string[] = [];
  const [one, paper] = [voters.at(-1), voters[0]];
  for (const person of [undefined, one, paper, ...others]) {
    const headers = person ? await whole.signed(person._id) : {};
    const asked = [...paths, '/metrics'].map(async (path) => {
      const response = await fetch(`${whole.address}${path}`, { headers, signal: AbortSignal.timeout(20_000) });
      answers.push(`${path} ${response.status} ${await response.text()}`);
    });
    await Promise.all(asked);
  }
  return answers;
}

const foundIn = (line: string, all: readonly string[]): string[] => all.filter((one) => line.includes(one));

/** No line has a voter and a choice in it, a receipt, or what is made of one. */
async function tellsNothing(ballot: string, receipts: readonly string[], counted: boolean): Promise<void> {
  const electors = await electorsOf(ballot);
  const snapshot = electors[0]?.snapshot ?? '';
  const [urn] = (await whole.app.house.db.collection('ballot_urns').find({ snapshot }).toArray()) as unknown as Urn[];
  const marks = (urn?.places ?? []).filter((one) => one !== '').map((one) => one.split(' ')[0] ?? '');
  expect(marks).toHaveLength(VOTERS - ON_PAPER);
  const proofs = (urn?.voted ?? []).filter((one) => one !== '' && one !== 'paper');
  expect(proofs).toHaveLength(VOTERS - ON_PAPER);
  expect(new Set([...marks, ...proofs]).size).toBe(2 * (VOTERS - ON_PAPER));
  const whose = electors.flatMap(({ elector, name, people }) => [elector, `"${name}"`, ...people]);

  const answers = await everyAnswer(ballot);
  expect(answers.filter((one) => one.includes(`/ballots/${ballot}`) && / 200 /u.test(one)).length).toBeGreaterThan(10);
  const rows = await everyRow();
  for (const line of [...rows, ...said, ...answers]) {
    const choices = marks.some((one) => line.includes(one));
    expect([line.slice(0, 60), foundIn(line, choices ? [...receipts, ...whose] : receipts)]).toEqual([
      line.slice(0, 60),
      [],
    ]);
    // The sum of a count and its arithmetic; the rest of the house does not know these words.
    if (!counted) expect(line).not.toMatch(/"(?:for|against|abstain)":|:"(?:for|against|abstain)"/u);
  }
  expect(answers.flatMap((line) => foundIn(line, [...marks, ...proofs]))).toEqual([]);
  expect(said.flatMap((line) => foundIn(line, [...marks, ...proofs, ...whose]))).toEqual([]);
  // What was sent under a key leaves no digest that could be guessed: the words one may send are few.
  const kept = rows.filter((row) => row.startsWith('idempotency'));
  expect(kept.length).toBeGreaterThan(VOTERS);
  const url = `/api/v1/ballots/${ballot}/vote`;
  const guesses = receipts.flatMap((receipt) =>
    [...new Set(CHOSEN)].map((choice) => fingerprintOf('POST', url, JSON.stringify({ choice, receipt }))),
  );
  expect(kept.flatMap((row) => foundIn(row, guesses))).toEqual([]);
}

/** All that is stored of a ballot and shown of it, without what differs by nature: ids, seals, times. */
async function observed(ballot: string): Promise<unknown> {
  const electors = await electorsOf(ballot);
  const snapshot = electors[0]?.snapshot ?? '';
  const { db } = whole.app.house;
  const [urn] = (await db.collection('ballot_urns').find({ snapshot }).toArray()) as unknown as Urn[];
  const own = await db.collection('ballot').findOne({ _id: ballot as never });
  const shown: string[] = [];
  for (const person of [...voters.slice(ON_PAPER - 1, ON_PAPER + 2), ...others]) {
    for (const path of ['', '/electors?limit=50', '/papers']) {
      const answer = await whole.ask(person._id, 'GET', `/ballots/${ballot}${path}`);
      shown.push(JSON.stringify(answer));
    }
  }
  const names = new Map(electors.map(({ elector, name }) => [elector, name]));
  const plain = (value: unknown): string =>
    JSON.stringify(value)
      .replaceAll(
        /[0-9a-f]{24}/gu,
        (id) => names.get(id) ?? (id === ballot ? 'ballot' : id === snapshot ? 'snapshot' : id),
      )
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/gu, 'time')
      .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, 'request')
      .replaceAll(/"digest":"[^"]+"/gu, '');
  return {
    electors: electors.map((one) => plain(one)),
    // Who voted is no secret; the seat says so by itself.
    voted: urn?.voted.map((one) => (one === '' || one === 'paper' ? one : one.length)),
    places: urn?.places.map((one) => one.length).sort(),
    ballot: plain(own),
    shown: shown
      .map((one) => JSON.parse(plain(one)) as string)
      .map((one) => one.replaceAll(/"(items)":\[.*\]/gu, sorted)),
  };
}
/** Lists go by ids, which are drawn by lot for each ballot. */
const sorted = (list: string): string => [...list].sort().join('');

it('is told by nothing: no row, no log line and no answer to anybody, before and after the count', async () => {
  const ballot = await opened();
  const receipts = await vote(ballot, voters, (n) => CHOSEN[n % CHOSEN.length] ?? 'for');
  await tellsNothing(ballot, receipts, false);

  // The same people, the other way round and with other choices: whoever looks sees the same.
  const mirrored = await opened();
  await vote(mirrored, [...voters].reverse(), (n) => CHOSEN[(n + 2) % CHOSEN.length] ?? 'for');
  expect(await observed(mirrored)).toEqual(await observed(ballot));

  clock.shift(HOUR + 2 * MINUTE);
  for (let n = 0; n < ON_PAPER; n += 1) {
    for (const person of [worker, secretary]) {
      await send(person, 'POST', `/ballots/${ballot}/papers`, { paper: `${n}`, choice: 'for' });
    }
  }
  await send(secretary, 'POST', `/ballots/${ballot}/count`, {});
  await tellsNothing(ballot, receipts, true);
  const chosen = voters.slice(ON_PAPER).map((_, n) => CHOSEN[(n + ON_PAPER) % CHOSEN.length]);
  const of = (choice: Choice) => chosen.filter((one) => one === choice).length;
  const view = JSON.parse(await send(worker, 'GET', `/ballots/${ballot}`));
  const tally = {
    for: { heads: of('for') + ON_PAPER },
    against: { heads: of('against') },
    abstain: { heads: of('abstain') },
  };
  expect(view).toMatchObject({ state: 'counted', result: { outcome: 'passed', tally } });
  const [own] = voters.slice(ON_PAPER);
  const check = await send(own as Person, 'POST', `/ballots/${ballot}/check`, { receipt: receipts[0] });
  expect(JSON.parse(check)).toEqual({ inUrn: true, choice: chosen[0] });
}, 120_000);

it('is not told by where a choice lies: no place goes with the order of voting', async () => {
  const { house } = whole.app;
  const [rounds, voices] = [24, 10];
  const seatAt = seating(voices);
  let sum = 0;
  await Promise.all(
    Array.from({ length: rounds }, async (_round, round) => {
      const snapshot = `round${round}`;
      await setUpUrns(house, snapshot, voices);
      const seen: string[] = [];
      for (let n = 0; n < voices; n += 1) {
        const elector = { _id: `${snapshot}:${n}`, snapshot, ...seatAt(n) } as Elector;
        await dropIn(house, elector, { voices, receipt: newReceipt(house, snapshot, String(n)), choice: 'for' });
        const [urn] = (await house.db.collection('ballot_urns').find({ snapshot }).toArray()) as unknown as Urn[];
        seen.push(urn?.places.find((one) => one !== '' && !seen.includes(one)) ?? '');
      }
      const [urn] = (await house.db.collection('ballot_urns').find({ snapshot }).toArray()) as unknown as Urn[];
      const lie = (urn?.places ?? []).filter((one) => one !== '');
      const squares = seen.reduce((total, one, n) => total + (lie.indexOf(one) - n) ** 2, 0);
      sum += 1 - (6 * squares) / (voices * (voices ** 2 - 1));
    }),
  );
  // Spearman's rank correlation has a deviation of 1/√(n − 1) by chance; five of them, over all rounds.
  expect(Math.abs(sum / rounds)).toBeLessThan(5 / Math.sqrt((voices - 1) * rounds));
});
