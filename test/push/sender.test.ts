import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rawCollection } from '../../src/core/aggregate.ts';
import { namedError } from '../../src/core/errors.ts';
import type { Aggregate } from '../../src/core/lifecycle.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { backoff, MOST_ATTEMPTS } from '../../src/push/backoff.ts';
import { type Delivery, GiveUp, type PushChannel, RetryLater, TryNextChannel } from '../../src/push/index.ts';
import { deliveriesOf, RANKS } from '../../src/push/model.ts';
import { ANSWER_WITHIN_MS, createSender, LEASE_MS, PERSONAL_IN_A_ROW, turnOf } from '../../src/push/sender.ts';
import { until } from '../support/until.ts';
import { type FakeChannel, fakeChannel, openPushHouse, type PushHouse } from './support.ts';

let here: PushHouse;
let person: string;
let wechaty: FakeChannel;
beforeEach(async () => {
  here = await openPushHouse();
  person = await here.person();
  wechaty = fakeChannel();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await here.close();
});

const the = async (): Promise<Delivery> => {
  const [only, ...others] = await here.deliveries();
  if (!only || others.length > 0) throw new Error('expected one delivery');
  return only;
};
const later = (ms: number) => new Date(here.clock.now().getTime() + ms);
/** What a settled delivery must not carry any more. */
const UNDER_WAY = ['via', 'rank', 'nextAt', 'lease', 'leaseUntil', 'trying'];

test('a delivery goes out through its channel once, with its key, and is then settled', async () => {
  const seen: unknown[] = [];
  const channel: PushChannel = {
    name: 'wechaty',
    send: async (address, { _id, title, text }) => void seen.push([address, _id, title, text]),
  };
  const { events } = await here.tell({ to: { person } });
  const push = here.push([channel]);
  await push.drain();
  await push.drain();
  const key = `${events[0]}:${person}`;
  expect(seen).toEqual([
    [{ channel: 'wechaty', target: expect.stringMatching(/^contact-/) }, key, '有新消息', '邻居说：水管坏了'],
  ]);
  const sent = await the();
  expect(sent).toMatchObject({ state: 'sent', channel: 'wechaty', attempts: 1, sentAt: here.clock.now() });
  expect(Object.keys(sent).filter((field) => UNDER_WAY.includes(field))).toEqual([]);
});

test('ten senders at once send 120 deliveries once each', async () => {
  for (let n = 0; n < 120; n += 1) await here.tell({ to: { person } });
  await here.push().relayOnce();
  const channels = Array.from({ length: 10 }, () => fakeChannel());
  const handled = await Promise.all(channels.map((one) => here.push([one]).sendOnce()));
  expect(handled.reduce((sum, one) => sum + one, 0)).toBe(120);
  const reached = channels.flatMap((one) => one.reached);
  expect(reached).toHaveLength(120);
  expect(new Set(reached).size).toBe(120);
  expect(await here.deliveries({ state: { $ne: 'sent' } })).toEqual([]);
});

describe('what was kept back for the night', () => {
  const morning = () => here.clock.set('2026-03-10T08:30');
  const notes = () => rawCollection(here.house.model<Aggregate>('note'));
  const askedAtNight = async () => {
    here.clock.set('2026-03-09T22:00');
    const { id } = await here.tell({ to: { person }, message: 'note.asks' });
    const push = here.push([wechaty]);
    await push.drain();
    expect(wechaty.reached).toEqual([]);
    return { id, push };
  };

  test('is said in the morning while it holds', async () => {
    const { push } = await askedAtNight();
    morning();
    await push.drain();
    expect(wechaty.reached).toHaveLength(1);
    expect(await the()).toMatchObject({ state: 'sent', channel: 'wechaty', text: '邻居问：水管坏了' });
    expect(await the()).not.toHaveProperty('passedAt');
  });

  test('and lies in the inbox as passed when it does not, or when what it tells of is gone', async () => {
    for (const change of ['over', 'gone'] as const) {
      const { id, push } = await askedAtNight();
      if (change === 'over') await notes().updateOne({ _id: id }, { $set: { state: 'answered' } });
      else await notes().deleteOne({ _id: id });
      morning();
      await push.drain();
      expect(wechaty.reached).toEqual([]);
      const left = (await here.deliveries()).find(({ _id }) => _id.includes(id));
      expect(left).toMatchObject({
        state: 'sent',
        channel: 'inbox',
        attempts: 0,
        passedAt: here.clock.now(),
        text: expect.stringMatching(/^邻居问：水管坏了\n.*已经过时/u),
      });
      expect(Object.keys(left ?? {}).filter((field) => UNDER_WAY.includes(field))).toEqual([]);
    }
  });

  test('is asked for each reader, and once more after a channel was away', async () => {
    const push = here.push([wechaty]);
    const { id } = await here.tell({ to: { person }, message: 'note.asks' });
    wechaty.failures.push(new RetryLater('away'));
    await push.drain();
    await notes().updateOne({ _id: id }, { $set: { state: 'answered' } });
    here.clock.shift(HOUR);
    await push.drain();
    expect(wechaty.reached).toEqual([]);
    expect(await the()).toMatchObject({ channel: 'inbox', passedAt: here.clock.now() });
  });

  test('is said when it cannot be found out, and the log says so', async () => {
    const { id, push } = await askedAtNight();
    await notes().updateOne({ _id: id }, { $set: { state: 'odd' } });
    morning();
    await push.drain();
    expect(wechaty.reached).toHaveLength(1);
    expect(here.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  test('is said whatever became of it where that cannot be over', async () => {
    here.clock.set('2026-03-09T22:00');
    const { id } = await here.tell({ to: { person } });
    const push = here.push([wechaty]);
    await push.drain();
    await notes().deleteOne({ _id: id });
    morning();
    await push.drain();
    expect(wechaty.reached).toHaveLength(1);
  });
});

describe('who goes first', () => {
  test('what is urgent, however long the rest has waited; within each, who waited longest', async () => {
    const order: string[] = [];
    const one: PushChannel = {
      name: 'wechaty',
      atOnce: 1,
      send: async (_address, { text }) => void order.push(text.replace('邻居说：', '')),
    };
    const push = here.push([one]);
    for (const text of ['早', '中', '晚']) {
      await here.tell({ to: { person }, text });
      await push.relayOnce();
      here.clock.shift(MINUTE);
    }
    await here.tell({ to: { person }, message: 'note.alarm', text: '急一' });
    await push.relayOnce();
    here.clock.shift(MINUTE);
    await here.tell({ to: { person }, message: 'note.alarm', text: '急二' });
    await push.drain();
    expect(order).toEqual(['急一', '急二', '早', '中', '晚']);
  });

  test('an urgent one that comes while the queue of the morning is sent waits for one message, not for the queue', async () => {
    const order: string[] = [];
    let arrived: () => void = () => undefined;
    const paced: PushChannel = {
      name: 'wechaty',
      atOnce: 1,
      send: (_address, { urgent }) => {
        order.push(urgent ? 'urgent' : 'rest');
        return new Promise((resolve) => {
          arrived = resolve;
        });
      },
    };
    for (let n = 0; n < 30; n += 1) await here.tell({ to: { person } });
    const push = here.push([paced]);
    await push.relayOnce();
    const sending = push.sendOnce();
    for (let n = 1; n <= 31; n += 1) {
      await until(() => order.length === n);
      if (n === 3) {
        await here.tell({ to: { person }, message: 'note.alarm' });
        await push.relayOnce();
      }
      arrived();
    }
    expect(await sending).toBe(31);
    expect(order.indexOf('urgent')).toBe(3);
  });

  test('an urgent one that failed comes back as urgent as before', async () => {
    wechaty.failures.push(new RetryLater('busy'));
    const { events } = await here.tell({ to: { person }, message: 'note.alarm' });
    const push = here.push([{ ...wechaty, atOnce: 1 }]);
    await push.drain();
    const { events: later } = await here.tell({ to: { person } });
    await push.relayOnce();
    here.clock.shift(backoff(1, 0.5));
    await push.drain();
    expect(wechaty.reached).toEqual([`${events[0]}:${person}`, `${later[0]}:${person}`]);
  });
});

describe('what everybody hears and what is meant for one', () => {
  const single = (arrived: (delivery: Delivery) => void): PushChannel => ({
    name: 'wechaty',
    atOnce: 1,
    send: async (_address, delivery) => arrived(delivery),
  });
  const broadcasts = (count: number): Promise<unknown> =>
    deliveriesOf(here.house).insertMany(
      Array.from({ length: count }, (_, n): Delivery => {
        const at = later(n - count);
        const words = { message: 'note.told', title: '通知', text: `通知${n}`, urgent: false, data: {} };
        const waits = { state: 'queued', via: 'wechaty', rank: RANKS.broadcast, nextAt: at } as const;
        return { _id: `notice:${n}:${person}`, to: person, ...words, createdAt: at, attempts: 0, ...waits };
      }),
    );

  test('with 1,000 notices waiting, one meant for a person goes out next, and the store looks at one entry to find it', async () => {
    await broadcasts(1_000);
    const order: string[] = [];
    const enough = new AbortController();
    const channel = single(({ text }) => {
      order.push(text);
      if (order.length === 4) enough.abort();
    });
    const [hand] = createSender({ house: here.house, messages: {}, channels: [channel], random: () => 0 }).hands;
    await here.tell({ to: { person }, text: '专给您的' });
    await here.push().relayOnce();
    await hand?.(enough.signal);
    expect(order).toEqual(['邻居说：专给您的', '通知0', '通知1', '通知2']);
    const due = { via: 'wechaty', rank: { $in: Object.values(RANKS) }, nextAt: { $lte: here.clock.now() } };
    const asked = deliveriesOf(here.house).find(due).sort({ rank: 1, nextAt: 1 }).limit(1);
    expect((await asked.explain('executionStats')).executionStats).toMatchObject({ totalKeysExamined: 1 });
  });

  test('where people are written to all day, every fifth is a notice, and all leave', async () => {
    await broadcasts(6);
    for (let n = 0; n < 14; n += 1) await here.tell({ to: { person } });
    const order: string[] = [];
    const push = here.push([single(({ text }) => void order.push(text.startsWith('通知') ? 'N' : 'p'))]);
    await push.drain();
    expect(order.join('')).toBe(`${'p'.repeat(PERSONAL_IN_A_ROW)}NppppNppppNppNNN`);
    expect(await here.deliveries({ state: { $ne: 'sent' } })).toEqual([]);
  });

  test('what is urgent goes first in every turn, and no turn leaves a rank out', () => {
    fc.assert(
      fc.property(fc.nat(50), (inARow) => {
        const [first = [], ...others] = turnOf(inARow);
        expect(first[0]).toBe(RANKS.urgent);
        expect([...first, ...others.flat()].toSorted()).toEqual(Object.values(RANKS).toSorted());
      }),
    );
  });
});

describe('what a channel answers', () => {
  test('later: again after a growing pause, and no sooner than it asked for', async () => {
    wechaty.failures.push(new RetryLater('busy'), new RetryLater('busy', 10 * MINUTE), new Error('socket hang up'));
    await here.tell({ to: { person } });
    const push = here.push([wechaty]);
    await push.drain();
    expect(await the()).toMatchObject({ state: 'queued', attempts: 1, nextAt: later(backoff(1, 0.5)) });
    expect((await the()).trying).toBeUndefined();
    here.clock.shift(backoff(1, 0.5) - 1);
    await push.drain();
    expect((await the()).attempts).toBe(1);
    here.clock.shift(1);
    await push.drain();
    expect(await the()).toMatchObject({ attempts: 2, nextAt: later(10 * MINUTE), lastError: 'RetryLater: busy' });
    here.clock.shift(10 * MINUTE);
    await push.drain();
    expect(await the()).toMatchObject({ attempts: 3, nextAt: later(backoff(3, 0.5)), lastError: /socket/ });
    here.clock.shift(backoff(3, 0.5));
    await push.drain();
    expect(await the()).toMatchObject({ state: 'sent', attempts: 4 });
    expect(wechaty.reached).toHaveLength(1);
  });

  test('not at this address: on to the next one at once, then to the inbox alone', async () => {
    const addresses = [
      { channel: 'subscribe', target: 'openid' },
      { channel: 'wechaty', target: 'old' },
      { channel: 'wechaty', target: 'new' },
    ];
    vi.spyOn(here.house.directory, 'addresses').mockImplementation(async () => addresses);
    const subscribe = fakeChannel('subscribe');
    const gone = namedError('contact_unknown', 404, () => '没有这个联系人。');
    subscribe.failures.push(new TryNextChannel('no quota'));
    wechaty.failures.push(gone());
    await here.tell({ to: { person } });
    const push = here.push([wechaty, subscribe]);
    await push.drain();
    expect(await the()).toMatchObject({ state: 'sent', channel: 'wechaty', attempts: 3 });
    expect((await the()).tried).toEqual(['subscribe:openid', 'wechaty:old']);
    expect(wechaty.reached).toHaveLength(1);

    subscribe.failures.push(new TryNextChannel('no quota'));
    wechaty.failures.push(new TryNextChannel('blocked'), new TryNextChannel('blocked'));
    const { events } = await here.tell({ to: { person } });
    await push.drain();
    const [left] = await here.deliveries({ _id: `${events[0]}:${person}` });
    expect(left).toMatchObject({ state: 'sent', channel: 'inbox', lastError: 'TryNextChannel: blocked', attempts: 3 });
    expect(wechaty.reached).toHaveLength(1);
  });

  test('never: dead, with an alarm that names no one', async () => {
    wechaty.failures.push(new GiveUp('47003 argument invalid'));
    const { events } = await here.tell({ to: { person }, text: '王奶奶的电话' });
    const push = here.push([wechaty]);
    await push.drain();
    here.clock.shift(DAY);
    await push.drain();
    expect(await the()).toMatchObject({ state: 'dead', lastError: 'GiveUp: 47003 argument invalid', attempts: 1 });
    const alarms = here.lines.filter((line) => line.level === 'error');
    expect(alarms).toEqual([
      {
        level: 'error',
        fields: { key: `${events[0]}:${person}`, channel: 'wechaty', reason: 'GiveUp: 47003 argument invalid' },
        message: expect.any(String),
      },
    ]);
  });

  test('the house’s own 503 with a time is waited for', async () => {
    const offline = namedError('chat_offline', 503, () => '机器人不在线。');
    wechaty.failures.push(offline());
    await here.tell({ to: { person } });
    await here.push([wechaty]).drain();
    expect(await the()).toMatchObject({ state: 'queued', attempts: 1, lastError: 'chat_offline' });
  });

  test('away for days: tried a day and more, then dead', async () => {
    wechaty.failures.push(...Array.from({ length: 100 }, () => new RetryLater('away')));
    await here.tell({ to: { person }, message: 'note.alarm' });
    const began = here.clock.now();
    const push = here.push([wechaty]);
    await push.drain();
    for (let n = 0; n < 100 && (await the()).state === 'queued'; n += 1) {
      here.clock.set((await the()).nextAt ?? began);
      await push.drain();
    }
    expect(await the()).toMatchObject({ state: 'dead', attempts: MOST_ATTEMPTS });
    expect(here.clock.now().getTime() - began.getTime()).toBeGreaterThan(12 * HOUR);
  });

  test('a back-off grows, is bounded, and is spread by chance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (n, chance) => {
        const wait = backoff(n, chance);
        expect(wait).toBeGreaterThanOrEqual(15_000);
        expect(wait).toBeLessThanOrEqual(HOUR);
        expect(backoff(n + 1, chance)).toBeGreaterThanOrEqual(wait);
        expect(backoff(n, 0)).toBeLessThanOrEqual(wait);
      }),
    );
  });
});

describe('a sender that dies', () => {
  /** Runs a send up to the crash: whatever the process would write afterwards is never written. */
  async function dieWhile(step: 'leasing' | 'sending' | 'marking as sent', channel: FakeChannel): Promise<void> {
    const deliveries = deliveriesOf(here.house);
    const update = deliveries.updateOne.bind(deliveries);
    let writes = 0;
    const crashAt = step === 'leasing' ? 0 : 1;
    vi.spyOn(deliveries, 'updateOne').mockImplementation(async (...given) => {
      if (writes >= crashAt) throw new Error('the process died here');
      writes += 1;
      return update(...given);
    });
    const dying: PushChannel = {
      ...channel,
      send: step === 'sending' ? () => Promise.reject(new Error('cut off')) : channel.send,
      atOnce: 1,
    };
    await expect(here.push([dying]).sendOnce()).rejects.toThrow('the process died here');
    vi.restoreAllMocks();
  }

  test('before it asked the channel: another takes it up after the lease, not before', async () => {
    await here.tell({ to: { person } });
    await here.push().relayOnce();
    await dieWhile('leasing', wechaty);
    expect(await the()).toMatchObject({ state: 'leased', attempts: 0, leaseUntil: later(LEASE_MS) });
    const push = here.push([wechaty]);
    here.clock.shift(LEASE_MS - 1);
    expect(await push.sendOnce()).toBe(0);
    here.clock.shift(1);
    expect(await push.sendOnce()).toBe(1);
    expect(wechaty.reached).toHaveLength(1);
    expect(await the()).toMatchObject({ state: 'sent', channel: 'wechaty', attempts: 1 });
  });

  test.each(['sending', 'marking as sent'] as const)(
    'while %s: nobody knows whether it arrived, so it is left at the inbox',
    async (step) => {
      await here.tell({ to: { person } });
      await here.push().relayOnce();
      await dieWhile(step, wechaty);
      expect(await the()).toMatchObject({ state: 'leased', attempts: 1, trying: { channel: 'wechaty' } });
      const before = wechaty.reached.length;
      here.clock.shift(LEASE_MS);
      await here.push([wechaty]).drain();
      expect(wechaty.reached).toHaveLength(before);
      expect(before).toBe(step === 'sending' ? 0 : 1);
      expect(await the()).toMatchObject({
        state: 'sent',
        channel: 'inbox',
        attempts: 1,
        lastError: 'unfinished attempt through wechaty',
      });
    },
  );

  test('through a channel that recognises keys: the same attempt is made again', async () => {
    const sure = fakeChannel('wechaty', { recognisesKeys: true });
    await here.tell({ to: { person } });
    await here.push().relayOnce();
    await dieWhile('marking as sent', sure);
    here.clock.shift(LEASE_MS);
    await here.push([sure]).drain();
    expect(new Set(sure.reached).size).toBe(1);
    expect(sure.reached).toHaveLength(2);
    expect(await the()).toMatchObject({ state: 'sent', channel: 'wechaty', attempts: 2 });
  });
});

test('a slow send keeps its lease, and a sender that lost it changes nothing any more', async () => {
  let arrived: () => void = () => undefined;
  const begun = vi.fn();
  const slow: PushChannel = {
    name: 'wechaty',
    atOnce: 1,
    send: () => {
      begun();
      return new Promise((resolve) => {
        arrived = resolve;
      });
    },
  };
  await here.tell({ to: { person } });
  const push = here.push([slow]);
  await push.relayOnce();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const sending = push.sendOnce();
    await until(() => begun.mock.calls.length === 1);
    for (let n = 0; n < 4; n += 1) {
      here.clock.shift(LEASE_MS / 2);
      vi.advanceTimersByTime(LEASE_MS / 2);
      await until(async () => (await the()).leaseUntil?.getTime() === later(LEASE_MS).getTime());
      expect(await here.push([wechaty]).sendOnce()).toBe(0);
    }
    // Now the process hangs for longer than its lease, and another one settles the delivery.
    here.clock.shift(LEASE_MS);
    expect(await here.push([wechaty]).sendOnce()).toBe(1);
    const settled = await the();
    expect(settled).toMatchObject({ state: 'sent', channel: 'inbox' });
    arrived();
    await sending;
    expect(await the()).toEqual(settled);
    expect(wechaty.reached).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

describe('quiet hours', () => {
  test('at night only what is urgent goes out; the inbox has everything at once; the rest follows at eight', async () => {
    here.clock.set('2026-03-09T21:00');
    const { events } = await here.tell({ to: { person } }, { to: { person }, message: 'note.alarm' });
    const push = here.push([wechaty]);
    await push.drain();
    expect(wechaty.reached).toEqual([`${events[1]}:${person}`]);
    expect(await here.deliveries({ to: person })).toHaveLength(2);
    here.clock.set('2026-03-10T07:59');
    await push.drain();
    expect(wechaty.reached).toHaveLength(1);
    here.clock.set('2026-03-10T08:00');
    await push.drain();
    expect(wechaty.reached).toEqual([`${events[1]}:${person}`, `${events[0]}:${person}`]);
  });

  test('what a full channel could not send by nine waits for the morning', async () => {
    here.clock.set('2026-03-09T20:59');
    await here.tell({ to: { person } });
    const push = here.push([wechaty]);
    await push.relayOnce();
    here.clock.set('2026-03-09T21:00');
    await push.drain();
    expect(wechaty.reached).toEqual([]);
    expect(await the()).toMatchObject({ state: 'queued', attempts: 0, nextAt: new Date('2026-03-10T08:00+08:00') });
  });

  test('a second attempt does not wake anybody either', async () => {
    here.clock.set('2026-03-09T20:59:50');
    wechaty.failures.push(new RetryLater('busy'));
    await here.tell({ to: { person } });
    await here.push([wechaty]).drain();
    expect(await the()).toMatchObject({ attempts: 1, nextAt: new Date('2026-03-10T08:00+08:00') });
  });
});

test('a process takes only what waits for its own channels; what nobody sends for days stays in the inbox', async () => {
  await here.tell({ to: { person } });
  const without = here.push([fakeChannel('robot')]);
  await without.drain();
  expect(await the()).toMatchObject({ state: 'queued', via: 'wechaty' });
  here.clock.shift(3 * DAY - MINUTE);
  await without.drain();
  expect((await the()).state).toBe('queued');
  const copy = await the();
  await here.push([wechaty]).drain();
  expect(wechaty.reached).toEqual([copy._id]);
  await here.tell({ to: { person } });
  await without.relayOnce();
  here.clock.shift(3 * DAY);
  await without.drain();
  expect((await here.deliveries({ state: 'dead' })).map(({ lastError }) => lastError)).toEqual([
    'no process speaks this channel',
  ]);
});

test('who muted reminders after it was queued gets it in the inbox only', async () => {
  await here.tell({ to: { person } });
  const push = here.push([wechaty]);
  await push.relayOnce();
  await here.house.model('people').updateOne({ _id: person }, { mutedUntil: later(DAY) });
  await push.drain();
  expect(wechaty.reached).toEqual([]);
  expect(await the()).toMatchObject({ state: 'sent', channel: 'inbox' });
});

test('running: woken by a change it sends at once, in every process; a lost waking costs seconds; it stops cleanly', async () => {
  const bot = here.push([wechaty]);
  const other = here.push();
  await bot.start();
  await other.start();
  const { events } = await here.tell({ to: { person } });
  const began = performance.now();
  await here.house.coordination.publish('outbox', {});
  await until(() => wechaty.reached.length === 1);
  expect(performance.now() - began).toBeLessThan(1_000);
  await here.tell({ to: { person } });
  await until(() => wechaty.reached.length === 2);
  await Promise.all([bot.stop(), other.stop()]);
  await here.tell({ to: { person } });
  await here.house.coordination.publish('outbox', {});
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(wechaty.reached).toHaveLength(2);
  expect(wechaty.reached[0]).toBe(`${events[0]}:${person}`);
  expect(here.lines.filter((line) => line.level === 'error')).toEqual([]);
});

test('one address that is slow to answer keeps no other channel waiting', async () => {
  const robot = fakeChannel('robot');
  const other = await here.person();
  const slow: PushChannel = { name: 'wechaty', atOnce: 1, send: () => new Promise(() => undefined) };
  vi.spyOn(here.house.directory, 'addresses').mockImplementation(async (id) => [
    { channel: id === person ? 'wechaty' : 'robot', target: id },
  ]);
  const push = here.push([slow, robot]);
  await push.start();
  await here.tell({ to: { person } });
  await here.house.coordination.publish('outbox', {});
  await until(async () => (await here.deliveries({ trying: { $exists: true } })).length === 1);
  await here.tell({ to: { person: other } });
  await here.house.coordination.publish('outbox', {});
  await until(() => robot.reached.length === 1);
  const began = performance.now();
  await push.stop(100);
  expect(performance.now() - began).toBeLessThan(1_000);
});

test('a channel that never answers ties no hand for ever', async () => {
  const begun = vi.fn();
  const mute = (recognisesKeys: boolean): PushChannel => ({
    name: 'wechaty',
    recognisesKeys,
    send: () => {
      begun();
      return new Promise(() => undefined);
    },
  });
  const settledBy = async (channel: PushChannel) => {
    await here.tell({ to: { person } });
    const push = here.push([channel]);
    await push.relayOnce();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    try {
      const sending = push.sendOnce();
      while (begun.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
      vi.advanceTimersByTime(ANSWER_WITHIN_MS);
      await sending;
    } finally {
      vi.useRealTimers();
      begun.mockClear();
    }
  };
  await settledBy(mute(false));
  expect(await the()).toMatchObject({ state: 'sent', channel: 'inbox', lastError: /^unanswered/ });
  await settledBy(mute(true));
  expect(await here.deliveries({ state: 'queued' })).toMatchObject([{ lastError: 'RetryLater: no answer' }]);
});
