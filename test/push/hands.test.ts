import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliveriesOf } from '../../src/push/model.ts';
import { fakeChannel, openPushHouse, type PushHouse } from './support.ts';

let at: PushHouse;
beforeEach(async () => {
  at = await openPushHouse();
});
afterEach(() => at.close());

type Look = (...args: unknown[]) => Promise<unknown>;

/** Puts something round each look for what is due. */
function round(wrap: (look: () => Promise<unknown>) => Promise<unknown>): void {
  const collection = deliveriesOf(at.house) as unknown as { findOneAndUpdate: Look };
  const look = collection.findOneAndUpdate.bind(collection);
  collection.findOneAndUpdate = (...args) => wrap(() => look(...args));
}

const tellNew = async (count: number) => {
  for (let nth = 0; nth < count; nth += 1) await at.tell({ to: { person: await at.person() } });
};

test('where there is nothing to send, not all of a channel’s hands look', async () => {
  let looks = 0;
  round((look) => {
    looks += 1;
    return look();
  });
  expect(await at.push([fakeChannel('wechaty', { atOnce: 4 })]).sendOnce()).toBe(0);
  // The first had left before the others asked; what the second found is the others’ answer as well.
  expect(looks).toBe(2);
});

test('a hand that asks while another’s look is out does not take its “nothing” for an answer', async () => {
  const push = at.push([fakeChannel('wechaty', { atOnce: 2 })]);
  const gates: (() => void)[] = [];
  round(async (look) => {
    const found = await look();
    if (found === null && gates.length === 0) await new Promise<void>((resolve) => gates.push(resolve));
    return found;
  });
  const first = push.sendOnce();
  await expect.poll(() => gates.length).toBe(1);
  await tellNew(3);
  await push.relayOnce();
  const second = push.sendOnce();
  gates[0]?.();
  expect((await first) + (await second)).toBe(3);
});

test('one look that fails is one hand’s trouble', async () => {
  const channel = fakeChannel('wechaty', { atOnce: 4 });
  const push = at.push([channel]);
  await tellNew(2);
  await push.relayOnce();
  let fails = 1;
  round((look) => (fails-- > 0 ? Promise.reject(new Error('connection reset')) : look()));
  await push.sendOnce().catch(() => undefined);
  await expect.poll(() => channel.reached.length).toBe(2);
});

test('no hand begins a look once it is told to stop', async () => {
  const push = at.push([fakeChannel('wechaty', { atOnce: 4 })]);
  await tellNew(8);
  await push.relayOnce();
  let stopped = false;
  let begun = 0;
  let late = 0;
  round(async (look) => {
    begun += 1;
    if (stopped) late += 1;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return look();
  });
  await push.start();
  await expect.poll(() => begun).toBeGreaterThan(0);
  stopped = true;
  await push.stop(5_000);
  expect(late).toBe(0);
});
