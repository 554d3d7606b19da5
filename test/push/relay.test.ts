import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deliver } from '../../src/core/notice.ts';
import { type Delivery, deliveriesOf, RANKS } from '../../src/push/model.ts';
import { openPushHouse, type PushHouse } from './support.ts';

let here: PushHouse;
beforeEach(async () => {
  here = await openPushHouse();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await here.close();
});

test('an entry becomes one delivery in the words of its feature, and leaves its document as it was', async () => {
  const person = await here.person();
  const { id, events } = await here.tell({ to: { person } });
  expect(await here.push().relayOnce()).toBe(1);
  expect(await here.deliveries()).toEqual([
    {
      _id: `${events[0]}:${person}`,
      to: person,
      message: 'note.told',
      title: '有新消息',
      text: '邻居说：水管坏了',
      link: `/pages/note/note?id=${id}`,
      data: { id, text: '水管坏了' },
      urgent: false,
      createdAt: here.clock.now(),
      attempts: 0,
      state: 'queued',
      via: 'wechaty',
      rank: 1,
      nextAt: here.clock.now(),
    },
  ]);
  expect(await here.waiting()).toEqual([]);
  expect(await here.house.model('note').findById(id).lean()).toMatchObject({ version: 1, state: 'told' });
  expect(await here.push().relayOnce()).toBe(0);
});

test('who has only the inbox is done with at once; who muted reminders too, but not for what is urgent', async () => {
  const [plain, muted] = [await here.person({ chat: false }), await here.person()];
  const mutedUntil = new Date(here.clock.now().getTime() + 60_000);
  await here.house.model('people').updateOne({ _id: muted }, { mutedUntil });
  await here.tell(
    { to: { person: plain } },
    { to: { person: muted } },
    { to: { person: muted }, message: 'note.alarm' },
  );
  await here.push().relayOnce();
  const summary = (await here.deliveries()).map(({ to, state, channel, via }) => ({ to, state, channel, via }));
  expect(summary).toEqual([
    { to: plain, state: 'sent', channel: 'inbox', via: undefined },
    { to: muted, state: 'sent', channel: 'inbox', via: undefined },
    { to: muted, state: 'queued', channel: undefined, via: 'wechaty' },
  ]);
});

test('what a whole place or many are told ranks after what is meant for one, and what is urgent before both', async () => {
  const [living, secretary] = [await here.person(), await here.person({ roles: ['resident', 'secretary'] })];
  const { community } = here.community;
  const rankOf = async (...tellings: Parameters<typeof here.tell>) => {
    await here.tellTogether(...tellings);
    await here.push().relayOnce();
    const of = (person: string, all: Delivery[]) => all.filter(({ to }) => to === person).map(({ rank }) => rank);
    const made = await here.deliveries();
    await deliveriesOf(here.house).deleteMany({});
    return [of(living, made), of(secretary, made)];
  };
  const { urgent, ordinary, broadcast } = RANKS;
  const to = { living: community };
  expect(await rankOf({ to })).toEqual([[broadcast], [broadcast]]);
  expect(await rankOf({ to: { role: 'secretary', area: community } })).toEqual([[], [ordinary]]);
  expect(await rankOf({ to: { person: living }, message: 'note.many' })).toEqual([[broadcast], []]);
  expect(await rankOf({ to: { people: [living, secretary] } })).toEqual([[broadcast], [broadcast]]);
  expect(await rankOf({ to, message: 'note.alarm' })).toEqual([[urgent], [urgent]]);
  // Who must act hears it in a message of their own, which is not kept behind the notice.
  expect(await rankOf({ to: { person: living } }, { to })).toEqual([[ordinary], [broadcast]]);
});

test('a role is told to all who hold it, save the one who did it; to nobody with a warning', async () => {
  const [one, two] = [await here.person({ roles: ['secretary'] }), await here.person({ roles: ['secretary'] })];
  const area = here.community.community;
  const { keys, events } = await here.tell(
    { to: { role: 'secretary', area } },
    { to: { role: 'secretary', area, except: one } },
    { to: { role: 'facilitator', area } },
  );
  expect(await here.push().relayOnce()).toBe(3);
  expect((await here.deliveries()).map(({ _id }) => _id)).toEqual(
    [`${events[0]}:${one}`, `${events[0]}:${two}`, `${events[1]}:${two}`].sort(),
  );
  expect(here.lines.filter((line) => line.level === 'warn').map((line) => line.fields)).toEqual([
    { key: keys[2], role: 'facilitator', area },
  ]);
});

test('a role nobody holds is told to the next that somebody holds', async () => {
  const [one, two] = [await here.person({ roles: ['secretary'] }), await here.person({ roles: ['volunteer'] })];
  const area = here.community.community;
  const { events } = await here.tell(
    { to: { role: 'facilitator', area, orElse: ['grid_worker', 'secretary', 'volunteer'] } },
    { to: { role: 'volunteer', area, orElse: ['secretary'] } },
    // Whoever did it holds it: nobody else has to hear.
    { to: { role: 'secretary', area, except: one, orElse: ['volunteer'] } },
  );
  await here.push().relayOnce();
  expect((await here.deliveries()).map(({ _id }) => _id)).toEqual(
    [`${events[0]}:${one}`, `${events[1]}:${two}`].sort(),
  );
});

test('a move tells a person once, in the words of the first entry meant for them, however many posts they hold', async () => {
  const area = here.community.community;
  const both = await here.person({ roles: ['secretary', 'grid_worker'] });
  const plain = await here.person({ roles: ['grid_worker'] });
  const author = await here.person({ chat: false });
  const { events } = await here.tellTogether(
    { to: { person: author }, text: '给作者' },
    { to: { person: both }, text: '给本人' },
    { to: { role: 'grid_worker', area }, text: '给网格员' },
    { to: { role: 'secretary', area }, text: '给书记' },
    { to: { person: author }, message: 'note.alarm', text: '又给作者' },
  );
  expect(await here.push().relayOnce()).toBe(5);
  expect((await here.deliveries()).map(({ _id, text, urgent }) => [_id, text, urgent]).sort()).toEqual(
    [
      [`${events[0]}:${author}`, '邻居说：给作者', false],
      [`${events[0]}:${both}`, '邻居说：给本人', false],
      [`${events[0]}:${plain}`, '邻居说：给网格员', false],
    ].sort(),
  );
  expect(await here.waiting()).toEqual([]);
});

test('two moves on one document tell a person twice, and so do two documents and two notices', async () => {
  const person = await here.person();
  await here.tell({ to: { person }, text: '一' }, { to: { person }, text: '二' });
  await here.tell({ to: { person }, text: '三' });
  await deliver(
    here.house,
    { key: 'visits.plan:2026-W11:1', to: { person }, message: 'note.told', data: { text: '四' } },
    { key: 'visits.plan:2026-W11:2', to: { person }, message: 'note.told', data: { text: '五' } },
  );
  expect(await here.push().relayOnce()).toBe(5);
  expect((await here.deliveries()).map(({ text }) => text.slice(-1)).sort()).toEqual([...'一三二五四'].sort());
});

test('who was told of a move in other words meanwhile is not told again when the first words can be found', async () => {
  const person = await here.person();
  await here.tellTogether({ to: { person }, message: 'note.of-tomorrow' }, { to: { person }, text: '今天的话' });
  await here.push().relayOnce();
  expect(await here.waiting()).toHaveLength(1);
  const words = { title: '明天', body: () => '新的话' };
  expect(await here.push([], { messages: { 'note.of-tomorrow': words } }).relayOnce()).toBe(1);
  expect((await here.deliveries()).map(({ text }) => text)).toEqual(['邻居说：今天的话']);
  expect(await here.waiting()).toEqual([]);
});

test('an entry nobody has words for stays where it is, said once, and keeps nothing else back', async () => {
  const person = await here.person();
  const { keys } = await here.tell(
    { to: { person }, message: 'note.broken' },
    { to: { person }, message: 'note.of-tomorrow' },
    { to: { person } },
  );
  await here.tell({ to: { person } });
  const push = here.push();
  expect(await push.relayOnce()).toBe(2);
  expect(await push.relayOnce()).toBe(0);
  await push.drain();
  expect((await here.waiting()).map(({ key }) => key)).toEqual([keys[0], keys[1]]);
  expect(await here.deliveries()).toHaveLength(2);
  expect(here.lines.filter((line) => line.level === 'error')).toHaveLength(2);
  // The version of the house that knows the words tells it.
  const words = { title: '明天', body: () => '新的话' };
  const newer = here.push([], { messages: { 'note.of-tomorrow': words, 'note.broken': words } });
  expect(await newer.relayOnce()).toBe(2);
  expect(await here.waiting()).toEqual([]);
});

test('more documents than one batch holds', async () => {
  const person = await here.person();
  for (let n = 0; n < 230; n += 1) await here.tell({ to: { person } });
  expect(await here.push().relayOnce()).toBe(230);
  expect(await here.deliveries()).toHaveLength(230);
  expect(await here.waiting()).toEqual([]);
});

test('eight relays at once tell everything once', async () => {
  const area = here.community.community;
  const secretaries = [await here.person({ roles: ['secretary'] }), await here.person({ roles: ['secretary'] })];
  const person = await here.person();
  const told = await Promise.all(
    Array.from({ length: 60 }, () => here.tell({ to: { person } }, { to: { role: 'secretary', area } })),
  );
  const counts = await Promise.all(Array.from({ length: 8 }, () => here.push().relayOnce()));
  expect(Math.max(...counts)).toBeGreaterThan(0);
  const expected = told.flatMap(({ events: [first, second] }) => [
    `${first}:${person}`,
    ...secretaries.map((one) => `${second}:${one}`),
  ]);
  expect((await here.deliveries()).map(({ _id }) => _id).sort()).toEqual(expected.sort());
  expect(await here.waiting()).toEqual([]);
});

test('what is written while the relay works is not lost', async () => {
  const person = await here.person();
  const push = here.push();
  const { id } = await here.tell({ to: { person } });
  const notes = here.house.db.collection('note');
  const take = notes.bulkWrite.bind(notes);
  // Between reading the outbox and emptying it, another move adds a message.
  vi.spyOn(notes, 'bulkWrite').mockImplementationOnce(async (...given) => {
    const late = { key: `note:${id}:2:0`, to: { person }, message: 'note.told', data: {}, at: here.clock.now() };
    await notes.updateOne({ _id: id as never }, { $push: { outbox: late as never } });
    return take(...given);
  });
  await push.relayOnce();
  expect((await here.waiting()).map(({ key }) => key)).toEqual([`note:${id}:2:0`]);
  await push.relayOnce();
  expect(await here.deliveries()).toHaveLength(2);
});

const crash = new Error('the process died here');

const crashPoints: Record<string, () => void> = {
  'before anything is resolved': () => {
    vi.spyOn(here.house.directory, 'holders').mockRejectedValueOnce(crash);
  },
  'before the deliveries are written': () => {
    vi.spyOn(deliveriesOf(here.house), 'insertMany').mockRejectedValueOnce(crash);
  },
  'with half of the deliveries written': () => {
    const deliveries = deliveriesOf(here.house);
    const insert = deliveries.insertMany.bind(deliveries);
    vi.spyOn(deliveries, 'insertMany').mockImplementationOnce(async (all, options) => {
      await insert(all.slice(0, Math.ceil(all.length / 2)), options);
      throw crash;
    });
  },
  'with the deliveries written, the entries not yet taken out': () => {
    vi.spyOn(here.house.db.collection('note'), 'bulkWrite').mockRejectedValueOnce(crash);
  },
  'with some entries taken out': () => {
    const notes = here.house.db.collection('note');
    const take = notes.bulkWrite.bind(notes);
    vi.spyOn(notes, 'bulkWrite').mockImplementationOnce(async (all, options) => {
      await take(all.slice(0, 1), options);
      throw crash;
    });
  },
  'before the senders are woken': () => {
    vi.spyOn(here.house.coordination, 'publish').mockRejectedValueOnce(crash);
  },
};

test.each(Object.keys(crashPoints))('a relay that dies %s loses nothing and doubles nothing', async (point) => {
  const area = here.community.community;
  const secretaries = [await here.person({ roles: ['secretary'] }), await here.person({ roles: ['secretary'] })];
  const person = await here.person();
  const told = await Promise.all(
    Array.from({ length: 3 }, () => here.tell({ to: { role: 'secretary', area } }, { to: { person } })),
  );
  crashPoints[point]?.();
  await expect(here.push().relayOnce()).rejects.toThrow(crash);
  await here.push().relayOnce();
  const expected = told.flatMap(({ events: [first, second] }) => [
    ...secretaries.map((one) => `${first}:${one}`),
    `${second}:${person}`,
  ]);
  expect((await here.deliveries()).map(({ _id }) => _id).sort()).toEqual(expected.sort());
  expect(await here.waiting()).toEqual([]);
});

test('what a job tells is told once under its key, from however many processes, and wakes the relay', async () => {
  const area = here.community.community;
  const secretary = await here.person({ roles: ['secretary'] });
  const person = await here.person();
  let woken = 0;
  await here.house.coordination.subscribe('outbox', () => {
    woken += 1;
  });
  const plan = { key: 'visits.plan:2026-W11:1', to: { person }, message: 'note.told', data: { text: '本周走访' } };
  const late = { key: 'visits.late:2026-W11', to: { role: 'secretary' as const, area }, message: 'note.alarm' };
  const fresh = await Promise.all(Array.from({ length: 10 }, () => deliver(here.house, plan, late)));
  expect(fresh.reduce((sum, one) => sum + one, 0)).toBe(2);
  const push = here.push();
  expect(await push.relayOnce()).toBe(2);
  expect(await deliver(here.house, plan)).toBe(0);
  expect(await deliver(here.house)).toBe(0);
  expect(await push.relayOnce()).toBe(0);
  expect((await here.deliveries()).map(({ _id, text }) => [_id, text])).toEqual([
    [`visits.late:2026-W11:${secretary}`, 'undefined'],
    [`visits.plan:2026-W11:1:${person}`, '邻居说：本周走访'],
  ]);
  expect(woken).toBeGreaterThan(0);
});
