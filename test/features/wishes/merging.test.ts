import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Log } from '../../../src/core/house.ts';
import { getWish, moveWish, runDeadlines, type WishDoc } from '../../../src/features/wishes/index.ts';
import { clockwork, idOf, moved, wishIn } from '../../support/wishes.ts';
import { openTown, type Town } from './town.ts';

let town: Town;
const warned: string[] = [];
beforeAll(async () => {
  const silent = () => undefined;
  const log: Log = {
    debug: silent,
    info: silent,
    warn: (_fields, message) => void warned.push(message),
    error: silent,
  };
  town = await openTown({ log });
});
afterAll(() => town.close());

const merge = (wish: WishDoc, into: WishDoc) => town.move(wish, 'chen', 'merge', { into: into._id });
describe('merging', () => {
  it('goes from the later to the earlier, so that two at once cannot swallow each other', async () => {
    const earlier = await town.make({ text: '想要一个轮椅' });
    const later = await town.make({ text: '想借一个轮椅' }, 'neighbour');
    const both = await Promise.allSettled([merge(earlier, later), merge(later, earlier)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(both[0]).toMatchObject({ reason: { code: 'merge_into_earlier', status: 422 } });
    expect((await town.stored(earlier)).state).toBe('submitted');
    expect(await town.stored(later)).toMatchObject({ state: 'merged', settled: true });
  });

  it('of a chain all ends up, whatever the order, at the one still worked on', async () => {
    const [a, b, c, d] = [
      await town.make({ text: '路灯坏了一盏' }),
      await town.make({ text: '路灯不亮' }, 'neighbour'),
      await town.make({ text: '路灯黑的' }, 'neighbour'),
      await town.make({ text: '修路灯' }),
    ];
    await Promise.all([merge(b, a), merge(c, b), merge(d, c)].map((one) => one.catch(() => undefined)));
    // Whoever lost a race is merged again, into what is left.
    for (const [wish, into] of [
      [c, a],
      [d, a],
    ] as const) {
      if ((await town.stored(wish)).state !== 'merged') await merge(wish, into);
    }
    town.clock.shift(1_000);
    await runDeadlines({ now: town.clock.now(), dryRun: false }, town.house);
    const { mergedFrom = [] } = await town.stored(a);
    expect(mergedFrom.map((one) => one.number).sort()).toEqual([b.number, c.number, d.number].sort());
    const seen = await getWish(town.house, town.as('neighbour'), c._id);
    expect(seen).toMatchObject({ view: 'full', mergedInto: { state: 'submitted' } });
    expect(JSON.stringify(seen)).not.toContain(town.cast.granny.name);
  });

  it('is done when it is written, though the other could not be told yet; the clock then tells it', async () => {
    const into = await town.make({ text: '想要一床棉被' });
    const wish = await town.make({ text: '要一床厚被子' }, 'neighbour');
    const collection = town.house.model<WishDoc>('wish').collection;
    const original = collection.findOneAndUpdate.bind(collection);
    let writes = 0;
    collection.findOneAndUpdate = ((...given: Parameters<typeof original>) => {
      writes += 1;
      if (writes === 2) throw new Error('the store is away');
      return original(...given);
    }) as typeof collection.findOneAndUpdate;
    try {
      const { wish: merged } = await moveWish(town.house, town.as('chen'), wish._id, 'merge', { into: into._id });
      expect(merged.state).toBe('merged');
    } finally {
      collection.findOneAndUpdate = original;
    }
    expect(warned).toContain('a merge is left for the clock to settle');
    expect((await town.stored(into)).mergedFrom).toBeUndefined();
    await runDeadlines({ now: town.clock.now(), dryRun: false }, town.house);
    expect((await town.stored(into)).mergedFrom).toMatchObject([{ id: wish._id, number: wish.number }]);
    expect((await town.stored(wish)).settled).toBe(true);
  });

  it.each([
    ['withdrawn', 'wish.followEnded'],
    ['declined', 'wish.followEnded'],
    ['closed', 'wish.follow'],
    ['published', undefined],
  ] as const)('into what is %s by then is told to those who were merged: %s', (state, message) => {
    const before = wishIn(state);
    const followers = [{ id: idOf('dup'), number: 14, authors: [idOf('张')] }];
    const after = moved(before, clockwork, 'absorb', { followers });
    const told = after.outbox.slice(before.outbox.length).map((entry) => [entry.message, entry.to]);
    expect(told).toEqual(message === undefined ? [] : [[message, { person: idOf('张') }]]);
    // A second time it is nothing new.
    const again = moved(after, clockwork, 'absorb', { followers });
    expect([again.mergedFrom, again.outbox.length]).toEqual([after.mergedFrom, after.outbox.length]);
  });
});
