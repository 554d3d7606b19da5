/**
 * Every operation that writes is sent bodies without end. `HAOLIN_FUZZ_BODIES` says how many (10,000; 4,000 in CI),
 * `HAOLIN_FUZZ_SEED` repeats a run that failed.
 */
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DemoName, demo } from '../../scripts/seed/demo.ts';
import type { Caller } from '../../src/core/caller.ts';
import { addDays, dayOf, HOUR } from '../../src/core/time.ts';
import { draftBallot, moveBallot } from '../../src/features/ballots/index.ts';
import { openHandoff } from '../../src/features/handoffs/index.ts';
import { type IncidentMoveName, moveIncident, reportIncident } from '../../src/features/incidents/index.ts';
import { askForTalk, finishTalk, holdTalk, recordCareVisit } from '../../src/features/talks/index.ts';
import { moveTopic, proposeTopic } from '../../src/features/topics/index.ts';
import { bookVenue } from '../../src/features/venues/index.ts';
import { logVisit } from '../../src/features/visits/index.ts';
import { moveWish, submitWish, type WishMoveName } from '../../src/features/wishes/index.ts';
import { filled, type Operation, operationsOf, type WholeApp, wholeApp } from '../support/app.ts';
import { bodyText } from '../support/bodies.ts';
import { FIRES } from '../support/fires.ts';

const BODIES = Number(process.env.HAOLIN_FUZZ_BODIES ?? (process.env.CI ? 4_000 : 10_000));
const SEED = Number(process.env.HAOLIN_FUZZ_SEED ?? Math.trunc(Math.random() * 2 ** 31));
const LANES = 16;
const WISHES = 240;
const HANDOFFS = 40;
const TOPICS = 12;
const BALLOTS = 12;
const BOOKINGS = 5;
/** Those who may do most of what there is to do, and so get further than their neighbours. */
const BUSY = ['王秀英', '李敏', '陈建国', '何春梅', '方毅'] as const;

const published = ['publish', '陈建国', {}] as const;
const claimed = [published, ['claim', '李敏', { group: '好邻小队' }], ['join', '刘洋', {}]] as const;
const done = [...claimed, ['done', '李敏', { note: '送到家里了' }]] as const;
/** How wishes come to stand in the states that moves begin from. */
const WAYS: readonly (readonly (readonly [WishMoveName, DemoName, unknown])[])[] = [
  [],
  [published],
  claimed,
  done,
  [...claimed, ['partial', '李敏', { note: '先送了旧的', left: '新的还没到' }]],
  [['refer', '陈建国', { to: '12345', number: 'GZ-1' }]],
];

const triaged = ['triage', '陈建国', { urgency: 'usual' }] as const;
const taken = [triaged, ['take', '李敏', {}]] as const;
const INCIDENT_WAYS: readonly (readonly (readonly [IncidentMoveName, DemoName, unknown])[])[] = [
  [],
  [triaged],
  taken,
  [...taken, ['assist', '李敏', { unit: '供电所', words: '请来看看' }]],
  [...taken, ['resolve', '李敏', { note: '换了新灯泡' }]],
  [...taken, ['partial', '李敏', { note: '接了临时灯', left: '新灯没到' }]],
  [...taken, ['reject', '李敏', { reason: '不归社区管' }]],
];

let whole: WholeApp;
const wishes: string[] = [];
const incidents: string[] = [];
const handoffs: string[] = [];
const topics: string[] = [];
const ballots: string[] = [];
const bookings: string[] = [];
const cared: string[] = [];
const talks: string[] = [];
const difficulties: string[] = [];
const careVisits: string[] = [];
const visits: string[] = [];
const events: string[] = [];
const rejections: unknown[] = [];
const note = (error: unknown) => void rejections.push(error);

beforeAll(async () => {
  whole = await wholeApp({ quotas: false });
  const authors = ['王秀英', '孙桂芳', '马德福', '安国华', '吴永贵', '卢明芬'] as const;
  for (let n = 0; n < WISHES; n += 1) {
    const author = authors[n % authors.length] ?? '王秀英';
    const text = `想要一台收音机，第${n}台`;
    const { wish } = await submitWish(whole.app.house, await as(author), { text, category: 'goods' });
    wishes.push(wish._id);
    for (const [move, who, input] of WAYS[n % WAYS.length] ?? []) await make(wish._id, move, who, input);
  }
  for (let n = 0; n < INCIDENT_WAYS.length; n += 1) incidents.push(await incidentAfter(INCIDENT_WAYS[n] ?? []));
  for (let n = 0; n < HANDOFFS; n += 1) {
    const author = authors[n % authors.length] ?? '王秀英';
    handoffs.push((await openHandoff(whole.app.house, await as(author), { text: '电话打不通' })).handoff._id);
  }
  for (let n = 0; n < TOPICS; n += 1) {
    const author = authors[n % authors.length] ?? '王秀英';
    const { topic } = await proposeTopic(whole.app.house, await as(author), { text: `楼下要装第${n}盏路灯` });
    topics.push(topic._id);
    if (n % 2 === 0) await moveTopic(whole.app.house, await as('陈建国'), topic._id, 'accept');
    else await moveTopic(whole.app.house, await as('陈建国'), topic._id, 'askMerge', { into: topics[0] });
    if (n % 4 === 2) await meet(topic._id);
  }
  for (let n = 0; n < BALLOTS; n += 1) ballots.push(await ballot(n));
  for (let n = 0; n < BOOKINGS; n += 1) {
    const day = addDays(dayOf(whole.app.house.clock.now()), 1 + n);
    const meeting = { day, from: '10:00', to: '11:00', purpose: '说说楼道灯' };
    const booked = await bookVenue(whole.app.house, await as('陈建国'), demo.venues[0] ?? '', meeting);
    bookings.push(booked.booking.id);
  }
  const kept = await whole.app.house.model<{ _id: string }>('care').find().select({ _id: 1 }).lean<{ _id: string }[]>();
  cared.push(...kept.map(({ _id }) => _id));
  await talkThem();
  for (const who of ['李敏', '陈建国', '何春梅', '李敏'] as const) {
    visits.push((await logVisit(whole.app.house, await as(who), { households: 2, found: '灯坏了' })).visit._id);
  }
  await whole.ask(whole.ids.方毅, 'POST', '/duty-packs', FIRES);
  for (const bearer of [whole.ids.李敏, whole.ids.何春梅]) {
    const event = { event: 'fire', area: demo.community, bearer };
    events.push(((await whole.ask(whole.ids.陈建国, 'POST', '/duty-events', event)).body as { id: string }).id);
  }
  process.on('unhandledRejection', note);
}, 180_000);
afterAll(async () => {
  process.off('unhandledRejection', note);
  await whole.close();
});

async function as(name: DemoName): Promise<Caller> {
  const { house } = whole.app;
  const actor = await house.directory.actor(whole.ids[name], 'api');
  if (!actor) throw new Error(`${name} is not there`);
  return { actor, ability: house.abilityOf(actor), now: house.clock.now() };
}

async function make(id: string, move: WishMoveName, who: DemoName, input: unknown): Promise<void> {
  await moveWish(whole.app.house, await as(who), id, move, input);
}

/** Has a topic talked over as if it had been announced in time, with something said that goes by the topic's own id. */
async function meet(id: string): Promise<void> {
  const { house } = whole.app;
  const now = house.clock.now();
  const meeting = {
    session: 1,
    venue: { id: demo.venues[0] ?? '', name: '议事厅', address: '' },
    booking: id,
    startsAt: now,
    endsAt: new Date(now.getTime() + HOUR),
    agenda: ['路灯装在哪里'],
    changes: 0,
    begunAt: now,
    code: '123456',
  };
  await house.model('topic').collection.updateOne({ _id: id } as never, { $set: { state: 'discussing', meeting } });
  const by = { id: whole.ids.王秀英, name: '王秀英' };
  const said = {
    topic: id,
    session: 1,
    by,
    text: '灯要亮',
    posted: '灯要亮',
    at: now,
    state: 'visible',
    moderations: 0,
  };
  await house.model('topic_statements').collection.insertOne({ _id: id, ...said } as never);
}

/** Talks that were asked for and that are held, with what came up in them, and care visits. */
async function talkThem(): Promise<void> {
  const { house } = whole.app;
  const day = dayOf(house.clock.now());
  const secretary = await as('陈建国');
  for (const who of ['李敏', '周强', '赵小燕', '何春梅', '罗志勇', '韦光明', '杨秀花'] as const) {
    const { talk } = await askForTalk(house, await as(who), { occasion: 'own_request' });
    talks.push(talk._id);
    const worker = whole.ids[who];
    careVisits.push((await recordCareVisit(house, secretary, { worker, day, kind: 'illness' }))._id);
    if (who !== '杨秀花') continue;
    const difficulty = [{ kind: 'health', text: '腰不好，爬楼吃力' }];
    await finishTalk(house, secretary, talk._id, { day, topics: [], record: '说了说身体', difficulties: difficulty });
  }
  const held = {
    worker: whole.ids.李敏,
    day,
    topics: [],
    difficulties: Array(8).fill({ kind: 'pay', text: '工资低' }),
  };
  talks.push((await holdTalk(house, secretary, held)).talk._id);
  const rows = await house.model('difficulty').collection.find().toArray();
  difficulties.push(...rows.map(({ _id }) => String(_id)));
}

/** An incident of the grandmother's after these moves. */
async function incidentAfter(moves: (typeof INCIDENT_WAYS)[number]): Promise<string> {
  const { house } = whole.app;
  const { incident } = await reportIncident(house, await as('王秀英'), {
    text: '楼下的路灯坏了',
    category: 'facility',
  });
  for (const [move, who, input] of moves) await moveIncident(house, await as(who), incident._id, move, input);
  return incident._id;
}

/** A ballot that may be voted on, or one of owners that is still being prepared. */
async function ballot(n: number): Promise<string> {
  const { house } = whole.app;
  const now = house.clock.now().getTime();
  const { ballot } = await draftBallot(house, await as('陈建国'), '990001001001', {
    title: `要不要装第${n}盏路灯`,
    question: '巷子口要不要装路灯？',
    pack: n % 4 === 0 ? 'owners' : 'courtyard-poll',
    secrecy: n % 4 === 1 ? 'secret' : 'open',
    opensAt: new Date(now).toISOString(),
    closesAt: new Date(now + 24 * HOUR).toISOString(),
  });
  if (n % 4 > 0) await moveBallot(house, await as('陈建国'), ballot._id, 'open');
  return ballot._id;
}

/** What there is below a path. */
const THERE: readonly (readonly [string, readonly string[]])[] = [
  ['/wishes', wishes],
  ['/incidents', incidents],
  ['/talks', talks],
  ['/difficulties', difficulties],
  ['/care-visits', careVisits],
  ['/visits', visits],
  ['/duty-events', events],
  ['/duty-packs', ['fires', 'in-care', 'liu-bidao']],
  ['/certificate-lists', ['national', 'guizhou']],
  ['/calendars', ['2027', '2028']],
  ['/handoffs', handoffs],
  ['/topics', topics],
  ['/ballots', ballots],
  ['/venues', demo.venues],
  ['/bookings', bookings],
  ['/care', cared],
  ['/areas', ['990001001001', '990001001001G01', '990001001', '9900']],
];

/** What may stand in an operation's address: mostly what is there. */
function target({ path }: Operation): fc.Arbitrary<string> {
  const there = THERE.find(([prefix]) => path.startsWith(prefix))?.[1] ?? Object.values(whole.ids);
  const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).map((text) => text.toWellFormed());
  return fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...there) }, { weight: 1, arbitrary: word });
}

/** Bytes for an operation that takes a file: a picture, a table, a broken one, noise. */
async function fileBytes(): Promise<fc.Arbitrary<Uint8Array>> {
  const picture = new Uint8Array(
    await sharp({ create: { width: 8, height: 8, channels: 3, background: '#c33' } })
      .png()
      .toBuffer(),
  );
  const table = new TextEncoder().encode('编码,名称\n990001001001G09,第九网格\n');
  const right = fc.constantFrom(picture, table);
  return fc.oneof(
    right,
    right.map((bytes) => bytes.subarray(0, bytes.length >> 1)),
    fc.uint8Array({ maxLength: 2_000 }),
  );
}

type Sent = { operation: Operation; target: string; person: string } & ({ text: string } | { file: Uint8Array });

async function send(one: Sent): Promise<number> {
  const form = new FormData();
  if ('file' in one) form.set('file', new Blob([Uint8Array.from(one.file)]), 'file');
  const answer = await fetch(`${whole.address}/api/v1${filled(one.operation.path, one.target)}`, {
    method: one.operation.method,
    headers: {
      ...(await whole.signed(one.person)),
      ...('file' in one ? {} : { 'content-type': 'application/json' }),
    },
    body: 'file' in one ? form : one.text,
  });
  await answer.arrayBuffer();
  return answer.status;
}

const FILES = ['/photos', '/imports/areas', '/imports/people', '/imports/places', '/imports/care'];

it(`takes ${BODIES} bodies without a 5xx, an error in the log or an unhandled rejection`, async () => {
  const writing = operationsOf(whole.app.http.openapi()).filter(
    // Signing out would leave nobody to send the rest.
    ({ method, path }) => method !== 'GET' && !path.startsWith('/demo') && path !== '/session',
  );
  const files = await fileBytes();
  const everybody = fc.constantFrom(...Object.values(whole.ids));
  const busy = fc.constantFrom(...BUSY.map((name) => whole.ids[name]));
  const people = fc.oneof({ weight: 3, arbitrary: busy }, { weight: 1, arbitrary: everybody });
  const known = [...Object.values(whole.ids), ...wishes.slice(0, 20), '990001001001', '990001001001G02'];
  const requests = writing.map((operation): fc.Arbitrary<Sent> => {
    const common = { operation: fc.constant(operation), target: target(operation), person: people };
    return FILES.includes(operation.path)
      ? fc.record({ ...common, file: files })
      : fc.record({ ...common, text: bodyText(operation.body, known) });
  });
  const sample = fc.sample(fc.oneof(...requests), { numRuns: BODIES, seed: SEED });

  const statuses = new Map<number, number>();
  const succeeded = new Set<string>();
  const bad: string[] = [];
  const began = performance.now();
  const lanes = Array.from({ length: LANES }, async () => {
    for (let one = sample.pop(); one; one = sample.pop()) {
      const status = await send(one);
      const name = `${one.operation.method} ${one.operation.path}`;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status < 300) succeeded.add(name);
      if (status >= 500) bad.push(`${name} ${status} ${'text' in one ? one.text.slice(0, 200) : 'a file'}`);
    }
  });
  await Promise.all(lanes);
  await whole.app.push.drain();

  const seconds = Math.round((performance.now() - began) / 1_000);
  const figures = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  const never = writing.map(({ method, path }) => `${method} ${path}`).filter((name) => !succeeded.has(name));
  console.log(
    `${BODIES} bodies in ${seconds} s (seed ${SEED}): ${figures.join(', ')}; ` +
      `${succeeded.size} of ${writing.length} operations succeeded at least once; never: ${never.join(', ')}`,
  );
  expect({ seed: SEED, bad: bad.slice(0, 5) }).toEqual({ seed: SEED, bad: [] });
  expect({ seed: SEED, errors: whole.errors.slice(0, 5) }).toEqual({ seed: SEED, errors: [] });
  expect(rejections).toEqual([]);
  expect((await fetch(`${whole.address}/readyz`)).status).toBe(200);
  // Otherwise the bodies never got past the door. A short run does not come to every operation.
  const least = BODIES >= 10_000 ? 0.4 : BODIES >= 4_000 ? 0.3 : 0;
  expect(succeeded.size).toBeGreaterThan(writing.length * least);
}, 240_000);
