import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { similarWishes } from '../../../src/features/wishes/index.ts';
import { openTown, type Town } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const found = async (who: Parameters<Town['as']>[0], text: string, areas = town.here.areas) =>
  (await similarWishes(town.house, town.as(who), { areas, text })).map((one) => one.number);

describe('wishes that read like a text', () => {
  it('are looked for in what the asker may read, and of the others in the words of the wall alone', async () => {
    const secret = '王桂芳家住人民路12号，电话13912345678，想要一个血压计';
    const waiting = await town.make({ text: secret });
    for (const who of ['neighbour', 'zhao', 'far', 'farGranny', 'zheng'] as const) {
      expect(await found(who, secret), who).toEqual([]);
      expect(await found(who, '13912345678'), who).toEqual([]);
    }
    for (const who of ['granny', 'li', 'wu', 'chen'] as const) expect(await found(who, secret), who).toEqual([1]);

    await town.move(waiting, 'chen', 'publish');
    for (const who of ['neighbour', 'zhao', 'far'] as const) {
      expect(await found(who, '想要一个血压计'), who).toEqual([1]);
      expect(await found(who, '电话13912345678'), who).toEqual([]);
      expect(await found(who, '王桂芳家住人民路12号'), who).toEqual([]);
    }

    await town.move(waiting, 'chen', 'decline', { reason: '不在范围' });
    for (const who of ['neighbour', 'granny', 'chen'] as const) expect(await found(who, secret), who).toEqual([]);
  });
});
