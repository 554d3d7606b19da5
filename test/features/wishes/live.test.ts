import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../src/core/aggregate.ts';
import { type BoardEvent, boardEvents } from '../../../src/features/wishes/live.ts';
import { openTown, type Town } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

/** What each of these people is shown of all that is announced meanwhile, in a community of theirs or not. */
async function shown(
  who: readonly Parameters<Town['as']>[0][],
  work: () => Promise<unknown>,
  area = town.here.community,
) {
  const leaving = new AbortController();
  const heard = who.map((): { id: string; data: BoardEvent }[] => []);
  const boards = who.map(async (one, at) => {
    for await (const event of boardEvents(town.house, town.as(one), area, leaving.signal)) heard[at]?.push(event);
  });
  await settled();
  const from = town.announced.length;
  await work();
  for (const change of town.announced.slice(from)) {
    await town.house.coordination.publish(`board:${area}`, change satisfies Change);
    await settled();
  }
  leaving.abort();
  await Promise.all(boards);
  return heard;
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

/** A life with all that strangers must not see of it. */
async function life() {
  const hidden = await town.make({ text: '想要一个台灯' });
  await town.move(hidden, 'chen', 'decline', { reason: '不在范围' });
  const wish = await town.make({ text: '想要一个轮椅' });
  await town.move(wish, 'chen', 'publish');
  await town.move(wish, 'li', 'claim');
  await town.move(wish, 'li', 'contact');
  await town.move(wish, 'li', 'release', { reason: '家里有事' });
  await town.move(wish, 'granny', 'withdraw');
  return { hidden: hidden._id, wish: wish._id };
}

describe('a live board', () => {
  it('shows those who may read every change, and strangers what changes on the wall: no more, no sooner', async () => {
    let ids = { hidden: '', wish: '' };
    const [reader, volunteer, far] = await shown(['li', 'zhao', 'farGranny'], async () => {
      ids = await life();
    });
    expect(reader?.map(({ data }) => ('move' in data ? data.move : undefined))).toEqual([
      'submit',
      'decline',
      'submit',
      'publish',
      'claim',
      'contact',
      'release',
      'withdraw',
    ]);
    for (const stranger of [volunteer, far]) {
      expect(stranger?.map(({ data }) => data)).toEqual([
        { id: ids.wish, state: 'published' },
        { id: ids.wish, state: 'claimed' },
        { id: ids.wish, state: 'published' },
        { id: ids.wish, state: 'gone' },
      ]);
      expect(JSON.stringify(stranger)).not.toContain(ids.hidden);
    }
  });

  it('keeps of a wish only the latest change while nobody reads', async () => {
    const area = town.here.community;
    const leaving = new AbortController();
    const board = boardEvents(town.house, town.as('li'), area, leaving.signal);
    const first = board.next();
    await settled();
    const change = { aggregate: 'wish', id: 'w', areas: [area], from: 'published', told: false } as const;
    await town.house.coordination.publish(`board:${area}`, { ...change, state: 'claimed', version: 3, move: 'claim' });
    expect((await first).value?.data).toMatchObject({ version: 3 });
    for (const version of [4, 6, 5]) {
      await town.house.coordination.publish(`board:${area}`, { ...change, state: 'claimed', version, move: 'contact' });
    }
    await town.house.coordination.publish(`board:${area}`, {
      ...change,
      aggregate: 'handoff',
      state: 'opened',
      version: 9,
    });
    await settled();
    expect((await board.next()).value).toMatchObject({ id: 'w:6', data: { version: 6 } });
    leaving.abort();
    expect((await board.next()).done).toBe(true);
  });
});
