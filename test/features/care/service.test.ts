/** People in care in a real store: one document each, nothing in clear, nobody looks unseen, and the register follows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../../src/core/ability.ts';
import type { Caller } from '../../../src/core/caller.ts';
import { addDays, dayOf } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import {
  type CareDoc,
  care,
  caredFor,
  loadOf,
  markVisited,
  moveCare,
  openCare,
  servedAmong,
  serves,
  unmarkVisited,
} from '../../../src/features/care/index.ts';
import type { CareRow, CareView } from '../../../src/features/care/views.ts';
import { actorOf, findPerson, type Person, people } from '../../../src/features/people/index.ts';
import { moveWish, submitWish, wishes } from '../../../src/features/wishes/index.ts';
import { type TestApi, testApi } from '../../support/api.ts';
import { makeCommunity, makePerson, type TestCommunity } from '../../support/house.ts';

let at: TestApi;
let here: TestCommunity;
let keeper: Person;
let secretary: Person;
let li: Person;
let zhou: Person;
let lead: Person;
let supervisor: Person;

beforeAll(async () => {
  at = await testApi([areas, people, wishes, care]);
  here = await makeCommunity(at.house);
  const there = await makeCommunity(at.house);
  const make = (name: string, role: Person['roles'][number]['role'], area = here.grids[0] ?? '') =>
    makePerson(at.house, { name, area, roles: [role] });
  keeper = await make('何静', 'care_keeper');
  secretary = await make('陈建国', 'secretary');
  li = await make('李敏', 'worker');
  zhou = await make('周强', 'grid_worker');
  lead = await make('孙桂芳', 'household_lead');
  supervisor = await makePerson(at.house, {
    name: '郑海燕',
    area: here.street,
    roles: [{ role: 'supervisor', area: here.street }],
  });
  await make('别处的人', 'worker', there.community);
});
afterAll(() => at.close());

const as = (person: Person, key?: string): Caller => {
  const actor = actorOf(person, 'api');
  return { actor, ability: at.house.abilityOf(actor), now: at.clock.now(), ...(key === undefined ? {} : { key }) };
};
const ward = (name = '王秀英', given: object = {}) =>
  makePerson(at.house, { name, area: here.grids[0] ?? '', birthYear: 1945, ...given });
const today = () => dayOf(at.clock.now());
const opening = (person: Person, more: object = {}) => ({
  person: person._id,
  kind: 'living_alone',
  reason: '独居，腿脚不便',
  consent: { by: 'self', at: today() },
  reviewBy: addDays(today(), 120),
  colour: 'red',
  ...more,
});
const opened = async (person: Person, more: object = {}) =>
  (await openCare(at.house, as(keeper), opening(person, more))).care;
const all = async <T>(rows: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
};
const auditsOf = (person: string) => at.house.db.collection('audits').countDocuments({ person, what: 'care' });

describe('taking somebody into care', () => {
  it('happens once, however many try at the same time; and once again when care has ended', async () => {
    const wang = await ward();
    const tried = await Promise.all(
      [keeper, secretary, keeper, secretary, keeper].map((one) =>
        openCare(at.house, as(one), opening(wang)).then(
          () => 'opened',
          (error: { code?: string }) => error.code,
        ),
      ),
    );
    expect(tried.sort()).toEqual([...Array(4).fill('already_kept'), 'opened']);
    const kept = await at.house.model<CareDoc>('care').find({ person: wang._id }).lean<CareDoc[]>();
    expect(kept).toHaveLength(1);
    await moveCare(at.house, as(secretary), kept[0]?._id ?? '', 'end', { reason: '搬走了' });
    await opened(wang);
    expect(await at.house.db.collection('care').countDocuments({ person: wang._id })).toBe(2);
  });

  it('is the same again under the same key', async () => {
    const wang = await ward();
    const first = await openCare(at.house, as(keeper, 'k1'), opening(wang));
    const again = await openCare(at.house, as(keeper, 'k1'), opening(wang));
    expect([first.repeated, again.repeated, again.care._id]).toEqual([false, true, first.care._id]);
  });

  it('is for those who keep people in care, of people they may see; the rest learn nothing of who is registered', async () => {
    const wang = await ward();
    for (const role of ROLES) {
      const person = await makePerson(at.house, { area: here.community, roles: [role] });
      const code = await openCare(at.house, as(person), opening(await findThere(wang._id))).then(
        () => 'opened',
        (error: { code?: string }) => error.code,
      );
      const may = role === 'care_keeper' || role === 'secretary';
      expect([role, code]).toEqual([
        role,
        !may ? 'forbidden' : role === 'care_keeper' || code === 'already_kept' ? code : 'opened',
      ]);
      const unknown = openCare(at.house, as(person), { ...opening(wang), person: 'f'.repeat(24) });
      await expect(unknown).rejects.toMatchObject({ code: may ? 'not_found' : 'forbidden' });
    }
  });

  it('needs a sentinel and a lead who serve there', async () => {
    const stranger = await at.house.model<Person>('people').findOne({ name: '别处的人' }).lean<Person>();
    const tries = [{ sentinel: stranger?._id }, { sentinel: lead._id }, { sentinel: keeper._id }, { lead: li._id }];
    for (const more of tries) {
      const code = 'lead' in more ? 'not_a_lead_here' : 'not_a_worker_here';
      await expect(opened(await ward(), more)).rejects.toMatchObject({ code });
    }
    expect(await opened(await ward(), { sentinel: zhou._id, lead: lead._id })).toMatchObject({ sentinel: zhou._id });
  });
});

const findThere = async (id: string): Promise<Person> => {
  const person = await findPerson(at.house, id);
  if (!person) throw new Error('nobody there');
  return person;
};

it('what is written of people in care lies under seal, opens in its own place only, and is in no message', async () => {
  const wang = await ward();
  const secrets = ['肺上有阴影要复查', '儿子在服刑不愿提', '血压高到一百八了', '药放在床头柜里面', '这次是邻居反映的'];
  const [reason = '', more = '', note = '', words = '', why = ''] = secrets;
  const { _id } = await opened(wang, { reason, sentinel: li._id });
  const by = as(keeper);
  const flag = { kind: 'hardship', reason: more, consent: { by: 'self', at: today() }, reviewBy: addDays(today(), 30) };
  await moveCare(at.house, by, _id, 'flag', flag);
  await moveCare(at.house, by, _id, 'note', { text: note });
  await moveCare(at.house, by, _id, 'handOver', { to: zhou._id, words });
  await moveCare(at.house, by, _id, 'recolour', { colour: 'yellow', reason: why });
  const collections = (await at.house.db.db?.listCollections().toArray()) ?? [];
  for (const { name } of collections) {
    const stored = JSON.stringify(await at.house.db.collection(name).find().toArray());
    for (const secret of secrets) expect([name, stored.includes(secret)]).toEqual([name, false]);
  }
  const view = (await at.call(keeper, 'GET', `/care/${_id}`)).body as CareView;
  expect(view.flags?.map((one) => 'reason' in one && one.reason)).toEqual([reason, more]);
  expect(view.notes?.map(({ move, text }) => [move, text])).toEqual([
    ['recolour', why],
    ['handOver', words],
    ['note', note],
  ]);
  // Somebody at the database swaps two of them.
  const stored = await at.house.model<CareDoc>('care').findById(_id).lean<CareDoc>();
  await at.house
    .model<CareDoc>('care')
    .updateOne({ _id }, { $set: { 'notes.0.text': stored?.notes[1]?.text, 'notes.1.text': stored?.notes[0]?.text } });
  const swapped = (await at.call(keeper, 'GET', `/care/${_id}`)).body as CareView;
  expect(swapped.notes?.map(({ text }) => text)).toEqual([why, '无法读取', '无法读取']);
});

describe('looking at people in care', () => {
  it('is written down before anything is shown, one by one and in lists; and nothing is shown when it cannot be', async () => {
    const wang = await ward();
    const { _id } = await opened(wang, { sentinel: li._id, lead: lead._id });
    const seen = async (who: Person, path: string) => {
      const before = await auditsOf(wang._id);
      const { status, body } = await at.call(who, 'GET', path);
      return [status, (await auditsOf(wang._id)) - before, JSON.stringify(body).includes(_id)];
    };
    for (const who of [keeper, secretary, li, lead]) {
      expect(await seen(who, `/care/${_id}`)).toEqual([200, 1, true]);
      expect(await seen(who, `/care?person=${wang._id}`)).toEqual([200, 1, true]);
    }
    for (const who of [zhou, supervisor, wang]) {
      expect(await seen(who, `/care/${_id}`)).toEqual([404, 0, false]);
      expect(await seen(who, `/care?person=${wang._id}`)).toEqual([200, 0, false]);
    }
    expect(await seen(keeper, '/care?limit=1&colour=green')).toEqual([200, 0, false]);
    const audits = at.house.model('audits');
    const insertMany = audits.insertMany;
    try {
      audits.insertMany = (() => Promise.reject(new Error('the store is away'))) as never;
      for (const path of [`/care/${_id}`, `/care?person=${wang._id}`]) {
        const { status, body } = await at.call(keeper, 'GET', path);
        expect([status, JSON.stringify(body).includes('living_alone')]).toEqual([500, false]);
      }
    } finally {
      audits.insertMany = insertMany;
    }
  });

  it('a household lead sees a name and a colour of those they look in on, and nothing more', async () => {
    const wang = await ward('王秀英');
    const { _id } = await opened(wang, { lead: lead._id, sentinel: li._id });
    const { body } = await at.call(lead, 'GET', `/care?person=${wang._id}`);
    expect(body).toEqual({
      items: [{ id: _id, person: { id: wang._id, name: '王秀英' }, colour: 'red', colourWord: '红色', mine: true }],
    });
    const whole = await at.call(lead, 'GET', `/care/${_id}`);
    expect(Object.keys(whole.body as object).sort()).toEqual(
      ['colour', 'colourWord', 'id', 'mine', 'moves', 'person', 'version'].sort(),
    );
    // Nor does asking by a flag tell it.
    for (const query of ['kind=living_alone', 'due=true', 'alone=true', `area=${here.community}`]) {
      expect(await at.call(lead, 'GET', `/care?person=${wang._id}&${query}`)).toMatchObject({ body: { items: [] } });
    }
    expect((await at.call(lead, 'POST', `/care/${_id}/note`, { text: '看过了' })).status).toBe(404);
  });

  it('a list goes page by page, those at greatest risk first, each once', async () => {
    const wu = await makePerson(at.house, { area: here.grids[1] ?? '', roles: ['worker'] });
    const made: string[] = [];
    for (const [n, colour] of ['green', 'red', 'yellow', 'red', 'green', 'yellow', 'red'].entries()) {
      made.push((await opened(await ward(`老人${'甲乙丙丁戊己庚'[n]}`), { colour, sentinel: wu._id }))._id);
    }
    const seen: CareRow[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await at.call(wu, 'GET', `/care?mine=true&limit=2${cursor}`);
      const { items, next } = body as { items: CareRow[]; next?: string };
      seen.push(...items);
      if (next === undefined) break;
      cursor = `&cursor=${next}`;
    }
    expect(seen.map(({ colour }) => colour)).toEqual([
      ...Array(3).fill('red'),
      ...Array(2).fill('yellow'),
      ...Array(2).fill('green'),
    ]);
    expect(seen.map(({ id }) => id).sort()).toEqual([...made].sort());
    expect(seen[0]).toMatchObject({ person: { name: '老*' }, sentinel: { id: wu._id }, reviewDue: false });
  });
});

describe('whoever looks after somebody', () => {
  it('changes by hand-over: the register, the wishes’ offers, and who may read go along', async () => {
    const wang = await ward();
    const { _id } = await opened(wang, { sentinel: li._id });
    expect((await findThere(wang._id)).sentinel).toBe(li._id);
    await moveCare(at.house, as(keeper), _id, 'handOver', { to: zhou._id, words: '请多照看' });
    expect((await findThere(wang._id)).sentinel).toBe(zhou._id);
    const who = async (person: Person) => [
      await serves(at.house, actorOf(person, 'api'), wang._id),
      (await servedAmong(at.house, actorOf(person, 'api'), [wang._id])).has(wang._id),
    ];
    expect([await who(zhou), await who(li), await who(secretary), await who(keeper), await who(lead)]).toEqual([
      [true, true],
      [false, false],
      [true, true],
      [true, true],
      [false, false],
    ]);
    const { wish } = await submitWish(at.house, as(await findThere(wang._id)), {
      text: '想换个灯泡',
      category: 'repair',
    });
    const published = await moveWish(at.house, as(secretary), wish._id, 'publish', {});
    expect(published.wish).toMatchObject({ offeredTo: zhou._id });
    await moveCare(at.house, as(keeper), _id, 'end', { reason: '搬去和女儿住了' });
    expect((await findThere(wang._id)).sentinel).toBeUndefined();
    expect([await who(zhou), await who(secretary)]).toEqual([
      [false, false],
      [true, false],
    ]);
  });

  it('is known of the register before care begins, and stays', async () => {
    const wang = await ward('王秀英', { sentinel: li._id });
    expect(await opened(wang)).toMatchObject({ sentinel: li._id });
    const other = await ward('张福生', { sentinel: lead._id });
    const alone = await opened(other);
    expect([alone.sentinel, (await findThere(other._id)).sentinel]).toEqual([undefined, undefined]);
  });

  it('visits are kept by day, the latest twelve, told twice or late, and taken back', async () => {
    const wang = await ward();
    const { _id } = await opened(wang, { sentinel: li._id });
    const days = Array.from({ length: 14 }, (_, n) => addDays(today(), -n * 3));
    const told = [...days.slice(3), ...days.slice(0, 3), days[5] ?? '', days[13] ?? ''];
    for (const [n, day] of told.entries()) await markVisited(at.house, [wang._id, lead._id], `v${n}`, day);
    const care = async () => at.house.model<CareDoc>('care').findById(_id).lean<CareDoc>();
    expect((await care())?.visits).toEqual(days.slice(0, 12));
    const { version } = (await care()) as CareDoc;
    await markVisited(at.house, [wang._id], 'again', days[0] ?? '');
    expect((await care())?.version).toBe(version);
    await unmarkVisited(at.house, [wang._id], 'v', days[0] ?? '');
    expect((await care())?.visits[0]).toBe(days[1]);
    const rows = await all(caredFor(at.house, { persons: [wang._id] }));
    expect(rows).toEqual([
      {
        care: _id,
        person: wang._id,
        colour: 'red',
        flags: ['living_alone'],
        sentinel: li._id,
        areas: here.areas,
        since: today(),
        visits: days.slice(1, 12),
        lastVisit: days[1],
      },
    ]);
  });
});

it('plans read everybody in care of a place, one sentinel’s people after the other', async () => {
  const town = await makeCommunity(at.house);
  const boss = await makePerson(at.house, { area: town.community, roles: ['secretary'] });
  const workers = await Promise.all(
    [1, 2, 3].map(() => makePerson(at.house, { area: town.community, roles: ['worker'] })),
  );
  for (let n = 0; n < 9; n += 1) {
    const elder = await makePerson(at.house, { area: town.grids[n % 2] ?? '' });
    const sentinel = n % 4 === 3 ? undefined : workers[n % 3 === 0 ? 0 : 1]?._id;
    await openCare(
      at.house,
      as(boss),
      opening(elder, { ...(sentinel && { sentinel }), colour: n % 2 ? 'red' : 'green' }),
    );
  }
  const rows = await all(caredFor(at.house, { area: town.community }));
  const order = rows.map(({ sentinel }) => sentinel ?? '');
  expect(order).toEqual([...order].sort());
  expect([rows.length, order.filter((one) => one === '').length]).toEqual([9, 2]);
  expect((await all(caredFor(at.house, { sentinel: workers[0]?._id ?? '' }))).length).toBe(
    order.filter((one) => one === workers[0]?._id).length,
  );
  const loads = await loadOf(at.house, town.community);
  expect(loads.map(({ sentinel, total }) => [sentinel?.id, total]).sort()).toEqual(
    [[undefined, 2], ...workers.map(({ _id }) => [_id, order.filter((one) => one === _id).length])].sort(),
  );
  expect((await at.call(boss, 'GET', `/care/load?area=${town.community}`)).status).toBe(200);
  for (const who of [li, lead, supervisor, keeper]) {
    expect((await at.call(who, 'GET', `/care/load?area=${town.community}`)).status).toBe(403);
  }
});
