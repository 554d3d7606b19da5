import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous } from '../../../src/core/ability.ts';
import type { Caller } from '../../../src/core/caller.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import { COLUMNS, listWishes, type WishDoc, type WishQuery } from '../../../src/features/wishes/index.ts';
import { makePerson } from '../../support/house.ts';
import { openTown, type Town } from './town.ts';

let town: Town;
/** Of the grandmother's unless said otherwise; by what they are there for. */
const wishes: Record<string, WishDoc> = {};
beforeAll(async () => {
  town = await openTown();
  const next = async (name: string, made: Promise<WishDoc>) => {
    wishes[name] = await made;
    town.clock.shift(60_000);
  };
  await next('waiting', town.wish('想要一台收音机，电话13912345678', 'submitted'));
  await next('open', town.wish('想要一床棉被，住人民路12号', 'published'));
  await next('helping', town.wish('想要一口铁锅', 'claimed'));
  await next('answered', town.wish('想要一个水壶', 'done'));
  await next(
    'closed',
    town.wish('想要一双棉鞋', 'done').then((wish) => town.move(wish, 'granny', 'rate', { score: 5 })),
  );
  await next(
    'declined',
    town.wish('想要一辆汽车', 'submitted').then((wish) => decline(wish)),
  );
  await next(
    'reopened',
    town.wish('想要一把雨伞', 'done').then((wish) => town.move(wish, 'granny', 'rate', { score: 1 })),
  );
  await next('neighbours', town.make({ text: '想要一个书架' }, 'neighbour'));
});
afterAll(() => town.close());

const decline = (wish: WishDoc) => town.move(wish, 'chen', 'decline', { reason: '不在微心愿范围' });
const nobody = (): Caller => ({
  actor: anonymous,
  ability: town.house.abilityOf(anonymous),
  now: town.clock.now(),
});
const list = (who: Parameters<Town['as']>[0] | 'nobody', query: WishQuery) =>
  listWishes(town.house, who === 'nobody' ? nobody() : town.as(who), query);
/** Names of the wishes in a list, in its order. */
async function names(who: Parameters<Town['as']>[0] | 'nobody', query: WishQuery): Promise<(string | undefined)[]> {
  const { items } = await list(who, query);
  return items.map(({ id }) => Object.keys(wishes).find((name) => wishes[name]?._id === id));
}
/** Every page of a list, one after the other. */
async function paged(who: Parameters<Town['as']>[0], query: WishQuery, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined, first = true; first || cursor; first = false) {
    const page = await list(who, { ...query, limit, cursor });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    ids.push(...page.items.map((one) => one.id));
    cursor = page.next;
  }
  return ids;
}

describe('a list of an area', () => {
  it('shows those who may read there everything, newest first, and strangers what is on the wall and theirs', async () => {
    const area = town.here.community;
    const everything = {
      waiting: ['neighbours', 'waiting'],
      open: ['open'],
      helping: ['reopened', 'helping'],
      answered: ['answered'],
      over: ['declined', 'closed'],
    };
    for (const column of COLUMNS) {
      for (const who of ['li', 'wu', 'chen'] as const) {
        // The grid worker serves one grid alone.
        const asked = who === 'wu' ? town.here.grids[0] : area;
        expect(await names(who, { area: asked, column }), `${who} ${column}`).toEqual(everything[column]);
      }
      const wall = everything[column].filter((name) => !['waiting', 'neighbours', 'declined'].includes(name));
      for (const who of ['nobody', 'zhao', 'sun', 'far', 'zheng'] as const) {
        expect(await names(who, { area, column }), `${who} ${column}`).toEqual(wall);
      }
      const granny = everything[column].filter((name) => name !== 'neighbours');
      expect(await names('granny', { area, column })).toEqual(granny);
      expect(await names('far', { area: town.elsewhere.community, column })).toEqual([]);
    }
  });

  it('is of open wishes unless told otherwise, at any level, and needs an area', async () => {
    for (const area of [town.here.city, town.here.county, town.here.street, town.here.community, town.here.grids[0]]) {
      expect(await names('nobody', { area })).toEqual(['open']);
    }
    expect(await names('li', { area: town.here.grids[1] })).toEqual([]);
    for (const area of [undefined, '', 'x', '52']) {
      await expect(list('li', { area })).rejects.toMatchObject({ code: 'no_area' });
    }
  });

  it('narrows by state, category and urgency', async () => {
    const area = town.here.community;
    expect(await names('li', { area, state: 'reopened' })).toEqual(['reopened']);
    expect(await names('li', { area, state: 'published' })).toEqual(['open']);
    expect(await names('li', { area, state: 'submitted', urgent: true })).toEqual([]);
    expect(await names('li', { area, column: 'waiting', category: 'goods' })).toEqual(['neighbours', 'waiting']);
    expect(await names('li', { area, column: 'waiting', category: 'care' })).toEqual([]);
  });

  it('finds by number or words, strangers by the words of the wall alone', async () => {
    const area = town.here.community;
    for (const who of ['li', 'nobody'] as const) {
      expect(await names(who, { area, q: '棉被' })).toEqual(['open']);
      expect(await names(who, { area, q: `${wishes.helping?.number}号` })).toEqual(['helping']);
      expect(await names(who, { area, q: '.*' })).toEqual([]);
    }
    for (const q of ['13912345678', '人民路12号', '收音机']) expect(await names('nobody', { area, q })).toEqual([]);
    expect(await names('li', { area, q: '人民路12号' })).toEqual(['open']);
    expect(await names('li', { area, q: '收音机' })).toEqual(['waiting']);
    // A number in the words is sealed: nobody finds by it.
    expect(await names('granny', { mine: true, q: '13912345678' })).toEqual([]);
  });

  it('is not searched through where nothing but reading all of it would find the words', async () => {
    for (const area of [town.here.city, town.here.county]) {
      await expect(list('chen', { area, q: '棉被' })).rejects.toMatchObject({ code: 'search_too_wide', status: 422 });
    }
    expect(await names('nobody', { area: town.here.street, q: '棉被' })).toEqual(['open']);
  });

  it('of what is late begins with the longest overdue', async () => {
    const now = { ...town.as('li'), now: new Date(town.clock.now().getTime() + 30 * DAY) };
    const { items } = await listWishes(town.house, now, { area: town.here.community, late: true });
    const late = items.map(({ id }) => Object.keys(wishes).find((name) => wishes[name]?._id === id));
    expect(late.slice(0, 2).sort()).toEqual(['neighbours', 'waiting']);
    // Five workdays and seven days both end on the 16th.
    expect(late.slice(2).sort()).toEqual(['helping', 'open', 'reopened']);
    expect(await names('li', { area: town.here.community, late: true })).toEqual([]);
  });
});

describe('a list of one’s own', () => {
  it('holds what one wished for, what one helps with and what one is offered, and nobody else’s', async () => {
    const all = ['reopened', 'declined', 'closed', 'answered', 'helping', 'open', 'waiting'];
    expect(await names('granny', { mine: true })).toEqual(all);
    expect(await names('granny', { mine: true, column: 'over' })).toEqual(['declined', 'closed']);
    expect(await names('neighbour', { mine: true })).toEqual(['neighbours']);
    expect(await names('li', { claimedByMe: true, column: 'helping' })).toEqual(['reopened', 'helping']);
    expect(await names('zhao', { claimedByMe: true })).toEqual([]);
    expect(await names('zhao', { offeredToMe: true })).toEqual([]);
    for (const query of [{ mine: true }, { claimedByMe: true }, { offeredToMe: true }]) {
      expect(await names('nobody', query)).toEqual([]);
    }
  });
});

describe('the open wishes of an area', () => {
  it('stand by priority, then by when they were posted, which neither a release nor time changes', async () => {
    const area = town.elsewhere.community;
    const secretary = await makePerson(town.house, { area, roles: ['secretary'] });
    const post = async (text: string, priority?: number) => {
      const wish = await town.make({ text }, 'farGranny');
      town.clock.shift(HOUR);
      return town.move(wish, secretary, 'publish', priority === undefined ? {} : { priority });
    };
    const plain = await post('一号');
    const pressing = await post('二号', 3);
    const later = await post('三号');
    const middling = await post('四号', 1);
    const order = [pressing, middling, later, plain].map(({ _id }) => _id);
    const listed = async () => (await list('far', { area })).items.map(({ id }) => id);
    expect(await listed()).toEqual(order);
    for (const limit of [1, 2, 3]) expect(await paged('far', { area }, limit)).toEqual(order);
    await town.move(pressing, 'far', 'claim');
    expect(await listed()).toEqual(order.slice(1));
    town.clock.shift(DAY);
    await town.move(pressing, 'far', 'release', { reason: '临时出差' });
    expect(await listed()).toEqual(order);
    expect((await town.stored(pressing)).priority).toBe(3);
  });
});

describe('pages', () => {
  it('leave none out and show none twice, though many were posted at the same moment', async () => {
    const moment = await Promise.all(Array.from({ length: 7 }, () => town.make({ text: '想要一本书' }, 'neighbour')));
    for (const wish of moment) await town.move(wish, 'chen', 'publish');
    const area = town.here.community;
    const late = new Date(town.clock.now().getTime() + 40 * DAY);
    for (const query of [{ area }, { area, column: 'over' }, { mine: true }] as WishQuery[]) {
      const who = query.mine ? 'neighbour' : 'li';
      const whole = (await list(who, { ...query, limit: 50 })).items.map(({ id }) => id);
      for (const limit of [1, 3]) expect(await paged(who, query, limit)).toEqual(whole);
      expect(new Set(whole).size).toBe(whole.length);
    }
    const overdue = async (limit: number) => {
      const ids: string[] = [];
      for (let cursor: string | undefined, first = true; first || cursor; first = false) {
        const query = { area, late: true, limit, cursor };
        const page = await listWishes(town.house, { ...town.as('li'), now: late }, query);
        ids.push(...page.items.map((one) => one.id));
        cursor = page.next;
      }
      return ids;
    };
    expect(await overdue(2)).toEqual(await overdue(50));
  });

  it('are found by a cursor that says nothing, and is good for its own list alone', async () => {
    const area = town.here.community;
    const { next = '' } = await list('nobody', { area, limit: 1 });
    const { createdAt, _id } = wishes.open as WishDoc;
    for (const text of [next, Buffer.from(next, 'base64url').toString('latin1'), ...next.split('.')]) {
      expect(text).not.toContain(String(createdAt.getTime()).slice(0, 6));
      expect(text).not.toContain(_id);
    }
    for (const [query, cursor] of [
      [{ area, column: 'over' }, next],
      [{ mine: true }, next],
      [{ area }, 'bent'],
      [{ area }, ''],
    ] as [WishQuery, string][]) {
      await expect(list('granny', { ...query, cursor })).rejects.toMatchObject({ code: 'invalid_input' });
    }
  });
});

describe('every list', () => {
  it('is read off an index in its order, and no more of it than the page', async () => {
    const collection = town.house.model<WishDoc>('wish').collection;
    const find = collection.find.bind(collection);
    const asked: { filter: object; sort: object }[] = [];
    collection.find = ((filter: object, ...rest: []) => {
      const cursor = find(filter, ...rest);
      const sorted = cursor.sort.bind(cursor);
      cursor.sort = ((sort: object) => {
        asked.push({ filter, sort });
        return sorted(sort as never);
      }) as typeof cursor.sort;
      return cursor;
    }) as typeof collection.find;
    const area = town.here.community;
    const next = (await list('li', { area, limit: 1 })).next ?? '';
    asked.length = 0;
    const queries: WishQuery[] = [
      { area },
      { area, cursor: next },
      { area: town.here.city },
      ...COLUMNS.map((column) => ({ area, column })),
      { mine: true },
      { claimedByMe: true },
      { area, late: true },
    ];
    for (const query of queries) await list('li', query);
    collection.find = find;
    expect(asked).toHaveLength(queries.length);
    for (const { filter, sort } of asked) {
      const explained = await find(filter)
        .sort(sort as never)
        .limit(5)
        .explain('executionStats');
      const plan = JSON.stringify(explained.queryPlanner.winningPlan);
      expect(plan, JSON.stringify(filter)).toContain('IXSCAN');
      expect(plan, JSON.stringify(filter)).not.toContain('"SORT"');
    }
  });
});

it('finds words however wide or drawn out they were typed', async () => {
  const wish = await town.wish('想要好好好好好好用的ＴＶ１２寸！！谢谢', 'published');
  const found = async (q: string) =>
    (await list('li', { area: town.here.community, q })).items.some(({ id }) => id === wish._id);
  for (const q of ['tv12寸', 'ＴＶ', '好好好好用', '好好好好好好好用', '好用', '寸！谢', '寸!!谢']) {
    expect([q, await found(q)]).toEqual([q, true]);
  }
  for (const q of ['tv13寸', '不好用', '好用吗']) expect([q, await found(q)]).toEqual([q, false]);
});

it('finds words in whichever script they were typed', async () => {
  const wish = await town.wish('後面樓道的電燈壞了，請人換一盞', 'published');
  for (const q of ['电灯坏了', '電燈壞了', '后面楼道', '換一盏']) {
    const { items } = await list('li', { area: town.here.community, q });
    expect([q, items.some(({ id }) => id === wish._id)]).toEqual([q, true]);
  }
});
