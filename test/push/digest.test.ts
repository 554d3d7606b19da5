import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/core/time.ts';
import { digestAt, SINGLES_A_DAY } from '../../src/push/digest.ts';
import { countUnread, type Delivery, listInbox, type PushChannel, RetryLater } from '../../src/push/index.ts';
import { digestWords } from '../../src/push/messages.ts';
import { LEASE_MS } from '../../src/push/sender.ts';
import { fakeChannel, openPushHouse, type PushHouse } from './support.ts';

let here: PushHouse;
let person: string;
beforeEach(async () => {
  here = await openPushHouse('2026-03-09T10:00');
  person = await here.person();
});
afterEach(() => here.close());

type Said = Pick<Delivery, '_id' | 'title' | 'text' | 'link'>;

/** A channel that keeps what it was given. */
function listening(rest: Partial<PushChannel> = {}): PushChannel & { said: Said[] } {
  const said: Said[] = [];
  return {
    name: 'wechaty',
    send: async (_address, { _id, title, text, link = '' }) => void said.push({ _id, title, text, link }),
    ...rest,
    said,
  };
}
const open = (...channels: PushChannel[]) => here.push(channels, { singlesADay: SINGLES_A_DAY });
const tell = async (count: number, message = 'note.told') => {
  const events: string[] = [];
  for (let n = 0; n < count; n += 1) {
    events.push(...(await here.tell({ to: { person }, message, text: `第${n + 1}件` })).events);
  }
  return events.map((event) => `${event}:${person}`);
};
const LIST = `push.digest:2026-03-09T09:30:00.000Z:`;

describe('more than three messages a day', () => {
  it('are told in one list at half past five, and lie in the inbox singly', async () => {
    const channel = listening();
    const push = open(channel);
    const keys = await tell(16);
    await push.drain();
    expect(channel.said).toHaveLength(SINGLES_A_DAY);
    here.clock.set('2026-03-09T17:29');
    await push.drain();
    expect(channel.said).toHaveLength(SINGLES_A_DAY);
    here.clock.set('2026-03-09T17:30');
    await push.drain();
    const [list, ...more] = channel.said.slice(SINGLES_A_DAY);
    expect(more).toEqual([]);
    expect(list).toMatchObject({ _id: `${LIST}${person}`, title: '您有13条新消息', link: '/pages/inbox/inbox' });
    expect(list?.text.split('\n')).toEqual([
      ...Array.from({ length: 10 }, (_, n) => expect.stringMatching(`^${n + 1}\\. 有新消息：邻居说：第\\d+件$`)),
      '还有3条',
      '详细内容请在小程序“消息”里看。',
    ]);
    here.clock.set('2026-03-10T12:00');
    await push.drain();
    expect(channel.said).toHaveLength(SINGLES_A_DAY + 1);
    const inbox = await listInbox(here.house, person, { limit: 50 });
    expect(inbox.items.map(({ key }) => key).toSorted()).toEqual(
      keys.map((key) => here.house.vault.fingerprint(`inbox\n${key}`)).toSorted(),
    );
    expect(await countUnread(here.house, person)).toBe(16);
    for (const one of await here.deliveries()) {
      expect(one).toMatchObject({ state: 'sent', channel: 'wechaty' });
      for (const field of ['via', 'nextAt', 'digest', 'lease', 'trying']) expect(one).not.toHaveProperty(field);
    }
    // A new day begins with nothing told.
    await tell(1);
    await push.drain();
    expect(channel.said).toHaveLength(SINGLES_A_DAY + 2);
  });

  it('do not keep back what is urgent or an answer', async () => {
    const channel = listening();
    const push = open(channel);
    await tell(4);
    await tell(2, 'note.alarm');
    await tell(2, 'note.answer');
    await push.drain();
    expect(channel.said).toHaveLength(SINGLES_A_DAY + 4);
    expect(channel.said.filter(({ title }) => title === '回复您了')).toHaveLength(2);
  });

  it('that come after half past five wait for half past eight next morning', () => {
    const at = (time: string) => new Date(`${time}+08:00`);
    expect(digestAt(at('2026-03-09T17:29:59'))).toEqual(at('2026-03-09T17:30'));
    expect(digestAt(at('2026-03-09T17:30'))).toEqual(at('2026-03-10T08:30'));
    expect(digestAt(at('2026-03-09T00:00'))).toEqual(at('2026-03-09T17:30'));
  });

  it('are named in it, each by its first sentence', () => {
    const text = `${'心愿'.repeat(30)}。请您看看。`;
    const listed = [
      { title: '有人认领了', text: '李敏认领了您的心愿12号。请等电话。' },
      { title: '请看看', text },
    ];
    const [first, second] = digestWords.text(listed, 0).split('\n');
    expect([first, second?.length, second?.endsWith('…')]).toEqual(['1. 有人认领了：李敏认领了您的心愿12号', 47, true]);
  });

  it('are sent as they are when one is left that still holds, and not at all when none is', async () => {
    const channel = listening();
    const push = open(channel);
    await tell(3);
    await push.drain();
    const kept = await tell(1);
    const over = await tell(1, 'note.asks');
    await push.drain();
    await here.house.model('note').updateMany({ 'history.0': { $exists: false } }, { $set: { state: 'over' } });
    here.clock.set('2026-03-09T17:30');
    await push.drain();
    const told = channel.said.map(({ _id }) => _id);
    expect(told).toHaveLength(SINGLES_A_DAY + 1);
    expect(told.at(-1)).not.toContain('push.digest');
    expect(told).toEqual(expect.arrayContaining(kept));
    expect(await here.deliveries({ _id: over[0] })).toMatchObject([
      { state: 'sent', channel: 'inbox', text: expect.stringContaining('过时') },
    ]);
  });
});

describe('a list, as every message', () => {
  it('is told once, and every message once, though many send at the same time and the channel fails', async () => {
    const channels = Array.from({ length: 4 }, () => fakeChannel());
    for (const one of channels) one.failures.push(new RetryLater('busy'));
    const keys = await tell(12);
    const pushes = channels.map((one) => open(one));
    for (const time of [
      '2026-03-09T10:00',
      '2026-03-09T10:10',
      '2026-03-09T17:30',
      '2026-03-09T17:40',
      '2026-03-09T19:00',
    ]) {
      here.clock.set(time);
      await Promise.all(pushes.map((one) => one.drain()));
    }
    const reached = channels.flatMap((one) => one.reached);
    expect(new Set(reached).size).toBe(reached.length);
    expect(reached.filter((key) => keys.includes(key))).toHaveLength(SINGLES_A_DAY);
    expect(reached.filter((key) => key.startsWith(LIST))).toHaveLength(1);
    expect(await here.deliveries({ state: { $ne: 'sent' } })).toEqual([]);
  });

  it('is not told again when its sender dies in the middle; what came too late for it is told by itself or by the next', async () => {
    const stuck = listening({ send: () => new Promise(() => undefined) });
    const well = listening();
    await open(well).relayOnce();
    await tell(5);
    await open(well).drain();
    here.clock.set('2026-03-09T17:30');
    // Dies between asking the channel and writing down what came of it.
    void open(stuck).sendOnce();
    const trying = () => here.deliveries({ trying: { $exists: true } });
    while ((await trying()).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    // Another process put this one off a moment too late.
    const [late] = await tell(1);
    await open().relayOnce();
    const list = `${LIST}${person}`;
    await here.house.db
      .collection('deliveries')
      .updateOne({ _id: late as never }, { $set: { digest: list, nextAt: new Date('2026-03-09T18:30+08:00') } });
    here.clock.shift(LEASE_MS + 1_000);
    await open(well).drain();
    expect(await here.deliveries({ _id: list })).toMatchObject([{ state: 'sent', channel: 'inbox' }]);
    expect(well.said).toHaveLength(SINGLES_A_DAY);
    here.clock.shift(HOUR);
    await open(well).drain();
    here.clock.set('2026-03-10T08:30');
    await open(well).drain();
    expect(well.said.map(({ _id }) => _id).slice(SINGLES_A_DAY)).toEqual([late]);
    expect(await here.deliveries({ state: { $ne: 'sent' } })).toEqual([]);
  });

  it('of a channel nobody speaks any more is laid down, and what it was to tell with it', async () => {
    const stuck = listening({ send: () => Promise.reject(new RetryLater('busy')) });
    await open(listening()).relayOnce();
    await tell(5);
    await open(listening()).drain();
    here.clock.set('2026-03-09T17:30');
    await open(stuck).drain();
    expect(await here.deliveries({ state: 'gathered' })).toHaveLength(2);
    here.clock.shift(4 * DAY);
    await open().drain();
    const left = await here.deliveries({ state: { $nin: ['sent', 'dead'] } });
    expect(left.map(({ _id, state }) => [_id, state])).toEqual([]);
    expect(await here.deliveries({ channel: 'inbox' })).toHaveLength(2);
  });
});
