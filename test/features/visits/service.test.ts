/** Visits in a real store: those in care know of them, nothing lies open, and everybody reads what is theirs. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../../src/core/ability.ts';
import type { Caller } from '../../../src/core/caller.ts';
import { storePhoto } from '../../../src/core/photos.ts';
import { addDays, DAY, dayOf } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { type CareDoc, care, moveCare, openCare } from '../../../src/features/care/index.ts';
import { getIncident, type IncidentDoc, incidents, moveIncident } from '../../../src/features/incidents/index.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import { logsBetween, logVisit, moveVisit, spawn, type VisitDoc, visits } from '../../../src/features/visits/index.ts';
import { settling } from '../../../src/features/visits/settling.ts';
import { moveWish, wishes } from '../../../src/features/wishes/index.ts';
import { type TestApi, testApi } from '../../support/api.ts';
import { makeCommunity, makePerson, type TestCommunity } from '../../support/house.ts';

const FOUND = '血压药快吃完了';
let at: TestApi;
let here: TestCommunity;
let secretary: Person;
let supervisor: Person;
let li: Person;
let zhou: Person;

beforeAll(async () => {
  at = await testApi([areas, people, wishes, incidents, care, visits]);
  here = await makeCommunity(at.house);
  const make = (name: string, role: Person['roles'][number]['role']) =>
    makePerson(at.house, { name, area: here.grids[0] ?? '', roles: [role] });
  secretary = await make('陈建国', 'secretary');
  li = await make('李敏', 'worker');
  zhou = await make('周强', 'grid_worker');
  supervisor = await makePerson(at.house, {
    name: '郑海燕',
    area: here.street,
    roles: [{ role: 'supervisor', area: here.street }],
  });
}, 60_000);
afterAll(() => at.close());

const as = (person: Person, key?: string): Caller => {
  const actor = actorOf(person, 'api');
  return { actor, ability: at.house.abilityOf(actor), now: at.clock.now(), ...(key === undefined ? {} : { key }) };
};
const today = () => dayOf(at.clock.now());
async function ward(sentinel: Person, name = '王秀英'): Promise<Person> {
  const person = await makePerson(at.house, { name, area: here.grids[0] ?? '', birthYear: 1945 });
  await openCare(at.house, as(secretary), {
    person: person._id,
    kind: 'living_alone',
    reason: '独居',
    consent: { by: 'self', at: today() },
    reviewBy: addDays(today(), 120),
    colour: 'red',
    sentinel: sentinel._id,
  });
  return person;
}
const seen = async (person: Person) =>
  (await at.house.model<CareDoc>('care').findOne({ person: person._id }).lean<CareDoc>())?.visits;
const logged = async (by: Person, input: object, key?: string) => (await logVisit(at.house, as(by, key), input)).visit;
const stored = async (id: string) => at.house.model<VisitDoc>('visit').findById(id).lean<VisitDoc>();
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { code?: string }) => error.code,
  );
const audits = (person: Person) =>
  at.house.db.collection('audits').countDocuments({ person: person._id, what: 'visits' });

async function photoOf({ _id }: Person): Promise<string> {
  const path = join(at.house.settings.folder, 'lamp.png');
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#c33' } });
  await writeFile(path, await picture.png().toBuffer());
  return (await storePhoto(at.house, path, _id)).id;
}

describe('a logged visit', () => {
  it('is known of those it names, moves with a correction, and is taken back', async () => {
    const wang = await ward(li);
    const [day, before] = [today(), addDays(today(), -2)];
    const { _id } = await logged(li, { persons: [wang._id], found: FOUND });
    expect([await seen(wang), (await stored(_id))?.unsettled]).toEqual([[day], undefined]);
    await moveVisit(at.house, as(li), _id, 'correct', { day: before, reason: '记错日子了' });
    expect(await seen(wang)).toEqual([before]);
    await moveVisit(at.house, as(li), _id, 'correct', { kind: 'inspection', reason: '其实是排查' });
    expect(await seen(wang)).toEqual([]);
    await moveVisit(at.house, as(li), _id, 'correct', { kind: 'visit', day, reason: '还是走访' });
    const second = await logged(li, { persons: [wang._id] });
    await moveVisit(at.house, as(li), _id, 'void', { reason: '没去成' });
    // Another of that day stands.
    expect(await seen(wang)).toEqual([day]);
    await moveVisit(at.house, as(li), second._id, 'void', { reason: '没去成' });
    expect(await seen(wang)).toEqual([]);
    const { body } = await at.call(li, 'GET', `/visits/${_id}`);
    expect(body).toMatchObject({
      state: 'void',
      found: FOUND,
      before: [{ day }, { day: before }, { kind: 'inspection' }],
    });
    expect(JSON.stringify(await at.house.db.collection('visit').find().toArray())).not.toContain(FOUND);
  });

  it('settles after a crash in between, once', async () => {
    const wang = await ward(li);
    const broken = Object.assign(Object.create(at.house) as typeof at.house, {
      model: (name: string) => {
        if (name === 'care') throw new Error('gone');
        return at.house.model(name);
      },
    });
    const { visit } = await logVisit(at.house, as(li), { households: 1 });
    await at.house.db
      .collection('visit')
      .updateOne({ _id: visit._id as never }, { $set: { persons: [wang._id], unsettled: true } });
    const run = { slot: at.clock.now(), now: at.clock.now(), late: false, dryRun: false };
    await expect(settling.run(run, broken)).rejects.toThrow('gone');
    expect([await seen(wang), (await stored(visit._id))?.unsettled]).toEqual([[], true]);
    expect((await settling.run({ ...run, dryRun: true }, at.house)).lines).toEqual(['将补记入档的走访记录 1 条']);
    expect(await seen(wang)).toEqual([]);
    expect((await settling.run(run, at.house)).lines).toHaveLength(1);
    expect((await settling.run(run, at.house)).lines).toEqual([]);
    expect([await seen(wang), (await stored(visit._id))?.unsettled]).toEqual([[today()], undefined]);
  });

  it('says how the wish that came of it stands, and the same words make another once it was taken back', async () => {
    const visit = await logged(li, { households: 1 });
    const spawn = () => at.call(li, 'POST', `/visits/${visit._id}/spawn`, { text: '想换个灯泡', category: 'repair' });
    const words = (answer: { body: unknown }) =>
      (answer.body as { spawned: { stateWord?: string }[] }).spawned.map(({ stateWord }) => stateWord);
    expect([words(await spawn()), words(await spawn())]).toEqual([['待受理'], ['待受理']]);
    const [made] = (await stored(visit._id))?.spawned ?? [];
    await moveWish(at.house, as(li), made?.id ?? '', 'withdraw', {});
    expect(words(await at.call(li, 'GET', `/visits/${visit._id}`))).toEqual(['已撤回']);
    expect([words(await spawn()), words(await spawn())]).toEqual([
      ['已撤回', '待受理'],
      ['已撤回', '待受理'],
    ]);
  });

  it('makes nothing anew of words when others were taken back', async () => {
    const visit = await logged(li, { households: 1 });
    const make = async (text: string) => (await spawn(at.house, as(li), visit._id, { text })).made.id;
    const [lamp, chair] = [await make('想换个灯泡'), await make('想要一把椅子')];
    await moveWish(at.house, as(li), chair, 'withdraw', {});
    expect(await make('想换个灯泡')).toBe(lamp);
    const another = await make('想要一把椅子');
    expect(another).not.toBe(chair);
    await moveWish(at.house, as(li), lamp, 'withdraw', {});
    expect(await make('想要一把椅子')).toBe(another);
    expect((await stored(visit._id))?.spawned.map(({ id }) => id)).toEqual([lamp, chair, another]);
  });

  it('under one key is one visit and one wish, however often and at once', async () => {
    const wang = await ward(li);
    const input = {
      persons: [wang._id],
      found: FOUND,
      wish: { text: '想换个灯泡', category: 'repair', person: wang._id },
    };
    const count = () => at.house.db.collection('wish').countDocuments();
    const wished = await count();
    const all = await Promise.all([1, 2, 3].map(() => logged(li, input, 'k1')));
    const again = await logged(li, input, 'k1');
    expect(new Set([...all, again].map(({ _id }) => _id)).size).toBe(1);
    expect([(await stored(again._id))?.spawned.length, (await count()) - wished]).toEqual([1, 1]);
    // A crash before it was written down with the visit.
    const before = (await stored(again._id))?.history.filter(({ move }) => move !== 'spawn');
    const lost = { $set: { spawned: [], history: before } };
    await at.house.db.collection('visit').updateOne({ _id: again._id as never }, lost as never);
    expect((await logged(li, input, 'k1')).spawned).toHaveLength(1);
    for (let n = 0; n < 2; n += 1) await spawn(at.house, as(li), again._id, { text: '想要一把椅子' });
    expect([(await stored(again._id))?.spawned.length, (await count()) - wished]).toEqual([2, 2]);
    await moveVisit(at.house, as(li), again._id, 'void', { reason: '记重了' });
    expect(await code(spawn(at.house, as(li), again._id, { text: '想要一张桌子' }))).toBe('wrong_state');
    expect((await count()) - wished).toBe(2);
    expect(await code(logged(li, { households: 9 }, 'k1'))).toBe('idempotency_key_reused');
  });

  it('makes an incident of danger when its words tell of it, and tells it at once', async () => {
    const wang = await ward(li);
    const urgencyOf = async (id?: string) =>
      (await at.house.db.collection('incident').findOne({ _id: id as never }))?.urgency;
    for (const text of ['老人晕倒了叫不醒', `${wang.name}摔倒了起不来`, '厨房煤气味好大']) {
      const input = { persons: [wang._id], place: '2栋一单元', area: here.grids[0], incident: { text } };
      const [made] = (await logged(li, input)).spawned;
      expect([made?.danger, await urgencyOf(made?.id)], text).toEqual([true, 'danger']);
    }
    const visit = await logged(li, { households: 3 });
    const { made } = await spawn(at.house, as(li), visit._id, { what: 'incident', text: '有人触电了' });
    expect([made.danger, await urgencyOf(made.id)]).toEqual([true, 'danger']);
    const calm = await spawn(at.house, as(li), visit._id, { what: 'incident', text: '楼道灯坏了' });
    expect([calm.made.danger, await urgencyOf(calm.made.id)]).toEqual([undefined, 'usual']);
  });

  it('makes an incident and a wish of one visit, each once, a crash in between or not', async () => {
    const wang = await ward(li);
    const input = {
      persons: [wang._id],
      place: '2栋一单元',
      area: here.grids[0],
      wish: { text: '想换个灯泡', person: wang._id },
      incident: { text: '楼道灯坏了', category: 'facility' },
    };
    const count = async () =>
      Promise.all(['wish', 'incident'].map((name) => at.house.db.collection(name).countDocuments()));
    const before = await count();
    const made = async () => (await count()).map((all, nth) => all - (before[nth] ?? 0));
    const all = await Promise.all([1, 2, 3].map(() => logged(li, input, 'k2')));
    const { _id, spawned } = await logged(li, input, 'k2');
    expect([new Set(all.map((one) => one._id)).size, await made()]).toEqual([1, [1, 1]]);
    expect(spawned.map(({ kind }) => kind).toSorted()).toEqual(['incident', 'wish']);
    // A crash before either was written down with the visit.
    const history = (await stored(_id))?.history.filter(({ move }) => move !== 'spawn');
    await at.house.db.collection('visit').updateOne({ _id: _id as never }, { $set: { spawned: [], history } as never });
    expect((await logged(li, input, 'k2')).spawned).toHaveLength(2);
    const again = { what: 'incident', ...input.incident };
    const all2 = await Promise.all([1, 2].map(() => spawn(at.house, as(li), _id, again)));
    expect([all2.map((one) => one.made.kind), await made()]).toEqual([
      ['incident', 'incident'],
      [1, 1],
    ]);
    // The place is put right: what was made of it stays what it is.
    await moveVisit(at.house, as(li), _id, 'correct', { place: '3栋', reason: '写错了' });
    expect((await spawn(at.house, as(li), _id, again)).visit.spawned).toHaveLength(2);
    // The same words after it was taken back are another one.
    await moveIncident(at.house, as(li), (await spawn(at.house, as(li), _id, again)).made.id, 'withdraw', {});
    for (let nth = 0; nth < 2; nth += 1) await spawn(at.house, as(li), _id, again);
    expect(await made()).toEqual([1, 2]);
    const { body } = await at.call(li, 'GET', `/visits/${_id}`);
    const words = (body as { spawned: { stateWord?: string }[] }).spawned.map((one) => one.stateWord);
    expect(words.toSorted()).toEqual(['待受理', '待核实', '已撤回'].toSorted());
    await moveVisit(at.house, as(li), _id, 'void', { reason: '记重了' });
    expect(await code(spawn(at.house, as(li), _id, { what: 'incident', text: '井盖松了' }))).toBe('wrong_state');
    expect(await made()).toEqual([1, 2]);
  });

  it('makes an incident of whoever logged it, where the visit was, and of nobody who was visited', async () => {
    const wang = await ward(li, '王桂芳');
    const visit = await logged(li, { persons: [wang._id], place: '2栋王桂芳家门口', area: here.grids[0] });
    const asked = { what: 'incident', text: '王奶奶家门口的灯坏了，桂芳摔了', person: wang._id, name: '王桂芳' };
    const { status, body } = await at.call(li, 'POST', `/visits/${visit._id}/spawn`, asked);
    const [one] = (body as { spawned: { kind: string; id: string }[] }).spawned;
    expect([status, one?.kind]).toEqual([200, 'incident']);
    const incident = await at.house.model<IncidentDoc>('incident').findById(one?.id).lean<IncidentDoc>();
    expect(incident).toMatchObject({
      state: 'reported',
      grid: here.grids[0],
      text: '奶奶家门口的灯坏了，住户摔了',
      authors: [li._id],
      reporters: [{ id: li._id, name: '李敏' }],
      visit: visit._id,
    });
    expect(JSON.stringify(incident)).not.toMatch(/王奶奶|桂芳/u);
    const shown = await getIncident(at.house, as(li), one?.id ?? '');
    expect([shown.address, shown.visit]).toEqual(['2栋住户家门口', visit._id]);
    // Which visit it was is theirs who made it.
    expect((await getIncident(at.house, as(zhou), one?.id ?? '')).visit).toBeUndefined();
    const made = () => at.house.db.collection('incident').countDocuments();
    const before = await made();
    for (const other of [zhou, supervisor, wang]) {
      const refused = await at.call(other, 'POST', `/visits/${visit._id}/spawn`, asked);
      expect([other.name, refused.status]).toEqual([other.name, other === supervisor ? 403 : 404]);
    }
    for (const wrong of [{ text: '灯' }, { text: '灯坏了', category: 'repair' }, { text: '灯坏了', what: 'topic' }])
      expect(await code(spawn(at.house, as(li), visit._id, { what: 'incident', ...wrong }))).toBe('invalid_input');
    expect((await at.call(li, 'POST', '/incidents', { text: '灯坏了', visit: visit._id })).body).not.toHaveProperty(
      'visit',
    );
    expect((await made()) - before).toBe(1);
  });

  it('names nobody whom its maker does not serve, no day to come or long ago, and something', async () => {
    const wang = await ward(zhou);
    const tries: [object, string][] = [
      [{ persons: [wang._id] }, 'not_served'],
      [{ persons: ['f'.repeat(24)] }, 'not_served'],
      [{ households: 1, day: addDays(today(), 1) }, 'day_to_come'],
      [{ households: 1, day: addDays(today(), -31) }, 'too_long_ago'],
      [{}, 'nothing_seen'],
      [{ households: 1, area: '990009009009' }, 'no_place'],
      [{ households: 1, photos: ['f'.repeat(24)] }, 'photo_missing'],
    ];
    for (const [input, expected] of tries) expect([input, await code(logged(li, input))]).toEqual([input, expected]);
    expect(await logged(li, { kind: 'inspection', day: addDays(today(), -30) })).toMatchObject({ late: true });
    const mine = await logged(zhou, { persons: [wang._id] });
    const correct = (by: Person, input: object) =>
      code(moveVisit(at.house, as(by), mine._id, 'correct', { reason: '更正', ...input }));
    const other = await ward(li, '张福生');
    expect(await correct(zhou, { persons: [wang._id, other._id] })).toBe('not_served');
    expect(await correct(li, { households: 2 })).toBe('not_found');
    const { _id } = (await at.house.model<CareDoc>('care').findOne({ person: wang._id }).lean<CareDoc>()) as CareDoc;
    await moveCare(at.house, as(secretary), _id, 'handOver', { to: li._id, words: '请多照看' });
    expect(await correct(zhou, { persons: [wang._id], households: 3 })).toBe('ok');
    // Whom it is about now reads it, and is written down.
    expect((await at.call(li, 'GET', `/visits/${mine._id}`)).status).toBe(200);
    at.clock.shift(31 * DAY);
    expect(await correct(zhou, { households: 4 })).toBe('correction_over');
    at.clock.shift(-31 * DAY);
  });
});

it('the same of the same day is not logged again where it is asked not to be; under its own key it is the same one', async () => {
  const maker = await makePerson(at.house, { name: '韦光明', area: here.grids[0] ?? '', roles: ['worker'] });
  const [wang, zhang] = [await ward(maker), await ward(maker, '张福生')];
  const ids = [wang._id, zhang._id];
  const once = (input: object, key?: string) => code(logged(maker, { once: true, ...input }, key));
  expect([await once({ persons: ids }, 'k'), await once({ persons: ids }, 'k')]).toEqual(['ok', 'ok']);
  const tries: [object, string][] = [
    [{ persons: ids.toReversed() }, 'logged_already'],
    [{ persons: ids, households: 2 }, 'logged_already'],
    [{ persons: ids, households: 3 }, 'ok'],
    [{ persons: [wang._id] }, 'ok'],
    [{ households: 2 }, 'ok'],
    [{ persons: ids, kind: 'inspection' }, 'ok'],
    [{ persons: ids, day: addDays(today(), -1) }, 'ok'],
    [{ persons: ids, once: false }, 'ok'],
  ];
  for (const [input, expected] of tries) expect([input, await once(input)]).toEqual([input, expected]);
});

it('of a household lead names whom they look in on, as long as they are one, and tells them of nobody else’s', async () => {
  const lead = await makePerson(at.house, { name: '安国华', area: here.grids[0] ?? '', roles: ['household_lead'] });
  const [wang, other] = [await ward(li), await ward(li, '张福生')];
  const { _id } = (await at.house.model<CareDoc>('care').findOne({ person: wang._id }).lean<CareDoc>()) as CareDoc;
  const log = async (person: Person) => code(logged(lead, { persons: [person._id], found: '都好' }));
  expect(await log(wang)).toBe('not_served');
  await moveCare(at.house, as(secretary), _id, 'assignLead', { lead: lead._id });
  expect([await log(wang), await log(other), await seen(wang)]).toEqual(['ok', 'not_served', [today()]]);
  const theirs = await logged(li, { persons: [wang._id], found: FOUND });
  expect((await at.call(lead, 'GET', `/visits/${theirs._id}`)).status).toBe(404);
  expect((await at.call(lead, 'GET', `/visits?person=${wang._id}`)).status).toBe(404);
  expect((await at.call(li, 'GET', `/visits?person=${wang._id}`)).body).toMatchObject({ items: [{}, {}] });
});

describe('who reads what', () => {
  it('goes by the role and by whom one serves; found is sealed to the rest, and a spot check sees where without whom', async () => {
    const wang = await ward(li);
    const [place, grid] = ['2栋3单元501', here.grids[0] ?? ''];
    const photo = await photoOf(li);
    const input = {
      persons: [wang._id],
      households: 2,
      found: FOUND,
      area: grid,
      place,
      items: ['in-care/red'],
      photos: [photo],
    };
    const mine = await logged(li, input);
    await moveVisit(at.house, as(li), mine._id, 'correct', {
      place: `${place}室`,
      found: `${FOUND}了`,
      reason: '写全',
    });
    const whole = new Set(['secretary', 'care_keeper']);
    for (const role of ROLES) {
      for (const area of [here.community, here.street]) {
        const person = await makePerson(at.house, { area: here.community, roles: [{ role, area }] });
        const before = await audits(wang);
        const { status, body } = await at.call(person, 'GET', `/visits/${mine._id}`);
        const text = JSON.stringify(body);
        const kind = status === 404 ? 'nothing' : text.includes(FOUND) ? 'whole' : 'glimpse';
        const expected = whole.has(role) ? 'whole' : role === 'supervisor' ? 'glimpse' : 'nothing';
        expect([role, area, kind]).toEqual([role, area, expected]);
        for (const secret of [wang._id, place, 'in-care/red', photo, '"well"'])
          expect([role, secret, text.includes(secret)]).toEqual([role, secret, kind === 'whole']);
        expect([role, (await audits(wang)) - before]).toEqual([role, kind === 'whole' ? 1 : 0]);
        const list = await at.call(person, 'GET', `/visits?area=${grid}`);
        const shown = JSON.stringify(list.body);
        expect([role, list.status, shown.includes(mine._id), shown.includes(place), shown.includes(FOUND)]).toEqual([
          role,
          200,
          expected !== 'nothing',
          kind === 'whole',
          false,
        ]);
        const history = await at.call(person, 'GET', `/visits?person=${wang._id}`);
        expect([role, history.status]).toEqual([role, kind === 'whole' ? 200 : 404]);
      }
    }
    expect((await at.call(li, 'GET', `/visits?person=${wang._id}`)).body).toMatchObject({ items: [{ id: mine._id }] });
    expect((await at.call(li, 'GET', '/visits')).status).toBe(200);
    expect((await at.call(undefined, 'GET', `/visits/${mine._id}`)).status).toBe(401);
  });

  it('of two seen, who serves one knows of the visit and not of what was found', async () => {
    const [wang, zhang] = [await ward(zhou), await ward(li, '张福生')];
    const both = await logged(secretary, { persons: [wang._id, zhang._id], found: FOUND });
    expect((await at.call(li, 'GET', `/visits?person=${zhang._id}`)).body).toMatchObject({ items: [{ id: both._id }] });
    const { status, body } = await at.call(li, 'GET', `/visits/${both._id}`);
    expect([status, (body as { full: boolean }).full, JSON.stringify(body).includes(FOUND)]).toEqual([
      200,
      false,
      false,
    ]);
    expect(JSON.stringify(body)).not.toContain(wang._id);
    const makers = async (reader: Person, by: Person) => {
      const list = await at.call(reader, 'GET', `/visits?area=${here.community}&by=${by._id}`);
      const { items = [] } = list.body as { items?: { by: { id: string } }[] };
      return [list.status, [...new Set(items.map((one) => one.by.id))]];
    };
    expect(await makers(supervisor, secretary)).toEqual([200, [secretary._id]]);
    expect(await makers(secretary, supervisor)).toEqual([200, []]);
    expect(await makers(li, secretary)).toEqual([200, []]);
  });

  it('without the line nothing is shown', async () => {
    const wang = await ward(li);
    const mine = await logged(li, { persons: [wang._id], found: FOUND });
    const model = at.house.model('audits');
    const insertMany = model.insertMany.bind(model);
    model.insertMany = (() => Promise.reject(new Error('away'))) as never;
    try {
      for (const path of [`/visits/${mine._id}`, `/visits?person=${wang._id}`]) {
        const { status, body } = await at.call(secretary, 'GET', path);
        expect([status, JSON.stringify(body).includes(FOUND)]).toEqual([500, false]);
      }
    } finally {
      model.insertMany = insertMany;
    }
  });

  it('a check is said to whoever logged it when it is doubted, and nobody checks the own', async () => {
    const own = await logged(secretary, { households: 2 });
    expect(await code(moveVisit(at.house, as(secretary), own._id, 'check', { agreed: true }))).toBe('own_check');
    const mine = await logged(li, { households: 2, found: FOUND });
    const check = { agreed: false, words: '那天没人来' };
    const { status, body } = await at.call(supervisor, 'POST', `/visits/${mine._id}/check`, check);
    expect([status, JSON.stringify(body).includes(FOUND)]).toEqual([200, false]);
    expect(body).toMatchObject({ checked: 'doubted', full: false, checks: [{ agreed: false, words: '那天没人来' }] });
    expect((await stored(mine._id))?.outbox.at(-1)).toMatchObject({ message: 'visit.doubted', to: { person: li._id } });
    await moveVisit(at.house, as(supervisor), mine._id, 'check', { agreed: true });
    expect((await stored(mine._id))?.outbox).toHaveLength(1);
  });

  it('a check stands for what was checked: changed since, it says so and whoever checked it hears of it, once', async () => {
    const mine = await logged(li, { households: 1, found: FOUND });
    const move = (by: Person, name: 'check' | 'correct', input: object) =>
      moveVisit(at.house, as(by), mine._id, name, input);
    const shown = async () => ((await at.call(li, 'GET', `/visits/${mine._id}`)).body as { checked?: string }).checked;
    const told = async () => (await stored(mine._id))?.outbox.map(({ message, to }) => [message, to]);
    const holds = async () => {
      const document = (await stored(mine._id)) as VisitDoc;
      const asked = { to: '', data: {}, now: at.clock.now() };
      return ['visit.doubted', 'visit.corrected'].map((name) => visits.messages[name]?.holds?.(document, asked));
    };
    await move(li, 'correct', { households: 2, reason: '少记了' });
    at.clock.shift(1_000);
    await move(supervisor, 'check', { agreed: true });
    expect([await shown(), await told(), await holds()]).toEqual(['agreed', [], [false, false]]);
    at.clock.shift(1_000);
    for (const households of [300, 299]) await move(li, 'correct', { households, reason: '少记了' });
    const again = ['visit.corrected', { person: supervisor._id }];
    expect([await shown(), await told(), await holds()]).toEqual(['changed', [again], [false, true]]);
    at.clock.shift(1_000);
    await move(supervisor, 'check', { agreed: false });
    expect([await shown(), (await told())?.length, await holds()]).toEqual(['doubted', 2, [true, false]]);
  });

  it('is corrected so often and no more, and how it was worded first is kept', async () => {
    const mine = await logged(li, { households: 0, found: FOUND });
    const correct = (households: number) =>
      code(moveVisit(at.house, as(li), mine._id, 'correct', { households, reason: '改正' }));
    for (let n = 1; n <= 20; n += 1) expect(await correct(n)).toBe('ok');
    expect(await correct(21)).toBe('corrected_often');
    expect((await at.call(li, 'GET', `/visits/${mine._id}`)).body).toMatchObject({
      households: 20,
      moves: expect.not.arrayContaining(['correct']),
    });
    expect((await stored(mine._id))?.before).toMatchObject([
      { households: 0 },
      ...Array.from({ length: 19 }, () => ({})),
    ]);
  });

  it('is checked a few times a day by one and the same, whose doubts all come to its maker', async () => {
    const mine = await logged(li, { households: 2 });
    const check = (n: number) =>
      code(moveVisit(at.house, as(supervisor), mine._id, 'check', { agreed: n % 2 === 0, words: `第${n}次` }));
    for (let n = 0; n < 5; n += 1) expect(await check(n)).toBe('ok');
    expect(await check(5)).toBe('checked_often');
    at.clock.shift(DAY);
    expect(await check(6)).toBe('ok');
    at.clock.shift(-DAY);
  });

  it('a photo is seen by who made it and who keeps or checks the place', async () => {
    const photo = await photoOf(li);
    const mine = await logged(li, { households: 1, photos: [photo] });
    expect(mine.photos).toHaveLength(1);
    expect(await code(logged(zhou, { households: 1, photos: [photo] }))).toBe('photo_missing');
    const may = (person: Person, which = photo) => visits.photos?.maySee(at.house, as(person), which);

    expect([await may(li), await may(secretary), await may(supervisor), await may(zhou)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    // Where somebody in care lives is theirs and of whoever looks after them, the next sentinel as well.
    const wang = await ward(li);
    const home = await photoOf(li);
    await logged(li, { persons: [wang._id], photos: [home] });
    const readers = [li, secretary, supervisor, zhou];
    expect(await Promise.all(readers.map((one) => may(one, home)))).toEqual([true, true, false, false]);
    const { _id } = (await at.house.model<CareDoc>('care').findOne({ person: wang._id }).lean<CareDoc>()) as CareDoc;
    await moveCare(at.house, as(secretary), _id, 'handOver', { to: zhou._id, words: '请多照看' });
    expect(await may(zhou, home)).toBe(true);
    expect([...((await visits.photos?.used(at.house, [photo, 'f'.repeat(24)])) ?? [])]).toEqual([photo]);
  });
});

it('what is due counts what stands, by day, by whom and where', async () => {
  const town = await makeCommunity(at.house);
  const worker = await makePerson(at.house, { area: town.grids[0] ?? '', roles: ['grid_worker'] });
  const made: VisitDoc[] = [];
  for (const back of [0, 1, 5]) made.push(await logged(worker, { households: 1, day: addDays(today(), -back) }));
  await moveVisit(at.house, as(worker), made[1]?._id ?? '', 'void', { reason: '记重了' });
  const found = async (whose: { area: string } | { by: string[] }, from: string) => {
    const ids: string[] = [];
    for await (const { id } of logsBetween(at.house, whose, from, today())) ids.push(id);
    return ids;
  };
  expect(await found({ area: town.community }, addDays(today(), -2))).toEqual([made[0]?._id]);
  expect(await found({ by: [worker._id] }, addDays(today(), -5))).toHaveLength(2);
  expect(await found({ by: [li._id] }, addDays(today(), 1))).toEqual([]);
});

it('a field nobody knows is refused, and nothing is logged or changed', async () => {
  const caller = as(li);
  const refused = { code: 'invalid_input' };
  const before = await at.house.model<VisitDoc>('visit').countDocuments();
  const odd: object[] = [
    { households: 2, met: 1 },
    { households: 1, wish: { text: '想修灯', whom: '王秀英' } },
    { households: 1, incident: { text: '路灯坏了', person: li._id } },
  ];
  for (const input of odd) await expect(logVisit(at.house, caller, input)).rejects.toMatchObject(refused);
  expect(await at.house.model<VisitDoc>('visit').countDocuments()).toBe(before);
  const { visit } = await logVisit(at.house, caller, { households: 2 });
  for (const [move, input] of [
    ['correct', { households: 3, reason: '数错了' }],
    ['void', { reason: '记错了' }],
  ] as const) {
    await expect(moveVisit(at.house, caller, visit._id, move, { ...input, met: 1 })).rejects.toMatchObject(refused);
  }
});
