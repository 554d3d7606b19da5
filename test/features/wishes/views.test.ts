import { describe, expect, it } from 'vitest';
import { type Actor, anonymous, ROLES, type Role } from '../../../src/core/ability.ts';
import type { House } from '../../../src/core/house.ts';
import { openVault } from '../../../src/core/vault.ts';
import { WISH_STATES, type WishDoc, type WishState } from '../../../src/features/wishes/index.ts';
import { addressPlace } from '../../../src/features/wishes/model.ts';
import {
  fullView,
  fullWish,
  isVisible,
  listedView,
  listedWish,
  mayRead,
  mayUnmask,
  movesOf,
  ON_THE_WALL,
  publicView,
  publicWish,
} from '../../../src/features/wishes/views.ts';
import {
  COMMUNITY,
  calendar,
  contextOf,
  daughter,
  FACTS,
  GRID,
  granny,
  idOf,
  li,
  moved,
  OTHER_COMMUNITY,
  OTHER_GRID,
  PLACE,
  person,
  STREET,
  secretary,
  sentinel,
  submitted,
  wishIn,
  zhao,
} from '../../support/wishes.ts';

/** Who reads which field of a wish: every role here and elsewhere, every relation, every state. */

const SECRETS = {
  address: '人民路12号3栋2单元501',
  phone: '13912345678',
  name: '王桂芳',
  proxy: '刘小燕',
};
const vault = openVault(Buffer.alloc(32, 7));
const house = { vault, calendar } as unknown as House;

/** A wish with everything in it that somebody must not see, in a state. */
function telling(state: WishState): WishDoc {
  const wish = wishIn(state);
  const said = `我是${SECRETS.name}，电话${SECRETS.phone}，住${SECRETS.address}，想要一台轮椅`;
  const made = submitted(
    { text: said, address: SECRETS.address, for: { person: granny.id, relation: '女儿' } },
    daughter,
    {
      sealedAddress: vault.seal(SECRETS.address, addressPlace(wish._id)),
      subject: { id: granny.id, name: granny.name, cared: true },
    },
  );
  return { ...wish, title: made.title, text: said, wall: made.wall, place: made.place };
}

const PUBLIC = Object.keys(publicWish.shape).filter((field) => field !== 'score');
const LISTED = Object.keys(listedWish.shape).filter((field) => !['claimant', 'dueAt'].includes(field));
/** Fields of the whole view that depend on how far the wish has come. */
const SOMETIMES = new Set([
  'address',
  'claimant',
  'dueAt',
  'group',
  'offeredUntil',
  'contactedAt',
  'contactNote',
  'done',
  'left',
  'rating',
  'mergedInto',
  'referral',
]);
const FULL = Object.keys(fullWish.shape).filter((field) => !SOMETIMES.has(field));

const GRANTS = {
  city: '5202',
  street: STREET,
  community: COMMUNITY,
  grid: GRID,
  otherGrid: OTHER_GRID,
  otherCommunity: OTHER_COMMUNITY,
};
const HERE = new Set(['city', 'street', 'community', 'grid']);
/** The policy by hand: whoever works for the place reads its wishes, and nobody above it but by such a role. */
const READERS: readonly Role[] = ['worker', 'grid_worker', 'secretary'];
const MODERATORS: readonly Role[] = ['grid_worker', 'secretary'];

interface Reader {
  who: string;
  actor: Actor;
  reads: boolean;
  author?: true;
  unmasks: boolean;
}

function readersOf(wish: WishDoc): Reader[] {
  const roles = ROLES.flatMap((role) =>
    Object.entries(GRANTS).map(([grant, area]): Reader => {
      const here = HERE.has(grant);
      return {
        who: `a ${role} for the ${grant}`,
        actor: person(`${role}-${grant}`, [role], area),
        reads: here && READERS.includes(role),
        unmasks: here && MODERATORS.includes(role),
      };
    }),
  );
  const helping = ['claimed', 'reopened', 'partial', 'done'].includes(wish.state);
  const plain = (actor: Actor): Actor => ({ ...actor, roles: [] });
  const helper = (who: string, actor: Actor): Reader => {
    const helps = wish.helpers.includes(actor.id);
    return { who, actor: plain(actor), reads: helps, unmasks: helps && helping };
  };
  return [
    ...roles,
    { who: 'the requester', actor: granny, reads: true, author: true, unmasks: false },
    { who: 'the proxy', actor: daughter, reads: true, author: true, unmasks: false },
    helper('the claimant', li),
    helper('a member', zhao),
    { who: 'the sentinel', actor: plain(sentinel), reads: wish.offeredTo === sentinel.id, unmasks: false },
    { who: 'a neighbour', actor: person('邻居'), reads: false, unmasks: false },
    { who: 'nobody', actor: anonymous, reads: false, unmasks: false },
  ];
}

const STATES = Object.keys(WISH_STATES) as WishState[];
const cases = STATES.flatMap((state) => {
  const wish = telling(state);
  const offered = state === 'published' ? { ...wish, offeredTo: sentinel.id, offerUntil: wish.updatedAt } : wish;
  return readersOf(offered).map((reader) => ({ state, wish: offered, title: `${reader.who}, ${state}`, ...reader }));
});

describe('who reads which field', () => {
  it('is the policy: the whole for those involved and those who work for the place, the wall for everybody else', () => {
    for (const { title, wish, actor, reads, unmasks } of cases) {
      const caller = contextOf(actor);
      expect(mayRead(caller.ability, wish), title).toBe(reads);
      expect(mayUnmask(caller.ability, wish), title).toBe(unmasks);
      // Whoever works for the place may always do something or read; others see what stands on the wall.
      if (!reads && !ON_THE_WALL.includes(wish.state)) expect(isVisible(house, caller, wish), title).toBe(false);
      if (reads) expect(isVisible(house, caller, wish), title).toBe(true);
    }
    expect(cases.length).toBeGreaterThan(700);
    expect(cases.filter((one) => one.reads).length).toBeGreaterThan(150);
  });

  it('shows strangers exactly these fields, and in them nobody’s name, telephone, address or minute', () => {
    for (const { title, wish, actor, reads } of cases.filter((one) => !one.reads && ON_THE_WALL.includes(one.state))) {
      const caller = contextOf(actor);
      const view = publicView(wish, movesOf(house, caller, wish));
      const score = wish.state === 'closed' ? ['score'] : [];
      expect(Object.keys(view).sort(), title).toEqual([...PUBLIC, ...score].sort());
      const { moves: _moves, ...said } = view;
      const text = JSON.stringify(said);
      for (const secret of [...Object.values(SECRETS), granny.id, daughter.id, li.id, li.name, '桂芳', '刘小燕']) {
        expect(text, `${title}: ${secret}`).not.toContain(secret);
      }
      expect(text, title).not.toMatch(/T(?!00:00:00|16:00:00)\d\d:\d\d/u);
      expect(reads).toBe(false);
    }
  });

  it('shows of a line and of the whole exactly these fields to those who read', () => {
    for (const { title, wish, actor, author, unmasks } of cases.filter((one) => one.reads)) {
      const caller = contextOf(actor);
      const moves = movesOf(house, caller, wish);
      const line = listedView(wish, moves, caller.now);
      const sometimes = ['claimant', 'dueAt'].filter((field) => field in line);
      expect(Object.keys(line).sort(), title).toEqual([...LISTED, ...sometimes].sort());
      const view = fullView(house, caller, wish, moves);
      const fields = Object.keys(view).filter((field) => !SOMETIMES.has(field));
      expect(fields.sort(), title).toEqual([...FULL].sort());
      expect(() => fullWish.strict().parse(view), title).not.toThrow();
      // The address is its authors' own; everybody else asks for it, which is written down.
      expect('address' in view, title).toBe(author === true);
      expect(view.unmask, title).toBe(unmasks);
      const { text: _text, address: _address, title: _title, ...rest } = view;
      for (const secret of [SECRETS.address, SECRETS.phone]) expect(JSON.stringify(rest), title).not.toContain(secret);
    }
  });

  it('keeps reasons meant for those who decide from the authors, and gives everybody else all of them', () => {
    const back = moved(wishIn('claimed'), li, 'release', { reason: '老人家太挑了' }, { facts: FACTS });
    const told = moved(wishIn('submitted'), secretary, 'decline', { reason: '不在微心愿范围' });
    const reasons = (actor: Actor, wish: WishDoc) =>
      fullView(house, contextOf(actor), wish, []).history.flatMap(({ why }) => why ?? []);
    expect(reasons(granny, back)).not.toContain('老人家太挑了');
    expect(reasons(daughter, back)).not.toContain('老人家太挑了');
    expect(reasons(secretary, back)).toContain('老人家太挑了');
    for (const actor of [granny, daughter, secretary]) expect(reasons(actor, told)).toContain('不在微心愿范围');
  });

  it('shows of a wish merged into another how that stands, and not whose it is', () => {
    const into = { ...wishIn('claimed'), _id: idOf('other'), number: 7, requester: { id: idOf('x'), name: '何秀' } };
    const merged = moved(wishIn('submitted'), secretary, 'merge', { into: into._id }, { facts: { into } });
    const view = fullView(house, contextOf(granny), merged, [], into);
    expect(view.mergedInto).toEqual({ number: 7, state: 'claimed', stateWord: '办理中' });
    expect(JSON.stringify(view)).not.toContain('何秀');
  });

  it('shows of a child under 14 nothing but the kind of help', () => {
    const made = submitted({ text: '我叫小宇，在实验小学读书，想要一张书桌' }, granny, { child: true, place: PLACE });
    const published = moved(made, secretary, 'publish');
    const view = publicView(published, []);
    expect([view.title, view.text]).toEqual([
      '一个孩子的心愿：物品',
      '这是一个孩子的心愿，具体情况由社区保管，认领后会告诉您。',
    ]);
    const reworded = moved(made, secretary, 'publish', { wall: { title: '小宇的书桌', text: '小宇想要书桌' } });
    expect(JSON.stringify(publicView(reworded, []))).not.toContain('小宇');
  });
});
