/** The messages of the week against a store: each once, whatever is cut off, and what was missed as long as it has a purpose. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { House } from '../../../src/core/house.ts';
import { NOTICES, type NoticeDoc } from '../../../src/core/notice.ts';
import { addDays, atCivil, DAY, HOUR } from '../../../src/core/time.ts';
import { areas, communityOf, lineage, streetOf } from '../../../src/features/areas/index.ts';
import { care, listing } from '../../../src/features/care/index.ts';
import { dueOf } from '../../../src/features/duties/due.ts';
import { factsOf } from '../../../src/features/duties/facts.ts';
import { duties } from '../../../src/features/duties/index.ts';
import { dutyJobs } from '../../../src/features/duties/jobs.ts';
import { WHY } from '../../../src/features/duties/messages.ts';
import { periodOf } from '../../../src/features/duties/periods.ts';
import { counts, tallyOf } from '../../../src/features/duties/tally.ts';
import { type Person, people } from '../../../src/features/people/index.ts';
import { visits } from '../../../src/features/visits/index.ts';
import { createSchedule, foresee, type Schedule } from '../../../src/schedule/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../../support/house.ts';

const FEW = 3;
/** More than the notices of one batch. */
const MANY = 520;
const jobOf = (name: string) => dutyJobs.find((job) => job.name === name) as (typeof dutyJobs)[number];

let at: TestHouse;
let place: Awaited<ReturnType<typeof makeCommunity>>;
let schedule: Schedule;
beforeAll(async () => {
  at = await testHouse([areas, people, care, visits, duties]);
  place = await makeCommunity(at.house);
  await makePerson(at.house, { area: place.community, roles: ['secretary'] });
  for (let nth = 0; nth < FEW; nth += 1) await makePerson(at.house, { area: place.community, roles: ['worker'] });
  const jobs = dutyJobs.filter(({ name }) => name !== 'duties.overdue');
  schedule = createSchedule({ house: at.house, jobs, cities: async () => [place.city] });
  for (const name of Object.keys(schedule.models)) await at.house.db.model(name).createIndexes();
});
afterAll(() => at.close());
beforeEach(async () => {
  for (const name of [NOTICES, 'job_runs', 'job_marks']) await at.house.db.collection(name).deleteMany({});
});

const notices = async () =>
  (await at.house.db.collection<NoticeDoc>(NOTICES).find().toArray()).flatMap(({ outbox }) => outbox);
const runAt = (day: string, hour: number) => {
  return { slot: atCivil(day, hour), now: atCivil(day, hour), late: false, dryRun: false };
};
/** Somebody kept in care where they live. */
const documentOf = ({ _id: person, areas: lived }: Person, kept: { visits: string[]; sentinel?: string }) => {
  const told = { person, areas: lived, since: '2026-01-05', flags: [{ kind: 'living_alone' }] as never, ...kept };
  return {
    ...told,
    _id: `ca${person.slice(2)}`,
    state: 'kept',
    version: 1,
    history: [],
    outbox: [],
    notes: [],
    served: [],
    community: communityOf(lived),
    colour: 'green',
    ...listing(told),
  };
};
const monday = { slot: atCivil('2026-03-09', 9), now: atCivil('2026-03-09', 9), late: false, dryRun: false };

// 2026: the week of 9 March is an ordinary one; National Day is kept from Thursday 1 to Wednesday 7 October.
test.each([
  ['on its day, in the afternoon', 'duties.monday', '2026-03-09', '2026-03-09T16:00', 'late'],
  ['on the next workday', 'duties.monday', '2026-03-09', '2026-03-10T09:00', 'late'],
  ['on the next workday, hours later', 'duties.monday', '2026-03-09', '2026-03-10T13:00', 'late'],
  ['a day later still', 'duties.monday', '2026-03-09', '2026-03-11T09:00', 'late'],
  ['not on the day of what is left', 'duties.monday', '2026-03-09', '2026-03-12T09:00', undefined],
  ['in the days before a holiday', 'duties.monday', '2026-09-28', '2026-09-29T09:00', 'late'],
  ['not when it is on time, after a holiday', 'duties.monday', '2026-10-05', '2026-10-08T09:00', 'on time'],
  ['the next morning', 'duties.thursday', '2026-03-12', '2026-03-13T08:00', 'late'],
  ['not when the week is over', 'duties.thursday', '2026-03-12', '2026-03-13T16:00', undefined],
  ['on the first workday after the week', 'duties.friday', '2026-03-13', '2026-03-16T17:00', 'last week'],
  ['not on a day of rest', 'duties.friday', '2026-03-13', '2026-03-14T17:00', undefined],
  ['nor in its morning', 'duties.friday', '2026-03-13', '2026-03-14T08:30', undefined],
  ['not when the next week is under way', 'duties.friday', '2026-03-13', '2026-03-17T17:00', undefined],
] as const)('what was missed is made up, once: %s (%s)', async (_when, name, meant, back, expected) => {
  const { clock } = at;
  // The house was up before its time, and then not until it came back.
  clock.set(`${meant}T08:00`);
  await schedule.catchUp(clock.now());
  clock.set(`${back}:00+08:00`);
  await schedule.catchUp(clock.now());
  const told = (await notices()).filter(({ message }) => message === name);
  expect(told).toHaveLength(expected === undefined ? 0 : name === 'duties.friday' ? 1 : FEW);
  for (const { data } of told) {
    expect(data.madeUp).toBe(expected === 'on time' ? undefined : true);
    expect(data.lastWeek).toBe(expected === 'last week' ? true : undefined);
  }
  for (const later of [HOUR, DAY]) {
    clock.shift(later);
    await schedule.catchUp(clock.now());
  }
  const week = told[0]?.data.week;
  expect((await notices()).filter(({ message, data }) => message === name && data.week === week)).toHaveLength(
    told.length,
  );
});

test('people in care stand in the plan whether or not their document has the line a plan is read from', async () => {
  const { house, clock } = at;
  clock.set('2026-03-09T09:00');
  const worker = (await house.model<Person>('people').findOne({ 'roles.role': 'worker' }).lean<Person>()) as Person;
  const wards = await Promise.all(
    ['甲某', '乙某', '丙某'].map((name) => makePerson(house, { name, area: place.grids[0] ?? '' })),
  );
  const documents = wards.map((ward, nth) => {
    // The third was seen so lately that nothing is due this week.
    const kept = { visits: [nth === 2 ? '2026-03-08' : '2026-02-10'], sentinel: worker._id };
    const { line: _line, seenOn: _seenOn, seenBefore: _before, ...old } = documentOf(ward, kept);
    return nth === 0 ? old : documentOf(ward, kept);
  });
  await house.db.collection('care').insertMany(documents as never);
  await jobOf('duties.monday').run(monday, house);
  const told = (await notices()).find(({ to }) => 'person' in to && to.person === worker._id);
  expect(told?.data).toMatchObject({ people: 2, names: ['甲*', '乙*'] });
});

test('who moved to another street stays with the sentinel until handed over; who left bears nothing, and the rest have names', async () => {
  const { house, clock } = at;
  clock.set('2026-03-09T09:00');
  const other = await makeCommunity(house, { code: `${place.county}099001` });
  const [stays, left] = await Promise.all(
    [1, 2].map(() => makePerson(house, { area: place.community, roles: ['worker'] })),
  );
  if (!stays || !left) throw new Error('nobody');
  const lived = [place.grids[0], other.grids[0], other.grids[0]];
  const wards = await Promise.all(lived.map((area) => makePerson(house, { area: area ?? '' })));
  const sentinels = [stays, stays, left];
  const documents = wards.map((ward, nth) =>
    documentOf(ward, { visits: ['2026-02-01'], sentinel: sentinels[nth]?._id ?? '' }),
  );
  await house.db.collection('care').insertMany(documents as never);
  await house.model<Person>('people').updateOne({ _id: left._id }, { $set: { roles: [] } });
  for (const [name, day, hour] of [
    ['duties.monday', '2026-03-09', 9],
    ['duties.overdue', '2026-03-09', 9.5],
    ['duties.overdue', '2026-03-11', 9.5],
    ['duties.friday', '2026-03-13', 17],
  ] as const) {
    await jobOf(name).run(runAt(day, hour), house);
  }
  const told = await notices();
  const plans = told.filter(
    ({ to, message }) => 'person' in to && to.person === stays._id && message === 'duties.monday',
  );
  expect(plans.map(({ data }) => [data.people, data.elsewhere])).toEqual([
    [1, undefined],
    [1, true],
  ]);
  expect(told.filter(({ to }) => 'person' in to && to.person === left._id)).toEqual([]);
  const ofOther = told.filter(({ to }) => 'role' in to && to.area === other.community);
  expect(ofOther.map(({ message, data: { left: who, nobody } }) => [message, who, nobody])).toEqual([
    // Nobody is to do it, so that the secretary is the first to hear.
    ['duties.overdue_secretary', [], 1],
    ['duties.overdue_secretary', [{ who: stays.name, count: 1 }], 0],
    ['duties.friday', [{ who: stays.name, count: 1 }], 1],
  ]);
  await house.model<Person>('people').updateOne({ _id: stays._id }, { $set: { active: false } });
  await house.db.collection('care').deleteMany({});
});

test('Friday’s summary and what is late are what everybody’s documents say, old ones and new', async () => {
  const { house, clock } = at;
  const day = '2026-03-13';
  clock.set(`${day}T09:00`);
  const staff = await house.model<Person>('people').find({ 'roles.role': 'worker', active: true }).lean<Person[]>();
  const sentinels = [...staff.map(({ _id }) => _id), undefined];
  const seen = fc.sample(fc.uniqueArray(fc.integer({ min: -70, max: 0 }), { maxLength: 5 }), { numRuns: 60, seed: 8 });
  const ward = await makePerson(house, { area: place.grids[0] ?? '' });
  const documents = seen.map((ago, nth) => {
    const visits = ago.toSorted((a, b) => b - a).map((back) => addDays(day, back));
    const sentinel = sentinels[nth % sentinels.length];
    const person = { ...ward, _id: `5e${nth.toString(16).padStart(22, '0')}` };
    const document = documentOf(person, { visits, ...(sentinel !== undefined && { sentinel }) });
    const { line: _line, seenOn: _on, seenBefore: _before, ...old } = document;
    const colour = (['red', 'yellow', 'green'] as const)[nth % 3];
    return { ...(nth % 7 === 0 ? old : document), ...(nth % 7 === 1 && { seenBefore: undefined }), colour };
  });
  await house.db.collection('care').insertMany(documents as never, { ignoreUndefined: true });
  await jobOf('duties.friday').run(runAt(day, 17), house);
  await jobOf('duties.overdue').run(runAt(day, 9.5), house);

  const street = streetOf(lineage(place.community)) ?? '';
  const window = periodOf('week', day);
  const facts = await factsOf(house, street, window);
  const week = tallyOf(dueOf(facts, window).filter((due) => counts(due, day)));
  const told = await notices();
  const [summary] = told.filter(({ message }) => message === 'duties.friday');
  const left = [...week.left.values()].sort((a, b) => b - a).slice(0, 3);
  expect(summary?.data).toMatchObject({ all: week.all, done: week.done, nobody: week.nobody });
  expect((summary?.data.left as { count: number }[] | undefined)?.map(({ count }) => count)).toEqual(left);
  expect([week.done > 20, week.nobody > 3]).toEqual([true, true]);

  const late = tallyOf(dueOf(facts, { from: day, to: day }).filter(({ done, by }) => !done && by < day));
  const heard = new Map(
    told.flatMap(({ to, message, data }) =>
      message === 'duties.overdue_bearer' && 'person' in to ? [[to.person, data.people]] : [],
    ),
  );
  expect([...heard].sort()).toEqual([...late.left].sort());
  await house.db.collection('care').deleteMany({});
});

test('a coming week is foreseen with what will have been sent before it', async () => {
  const { house, clock } = at;
  const [grid = ''] = place.grids;
  clock.set('2026-03-06T10:00');
  const worker = (await house.model<Person>('people').findOne({ 'roles.role': 'worker' }).lean<Person>()) as Person;
  const late = documentOf(await makePerson(house, { area: grid }), { visits: ['2026-02-06'], sentinel: worker._id });
  await house.db.collection('care').insertOne(late as never);
  const rows = [];
  for await (const one of foresee(house, dutyJobs, duties.messages, { from: '2026-03-16', to: '2026-03-22' }))
    rows.push(one);
  expect(rows.filter(({ data }) => data?.lastWeek || data?.madeUp)).toEqual([]);
  // Last seen on 6 February and green: its day was the 6th, so all but the street was told in the week before.
  expect(rows.flatMap(({ message }) => (message.startsWith('duties.overdue') ? message : []))).toEqual([
    'duties.overdue_street',
  ]);
  await house.db.collection('care').deleteMany({});
});

test('a plan cut off between batches and begun again by two at once reaches everybody once', async () => {
  const { house, clock } = at;
  clock.set('2026-03-09T09:00');
  await makeMany(house);
  const dying: House = Object.create(house, {
    coordination: {
      value: { ...house.coordination, publish: () => Promise.reject(new Error('the process died')) },
    },
  });
  await expect(jobOf('duties.monday').run(monday, dying)).rejects.toThrow('died');
  const before = await notices();
  expect(before.length).toBeGreaterThan(0);
  expect(before.length).toBeLessThan(MANY);
  await Promise.all([jobOf('duties.monday').run(monday, house), jobOf('duties.monday').run(monday, house)]);
  const all = await notices();
  expect(all).toHaveLength(FEW + MANY);
  expect(new Set(all.map(({ key }) => key)).size).toBe(FEW + MANY);
  expect(all).toEqual(expect.arrayContaining(before));
  // Everybody has heard: somebody who begins on Tuesday has missed no plan.
  const late = { ...monday, slot: atCivil('2026-03-10', 9), now: atCivil('2026-03-10', 9) };
  await makePerson(house, { area: place.community, roles: ['worker'] });
  expect(await jobOf('duties.monday').run(late, house)).toEqual({ lines: [] });
});

/** Enough workers for more than one batch, written at once. */
async function makeMany(house: House): Promise<void> {
  const model = house.model<Person>('people');
  const {
    phone: _phone,
    phoneFingerprint: _print,
    ...one
  } = await makePerson(house, {
    area: place.community,
    roles: ['worker'],
  });
  await model.collection.insertMany(
    Array.from({ length: MANY - 1 }, (_, nth) => ({ ...one, _id: `0e${nth.toString(16).padStart(22, '0')}` })) as never,
  );
}

test('the reason of a summary speaks of the week its words speak of', () => {
  const [all, done] = [4, 3];
  expect(WHY.summary({ all, done, lastWeek: false })).toContain('本周应做4项');
  expect(WHY.summary({ all, done, lastWeek: true })).toContain('上周应做4项');
});
