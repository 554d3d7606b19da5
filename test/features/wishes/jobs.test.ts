import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Log } from '../../../src/core/house.ts';
import { DAY } from '../../../src/core/time.ts';
import { runDeadlines, type WishDoc, wishes } from '../../../src/features/wishes/index.ts';
import { openTown, type Town } from './town.ts';

let town: Town;
const errors: object[] = [];
beforeAll(async () => {
  const silent = () => undefined;
  const log: Log = { debug: silent, info: silent, warn: silent, error: (fields) => void errors.push(fields) };
  town = await openTown({ log });
});
afterEach(async () => {
  await town.house.db.collection('wish').deleteMany({});
});
afterAll(() => town.close());

const run = async (dryRun = false) => (await runDeadlines({ now: town.clock.now(), dryRun }, town.house)).lines;
const messages = async (wish: WishDoc) => (await town.stored(wish)).outbox.map((entry) => entry.message);

describe('the clock of wishes', () => {
  it('says what it would do and does nothing, does it, and has nothing more to do', async () => {
    const waiting = await town.wish('想要一个电饭煲', 'submitted');
    const claimed = await town.wish('想要一口铁锅', 'claimed');
    expect(await run()).toEqual([]);
    town.clock.shift(5 * DAY + 9 * 3_600_000);
    const foreseen = [
      `${town.here.community} 心愿${waiting.number}号 escalate publish secretary`,
      `${town.here.community} 心愿${waiting.number}号 escalate publish street`,
      `${town.here.community} 心愿${claimed.number}号 warn contact`,
    ];
    const before = [await town.stored(waiting), await town.stored(claimed)];
    expect((await run(true)).sort()).toEqual(foreseen);
    expect([await town.stored(waiting), await town.stored(claimed)]).toEqual(before);
    expect((await run()).sort()).toEqual(foreseen);
    expect(await run()).toEqual([]);
    expect(await messages(claimed)).toContain('wish.contactSoon');
  });

  it('run by many at once, does everything once', async () => {
    const many = await Promise.all(Array.from({ length: 30 }, (_, n) => town.make({ text: `想要第${n}个书架` })));
    town.clock.shift(6 * DAY);
    await Promise.all(Array.from({ length: 4 }, () => run()));
    expect(await run()).toEqual([]);
    for (const wish of many) {
      const { history, outbox } = await town.stored(wish);
      expect(history.map((entry) => entry.move)).toEqual(['submit', 'escalate', 'escalate']);
      expect(outbox.filter((entry) => entry.message === 'wish.late')).toHaveLength(1);
      expect(outbox.filter((entry) => entry.message === 'wish.lateStreet')).toHaveLength(1);
    }
  });

  it('is not stopped by a wish it cannot move, dry or not: all others are moved, and the run fails in the end', async () => {
    const wish = await town.wish('想要一把伞', 'submitted');
    const rows = town.house.db.collection<WishDoc>('wish');
    const bent = { warned: null, history: null, due: null };
    await rows.insertMany(
      Array.from({ length: 130 }, (_, n) => ({
        ...wish,
        _id: n.toString(16).padStart(24, '0'),
        number: 9_000 + n,
        ...bent,
        nextAt: new Date((wish.nextAt?.getTime() ?? 0) - 1),
      })) as never[],
    );
    town.clock.shift(6 * DAY);
    await expect(run(true)).rejects.toThrow('could not move 130 wishes');
    errors.length = 0;
    await expect(run()).rejects.toThrow('could not move 130 wishes; 2 moves were made');
    expect(errors).toHaveLength(130);
    expect((await town.stored(wish)).warned).toMatchObject({ publish: { step: 'street' } });
  });

  it('is run every ten minutes, and made up for a day', () => {
    expect(wishes.jobs.map(({ name, cron, makeUpWithinMs }) => [name, cron, makeUpWithinMs])).toContainEqual([
      'wishes.deadlines',
      '*/10 * * * *',
      DAY,
    ]);
  });
});
