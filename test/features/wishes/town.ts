/** A community with people and wishes in a real store, for tests of what is read and written there. */
import type { Caller } from '../../../src/core/caller.ts';
import type { Log } from '../../../src/core/house.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import {
  moveWish,
  submitWish,
  type WishDoc,
  type WishMoveName,
  type WishState,
  wishes,
} from '../../../src/features/wishes/index.ts';
import { makeCommunity, makePerson, type TestCommunity, type TestHouse, testHouse } from '../../support/house.ts';

const CAST = {
  granny: { name: '王桂芳', roles: ['resident'] },
  neighbour: { name: '刘小燕', roles: ['resident'] },
  li: { name: '李强', roles: ['worker'] },
  zhao: { name: '赵磊', roles: ['volunteer'] },
  sun: { name: '孙静', roles: ['social_worker'] },
  wu: { name: '吴刚', roles: ['grid_worker'] },
  chen: { name: '陈建国', roles: ['secretary'] },
  zheng: { name: '郑督', roles: ['supervisor'] },
  far: { name: '钱远', roles: ['worker'] },
  farGranny: { name: '何秀', roles: ['resident'] },
} as const;
type CastName = keyof typeof CAST;

export interface Town extends TestHouse {
  here: TestCommunity;
  elsewhere: TestCommunity;
  cast: Record<CastName, Person>;
  /** The person as they ask a service, now. */
  as(who: CastName | Person, key?: string): Caller;
  make(input: Record<string, unknown>, who?: CastName | Person): Promise<WishDoc>;
  move(wish: Pick<WishDoc, '_id'>, who: CastName | Person, move: WishMoveName, input?: unknown): Promise<WishDoc>;
  /** A wish of the grandmother's in a state, claimed by 李强 where it is claimed. */
  wish(text: string, state?: Extract<WishState, 'submitted' | 'published' | 'claimed' | 'done'>): Promise<WishDoc>;
  /** As it is stored now. */
  stored(wish: Pick<WishDoc, '_id'>): Promise<WishDoc>;
}

/** Opens the town on an empty database. Close it when the test is over. */
export async function openTown(options: { log?: Log } = {}): Promise<Town> {
  const test = await testHouse([areas, people, wishes], options);
  const { house, clock } = test;
  const here = await makeCommunity(house, { name: '幸福里社区' });
  const elsewhere = await makeCommunity(house, { name: '阳光社区' });
  const cast = {} as Record<CastName, Person>;
  for (const [who, { name, roles }] of Object.entries(CAST)) {
    const [area = ''] = (who.startsWith('far') ? elsewhere : here).grids;
    const grants = roles.map((role) => {
      if (role === 'grid_worker') return { role, area };
      return role === 'supervisor' ? { role, area: here.street } : role;
    });
    cast[who as CastName] = await makePerson(house, { area, name, roles: grants });
  }

  const as = (who: CastName | Person, key?: string): Caller => {
    const actor = actorOf(typeof who === 'string' ? cast[who] : who, 'api');
    return { actor, ability: house.abilityOf(actor), now: clock.now(), ...(key === undefined ? {} : { key }) };
  };
  const make: Town['make'] = async (input, who = 'granny') =>
    (await submitWish(house, as(who), { text: '想要一个电饭煲', category: 'goods', ...input })).wish;
  const move: Town['move'] = async (wish, who, name, input = {}) =>
    (await moveWish(house, as(who), wish._id, name, input)).wish;
  return {
    ...test,
    here,
    elsewhere,
    cast,
    as,
    make,
    move,
    async wish(text, state = 'published') {
      const made = await make({ text });
      if (state === 'submitted') return made;
      const published = await move(made, 'chen', 'publish');
      if (state === 'published') return published;
      const claimed = await move(published, 'li', 'claim');
      return state === 'claimed' ? claimed : move(claimed, 'li', 'done', { note: '办好了，已经送到' });
    },
    async stored({ _id }) {
      const wish = await house.model<WishDoc>('wish').findById(_id).lean<WishDoc>();
      if (!wish) throw new Error(`no wish ${_id}`);
      return wish;
    },
  };
}
