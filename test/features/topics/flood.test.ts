import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../../src/core/time.ts';
import { floodObjection, LIMITS } from '../../../src/features/topics/flood.ts';
import { moveTopic, proposeTopic } from '../../../src/features/topics/index.ts';
import { takeSlot } from '../../../src/features/topics/slots.ts';
import { type ChatTown, openChatTown } from './chat-town.ts';

let town: ChatTown;
beforeAll(async () => {
  town = await openChatTown();
}, 60_000);
afterAll(() => town.close());

const NOW = new Date('2026-03-10T01:00:00Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);

it.each([
  { what: 'nothing yet', waiting: 0, recent: [], code: undefined },
  { what: 'two waiting', waiting: 2, recent: [0, 1], code: undefined },
  { what: 'three waiting', waiting: 3, recent: [0, 1, 2], code: 'topics_waiting' },
  { what: 'five in a week, none waiting', waiting: 0, recent: [0, 1, 2, 3, 6.9], code: 'topics_in_a_week' },
  { what: 'five in a week and three waiting', waiting: 3, recent: [0, 1, 2, 3, 4], code: 'topics_in_a_week' },
  { what: 'the fifth a week ago to the minute', waiting: 0, recent: [0, 1, 2, 3, 7], code: undefined },
])('$what: $code', ({ waiting, recent, code }) => {
  const days = recent.map((day) => ago(day * DAY));
  expect(floodObjection(waiting, days, NOW)?.code).toBe(code);
});

it('the moment it names is one at which one may propose again, and the first such minute', () => {
  const recent = [0, 1, 2, 3, 4.001].map((day) => ago(day * DAY));
  const refused = floodObjection(0, recent, NOW);
  expect(refused?.detail).toContain('3月13日（星期五）08:59以后可以再提');
  const again = new Date('2026-03-13T00:59:00Z');
  expect(floodObjection(0, recent, again)).toBeUndefined();
  expect(floodObjection(0, recent, new Date(again.getTime() - MINUTE))?.code).toBe('topics_in_a_week');
  expect(refused?.retryAfterSeconds).toBe((again.getTime() - NOW.getTime()) / 1_000);
});

it('is refused before the story is told, also in chat; withdrawing brings nothing back; the secretary goes on', async () => {
  const made = [];
  for (let n = 0; n < LIMITS.waiting; n += 1) made.push(await town.proposed('granny', `第${n}件要商量的事情`));
  await expect(town.proposed('granny', '还有一件事')).rejects.toMatchObject({ code: 'topics_waiting', status: 409 });
  expect(await town.says('granny', '我想提个议题')).toContain('您已经有3条议题在等邻居附议');
  // In its place another may be put before the neighbours, but only so often.
  const withdraw = async (id = '') => moveTopic(town.world.house, town.as('granny'), id, 'withdraw', {});
  for (let n = LIMITS.waiting; n < LIMITS.recent; n += 1) {
    await withdraw(made[n - LIMITS.waiting]?._id);
    made.push(await town.proposed('granny', `第${n}件要商量的事情`));
  }
  for (const { _id } of made.slice(-LIMITS.waiting)) await withdraw(_id);
  await expect(town.proposed('granny', '又有一件事')).rejects.toMatchObject({ code: 'topics_in_a_week', status: 429 });
  expect(await town.says('granny', '我想提个议题：小区7栋装电梯')).toMatch(/这7天已经提了5条议题.*以后可以再提/u);
  for (let n = 0; n <= LIMITS.recent; n += 1) await town.proposed('chen', `书记记下的第${n}件事`);
  town.world.clock.shift(LIMITS.days * DAY);
  await town.proposed('granny', '过了一周的一件事');
});

it('holds for those sent at the same moment, from two processes, and again once some are out of the way', async () => {
  const { house } = town.world;
  const caller = town.as('li');
  // Two views of one store, which share nothing in memory but the connection.
  const houses = [house, { ...house }];
  const sent = (from: number) =>
    Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        proposeTopic(
          houses[n % 2] ?? house,
          { ...caller, now: town.world.clock.now(), key: `k${from + n}` },
          { text: `同时提的第${from + n}件事` },
        ).then(
          ({ topic }) => topic._id,
          ({ code }: { code: string }) => code,
        ),
      ),
    );
  const begun = (all: string[]) => all.filter((one) => /^[0-9a-f]{24}$/u.test(one));
  const first = await sent(0);
  expect(begun(first)).toHaveLength(LIMITS.waiting);
  expect(new Set(first.filter((one) => !begun(first).includes(one)))).toEqual(new Set(['topics_waiting']));
  for (const id of begun(first)) await moveTopic(house, { ...caller, now: town.world.clock.now() }, id, 'withdraw', {});
  // Only two more of the week's are left, however many are sent.
  const second = await sent(8);
  expect(begun(second)).toHaveLength(LIMITS.recent - LIMITS.waiting);
  expect(second).toContain('topics_in_a_week');
  town.world.clock.shift(LIMITS.days * DAY);
  for (const id of begun(second))
    await moveTopic(house, { ...caller, now: town.world.clock.now() }, id, 'withdraw', {});
  expect(begun(await sent(16))).toHaveLength(LIMITS.waiting);
});

it('one request sent twice at once takes one slot, and a crash before its topic begins leaves none taken for ever', async () => {
  const { house, clock } = town.world;
  const slots = { name: 'waiting:somebody', count: 2, holds: () => true };
  const id = (n: number) => String(n).repeat(24);
  await Promise.all([1, 1, 1].map((n) => takeSlot(house, slots, id(n), clock.now())));
  expect(await takeSlot(house, slots, id(2), clock.now())).toBeUndefined();
  expect(await takeSlot(house, slots, id(3), clock.now())).toHaveLength(2);
  clock.shift(5 * MINUTE);
  const taken = await Promise.all([4, 5, 6, 7].map((n) => takeSlot(house, slots, id(n), clock.now())));
  expect(taken.filter((one) => one === undefined)).toHaveLength(2);
});
