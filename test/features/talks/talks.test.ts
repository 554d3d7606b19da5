/**
 * Talks in a whole house: who arranges them, who reads what was said, and that nothing else does. One store for all of it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../../src/core/ability.ts';
import type { Caller } from '../../../src/core/caller.ts';
import type { Log } from '../../../src/core/house.ts';
import { atCivil, shiftedClock } from '../../../src/core/time.ts';
import { actorOf, grantRole, type Person, revokeRole } from '../../../src/features/people/index.ts';
import { following } from '../../../src/features/talks/following.ts';
import { account, difficulties, prompts } from '../../../src/features/talks/jobs.ts';
import { reminders } from '../../../src/features/talks/reminders.ts';
import { filled, operationsOf, type Reply, type WholeApp, wholeApp } from '../../support/app.ts';
import { makeCommunity, makePerson } from '../../support/house.ts';

const SAID = '她说婆媳不和，夜里睡不着';
const LATER = '今天好多了，睡得着了';
const HARD = '周梅说周姐房租太贵，电话13900001111';
const said: string[] = [];
const note = (...line: unknown[]) => void said.push(JSON.stringify(line));
const log: Log = { debug: note, info: note, warn: note, error: note };
let at = atCivil('2026-03-09', 10);
const clock = { ...shiftedClock({ now: () => at }), now: () => at };

let whole: WholeApp;
let place: Awaited<ReturnType<typeof makeCommunity>>;
let elsewhere: Awaited<ReturnType<typeof makeCommunity>>;
const people: Record<string, Person> = {};
const person = (name: string): Person => {
  const found = people[name];
  if (!found) throw new Error(name);
  return found;
};
const ask = (name: string, method: string, path: string, body?: unknown): Promise<Reply> =>
  whole.ask(person(name)._id, method, path, body);
async function good<T = Record<string, unknown>>(
  name: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const answer = await ask(name, method, path, body);
  expect([path, answer.status, answer.body]).toEqual([path, answer.status < 300 ? answer.status : 200, answer.body]);
  return answer.body as T;
}
const code = async (name: string, method: string, path: string, body?: unknown) =>
  ((await ask(name, method, path, body)).body as { code?: string }).code;

beforeAll(async () => {
  whole = await wholeApp({ log, clock });
  const { house } = whole.app;
  place = await makeCommunity(house, { code: '990002001001', name: '桂花社区' });
  elsewhere = await makeCommunity(house, { code: '990002001002', name: '梨花社区' });
  const make = async (name: string, roles: Parameters<typeof makePerson>[1]['roles'], area = place.community) => {
    people[name] = await makePerson(house, { name, area, ...(roles && { roles }) });
  };
  await make('周梅', ['worker']);
  await make('秦刚', ['grid_worker']);
  await make('书记甲', ['secretary']);
  await make('书记乙', ['secretary']);
  await make('外书记', ['secretary'], elsewhere.community);
  // Serves in both, lives in the second.
  await make(
    '两头',
    [
      { role: 'worker', area: place.community },
      { role: 'grid_worker', area: elsewhere.grids[0] ?? '' },
    ],
    elsewhere.community,
  );
  await make('督导', [{ role: 'supervisor', area: place.street }]);
  for (const role of ROLES.filter((one) => one !== 'secretary' && one !== 'supervisor')) await make(role, [role]);
}, 60_000);
afterAll(() => whole.close());

interface View {
  id: string;
  state: string;
  moves: string[];
  by?: string;
  late?: boolean;
  [field: string]: unknown;
}
const notices = async (): Promise<Record<string, unknown>[]> => {
  await whole.app.push.drain();
  return (await whole.app.house.db.collection('deliveries').find().toArray()) as Record<string, unknown>[];
};
const foreseen = async (job: typeof reminders, slot: Date, seenFrom: Date) => {
  const run = { slot, now: slot, late: false, dryRun: true, seenFrom };
  const found: string[] = [];
  for await (const { message } of job.preview?.(run, whole.app.house) ?? []) found.push(message);
  return found;
};
const toldTo = async (name: string, message: string) =>
  (await notices()).filter((one) => one.to === person(name)._id && one.message === message);

describe('a talk with a time', () => {
  let id = '';
  it('is proposed, put off, proposed again, agreed and recalled the workday before', async () => {
    const { _id: worker } = person('周梅');
    const first = await good<View>('书记甲', 'POST', '/talks/invite', { worker, day: '2026-03-12', time: '10:00' });
    id = first.id;
    expect(await toldTo('周梅', 'talk.proposed')).toHaveLength(1);
    expect((await good<View>('周梅', 'GET', `/talks/${id}`)).moves).toEqual(['agree', 'another', 'claim']);
    expect(await code('周梅', 'POST', `/talks/${id}/another`, { time: '03:00' })).toBe('at_night');
    const back = await good<View>('周梅', 'POST', `/talks/${id}/another`, { day: '2026-03-16', time: '15:00' });
    expect(back.state).toBe('asked');
    // The one who proposed is told, the other secretary is not.
    expect((await toldTo('书记甲', 'talk.another'))[0]?.text).toContain('3月16日（星期一）15:00');
    expect(await toldTo('书记乙', 'talk.another')).toHaveLength(0);
    expect(await code('书记甲', 'POST', `/talks/${id}/schedule`, { day: '2026-03-09', time: '09:59' })).toBe(
      'time_over',
    );
    for (const time of ['03:00', '07:59', '20:01']) {
      const night = await ask('书记甲', 'POST', `/talks/${id}/schedule`, { day: '2026-03-16', time });
      expect([time, (night.body as { code?: string }).code]).toEqual([time, 'at_night']);
    }
    // The same person asks again for the quarter: it is the same talk.
    const again = await good<View>('书记甲', 'POST', '/talks/invite', {
      worker,
      day: '2026-03-16',
      time: '15:00',
      place: '二楼',
    });
    expect(again.id).toBe(id);
    await good('周梅', 'POST', `/talks/${id}/agree`, {});
    expect(await code('周梅', 'POST', `/talks/${id}/agree`, {})).toBe('agreed_already');
    const run = (day: string) =>
      reminders.run({ slot: atCivil(day, 16), now: at, late: false, dryRun: false }, whole.app.house);
    expect((await run('2026-03-12')).lines).toEqual([]);
    // Friday before the Monday; and twice is once.
    for (let n = 0; n < 2; n += 1) await run('2026-03-13');
    expect(await toldTo('周梅', 'talk.reminder')).toHaveLength(1);
    expect((await toldTo('书记甲', 'talk.reminder'))[0]?.text).toBe(
      '您和周梅约了谈心：3月16日（星期一）15:00，在二楼。',
    );
    expect(await toldTo('书记乙', 'talk.reminder')).toHaveLength(0);
  });

  it('is recalled the morning after what was missed: once, marked late, and not when it is moot', async () => {
    const { house } = whole.app;
    const times = { 秦刚: '08:30', worker: '15:00' };
    const talks: string[] = [];
    for (const [who, time] of Object.entries(times)) {
      const invite = { worker: person(who)._id, day: '2026-03-16', time };
      talks.push((await good<View>('书记乙', 'POST', '/talks/invite', invite)).id);
    }
    // Arranged after the hour, so that nothing was missed.
    at = atCivil('2026-03-13', 17);
    const { id: last } = await good<View>('书记乙', 'POST', '/talks/invite', {
      worker: person('grid_worker')._id,
      day: '2026-03-16',
      time: '16:00',
    });
    const run = async (slot: Date, now: Date) => reminders.run({ slot, now, late: now > slot, dryRun: false }, house);
    const monday = atCivil('2026-03-16', 8);
    // Who looks over the week before sees nothing missed; who looks once it was missed sees that it will be made up.
    for (const [seenFrom, messages] of [
      [atCivil('2026-03-12'), 0],
      [atCivil('2026-03-14'), 4],
    ] as const)
      expect(await foreseen(reminders, monday, seenFrom)).toHaveLength(messages);
    for (const slot of [atCivil('2026-03-14', 8), atCivil('2026-03-15', 16)])
      expect((await run(slot, slot)).lines).toEqual([]);
    const lines: unknown[] = [];
    for (let n = 0; n < 2; n += 1) lines.push((await run(monday, atCivil('2026-03-16', 9))).lines.length);
    expect(lines).toEqual([1, 0]);
    const texts = async (who: string) => (await toldTo(who, 'talk.reminder')).map(({ text }) => text);
    expect(await texts('worker')).toEqual(['（补发）您和书记乙约了谈心：3月16日（星期一）15:00。']);
    for (const who of ['秦刚', 'grid_worker']) expect(await texts(who)).toEqual([]);
    for (const one of [...talks, last]) await house.db.collection('talk').deleteOne({ _id: one as never });
    at = atCivil('2026-03-09', 10);
  });

  it('is held, and what was said is read by two, each time with a line before', async () => {
    at = atCivil('2026-03-16', 17);
    expect(await code('书记甲', 'POST', `/talks/${id}/done`, { day: '2026-03-17', topics: [] })).toBe('day_to_come');
    const body = {
      day: '2026-03-16',
      topics: ['family'],
      record: SAID,
      difficulties: [{ kind: 'housing', text: HARD }],
    };
    const done = await good<View>('书记甲', 'POST', `/talks/${id}/done`, body);
    expect(done).toMatchObject({ state: 'done', hasRecord: true, mayRead: true, moves: ['addRecord'] });
    const audits = () =>
      whole.app.house.db.collection('audits').countDocuments({ person: person('周梅')._id, what: 'talk' });
    for (const who of ['书记甲', '周梅', '周梅']) {
      const before = await audits();
      expect(await good(who, 'POST', `/talks/${id}/read`)).toEqual({ record: SAID });
      expect(await audits()).toBe(before + 1);
    }
    const before = await audits();
    expect(await code('书记乙', 'POST', `/talks/${id}/read`)).toBe('forbidden');
    expect(await code('督导', 'POST', `/talks/${id}/read`)).toBe('not_found');
    expect(await audits()).toBe(before);
    expect(await good<View>('书记乙', 'GET', `/talks/${id}`)).toMatchObject({ hasRecord: true, mayRead: false });
    expect(await good<View>('书记乙', 'GET', `/talks/${id}`)).not.toHaveProperty('topics');
    expect(await code('书记乙', 'POST', `/talks/${id}/addRecord`, { record: '别人写的' })).toBe('forbidden');
    await good('书记甲', 'POST', `/talks/${id}/addRecord`, { record: LATER });
    expect(await good('周梅', 'POST', `/talks/${id}/read`)).toEqual({ record: LATER });
  });

  it('without the line nothing is opened', async () => {
    const { house } = whole.app;
    const model = house.model.bind(house);
    const broken = {
      ...house,
      abilityOf: house.abilityOf,
      model: (name: string) =>
        name === 'audits' ? { insertMany: () => Promise.reject(new Error('away')) } : model(name),
    };
    const { readRecord } = await import('../../../src/features/talks/index.ts');
    const actor = actorOf(person('周梅'), 'api');
    const caller: Caller = { actor, ability: house.abilityOf(actor), now: at };
    await expect(readRecord(broken as unknown as typeof house, caller, id)).rejects.toThrow('away');
  });

  it('is told by nothing else: no row, no line, no answer to anybody', async () => {
    const description = await (await fetch(`${whole.address}/api/openapi.json`)).json();
    const paths = operationsOf(description).filter(
      ({ method, path }) => method === 'GET' && !/live|events|stream/u.test(path),
    );
    const [difficulty] = await whole.app.house.db.collection('difficulty').find().toArray();
    const secrets = [SAID, LATER, HARD, '房租', '婆媳', '睡得着'];
    const found: string[] = [];
    const readers = new Set(['书记甲', '书记乙']);
    for (const name of Object.keys(people)) {
      const mayKnowHard = readers.has(name);
      const headers = await whole.signed(person(name)._id);
      const answers = await Promise.all(
        paths.map(async ({ path }) => {
          const target = path.startsWith('/difficulties') ? String(difficulty?._id) : id;
          const response = await fetch(`${whole.address}/api/v1${filled(path, target)}`, { headers });
          return `${path} ${Buffer.from(await response.arrayBuffer()).toString('utf8')}`;
        }),
      );
      for (const answer of answers) {
        for (const secret of secrets) {
          if (answer.includes(secret) && !(mayKnowHard && secret === '房租' && answer.startsWith('/difficulties')))
            found.push(`${name} ${answer.slice(0, 80)} ${secret}`);
        }
      }
    }
    for (const { name } of (await whole.app.house.db.db?.listCollections().toArray()) ?? []) {
      for await (const row of whole.app.house.db.collection(name).find()) {
        const text = JSON.stringify(row);
        for (const secret of secrets) if (text.includes(secret)) found.push(`${name}: ${secret}`);
      }
    }
    for (const line of said) for (const secret of secrets) if (line.includes(secret)) found.push(`log: ${secret}`);
    expect(found).toEqual([]);
    // Nor is it found by guessing: what is kept of the request is keyed.
    const talk = await whole.app.house.db.collection('talk').findOne({ _id: id as never });
    expect(JSON.stringify(talk?.history)).not.toContain('why');
  }, 120_000);

  it('the secretary who follows reads nothing, the one who went still reads the own', async () => {
    const { house } = whole.app;
    const admin = { ...actorOf(person('admin'), 'api'), kind: 'system' as const };
    const all = { ...admin, kind: 'person' as const, roles: [{ role: 'admin' as const, area: place.city }] };
    const role = { role: 'secretary' as const, area: place.community };
    await revokeRole(house, person('书记甲')._id, role, all);
    await grantRole(house, person('秦刚')._id, role, all);
    expect(await code('秦刚', 'POST', `/talks/${id}/read`)).toBe('forbidden');
    expect(await good('书记甲', 'POST', `/talks/${id}/read`)).toEqual({ record: LATER });
    await revokeRole(house, person('秦刚')._id, role, all);
    await grantRole(house, person('书记甲')._id, role, all);
  });
});

describe('a worker', () => {
  it('asks for a talk, once, and is promised one within three workdays', async () => {
    at = atCivil('2026-03-19', 9);
    const talk = await good<View>('秦刚', 'POST', '/talks', { occasion: 'own_request' });
    expect(talk).toMatchObject({ state: 'asked', by: '2026-03-24' });
    expect(await toldTo('书记甲', 'talk.asked')).toHaveLength(1);
    expect(await toldTo('书记乙', 'talk.asked')).toHaveLength(1);
    expect(await code('秦刚', 'POST', '/talks', { occasion: 'own_request' })).toBe('already_asked');
    expect(await code('秦刚', 'POST', '/talks', { occasion: 'illness' })).toBe('own_request_only');
    expect(await code('resident', 'POST', '/talks', { occasion: 'own_request' })).toBe('forbidden');
    expect(await code('外书记', 'POST', '/talks', { worker: person('秦刚')._id, occasion: 'illness' })).toBe(
      'not_a_worker',
    );
    const run = (day: string) =>
      prompts.run({ slot: atCivil(day, 9), now: at, late: false, dryRun: false }, whole.app.house);
    for (const day of ['2026-03-24', '2026-03-24', '2026-03-25', '2026-03-28']) await run(day);
    for (const who of ['书记甲', '书记乙']) {
      expect(await toldTo(who, 'talk.last_day')).toHaveLength(1);
      expect(await toldTo(who, 'talk.overdue')).toHaveLength(1);
    }
    expect((await toldTo('督导', 'talk.overdue_street'))[0]?.text).toBe('桂花社区有一件约谈超期没谈，请督促。');
    // Nor does what it is called say whose it is, or why.
    const inbox = JSON.stringify((await ask('督导', 'GET', '/inbox')).body);
    expect(inbox).toContain('overdue_street');
    for (const told of [person('秦刚')._id, 'own_request']) {
      expect(inbox).not.toContain(told);
      expect(JSON.stringify(await toldTo('督导', 'talk.overdue_street'))).not.toContain(told);
    }
    await good('秦刚', 'POST', `/talks/${talk.id}/drop`, { because: 'settled' });
    // Taken back, it may be asked for again.
    expect((await good<View>('秦刚', 'POST', '/talks', { occasion: 'own_request' })).id).not.toBe(talk.id);
  });

  it('says that it was held, and the secretary says so or not', async () => {
    at = atCivil('2026-03-25', 10);
    const talk = await good<View>('两头', 'POST', '/talks/said', { day: '2026-03-24' });
    expect(talk).toMatchObject({ state: 'asked', claimed: '2026-03-24', community: elsewhere.community });
    expect(await toldTo('外书记', 'talk.claimed')).toHaveLength(1);
    // Whoever is to confirm it sees so on the list, and who claimed it on theirs.
    for (const who of ['外书记', '两头']) {
      const { items } = await good<{ items: { talk?: string }[] }>(who, 'GET', '/talks/due');
      expect(items.find((due) => due.talk === talk.id)).toMatchObject({ state: 'asked', claimed: '2026-03-24' });
    }
    await good('外书记', 'POST', `/talks/${talk.id}/notYet`, {});
    expect(await toldTo('两头', 'talk.not_yet')).toHaveLength(1);
    const held = { worker: person('两头')._id, day: '2026-03-25', topics: ['work'] };
    expect((await good<View>('外书记', 'POST', '/talks/held', held)).state).toBe('done');
    expect(await code('外书记', 'POST', '/talks/held', held)).not.toBe('internal');
  });
});

describe('who is to be talked with', () => {
  it('is listed to the secretaries, a worker of two communities once, where they live', async () => {
    const list = await good<{ items: { worker: { name: string }; done: boolean }[] }>('书记乙', 'GET', '/talks/due');
    const names = list.items.map(({ worker }) => worker.name);
    expect(names).toEqual(expect.arrayContaining(['周梅', '秦刚', 'worker', 'grid_worker']));
    expect(names).not.toContain('两头');
    const theirs = await good<{ items: { worker: { name: string }; done: boolean }[] }>('外书记', 'GET', '/talks/due');
    expect(theirs.items).toMatchObject([{ worker: { name: '两头' }, done: true }]);
    const own = await good<{ items: { worker: { name: string }; done: boolean; why: string }[] }>(
      '周梅',
      'GET',
      '/talks/due',
    );
    expect(own.items).toMatchObject([{ worker: { name: '周梅' }, done: true, why: '2026年第1季度' }]);
    expect(await code('周梅', 'GET', `/talks/due?area=${place.community}`)).toBe('forbidden');
  });

  it('whoever leaves is not spoken of any more, and the street counts', async () => {
    const { house } = whole.app;
    await house.model<Person>('people').updateOne({ _id: person('worker')._id }, { $set: { active: false } });
    const list = await good<{ items: { worker: { name: string } }[] }>('书记乙', 'GET', '/talks/due');
    expect(list.items.map(({ worker }) => worker.name)).not.toContain('worker');
    const counts = await good<{ total: object; parts: object[] }>('督导', 'GET', '/talks/counts');
    expect(counts.total).toMatchObject({ workers: 4, done: 2, left: 2 });
    expect(counts.parts).toMatchObject([
      { area: place.community, workers: 3, done: 1 },
      { area: elsewhere.community, workers: 1, done: 1 },
    ]);
    expect(await code('admin', 'GET', '/talks/counts')).toBe('forbidden');
    const slot = atCivil('2026-04-01', 9, 15);
    for (let n = 0; n < 2; n += 1) await account.run({ slot, now: at, late: false, dryRun: false }, house);
    expect((await toldTo('督导', 'talk.street')).map(({ text }) => text)).toEqual([
      expect.stringContaining('2026年第1季度谈心：应谈4人，谈了2人，没谈2人'),
    ]);
  });
});

describe('a difficulty', () => {
  it('has lost the name, is given to its owner, told when overdue and solved', async () => {
    at = atCivil('2026-03-26', 10);
    const { items } = await good<{ items: View[] }>('书记乙', 'GET', '/difficulties');
    expect(items).toMatchObject([{ text: '本人说本人房租太贵，电话（号码已隐去）', kind: 'housing', state: 'open' }]);
    const rows = await whole.app.house.db.collection('difficulty').find().toArray();
    const text = JSON.stringify(rows.map(({ history, ...rest }) => rest));
    for (const one of [person('周梅')._id, '周梅']) expect(text).not.toContain(one);
    // Nor is it of the same moment, week, month and maker as the talk, so that nobody can lay the two side by side.
    for (const { createdAt, updatedAt, history, outbox } of rows) {
      expect([createdAt, updatedAt, history[0].at]).toEqual(Array(3).fill(atCivil('2026-01-01')));
      expect(history[0].by.id).toBe('system');
      expect(outbox).toEqual([]);
    }
    const id = items[0]?.id ?? '';
    expect(await code('周梅', 'GET', `/difficulties/${id}`)).toBe('not_found');
    await good('书记乙', 'POST', `/difficulties/${id}/take`, {});
    expect(
      await code('书记乙', 'POST', `/difficulties/${id}/extend`, { because: 'funds', deadline: '2026-03-27' }),
    ).toBe('deadline_earlier');
    await good('书记乙', 'POST', `/difficulties/${id}/extend`, { because: 'funds', deadline: '2026-05-08' });
    const far = { because: 'funds', deadline: '2026-09-30' };
    expect(await code('书记乙', 'POST', `/difficulties/${id}/extend`, far)).toBe('deadline_far');
    const run = (day: string) =>
      difficulties.run({ slot: atCivil(day, 9, 30), now: at, late: false, dryRun: false }, whole.app.house);
    for (const day of ['2026-05-08', '2026-05-09', '2026-05-10', '2026-05-11', '2026-05-14']) await run(day);
    expect(await toldTo('书记乙', 'difficulty.overdue')).toHaveLength(1);
    expect(await toldTo('书记甲', 'difficulty.late')).toHaveLength(1);
    const [given, staying] = [{ owner: person('周梅')._id }, { owner: person('书记乙')._id }];
    expect(await code('书记乙', 'POST', `/difficulties/${id}/handOver`, staying)).toBe('owner_stays');
    // Nobody, a neighbour, and whoever serves elsewhere only.
    for (const owner of ['0'.repeat(24), person('resident')._id, person('外书记')._id])
      expect(await code('书记乙', 'POST', `/difficulties/${id}/handOver`, { owner })).toBe('owner_unknown');
    await good('书记乙', 'POST', `/difficulties/${id}/handOver`, given);
    expect(await toldTo('周梅', 'difficulty.given')).toHaveLength(1);
    expect(await good('周梅', 'GET', '/difficulties?mine=true')).toMatchObject({
      items: [{ owner: { name: '周梅' } }],
    });
    await good('周梅', 'POST', `/difficulties/${id}/solve`, {});
  });

  it('is counted above only where there are five', async () => {
    const talk = { worker: person('grid_worker')._id, day: '2026-03-26', topics: [] };
    const of = (kind: string, count: number) => Array.from({ length: count }, () => ({ kind, text: '工资低' }));
    await good('书记乙', 'POST', '/talks/held', { ...talk, difficulties: [...of('pay', 5), ...of('health', 4)] });
    const counts = await good<{ total: number; kinds: { kind: string; all: number | null }[] }>(
      '督导',
      'GET',
      '/difficulties/counts',
    );
    const shown = Object.fromEntries(counts.kinds.map(({ kind, all }) => [kind, all]));
    expect(shown).toMatchObject({ pay: 5, health: null, housing: null });
    expect(counts.total).toBe(5);
    const own = await good<{ total: number }>('书记乙', 'GET', '/difficulties/counts');
    expect(own.total).toBe(10);
  });

  it('is given to its owner on another day, put off twice, and bears no more than an hour holds', async () => {
    const { items } = await good<{ items: View[] }>('外书记', 'GET', '/talks?state=done');
    const write = (n: number, rest = {}) =>
      ask('外书记', 'POST', `/talks/${items[0]?.id}/difficulties`, {
        kind: n < 2 ? 'pay' : 'other',
        text: `困难${n}`,
        ...rest,
      });
    expect((await write(0, { owner: person('周梅')._id })).body).toMatchObject({ code: 'owner_unknown' });
    expect((await write(0, { deadline: '2027-12-31' })).body).toMatchObject({ code: 'deadline_far' });
    const { body: first } = await write(0, { owner: person('两头')._id });
    expect(await toldTo('两头', 'difficulty.given')).toHaveLength(0);
    const slot = atCivil('2026-03-27', 9, 30);
    for (let n = 0; n < 2; n += 1) {
      await difficulties.run({ slot, now: at, late: false, dryRun: false }, whole.app.house);
    }
    expect(await toldTo('两头', 'difficulty.given')).toHaveLength(1);
    const extend = (deadline: string) =>
      code('外书记', 'POST', `/difficulties/${(first as View).id}/extend`, { because: 'time', deadline });
    expect(await extend('2026-05-20')).toBeUndefined();
    expect(await extend('2026-05-21')).toBeUndefined();
    expect(await extend('2026-05-22')).toBe('extended_enough');
    // Two in one moment are two.
    await Promise.all([write(1), write(2)]);
    const codes: number[] = [];
    for (let n = 3; n < 31; n += 1) codes.push((await write(n)).status);
    expect([new Set(codes.slice(0, -1)), codes.at(-1)]).toEqual([new Set([200]), 429]);
    // Nor is there anything to subtract: five here and two there are seven above, and neither is told.
    const told = async (area: string) => {
      const { kinds } = await good<{ kinds: { kind: string; all: number | null }[] }>(
        '督导',
        'GET',
        `/difficulties/counts?area=${area}`,
      );
      return kinds.find(({ kind }) => kind === 'pay')?.all;
    };
    expect([await told(place.street), await told(place.community), await told(elsewhere.community)]).toEqual([
      7,
      null,
      null,
    ]);
  });
});

describe('a care visit', () => {
  it('is recorded, counted, and void when it was a slip', async () => {
    const worker = person('周梅')._id;
    const one = await good<View>('书记甲', 'POST', '/care-visits', { worker, day: '2026-03-25', kind: 'illness' });
    await good<View>('书记甲', 'POST', '/care-visits', { worker, day: '2026-03-26', kind: 'illness' });
    expect((await good<{ items: View[] }>('周梅', 'GET', '/care-visits')).items).toHaveLength(2);
    expect((await good<{ items: View[] }>('督导', 'GET', '/care-visits')).items).toEqual([]);
    expect(await good('督导', 'GET', '/talks/counts')).toMatchObject({ total: { careVisits: 2 } });
    const same = { worker, day: '2026-03-25', kind: 'illness' };
    for (const who of ['书记甲', '书记乙'])
      expect(await code(who, 'POST', '/care-visits', same)).toBe('care_visit_twice');
    await good('书记乙', 'POST', `/care-visits/${one.id}/void`, { because: 'mistake' });
    expect(await good('督导', 'GET', '/talks/counts')).toMatchObject({ total: { careVisits: 1 } });
    // In one moment, too, it is one; and what is void does not stand in the way.
    const answers = await Promise.all(
      ['书记甲', '书记乙', '书记甲', '书记乙'].map((who) => ask(who, 'POST', '/care-visits', same)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });
});

describe('the quarter', () => {
  it('is spoken of on its days, in one message a secretary, each once, and never of what is over', async () => {
    const { house } = whole.app;
    const run = (day: string) => prompts.run({ slot: atCivil(day, 9), now: at, late: false, dryRun: false }, house);
    const lines: string[] = [];
    for (let n = 0; n < 91; n += 1) {
      const day = new Date(Date.UTC(2026, 3, 1 + n)).toISOString().slice(0, 10);
      const slot = atCivil(day, 9);
      for await (const { message, why } of prompts.preview?.({ slot, now: at, late: false, dryRun: true }, house) ??
        []) {
        expect(why).toMatch(/[\u4e00-\u9fff]/u);
        if (/list|progress|left/u.test(message)) lines.push(`${day} ${message}`);
      }
      for (let twice = 0; twice < 2; twice += 1) await run(day);
    }
    expect([...new Set(lines)].map((line) => line.split(' ')[1])).toEqual([
      'talk.list',
      'talk.progress',
      ...Array(4).fill('talk.left'),
    ]);
    const told = await toldTo('书记甲', 'talk.list');
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toMatch(/^2026年第2季度您要和.*周梅.*谈心，6月30日（星期二）前谈完。/u);
    // The house's own clock may have made up a day of the quarter before.
    const left = (await toldTo('书记甲', 'talk.left')).filter(({ _id }) => String(_id).includes('2026-Q2'));
    expect(new Set(left.map(({ text }) => text)).size).toBe(4);
  }, 30_000);
});

describe('a worker who moves to another community', () => {
  it('takes along what is under way; what was held is done, and not opened there', async () => {
    at = atCivil('2026-07-06', 10);
    const { house } = whole.app;
    for (const name of ['搬甲', '搬乙'])
      people[name] = await makePerson(house, { name, area: place.community, roles: ['worker'] });
    const [worker, held] = [person('搬甲')._id, person('搬乙')._id];
    await good('书记甲', 'POST', '/talks/invite', { worker, day: '2026-07-10', time: '10:00' });
    const called = await good<View>('书记甲', 'POST', '/talks', { worker, occasion: 'transfer' });
    await good('书记甲', 'POST', '/talks/held', { worker: held, day: '2026-07-02', topics: [] });
    await house
      .model<Person>('people')
      .updateMany(
        { _id: { $in: [worker, held] } },
        { $set: { roles: [{ role: 'worker', area: elsewhere.community }], areas: [...elsewhere.areas] } },
      );
    // The new secretary finds it in its place before the clock has come by.
    expect(await good('外书记', 'GET', `/talks/${called.id}`)).toMatchObject({ community: elsewhere.community });
    expect(await toldTo('外书记', 'talk.occasion')).toHaveLength(1);
    const run = { slot: atCivil('2026-07-06', 7, 30), now: at, late: false, dryRun: false };
    for (let n = 0; n < 2; n += 1) await following.run(run, house);
    for (const who of ['搬甲', '书记甲']) expect(await toldTo(who, 'talk.moved')).toHaveLength(1);
    const { items } = await good<{ items: (View & { worker: { id: string } })[] }>('外书记', 'GET', '/talks/due');
    const lines = items.filter((one) => one.worker.id === held);
    expect(lines).toMatchObject([{ done: true }]);
    expect(lines[0]).not.toHaveProperty('talk');
    const again = { worker: held, day: '2026-07-03', topics: [] };
    expect(await code('外书记', 'POST', '/talks/held', again)).toBe('held_already');
    expect(await good('外书记', 'GET', '/talks/counts')).toMatchObject({ total: { workers: 3, done: 1 } });
    const invite = { worker, day: '2026-07-20', time: '10:00' };
    expect(await code('书记甲', 'POST', '/talks/invite', invite)).toBe('not_a_worker');
    expect(await good('外书记', 'POST', '/talks/invite', invite)).toMatchObject({ state: 'scheduled' });
  });
});

describe('the end of a quarter', () => {
  it('is the last day for its talks; what it left is closed, and the next begins anew', async () => {
    at = atCivil('2026-09-29', 10);
    const { house } = whole.app;
    const worker = person('秦刚')._id;
    const old = await good<View>('书记甲', 'POST', '/talks/invite', { worker, day: '2026-09-30', time: '10:00' });
    const later = { day: '2026-10-12', time: '10:00' };
    for (const [who, move] of [
      ['书记甲', 'schedule'],
      ['秦刚', 'another'],
    ] as const)
      expect(await code(who, 'POST', `/talks/${old.id}/${move}`, later)).toBe('quarter_over');
    at = atCivil('2026-10-09', 10);
    expect((await good<View>('书记甲', 'GET', `/talks/${old.id}`)).moves).not.toContain('schedule');
    expect((await good<View>('书记甲', 'POST', '/talks/invite', { worker, ...later })).id).not.toBe(old.id);
    // Nothing ran on the first workday: the list and the street's account come on the next, and say so.
    const run = (job: typeof prompts, slot: Date, dryRun = false) =>
      job.run({ slot, now: slot, late: false, dryRun }, house);
    for (const [job, message] of [
      [prompts, 'talk.list'],
      [account, 'talk.street'],
    ] as const) {
      const seen = async (seenFrom: Date) =>
        (await foreseen(job, atCivil('2026-10-09', 9, 15), seenFrom)).includes(message);
      expect([message, await seen(atCivil('2026-09-29')), await seen(atCivil('2026-10-08', 12))]).toEqual([
        message,
        false,
        true,
      ]);
    }
    for (let n = 0; n < 2; n += 1) {
      await run(prompts, atCivil('2026-10-09', 9));
      await run(account, atCivil('2026-10-09', 9, 15));
    }
    await run(prompts, atCivil('2026-10-12', 9));
    const of = async (who: string, message: string, word: string) =>
      (await toldTo(who, message)).map(({ text }) => String(text)).filter((text) => text.includes(word));
    expect(await of('书记甲', 'talk.list', '第4季度')).toEqual([expect.stringMatching(/^（补发）/u)]);
    expect(await of('督导', 'talk.street', '第3季度')).toEqual([expect.stringMatching(/^（补发）/u)]);
    at = atCivil('2026-11-02', 10);
    await run(following, at);
    expect(await good('书记甲', 'GET', `/talks/${old.id}`)).toMatchObject({ state: 'missed', moves: [] });
  });
});

describe('two at the same moment', () => {
  it('begin one talk, each as if alone; and nobody pushes the other all day', async () => {
    at = atCivil('2026-11-03', 10);
    const worker = person('周梅')._id;
    const invite = { worker, day: '2026-11-10', time: '10:00' };
    const answers = await Promise.all([
      ask('书记甲', 'POST', '/talks/invite', invite),
      ask('周梅', 'POST', '/talks/said', { day: '2026-11-02' }),
      ask('书记乙', 'POST', '/talks/invite', { ...invite, time: '11:00' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const asked = await Promise.all([
      code('书记甲', 'POST', '/talks', { worker, occasion: 'illness' }),
      code('书记乙', 'POST', '/talks', { worker, occasion: 'illness', at: '2026-11-03' }),
    ]);
    expect(asked.toSorted()).toEqual(['already_asked', undefined]);
    const claims: unknown[] = [];
    for (let n = 0; n < 7; n += 1)
      claims.push(await code('周梅', 'POST', '/talks/said', { day: n % 2 === 0 ? '2026-11-02' : '2026-11-03' }));
    expect([claims[3], claims.at(-1)]).toEqual([undefined, 'often_today']);
    // Whoever is to say so is asked once, until they say that it was not.
    const askedOf = async () =>
      (await Promise.all(['书记甲', '书记乙'].map((who) => toldTo(who, 'talk.claimed'))))
        .flat()
        .filter(({ createdAt }) => (createdAt as Date) >= at).length;
    const before = await askedOf();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThanOrEqual(2);
    const [begun] = answers.map(({ body }) => (body as View).id);
    await good('书记甲', 'POST', `/talks/${begun}/notYet`, {});
    at = atCivil('2026-11-04', 10);
    await good('周梅', 'POST', '/talks/said', { day: '2026-11-03' });
    expect(await askedOf()).toBeGreaterThan(0);
    // Its overdue day was missed as well.
    const slot = atCivil('2026-11-10', 9);
    for (let n = 0; n < 2; n += 1) await prompts.run({ slot, now: slot, late: false, dryRun: false }, whole.app.house);
    const told = (await toldTo('书记甲', 'talk.overdue')).filter(({ text }) => String(text).includes('周梅'));
    expect(told).toHaveLength(1);
    expect(await toldTo('书记甲', 'talk.last_day')).toHaveLength(1);
  });
});
