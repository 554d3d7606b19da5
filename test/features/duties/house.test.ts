/** Duties in a real store: what everybody is shown of them over HTTP, rule packs and happenings, and who is told what when. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import { NOTICES, type NoticeDoc, noticeSchema } from '../../../src/core/notice.ts';
import { addDays, atCivil, type Day, dayOf, HOUR } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { care, moveCare, openCare } from '../../../src/features/care/index.ts';
import { duties } from '../../../src/features/duties/index.ts';
import { incidents } from '../../../src/features/incidents/index.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import { logVisit, visits } from '../../../src/features/visits/index.ts';
import { wishes } from '../../../src/features/wishes/index.ts';
import { type Answer, type TestApi, testApi } from '../../support/api.ts';
import { makeCommunity, makePerson } from '../../support/house.ts';

const HERE = '990001001001';
const THERE = '990001002001';
const GRID = `${HERE}G01`;
const STREET = '990001001';

/** Who they are by role and place. */
const PEOPLE = {
  书记: [['secretary', HERE]],
  外书记: [['secretary', THERE]],
  李敏: [['worker', HERE]],
  网格: [['grid_worker', GRID]],
  两边跑: [
    ['worker', HERE],
    ['worker', THERE],
  ],
  走了的: [['worker', HERE]],
  义工: [['volunteer', HERE]],
  街道: [['supervisor', STREET]],
  市管理员: [['admin', '9900']],
  市管理员二: [['admin', '9900']],
  区管理员: [['admin', '990001']],
  居民: [['resident', GRID]],
} as const satisfies Record<string, readonly (readonly [Person['roles'][number]['role'], string])[]>;
type Name = keyof typeof PEOPLE;

/** Those in care since 14 September, by colour and sentinel. */
const WARDS = {
  红一: ['red', '李敏', '书记', GRID],
  红二: ['red', undefined, '书记', GRID],
  绿三: ['green', '走了的', '书记', GRID],
  黄四: ['yellow', '两边跑', '外书记', `${THERE}G01`],
} as const;
type Ward = keyof typeof WARDS;

let at: TestApi;
const known = new Map<string, Person>();
const person = (name: Name | Ward): Person => known.get(name) as Person;
const nameOf = (id: string): string => [...known].find(([, one]) => one._id === id)?.[0] ?? id;
const as = (name: Name): Caller => {
  const actor = actorOf(person(name), 'api');
  return { actor, ability: at.house.abilityOf(actor), now: at.clock.now() };
};
const get = (name: Name | undefined, path: string): Promise<Answer> => at.call(name && person(name), 'GET', path);
const post = (name: Name, path: string, body: unknown): Promise<Answer> => at.call(person(name), 'POST', path, body);
const statusOf = (answers: readonly Answer[]) =>
  answers.map(({ status, body }) => (status < 400 ? [status] : [status, (body as { code?: string }).code]));

beforeAll(async () => {
  at = await testApi([areas, people, wishes, incidents, care, visits, duties]);
  at.clock.set('2026-09-14T08:00');
  for (const code of [HERE, THERE]) await makeCommunity(at.house, { code });
  for (const [name, posts] of Object.entries(PEOPLE)) {
    const roles = posts.map(([role, area]) => ({ role, area }));
    known.set(name, await makePerson(at.house, { name, area: GRID, roles }));
  }
  for (const [name, [colour, sentinel, secretary, area]] of Object.entries(WARDS)) {
    const ward = await makePerson(at.house, { name, area, birthYear: 1945 });
    known.set(name, ward);
    await openCare(at.house, as(secretary), {
      person: ward._id,
      kind: 'living_alone',
      reason: '独居',
      consent: { by: 'self', at: '2026-09-14' },
      reviewBy: '2027-03-01',
      colour,
      ...(sentinel && { sentinel: person(sentinel)._id }),
    });
  }
  // Whoever leaves stays sentinel until somebody hands over.
  await at.house.model<Person>('people').updateOne({ _id: person('走了的')._id }, { $set: { roles: [] } });
}, 60_000);
afterAll(() => at.close());

describe('four weeks around National Day', () => {
  const HOURS = { 'duties.monday': 9, 'duties.overdue': 9.5, 'duties.thursday': 16, 'duties.friday': 17 };
  const SEEN: Partial<Record<Day, Ward>> = { '2026-09-16': '红一', '2026-09-23': '红一', '2026-09-30': '红一' };
  let told: { day: Day; key: string; to: string; data: Record<string, unknown> }[];

  beforeAll(async () => {
    const notices = at.house.db.model<NoticeDoc>(NOTICES, noticeSchema, NOTICES);
    for (let day: Day = '2026-09-14'; day <= '2026-10-11'; day = addDays(day, 1)) {
      for (const [name, hour] of Object.entries(HOURS)) {
        const slot = new Date(atCivil(day).getTime() + hour * HOUR);
        at.clock.set(slot);
        await duties.jobs
          .find((one) => one.name === name)
          ?.run({ slot, now: slot, late: false, dryRun: false }, at.house);
      }
      const seen = SEEN[day];
      if (seen) await logVisit(at.house, as('李敏'), { persons: [person(seen)._id] });
    }
    told = (await notices.find().sort({ at: 1, _id: 1 }).lean<NoticeDoc[]>()).flatMap(({ _id, at: when, outbox }) =>
      outbox.map(({ to, data }) => {
        const whom = 'person' in to ? nameOf(to.person) : 'role' in to ? `${to.role}@${to.area}` : '';
        return { day: dayOf(when), key: _id.replace(/[0-9a-f]{24}/u, nameOf), to: whom, data };
      }),
    );
  });
  const of = (job: string) => told.filter(({ key }) => key.startsWith(job));
  const daysOf = (job: string) => [...new Set(of(job).map(({ day }) => day))];

  it('each job speaks on its worked days', () => {
    expect({
      plan: daysOf('duties.monday'),
      rest: daysOf('duties.thursday'),
      summary: daysOf('duties.friday'),
    }).toEqual({
      plan: ['2026-09-14', '2026-09-21', '2026-09-28', '2026-10-08'],
      rest: ['2026-09-17'],
      summary: ['2026-09-18', '2026-09-24', '2026-09-30', '2026-10-09'],
    });
    expect(told.filter(({ day }) => !at.house.calendar.isWorkday(day))).toEqual([]);
  });

  it('whoever has something due gets one plan a week under their key, and nobody else', () => {
    const staff = ['两边跑', '李敏', '网格'];
    for (const [job, weeks] of [
      ['duties.monday', ['2026-W38', '2026-W39', '2026-W40', '2026-W41']],
      ['duties.thursday', ['2026-W38']],
    ] as const) {
      const expected = weeks.flatMap((week) => staff.map((who) => [`${job}:${week}:${who}`, who]));
      const got = of(job);
      expect(got.map(({ key, to }) => [key, to]).sort()).toEqual(expected.sort());
    }
  });

  it('of two streets one is told in one message, of all of it', () => {
    const plan = of('duties.monday').find(({ key }) => key === 'duties.monday:2026-W40:两边跑');
    expect(plan?.data).toMatchObject({ people: 1, names: ['黄*'], often: [{ left: 2 }, { left: 2 }] });
  });

  it('the ladder goes up one worked day, three and six after the day, and each rung is told once', () => {
    // The second was due on 21 September and is never seen; a rung that was missed is made up for two days under its key.
    const rungs = [
      [`duties.overdue:bearer:2026-09-22:网格@${STREET}`, '2026-09-22', '网格'],
      [`duties.overdue:secretary:2026-09-24:${HERE}`, '2026-09-24', `secretary@${HERE}`],
      [`duties.overdue:street:2026-09-30:${STREET}`, '2026-09-30', `supervisor@${STREET}`],
    ];
    const ladder = told.filter(({ key, to }) => key.startsWith('duties.overdue') && to !== '');
    const first = (key: string) => ladder.find((one) => one.key === key);
    expect(rungs.map(([key = '']) => [key, first(key)?.day, first(key)?.to])).toEqual(rungs);
    // One message a day to each, and of what nobody bears those who keep the place hear.
    const heard = ladder.map(({ day, key, to }) => `${day} ${key.split(':')[1]} ${to}`);
    expect(new Set(heard).size).toBe(heard.length);
    expect(ladder.filter(({ data }) => JSON.stringify(data).includes('"who":""'))).toEqual([]);
  });

  it('how a week came out each community is told once, with a name for everybody', () => {
    const summaries = of('duties.friday').filter(({ to }) => to !== '');
    // Who serves two streets counts in one of them; and nobody is told of a week before there was anything.
    expect(
      summaries
        .filter(({ day }) => day === '2026-09-18')
        .map(({ to, data }) => [to, data.all])
        .sort(),
    ).toEqual([[`secretary@${HERE}`, 6]]);
    for (const { data } of summaries) {
      for (const { who } of data.left as { who: string }[]) expect(who).not.toBe('');
    }
  });

  it('before a holiday people hear of whom they have to see in it', () => {
    const plan = of('duties.monday').find(({ key }) => key === 'duties.monday:2026-W40:李敏');
    expect(plan?.data).toMatchObject({ people: 1, red: 1 });
  });

  it('nobody in care is named in full, and no message says why they are in care', () => {
    const text = JSON.stringify(told.map(({ data }) => data));
    for (const word of [...Object.keys(WARDS), '独居', 'living_alone']) expect(text).not.toContain(word);
  });
});

it('what was kept back is told as long as something is left, or late', async () => {
  at.clock.set('2026-10-12T17:30');
  const stands = (name: string, to: Name, data: object) => {
    const told = {
      to: person(to)._id,
      data: { week: '2026-W42', ...data },
      at: atCivil('2026-10-12', 9),
      now: at.clock.now(),
    };
    return duties.messages[name]?.stands?.(told, at.house);
  };
  const asked: [string, Name, object, boolean][] = [
    ['duties.monday', '李敏', {}, true],
    ['duties.monday', '居民', {}, false],
    ['duties.overdue_bearer', '网格', {}, true],
    ['duties.overdue_bearer', '居民', {}, false],
    ['duties.overdue_secretary', '书记', { area: HERE }, true],
    ['duties.overdue_street', '街道', { area: '990001009' }, false],
  ];
  for (const [name, to, data, expected] of asked) {
    expect([name, to, await stands(name, to, data)]).toEqual([name, to, expected]);
  }
});

interface Item {
  item: string;
  person?: { name: string };
  event?: string;
  by: Day;
  done: boolean;
  left: number;
  late: boolean;
}
/** What whoever has to see somebody can do about it. */
const seenBy = async (name: Name, ward: Ward) => {
  const { _id } = (await at.house.db.collection('care').findOne({ person: person(ward)._id as never })) as {
    _id: unknown;
  };
  const visit = { persons: [person(ward)._id], households: 1 };
  return [(await get(name, `/care/${String(_id)}`)).status, (await post(name, '/visits', visit)).status];
};
const itemsOf = async (name: Name, week = ''): Promise<Item[]> =>
  ((await get(name, `/duties${week && `?week=${week}`}`)).body as { items: Item[] }).items;

describe('a week over HTTP', () => {
  beforeAll(() => at.clock.set('2026-10-12T09:00'));

  it('is one’s own, with those to be seen by masked names, and somebody has looked', async () => {
    const audits = () => at.house.db.collection('audits').countDocuments({ 'by.id': person('李敏')._id, what: 'care' });
    const before = await audits();
    const items = await itemsOf('李敏');
    expect(items.map(({ item, person: seen }) => [item, seen?.name])).toEqual([
      ['in-care/red', '红*'],
      ['liang-zoufang/inspection', undefined],
      ['liang-zoufang/visit', undefined],
    ]);
    expect(await audits()).toBe(before + 1);
    expect(await itemsOf('居民')).toEqual([]);
    // What is due to the keeper of the grid, for want of a sentinel, the keeper can do.
    expect((await itemsOf('网格')).flatMap(({ person: seen }) => seen?.name ?? [])).toEqual(['红*']);
    expect([await seenBy('网格', '红二'), await seenBy('李敏', '红二'), await seenBy('网格', '红一')]).toEqual([
      [200, 201],
      [404, 422],
      [404, 422],
    ]);
    expect(statusOf([await get(undefined, '/duties'), await get('李敏', '/duties?week=2026-W60')])).toEqual([
      [401, 'not_signed_in'],
      [400, 'invalid_input'],
    ]);
  });

  it('of two streets is one week, each thing once', async () => {
    const items = (await itemsOf('两边跑')).map(({ item, person: seen }) => [item, seen?.name]).sort();
    expect(items).toEqual([
      ['in-care/others', '黄*'],
      ['liang-zoufang/inspection', undefined],
      ['liang-zoufang/visit', undefined],
    ]);
  });

  it.each([
    ['书记', HERE, 200, ['两边跑', '李敏', '网格']],
    ['街道', STREET, 200, []],
    ['外书记', HERE, 403, undefined],
    ['李敏', HERE, 403, undefined],
    ['居民', HERE, 403, undefined],
    ['市管理员', HERE, 403, undefined],
    [undefined, HERE, 401, undefined],
  ] as const)('of an area is shown to %s of %s: %i', async (name, area, status, workers) => {
    const answer = await get(name, `/areas/${area}/duties?week=2026-W42`);
    const { workers: shown, all } = answer.body as { workers?: { name: string }[]; all?: number };
    expect([answer.status, shown?.map((one) => one.name).sort()]).toEqual([status, workers]);
    if (status === 200) expect(all).toBeGreaterThan(0);
    for (const ward of Object.keys(WARDS)) expect(JSON.stringify(answer.body)).not.toContain(person(ward as Ward)._id);
  });
});

describe('rule packs', () => {
  const twice = (version: number, times: number, more: object = {}) => ({
    code: 'liang-zoufang',
    version,
    title: '每周走访',
    source: '测试文件',
    verified: false,
    effectiveFrom: '2026-10-12',
    items: [{ code: 'visit', title: '每周走访', kind: 'visit', who: ['worker'], rule: { times, per: 'week' } }],
    ...more,
  });
  const packs = async (area: string) =>
    ((await get('居民', `/duty-packs?area=${area}`)).body as { items: Record<string, unknown>[] }).items.filter(
      ({ inForce }) => inForce,
    );
  const wanted = async (name: Name) => (await itemsOf(name)).find(({ item }) => item === 'liang-zoufang/visit')?.left;
  beforeAll(() => at.clock.set('2026-10-12T10:00'));

  it('that nobody compared with their source say so, and a placeholder is due to nobody', async () => {
    const shown = (await packs(HERE)).map(({ code, verified, placeholder }) => [code, verified, placeholder]);
    expect(shown.sort()).toEqual([
      ['ba-bibao', false, true],
      ['in-care', false, false],
      ['liang-zoufang', false, false],
      ['liu-bidao', false, true],
      ['qi-bifang', false, true],
    ]);
    const due = (await Promise.all((['李敏', '网格', '两边跑'] as const).map((name) => itemsOf(name)))).flat();
    expect(due.filter(({ item }) => /bidao|bifang|bibao/u.test(item))).toEqual([]);
  });

  it('of two admins who write one version one wins, and the other is told which is next', async () => {
    const answers = await Promise.all([
      post('市管理员', '/duty-packs', twice(2, 1)),
      post('市管理员二', '/duty-packs', twice(2, 5)),
    ]);
    expect(statusOf(answers).sort()).toEqual([[201], [409, 'pack_version']]);
    const lost = answers.find(({ status }) => status === 409)?.body as { detail: string };
    expect(lost.detail).toContain('第3版');
    expect(statusOf([await post('市管理员二', '/duty-packs', twice(3, 4))])).toEqual([[201]]);
    expect(await wanted('李敏')).toBe(4);
  });

  it('of a county hold there instead, and are its admin’s', async () => {
    const own = twice(1, 3, { area: '990001' });
    const refused = [
      await post('李敏', '/duty-packs', own),
      await post('区管理员', '/duty-packs', twice(4, 1)),
      await post('区管理员', '/duty-packs', twice(1, 1, { area: '990002' })),
    ];
    expect(statusOf(refused)).toEqual([
      [403, 'forbidden'],
      [403, 'pack_outside'],
      [403, 'pack_outside'],
    ]);
    expect(statusOf([await post('区管理员', '/duty-packs', own)])).toEqual([[201]]);
    expect([await wanted('李敏'), await wanted('网格')]).toEqual([3, undefined]);
    expect((await packs('990002')).find(({ code }) => code === 'liang-zoufang')).toMatchObject({ version: 3 });
  });

  it('are confirmed by an admin, one that has something in it', async () => {
    const confirm = (name: Name, code: string, version: number, area?: string) =>
      post(name, `/duty-packs/${code}/verification`, { version, note: '与文件一致', ...(area && { area }) });
    expect(
      statusOf([
        await confirm('李敏', 'liang-zoufang', 1, '990001'),
        await confirm('市管理员', 'qi-bifang', 1),
        await confirm('市管理员', 'liang-zoufang', 9),
        await confirm('区管理员', 'in-care', 1),
        await confirm('区管理员', 'liang-zoufang', 1, '990001'),
        await confirm('市管理员', 'liang-zoufang', 1, '990001'),
      ]),
    ).toEqual([[403, 'forbidden'], [409, 'pack_placeholder'], [404, 'no_pack'], [403, 'pack_outside'], [200], [200]]);
    expect((await packs(HERE)).find(({ code }) => code === 'liang-zoufang')).toMatchObject({ verified: true });
  });
});

describe('something that happened', () => {
  const event = (more: object = {}) => ({ event: 'fire', area: GRID, ...more });
  const open = async (more: object = {}) =>
    ((await post('书记', '/duty-events', event(more))).body as { id: string }).id;
  const dueFor = async (name: Name, id: string) => (await itemsOf(name, '2026-W42')).find((one) => one.event === id);
  beforeAll(() => at.clock.set('2026-10-13T10:00'));

  it('is nobody’s duty until an admin says what is to be done', async () => {
    expect(statusOf([await post('书记', '/duty-events', event())])).toEqual([[422, 'unknown_event']]);
    const filled = {
      code: 'liu-bidao',
      version: 2,
      title: '六必到',
      source: '测试文件',
      verified: false,
      effectiveFrom: '2026-10-13',
      items: [
        { code: 'item-1', title: '火情到场', kind: 'arrive', rule: { on: 'fire', within: { hours: 24 } } },
        { code: 'item-2', title: '待填', kind: 'arrive' },
      ],
    };
    expect(statusOf([await post('市管理员', '/duty-packs', filled)])).toEqual([[201]]);
    const refused = [
      await post('居民', '/duty-events', event()),
      await post('外书记', '/duty-events', event()),
      await post('书记', '/duty-events', event({ happenedAt: '2026-10-14T10:00:00+08:00' })),
      await post('书记', '/duty-events', event({ happenedAt: '2026-09-12T23:59:00+08:00' })),
      await post('书记', '/duty-events', event({ area: HERE })),
      await post('书记', '/duty-events', event({ bearer: person('外书记')._id })),
    ];
    expect(statusOf(refused)).toEqual([
      [403, 'forbidden'],
      [403, 'forbidden'],
      [422, 'event_to_come'],
      [422, 'event_long_ago'],
      [422, 'nobody_to_come'],
      [422, 'nobody_to_come'],
    ]);
  });

  it('calls whoever keeps the grid, by its deadline, and is met by whoever comes', async () => {
    const id = await open();
    const stored = await at.house.db.collection('duty_event').findOne({ _id: id as never });
    expect(stored?.outbox).toMatchObject([
      {
        to: { person: person('网格')._id },
        message: 'duty_event.now',
        data: { kind: 'arrive', until: atCivil('2026-10-14', 10).toISOString() },
      },
    ]);
    expect(await dueFor('网格', id)).toMatchObject({ by: '2026-10-14', done: false, late: false });
    at.clock.set('2026-10-15T09:00');
    expect(await dueFor('网格', id)).toMatchObject({ late: true });
    const told = { to: person('网格')._id, data: { id }, now: at.clock.now() };
    const stands = () => duties.messages['duty_event.now']?.stands?.(told, at.house);
    expect(await stands()).toBe(true);
    const arrive = (name: Name, more: object = {}) => post(name, '/visits', { kind: 'arrive', event: id, ...more });
    expect(
      statusOf([
        await arrive('外书记', { area: THERE }),
        await arrive('外书记', { area: GRID }),
        await arrive('义工', { area: GRID }),
        await arrive('李敏', { event: 'f'.repeat(24) }),
        await arrive('两边跑', { area: THERE }),
        await arrive('李敏', { day: '2026-10-12' }),
      ]),
    ).toEqual([
      [422, 'no_happening'],
      [403, 'forbidden'],
      [422, 'no_happening'],
      [422, 'no_happening'],
      [422, 'happened_elsewhere'],
      [422, 'before_it_happened'],
    ]);
    expect(await stands()).toBe(true);
    await logVisit(at.house, as('李敏'), { kind: 'arrive', event: id, households: 0 });
    expect(await stands()).toBe(false);
    expect(await dueFor('网格', id)).toMatchObject({ done: true, left: 0 });
    expect(await dueFor('李敏', id)).toBeUndefined();
  });

  it('calls the sentinel of whom it is about, or whoever keeps the grid where the sentinel does not serve there', async () => {
    const calledFor = async (ward: Ward) => {
      const id = await open({ person: person(ward)._id });
      const stored = await at.house.db
        .collection('duty_event')
        .findOne<{ bearer: { id: string } }>({ _id: id as never });
      await post('书记', `/duty-events/${id}/drop`, { reason: '试一下' });
      return nameOf(stored?.bearer.id ?? '');
    };
    expect([await calledFor('红一'), await calledFor('绿三')]).toEqual(['李敏', '网格']);
  });

  it('that happened before the rule of today held goes by the rule of its day, however long that gives', async () => {
    const pack = (version: number, effectiveFrom: string, workdays: number) => ({
      code: 'qi-bifang',
      version,
      title: '七必访',
      source: '测试文件',
      verified: false,
      effectiveFrom,
      items: [{ code: 'item-1', title: '回访', kind: 'visit', rule: { on: 'return', within: { workdays } } }],
    });
    await post('市管理员', '/duty-packs', pack(2, '2026-10-01', 366));
    await post('市管理员', '/duty-packs', pack(3, '2026-10-15', 1));
    const happening = event({ event: 'return', happenedAt: '2026-10-14T10:00:00+08:00' });
    const { status, body } = await post('书记', '/duty-events', happening);
    expect([status, (body as { by?: string }).by?.slice(0, 4)]).toEqual([201, '2028']);
  });

  it('tells whoever comes where and what, not in the push, and lies under seal', async () => {
    const secrets = { place: '2栋3单元501', what: '三楼冒烟' };
    const id = await open(secrets);
    const stored = await at.house.db.collection('duty_event').findOne({ _id: id as never });
    for (const secret of Object.values(secrets)) expect(JSON.stringify(stored)).not.toContain(secret);
    expect(stored?.outbox).toMatchObject([{ data: { where: expect.stringMatching(/.+/u), more: true } }]);
    const due = (await dueFor('网格', id)) as Item & { happened: string };
    expect(due.happened).toMatch(/2栋3单元501；三楼冒烟（书记报的）$/u);
    expect(JSON.stringify((await get('两边跑', '/duties')).body)).not.toContain(secrets.place);
    await post('书记', `/duty-events/${id}/drop`, { reason: '弄错了' });
  });

  it('is listed for those who look after the place: what is under seal to the secretary, who comes and who reported it', async () => {
    const secrets = { place: '3栋1单元202', what: '屋里有人喊' };
    const id = await open({ ...secrets, person: person('红二')._id });
    const listed = async (name: Name, query = '') => {
      const { status, body } = await get(name, `/duty-events?limit=100${query}`);
      const { items = [] } = body as { items?: { id: string; answered: boolean; happened?: string }[] };
      const one = items.find((event) => event.id === id);
      return [status, one && [one.answered, one.happened?.includes(secrets.place) ?? false]];
    };
    const looks = () => at.house.db.collection('audits').countDocuments({ person: person('红二')._id, what: 'care' });
    const before = await looks();
    const seen = [await listed('书记'), await listed('网格'), await listed('李敏')];
    expect(seen).toEqual([
      [200, [false, true]],
      [200, [false, true]],
      [200, [false, false]],
    ]);
    expect(await looks()).toBe(before + 2);
    expect([await listed('外书记'), await listed('居民'), await listed('街道')]).toEqual([
      [200, undefined],
      [200, undefined],
      [200, undefined],
    ]);
    expect(await listed('书记', `&area=${THERE}`)).toEqual([200, undefined]);
    await logVisit(at.house, as('网格'), { kind: 'arrive', event: id, households: 0 });
    expect(await listed('书记')).toEqual([200, [true, true]]);
    const first = (await get('书记', '/duty-events?limit=1')).body as { items: { id: string }[]; next: string };
    const second = (await get('书记', `/duty-events?limit=1&cursor=${encodeURIComponent(first.next)}`))
      .body as typeof first;
    expect(first.items[0]?.id).not.toBe(second.items[0]?.id);
    await post('书记', `/duty-events/${id}/drop`, { reason: '试一下' });
    expect([await listed('书记'), await listed('书记', '&state=dropped')]).toEqual([
      [200, undefined],
      [200, [true, true]],
    ]);
  });

  it('is for whom the rule says, and for nobody else', async () => {
    const outage = {
      code: 'liu-bidao',
      version: 3,
      title: '六必到',
      source: '测试文件',
      verified: false,
      effectiveFrom: '2026-10-13',
      items: [
        { code: 'item-1', title: '火情到场', kind: 'arrive', rule: { on: 'fire', within: { hours: 24 } } },
        { code: 'out', title: '停水', kind: 'arrive', who: ['worker'], rule: { on: 'outage', within: { hours: 4 } } },
        {
          code: 'lost',
          title: '走失',
          kind: 'arrive',
          who: ['facilitator'],
          rule: { on: 'lost', within: { hours: 4 } },
        },
      ],
    };
    expect(statusOf([await post('市管理员', '/duty-packs', outage)])).toEqual([[201]]);
    const ask = async (more: object) => (await post('书记', '/duty-events', event({ event: 'outage', ...more }))).body;
    const workers = [person('李敏')._id, person('两边跑')._id];
    expect(workers).toContain(((await ask({})) as { bearer: { id: string } }).bearer.id);
    expect(await ask({ bearer: person('网格')._id })).toMatchObject({
      code: 'nobody_to_come',
      detail: expect.stringContaining('社区工作者'),
    });
    expect(await ask({ event: 'lost' })).toMatchObject({ code: 'nobody_to_come' });
    expect(await ask({ event: 'fire' })).toMatchObject({ bearer: { id: person('网格')._id } });
  });

  it('that was none is dropped and calls nobody any more', async () => {
    const id = await open({ bearer: person('李敏')._id });
    expect(await dueFor('李敏', id)).toMatchObject({ done: false });
    const drop = (name: Name) => post(name, `/duty-events/${id}/drop`, { reason: '误报了' });
    const answers = [await drop('外书记'), await drop('居民'), await drop('书记'), await drop('书记')];
    expect(statusOf([await post('李敏', '/visits', { kind: 'arrive', event: id })])).toEqual([[422, 'no_happening']]);
    expect(statusOf(answers)).toEqual([[404, 'not_found'], [404, 'not_found'], [200], [200]]);
    const stored = await at.house.db.collection('duty_event').findOne({ _id: id as never });
    expect(stored).toMatchObject({ state: 'dropped', version: 2 });
    expect(await dueFor('李敏', id)).toBeUndefined();
  });
});

it('who is handed over is the next one’s at once, with the days they were seen', async () => {
  at.clock.set('2026-10-16T09:00');
  const care = await at.house.db.collection('care').findOne({ person: person('绿三')._id as never });
  const input = { to: person('李敏')._id, words: '交给李敏' };
  await moveCare(at.house, as('书记'), String(care?._id), 'handOver', input);
  expect((await itemsOf('李敏', '2026-W42')).filter((one) => one.person)).toHaveLength(2);
});
