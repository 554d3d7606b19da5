import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../src/core/aggregate.ts';
import { HaolinError } from '../../../src/core/errors.ts';
import type { Person } from '../../../src/features/people/index.ts';
import {
  findByNumber,
  getWish,
  moveWish,
  submitWish,
  WISH_MOVES,
  type WishMoveName,
} from '../../../src/features/wishes/index.ts';
import { makePerson } from '../../support/house.ts';
import { INPUTS } from '../../support/wishes.ts';
import { openTown, type Town } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (!(error instanceof HaolinError)) throw error;
      return `${error.status} ${error.code} ${error.detail}`;
    },
  );
const wishFor = (who: Person | Parameters<Town['as']>[0], person: string, more: object = {}) =>
  refusal(submitWish(town.house, town.as(who), { text: '想要一床被子', category: 'goods', for: { person }, ...more }));

it('a place nobody knows is said to be unknown, and not the speaker’s', async () => {
  const at = (area: string) =>
    refusal(submitWish(town.house, town.as('granny'), { text: '想要一床被子', category: 'goods', area }));
  for (const area of ['990001', '110000999999', '幸福里']) {
    expect(await at(area)).toBe('422 area_missing 没有找到这个社区或网格，请重新选一个。');
  }
});

describe('wishing for somebody else', () => {
  const inHousehold = (area: string, household: string) => makePerson(town.house, { area, household });

  it('is for those the register says one looks after: of one household of one community, or the sentinel', async () => {
    const [grid = ''] = town.here.grids;
    const [farGrid = ''] = town.elsewhere.grids;
    const mother = await inHousehold(grid, '101');
    const daughter = await inHousehold(grid, '101');
    const namesake = await inHousehold(farGrid, '101');
    const sentinel = await makePerson(town.house, { area: farGrid });
    const ward = await makePerson(town.house, { area: grid, sentinel: sentinel._id });
    expect(await wishFor(daughter, mother._id)).toBe('done');
    expect(await wishFor(sentinel, ward._id)).toBe('done');
    expect(await wishFor(namesake, mother._id)).toContain('person_missing');
    expect(await wishFor(daughter, ward._id)).toContain('person_missing');
  });

  it('is made where they live, and nowhere else', async () => {
    const mother = await inHousehold(town.here.grids[0] ?? '', '102');
    const daughter = await inHousehold(town.here.grids[1] ?? '', '102');
    expect(await wishFor(daughter, mother._id, { area: town.here.grids[1] })).toBe('done');
    for (const area of [town.elsewhere.community, town.elsewhere.grids[0]]) {
      expect(await wishFor(daughter, mother._id, { area })).not.toBe('done');
    }
    // Who serves a place serves the people who live there, wherever the wish is said to be.
    const lead = await makePerson(town.house, { area: town.elsewhere.grids[0] ?? '', roles: ['household_lead'] });
    expect(await wishFor(lead, mother._id, { area: town.elsewhere.community })).toContain('person_missing');
    expect(await wishFor('li', mother._id)).toBe('done');
  });

  it('tells nobody who is registered: whom one may not wish for is refused like somebody who is not there', async () => {
    const stranger = await inHousehold(town.here.grids[0] ?? '', '103');
    for (const who of ['neighbour', 'farGranny', 'far', 'zhao', 'zheng'] as const) {
      for (const more of [{}, { area: town.here.grids[0] }, { area: town.elsewhere.grids[0] }]) {
        const known = await wishFor(who, stranger._id, more);
        expect(known, who).not.toBe('done');
        expect(known, who).toBe(await wishFor(who, newId(), more));
      }
    }
  });

  it('is wishing for oneself when it is oneself', async () => {
    const wish = await town.make({ for: { person: town.cast.granny._id } });
    expect(wish).toMatchObject({ requester: { id: town.cast.granny._id }, authors: [town.cast.granny._id] });
    expect(wish.proxy).toBeUndefined();
    const own = await town.make({ for: { person: town.cast.li._id } }, 'li');
    await town.move(own, 'chen', 'publish');
    expect(await refusal(town.move(own, 'li', 'claim'))).toContain('own_wish');
  });
});

describe('a request made again', () => {
  it('takes no second number', async () => {
    const counter = () => town.house.db.collection('counters').findOne({ _id: `wish:${town.here.community}` as never });
    const caller = town.as('neighbour', 'once');
    const input = { text: '想要一个书架', category: 'goods' };
    const { wish } = await submitWish(town.house, caller, input);
    const before = await counter();
    const again = await submitWish(town.house, caller, input);
    expect(again).toMatchObject({ repeated: true, wish: { _id: wish._id, number: wish.number } });
    expect(await refusal(submitWish(town.house, caller, { ...input, text: '别的' }))).toContain('key_reused');
    expect(await counter()).toEqual(before);
    expect((await submitWish(town.house, town.as('neighbour'), input)).wish.number).toBe(wish.number + 1);
  });
});

describe('a wish’s id', () => {
  it('does not tell the second it was made', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const [one, two] = [await town.make({}), await town.make({})];
    for (const { _id } of [one, two]) {
      expect(_id).toMatch(/^[0-9a-f]{24}$/u);
      expect(Math.abs(Number.parseInt(_id.slice(0, 8), 16) - now)).toBeGreaterThan(3_600);
    }
    expect(one._id.slice(0, 6)).not.toBe(two._id.slice(0, 6));
  });
});

describe('a wish that is none of one’s business', () => {
  it('is refused in every way like one that is not there', async () => {
    const waiting = await town.wish('想要一个台灯', 'submitted');
    const withdrawn = await town.move(await town.wish('想要一个台灯', 'claimed'), 'granny', 'withdraw');
    const moves = Object.keys(WISH_MOVES) as WishMoveName[];
    for (const { _id, number, community } of [waiting, withdrawn]) {
      for (const who of ['neighbour', 'zhao', 'sun', 'far', 'zheng'] as const) {
        const caller = town.as(who);
        const missing = await refusal(getWish(town.house, caller, newId()));
        expect(missing).toContain('404 not_found');
        expect(await refusal(getWish(town.house, caller, _id)), who).toBe(missing);
        expect(await refusal(findByNumber(town.house, caller, community, number)), who).toBe(missing);
        for (const move of moves) {
          const input = move === 'merge' ? { into: newId() } : INPUTS[move];
          expect(await refusal(moveWish(town.house, caller, _id, move, input)), `${who} ${move}`).toBe(missing);
          expect(await refusal(moveWish(town.house, caller, newId(), move, input))).toBe(missing);
        }
      }
      // Whoever may read it is told that it is not for them to do.
      expect(await refusal(moveWish(town.house, town.as('li'), _id, 'publish'))).toContain('403 forbidden');
    }
  });
});
