/** Wishes for tests without a store: a street with people, and a wish brought into any state by its own lifecycle. */
import { type Ability, type Actor, abilityFor, type Role, system } from '../../src/core/ability.ts';
import { begin, decide } from '../../src/core/lifecycle.ts';
import { atCivil, DAY, stateCouncilCalendar } from '../../src/core/time.ts';
import { DEFAULT_TARGETS, lineage } from '../../src/features/areas/index.ts';
import { type WishDoc, type WishMoveName, type WishState, wishLifecycle } from '../../src/features/wishes/index.ts';
import { wishRules } from '../../src/features/wishes/rules.ts';
import type { WishContext, WishFacts } from '../../src/features/wishes/table.ts';

export const GRID = '520201011001G01';
export const COMMUNITY = '520201011001';
export const STREET = '520201011';
export const OTHER_GRID = '520201011001G02';
export const OTHER_COMMUNITY = '520201011002';

/** Monday, 9 March 2026, ten in the morning in Shanghai. */
export const NOW = atCivil('2026-03-09', 10);
export const later = (days: number): Date => new Date(NOW.getTime() + days * DAY);
export const calendar = stateCouncilCalendar();

/** A stable made-up id for a word, so that tests read like sentences. */
export const idOf = (word: string): string => Buffer.from(word).toString('hex').padEnd(24, '0').slice(0, 24);

export function person(
  name: string,
  roles: Role[] = ['resident'],
  area: string = COMMUNITY,
  home: string = GRID,
): Actor {
  return {
    kind: 'person',
    id: idOf(name),
    name,
    roles: roles.map((role) => ({ role, area })),
    areas: lineage(home),
    channel: 'api',
  };
}

export const granny = person('王桂芳');
export const daughter = person('刘小燕');
export const sentinel = person('周敏', ['worker']);
export const li = person('李强', ['worker']);
export const zhao = person('赵磊', ['volunteer']);
export const sun = person('孙静', ['social_worker']);
export const gridWorker = person('吴刚', ['grid_worker'], GRID);
export const secretary = person('陈建国', ['secretary']);
export const farWorker = person('钱远', ['worker'], OTHER_COMMUNITY, `${OTHER_COMMUNITY}G01`);
export const supervisor = person('郑督', ['supervisor'], STREET);
export const clockwork = system();

const abilities = new Map<string, Ability>();

/** What an actor may do; made once each, as the running house does too. */
function abilityOf(actor: Actor): Ability {
  const key = [actor.id, actor.areas, ...actor.roles.map(({ role, area }) => `${role}:${area}`)].join(' ');
  const ability = abilities.get(key) ?? abilityFor(actor, wishRules);
  abilities.set(key, ability);
  return ability;
}

export function contextOf(actor: Actor, extra: Partial<WishContext> = {}): WishContext {
  return { actor, ability: abilityOf(actor), now: NOW, calendar, facts: {}, ...extra };
}

export const PLACE: NonNullable<WishFacts['place']> = {
  areas: lineage(GRID),
  community: COMMUNITY,
  grid: GRID,
  label: '幸福里社区 · 第1网格',
  targets: DEFAULT_TARGETS,
};
export const SUBMIT = { text: '想要一个电饭煲，家里的坏了', category: 'goods' };

/** The grandmother's wish, just made. */
export function submitted(input: Record<string, unknown> = {}, actor: Actor = granny, facts: WishFacts = {}): WishDoc {
  const ctx = contextOf(actor, { facts: { place: PLACE, photos: [], ...facts } });
  return begin(wishLifecycle, 'submit', { ...SUBMIT, ...input }, ctx, idOf('wish'), 12);
}

/** The wish after a move, which must succeed. */
export function moved(
  wish: WishDoc,
  actor: Actor,
  move: WishMoveName,
  input: unknown = {},
  extra: Partial<WishContext> = {},
): WishDoc {
  const decision = decide(wishLifecycle, wish, move, input, contextOf(actor, extra));
  return decision.kind === 'repeat' ? decision.document : decision.after;
}

/** Facts that let every move succeed: whoever is asked for is there. */
export const FACTS: WishFacts = {
  photos: [],
  assignee: { id: li.id, name: li.name, serves: true },
  into: { _id: idOf('other'), number: 7, community: COMMUNITY, state: 'published' },
};

/** An input every move accepts in some state. */
export const INPUTS: Record<WishMoveName, unknown> = {
  publish: {},
  decline: { reason: '不在微心愿范围' },
  merge: { into: idOf('other') },
  refer: { to: '12345', number: 'GZ-001' },
  conclude: { note: '12345 已经办好' },
  assign: { to: li.id },
  claim: {},
  join: {},
  leave: {},
  pass: {},
  contact: { note: '电话里说好了' },
  extend: { until: '2026-04-10', reason: '等货到' },
  release: { reason: '临时出差' },
  done: { note: '送到家里了' },
  partial: { note: '先送了一个旧的', left: '新的还没到' },
  rate: { score: 5 },
  withdraw: {},
  warn: { stage: 'claim' },
  escalate: { stage: 'claim', to: 'secretary' },
  autoRelease: {},
  autoClose: {},
  endOffer: {},
  absorb: { followers: [{ id: idOf('dup'), number: 3, authors: [idOf('张')] }] },
  settle: {},
};

/** A wish of the grandmother (made by her daughter) in a state, claimed by 李强 with a group of 赵磊 where it is claimed. */
export function wishIn(state: WishState): WishDoc {
  const made = submitted({ for: { person: granny.id, relation: '女儿' } }, daughter, {
    subject: { id: granny.id, name: granny.name, cared: true },
  });
  const act = (wish: WishDoc, actor: Actor, move: WishMoveName, input: unknown = INPUTS[move]) =>
    moved(wish, actor, move, input, { facts: FACTS });
  const published = () => act(made, secretary, 'publish');
  const claimed = () => act(act(published(), li, 'claim', { group: '好邻小队' }), zhao, 'join');
  const done = () => act(claimed(), li, 'done');
  const ways: Record<WishState, () => WishDoc> = {
    submitted: () => made,
    published,
    claimed,
    done,
    partial: () => act(claimed(), li, 'partial'),
    reopened: () => act(done(), granny, 'rate', { score: 1, words: '盖子是坏的' }),
    closed: () => act(done(), granny, 'rate'),
    declined: () => act(made, secretary, 'decline'),
    withdrawn: () => act(made, granny, 'withdraw'),
    merged: () => act(made, secretary, 'merge'),
    referred: () => act(made, secretary, 'refer'),
  };
  return ways[state]();
}
