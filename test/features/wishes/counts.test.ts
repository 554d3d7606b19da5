import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../../src/core/time.ts';
import { countsFor, type WishDoc } from '../../../src/features/wishes/index.ts';
import { openTown, type Town } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const rated = (wish: WishDoc, score: number) => town.move(wish, 'granny', 'rate', { score });

describe('counts of an area', () => {
  it('are of where wishes stand, and of how those closed in ninety days went', async () => {
    await town.wish('想要一', 'submitted');
    await town.wish('想要二');
    await town.wish('想要三', 'claimed');
    await rated(await town.wish('想要四', 'done'), 5);
    await rated(await town.wish('想要五', 'done'), 4);
    // Done again after an unhappy answer.
    const again = await rated(await town.wish('想要六', 'done'), 1);
    await rated(await town.move(again, 'li', 'done', { note: '又办了一次' }), 3);
    // Late, and only in part.
    const late = await town.wish('想要七', 'claimed');
    town.clock.shift(40 * DAY);
    const partial = await town.move(late, 'li', 'partial', { note: '先送了一个', left: '还差一个' });
    await rated(partial, 3);
    const declined = await town.wish('想要八', 'submitted');
    await town.move(declined, 'chen', 'decline', { reason: '不在范围' });

    const counts = await countsFor(town.house, town.as('chen'), town.here.community);
    expect(counts).toMatchObject({
      area: town.here.community,
      columns: { waiting: 1, open: 1, helping: 1, answered: 0, over: 5 },
      late: 3,
      closed: 4,
      partly: 1,
      onTime: 3,
      rated: 4,
      averageScore: 3.8,
      reopened: 1,
    });
    expect(await countsFor(town.house, town.as('far'), town.elsewhere.community)).toMatchObject({
      columns: { waiting: 0, open: 0, helping: 0, answered: 0, over: 0 },
      late: 0,
      closed: 0,
      averageScore: null,
    });
    town.clock.shift(100 * DAY);
    expect(await countsFor(town.house, town.as('chen'), town.here.community)).toMatchObject({
      closed: 0,
      partly: 0,
      rated: 0,
      averageScore: null,
    });
  });

  it('are for those who work for the place, and for nobody who may only count there', async () => {
    const { community, street, city } = town.here;
    const may = async (who: keyof Town['cast'], area: string) =>
      countsFor(town.house, town.as(who), area).then(
        () => true,
        (error: { code?: string }) => {
          expect(error.code).toBe('forbidden');
          return false;
        },
      );
    for (const who of ['li', 'chen'] as const) expect(await may(who, community), who).toBe(true);
    for (const who of ['granny', 'zhao', 'sun', 'far', 'wu', 'zheng'] as const)
      expect(await may(who, community), who).toBe(false);
    expect(await may('wu', town.here.grids[0] ?? '')).toBe(true);
    expect([await may('zheng', street), await may('li', street)]).toEqual([false, false]);
    for (const who of ['zheng', 'chen', 'li'] as const) expect(await may(who, city), who).toBe(false);
    expect(await may('zheng', 'nonsense')).toBe(false);
  });
});
