/** What keeps a register of people in care in order: counts that point at nobody, jobs, and imports of a whole file or nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import { NOTICES, type NoticeDoc, noticeSchema } from '../../../src/core/notice.ts';
import { addDays, atCivil, DAY, dayOf, weekdayOf } from '../../../src/core/time.ts';
import { areas, lineage } from '../../../src/features/areas/index.ts';
import { countsFor } from '../../../src/features/care/counts.ts';
import {
  type CareDoc,
  care,
  caredFor,
  importCare,
  markVisited,
  moveCare,
  notSeenSince,
  openCare,
  servedAmong,
} from '../../../src/features/care/index.ts';
import { actorOf, findPerson, type Person, people, setSentinel } from '../../../src/features/people/index.ts';
import { makeCommunity, makePerson, type TestCommunity, type TestHouse, testHouse } from '../../support/house.ts';
import { fileOf } from '../../support/sheets.ts';

let at: TestHouse;
let folder: string;
let town: TestCommunity;
let boss: Person;
let li: Person;
let lead: Person;

beforeAll(async () => {
  at = await testHouse([areas, people, care]);
  at.house.db.model(NOTICES, noticeSchema, NOTICES);
  folder = await mkdtemp(join(tmpdir(), 'haolin-care-'));
  town = await makeCommunity(at.house);
  const make = (role: Person['roles'][number]['role']) =>
    makePerson(at.house, { area: town.grids[0] ?? '', roles: [role] });
  [boss, li, lead] = [await make('secretary'), await make('worker'), await make('household_lead')];
});
afterAll(async () => {
  await at.close();
  await rm(folder, { recursive: true, force: true });
});

const as = (person: Person): Caller => {
  const actor = actorOf(person, 'api');
  return { actor, ability: at.house.abilityOf(actor), now: at.clock.now() };
};
const today = () => dayOf(at.clock.now());
const open = async (person: Person, more: object = {}) =>
  (
    await openCare(at.house, as(boss), {
      person: person._id,
      kind: 'hardship',
      reason: '低保',
      consent: { by: 'self', at: today() },
      reviewBy: addDays(today(), 10),
      colour: 'green',
      ...more,
    })
  ).care;
const job = (name: string) => {
  const found = care.jobs.find((one) => one.name === name);
  return async (dryRun = false) => {
    const now = at.clock.now();
    return (await found?.run({ slot: now, now, late: false, dryRun }, at.house))?.lines;
  };
};
const told = async (prefix: string) =>
  (await at.house.db.collection<NoticeDoc>(NOTICES).find().toArray())
    .filter(({ _id }) => _id.startsWith(prefix))
    .map(({ _id, outbox }) => ({ key: _id, ...outbox[0] }));

it('a review that is due is told to who keeps people in care, once for each flag and day, and never by a full name', async () => {
  const wang = await makePerson(at.house, { name: '王秀英', area: town.grids[0] ?? '' });
  const { _id } = await open(wang);
  const run = job('care.reviews');
  expect(await run()).toEqual([]);
  at.clock.shift(10 * 86_400_000);
  expect(await run(true)).toEqual([expect.stringContaining('将发出提醒 1 条')]);
  expect(await told('care.reviews')).toEqual([]);
  expect([await run(), await run()]).toEqual([
    [expect.stringContaining('：发出提醒 1 条')],
    [expect.stringContaining('：发出提醒 0 条')],
  ]);
  const [first] = await told('care.reviews');
  expect(first).toMatchObject({
    key: `care.reviews:${_id}:hardship:${today()}`,
    to: { role: 'secretary', area: town.community },
    message: 'care.review_due',
    data: { who: '王*', kind: 'hardship', by: today() },
  });
  const stands = async () =>
    care.messages['care.review_due']?.stands?.(
      { to: boss._id, data: first?.data ?? {}, now: at.clock.now() },
      at.house,
    );
  expect(await stands()).toBe(true);
  const saturday = addDays(today(), 6 - weekdayOf(today()));
  await moveCare(at.house, as(boss), _id, 'review', { kind: 'hardship', reviewBy: saturday });
  expect(await stands()).toBe(false);
  await makePerson(at.house, { area: town.community, roles: ['care_keeper'] });
  for (const restDay of [saturday, addDays(saturday, 1)]) {
    at.clock.shift(atCivil(restDay, 9).getTime() - at.clock.now().getTime());
    expect(await run()).toEqual([]);
  }
  at.clock.shift(86_400_000);
  await run();
  expect((await told('care.reviews')).map(({ to }) => to)).toContainEqual({
    role: 'care_keeper',
    area: town.community,
  });
});

it('what a crash left of who is whose sentinel is put right, and a sentinel who left is told of once', async () => {
  const wang = await makePerson(at.house, { area: town.grids[0] ?? '' });
  const { _id } = await open(wang, { sentinel: li._id });
  const run = job('care.sentinels');
  await setSentinel(at.house, wang._id, undefined);
  expect(await run(true)).toEqual(['名册里的守望哨跟着改：1 人']);
  expect((await findPerson(at.house, wang._id))?.sentinel).toBeUndefined();
  expect(await run()).toEqual(['名册里的守望哨跟着改：1 人']);
  expect((await findPerson(at.house, wang._id))?.sentinel).toBe(li._id);
  expect(await told('care.sentinels')).toEqual([]);
  await at.house.model('people').updateOne({ _id: li._id }, { $set: { roles: [] } });
  expect([await run(), await run()]).toEqual([['提醒交接守望哨：1 人'], []]);
  expect(await told('care.sentinels')).toMatchObject([
    { key: `care.sentinels:${_id}:${li._id}:${today()}`, message: 'care.sentinel_gone' },
  ]);
  const back = () =>
    at.house
      .model('people')
      .updateOne({ _id: li._id }, { $set: { roles: [{ role: 'worker', area: town.community }] } });
  await back();
  // Gone again months later is told again; and as long as nobody hands over, every two weeks.
  at.clock.shift(90 * DAY);
  expect(await run()).toEqual([]);
  await at.house.model('people').updateOne({ _id: li._id }, { $set: { roles: [] } });
  const days = [];
  for (let nth = 0; nth < 20; nth += 1) {
    if ((await run())?.length) days.push(nth);
    at.clock.shift(DAY);
  }
  expect(days).toEqual([0, 14]);
  await back();
});

it('who moves house goes along with all that is known of them, and those there and here are told once', async () => {
  const elsewhere = await makeCommunity(at.house);
  const next = await makePerson(at.house, { area: elsewhere.community, roles: ['secretary', 'worker'] });
  const wang = await makePerson(at.house, { name: '王秀英', area: town.grids[0] ?? '' });
  const { _id } = await open(wang, { sentinel: li._id, lead: lead._id });
  await moveCare(at.house, as(boss), _id, 'note', { text: '血压药在床头' });
  await markVisited(at.house, [wang._id], 'visit', today());
  const run = job('care.sentinels');
  const live = (area: string) =>
    at.house.model('people').updateOne({ _id: wang._id }, { $set: { areas: lineage(area) } });
  const stored = () => at.house.model<CareDoc>('care').findById(_id).lean<CareDoc>();
  await live(town.grids[1] ?? '');
  expect(await run()).toContain('搬家的转给新社区：1 人');
  expect(await stored()).toMatchObject({ areas: lineage(town.grids[1] ?? ''), lead: lead._id });
  const told = (await stored())?.outbox.length;

  await live(elsewhere.grids[0] ?? '');
  expect(await run(true)).toContain('搬家的转给新社区：1 人');
  expect((await stored())?.community).toBe(town.community);
  expect(await Promise.all([run(), run()]).then((lines) => lines.flat())).toContain('搬家的转给新社区：1 人');
  const moved = await stored();
  expect(moved).toMatchObject({
    state: 'kept',
    areas: lineage(elsewhere.grids[0] ?? ''),
    community: elsewhere.community,
    flags: [{ kind: 'hardship' }],
    visits: [today()],
    sentinel: li._id,
  });
  expect([moved?.lead, moved?.notes.length]).toEqual([undefined, 1]);
  expect(moved?.outbox.slice(told).map(({ message, to }) => [message, to])).toEqual([
    ['care.moved_in', { role: 'secretary', area: elsewhere.community }],
    ['care.moved_away', { person: li._id }],
    ['care.lead_relieved', { person: lead._id }],
  ]);
  // The old sentinel looks after them until the new secretary hands over; the old secretary does no longer.
  const may = async (person: Person) => (await servedAmong(at.house, actorOf(person, 'api'), [wang._id])).size === 1;
  expect([await may(next), await may(li), await may(boss)]).toEqual([true, true, false]);
  await moveCare(at.house, as(next), _id, 'handOver', { to: next._id, words: '以后由我照看' });
  expect([await may(li), (await findPerson(at.house, wang._id))?.sentinel]).toEqual([false, next._id]);
  expect((await stored())?.served).toMatchObject([{ sentinel: li._id }]);
  expect(await run()).toEqual([]);
});

it('whoever moved in is not told of as somebody without a sentinel; two weeks later, as still to be handed over', async () => {
  const elsewhere = await makeCommunity(at.house);
  const wang = await makePerson(at.house, { area: town.grids[0] ?? '' });
  const { _id } = await open(wang, { sentinel: li._id });
  await at.house.model('people').updateOne({ _id: wang._id }, { $set: { areas: lineage(elsewhere.grids[0] ?? '') } });
  const days = [];
  for (let nth = 0; nth < 16; nth += 1) {
    await job('care.sentinels')();
    days.push((await told(`care.sentinels:${_id}`)).map(({ message }) => message).join());
    at.clock.shift(DAY);
  }
  expect([days[1], days[13], days[14], days[15]]).toEqual(['', '', 'care.moved_in', 'care.moved_in']);
});

it('whom the register has no more is told of, due to nobody, and due again when it has them again; old documents are filled in', async () => {
  const [gone, here] = await Promise.all(
    ['甲某', '乙某'].map((name) => makePerson(at.house, { name, area: town.grids[0] ?? '' })),
  );
  if (!gone || !here) throw new Error('nobody');
  const documents = [await open(gone), await open(here)].map(({ _id }) => _id);
  const run = job('care.sentinels');
  const active = (is: boolean) => at.house.model('people').updateOne({ _id: gone._id }, { $set: { active: is } });
  const due = async () => {
    const listed = await notSeenSince(at.house, [town.community], {
      red: '2999-01-01',
      yellow: '2999-01-01',
      green: '2999-01-01',
    });
    const read = [];
    for await (const { person } of caredFor(at.house, { area: town.community })) read.push(person);
    return [listed.map(({ person }) => person), read].map((all) => [gone._id, here._id].map((id) => all.includes(id)));
  };
  await at.house.model<CareDoc>('care').updateMany({ _id: { $in: documents } }, { $unset: { line: 1, seenOn: 1 } });
  await active(false);
  expect([await run(), await run()]).toEqual([['补全了关爱登记：2 人', '提醒核对名册里没有了的：1 人'], []]);
  expect(await told('care.lost')).toMatchObject([
    { to: { role: 'care_keeper', area: town.community }, message: 'care.lost', data: { who: '甲*' } },
  ]);
  expect(await due()).toEqual([
    [false, true],
    [false, true],
  ]);
  expect(
    await at.house.model<CareDoc>('care').countDocuments({ _id: { $in: documents }, line: { $exists: true } }),
  ).toBe(2);
  await active(true);
  await run();
  expect(await due()).toEqual([
    [true, true],
    [true, true],
  ]);
});

it('who may only count is told nothing below five, nor what gives it away; who may read is told all', async () => {
  const [one, two] = [await makeCommunity(at.house), await makeCommunity(at.house)];
  const plain = {
    consent: { by: 'statutory', at: today() },
    reason: '低保',
    reviewBy: addDays(today(), 60),
    kind: 'hardship',
  };
  const keeper = await makePerson(at.house, { area: one.street, roles: [{ role: 'secretary', area: one.street }] });
  const counter = await makePerson(at.house, { area: one.street, roles: [{ role: 'supervisor', area: one.street }] });
  const fill = async (place: TestCommunity, colour: string, people: number) => {
    for (let n = 0; n < people; n += 1) {
      const person = await makePerson(at.house, { area: place.community });
      await openCare(at.house, as(keeper), { ...plain, person: person._id, colour });
    }
  };
  await fill(one, 'green', 7);
  await fill(one, 'red', 2);
  await fill(two, 'green', 6);
  expect(await countsFor(at.house, as(keeper), one.community)).toMatchObject({
    total: 9,
    colours: { red: 2, yellow: 0, green: 7 },
    flags: { hardship: 9 },
    suppressed: false,
  });
  const shown = await countsFor(at.house, as(counter), one.community);
  // Nine in all and seven green would say how many are red.
  expect(shown).toMatchObject({ total: null, colours: { red: null, yellow: 0 }, suppressed: true });
  // So would a flag that everybody has.
  expect(shown.flags).toMatchObject({ hardship: null });
  for (const who of [li, lead])
    await expect(countsFor(at.house, as(who), one.community)).rejects.toMatchObject({ code: 'forbidden' });
  // Two red in all: where, nobody is told, not even where they are not.
  expect((await countsFor(at.house, as(counter), two.community)).colours).toMatchObject({ red: null, yellow: 0 });
});

const HEAD = '姓名,手机号,关爱类别,颜色,原因,同意方式,同意日期,复核日期,守望哨手机号,联户长手机号';
const options = { dryRun: false, by: 'command', covers: () => true };
const phoneOf = async (person: Person) =>
  at.house.vault.open((await findPerson(at.house, person._id))?.phone ?? '', `people/${person._id}/phone`);
const inCare = () => at.house.db.collection('care').countDocuments();

it('a register goes in whole: with every flag, sealed, its sentinels known; and the same file again changes nothing', async () => {
  const [wu, ma] = [
    await makePerson(at.house, { name: '吴老', area: town.grids[0] ?? '' }),
    await makePerson(at.house, { name: '马老', area: town.grids[1] ?? '', sentinel: li._id }),
  ];
  const [p1, p2, p3, p4] = await Promise.all([wu, ma, li, lead].map(phoneOf));
  const text = `${HEAD}\n吴老,${p1},独居老人、残疾,红,腿脚不便的秘密,本人,2026/3/1,2026年9月1日,${p3},${p4}\n马老,${p2},困难家庭,绿色,低保,依法登记,2026-03-01,2026-09-01,,\n`;
  const before = await inCare();
  const file = await fileOf(folder, text);
  expect(await importCare(at.house, file, { ...options, dryRun: true })).toMatchObject({
    added: 2,
    problems: [],
    imported: false,
  });
  expect(await importCare(at.house, file, options)).toMatchObject({ added: 2, problems: [], imported: true });
  expect(await importCare(at.house, file, options)).toMatchObject({ added: 0, updated: 0, problems: [] });
  expect(await inCare()).toBe(before + 2);
  const first = await at.house.model<CareDoc>('care').findOne({ person: wu._id }).lean<CareDoc>();
  expect(first).toMatchObject({ state: 'kept', colour: 'red', sentinel: li._id, lead: lead._id });
  expect(first?.flags.map(({ kind }) => kind)).toEqual(['living_alone', 'disabled']);
  expect(JSON.stringify(first)).not.toContain('秘密');
  for (const ward of [wu, ma]) expect((await findPerson(at.house, ward._id))?.sentinel).toBe(li._id);
  const changed = await importCare(at.house, await fileOf(folder, text.replace(',红,', ',黄,')), options);
  expect(changed.problems).toMatchObject([{ line: 2, reason: expect.stringContaining('已经在册') }]);
});

it('one bad line and nothing goes in; each is told in Chinese with its line and column', async () => {
  const good = await makePerson(at.house, { name: '好人家', area: town.grids[0] ?? '' });
  const child = await makePerson(at.house, { name: '小孩', area: town.grids[0] ?? '', birthYear: 2018 });
  const [phone, small, worker, head] = await Promise.all([good, child, li, lead].map(phoneOf));
  const row = (change: Record<number, string>) =>
    ['好人家', phone, '残疾', '红色', '原因', '本人', '2026-03-01', '2026-09-01', '', '']
      .map((cell, at) => change[at] ?? cell)
      .join(',');
  const bad: [string, Record<number, string>][] = [
    ['姓名', { 0: '' }],
    ['手机号', { 1: '' }],
    ['手机号', { 0: '没有的人' }],
    ['关爱类别', { 2: '很可怜' }],
    ['颜色', { 3: '紫色' }],
    ['原因', { 4: '' }],
    ['同意方式', { 5: '邻居' }],
    ['同意方式', { 0: '小孩', 1: small ?? '', 2: '留守儿童' }],
    ['同意日期', { 6: '2026-02-30' }],
    ['同意日期', { 6: '2026-12-30' }],
    ['复核日期', { 7: '2026-01-01' }],
    ['复核日期', { 7: '2030-01-01' }],
    ['守望哨手机号', { 8: head ?? '' }],
    ['联户长手机号', { 9: worker ?? '' }],
  ];
  const before = await inCare();
  for (const [column, change] of bad) {
    const file = await fileOf(folder, `${HEAD}\n${row(change)}\n`);
    const { problems, imported } = await importCare(at.house, file, options);
    expect([column, imported, problems.map((one) => one.column)]).toEqual([column, false, [column]]);
    expect(problems[0]).toMatchObject({ line: 2, reason: expect.stringMatching(/^[^A-Za-z]*\p{Script=Han}/u) });
  }
  const twice = await importCare(at.house, await fileOf(folder, `${HEAD}\n${row({})}\n${row({})}\n`), options);
  expect(twice.problems).toEqual([{ line: 3, column: '手机号', reason: '和第2行是同一个人' }]);
  const elsewhere = await importCare(at.house, await fileOf(folder, `${HEAD}\n${row({})}\n`), {
    ...options,
    covers: () => false,
  });
  expect(elsewhere.problems).toMatchObject([{ reason: '这个人不在您管理的区域内' }]);
  expect(await inCare()).toBe(before);
});

it('whatever stands in the cells of a file, it is read or refused', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.toWellFormed().replace(/[,"\r\n\0]/gu, '')),
    fc.constantFrom('红', '残疾', '2026-03-01', '本人'),
  );
  const rows = fc.array(fc.array(cell, { minLength: 10, maxLength: 10 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(rows, async (lines) => {
      const file = await fileOf(folder, [HEAD, ...lines.map((cells) => cells.join(','))].join('\n'));
      expect((await importCare(at.house, file, options)).added).toBe(0);
    }),
    { numRuns: 8 },
  );
});
