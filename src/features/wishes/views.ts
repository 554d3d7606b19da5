import { z } from 'zod';
import { type Ability, may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { movesFor } from '../../core/lifecycle.ts';
import { wholeWords } from '../../core/sealed-words.ts';
import { atCivil, dayOf } from '../../core/time.ts';
import { category } from './inputs.ts';
import { wishLifecycle } from './lifecycle.ts';
import { addressPlace, WISH_STATES, type WishDoc, type WishState } from './model.ts';

/** A wish as it leaves the house: whole to those involved, without anything personal to everybody else. */

const state = z.enum(Object.keys(WISH_STATES) as [WishState, ...WishState[]]);
const at = z.iso.datetime();
const named = z.object({ id: z.string(), name: z.string() });
const photo = z.object({ id: z.string(), width: z.number(), height: z.number() });
const moves = z.array(z.string()).describe('这个人现在能做的操作');

const common = {
  id: z.string(),
  number: z.number().int(),
  title: z.string(),
  text: z.string(),
  category,
  state,
  stateWord: z.string(),
  urgent: z.boolean(),
  place: z.string().describe('社区和网格'),
  community: z.string(),
  postedAt: at,
  moves,
};

export const publicWish = z
  .object({ view: z.literal('public'), ...common, score: z.number().int().optional() })
  .meta({ id: 'PublicWish' });
export type PublicWish = z.output<typeof publicWish>;

const outcome = z.object({ note: z.string(), photos: z.array(photo), cost: z.number().optional(), at });

/** What a line of a list carries. */
export const listedWish = z
  .object({
    view: z.literal('full'),
    ...common,
    version: z.number().int(),
    requester: named,
    claimant: named.optional(),
    dueAt: at.optional(),
    late: z.boolean(),
  })
  .meta({ id: 'ListedWish' });
export type ListedWish = z.output<typeof listedWish>;

export const fullWish = listedWish
  .extend({
    grid: z.string().optional(),
    address: z.string().optional().describe('只给许愿人自己看；其他人用 unmask 查看'),
    unmask: z.boolean().describe('可以用 unmask 查看联系方式和详细地址（会留下记录）'),
    wall: z.object({ title: z.string(), text: z.string() }),
    priority: z.number().int(),
    proxy: named.optional(),
    beneficiary: z.object({ name: z.string(), relation: z.string(), under14: z.boolean() }).optional(),
    photos: z.array(photo),
    group: z.object({ name: z.string(), members: z.array(named) }).optional(),
    offeredUntil: at.optional(),
    contactedAt: at.optional(),
    contactNote: z.string().optional(),
    extensions: z.array(z.object({ until: at, reason: z.string(), at })),
    due: z.record(z.string(), at),
    done: outcome.optional(),
    left: z.string().optional(),
    rating: z.object({ score: z.number().int(), words: z.string().optional(), at }).optional(),
    reopenings: z.number().int(),
    mergedInto: z
      .object({ number: z.number().int(), state: state.optional(), stateWord: z.string().optional() })
      .optional(),
    duplicates: z.number().int(),
    referral: z.object({ to: z.string(), number: z.string() }).optional(),
    history: z.array(
      z.object({
        at,
        move: z.string(),
        to: state,
        toWord: z.string(),
        by: z.string(),
        why: z.string().optional(),
        channel: z.string(),
      }),
    ),
  })
  .meta({ id: 'FullWish' });
export type FullWish = z.output<typeof fullWish>;

export type WishView = FullWish | PublicWish;
export const wishView = z.discriminatedUnion('view', [fullWish, publicWish]);
export const wishLine = z.discriminatedUnion('view', [listedWish, publicWish]);
export type WishLine = ListedWish | PublicWish;

/** States in which a wish stands on the wall for everyone. */
export const ON_THE_WALL: readonly WishState[] = [
  'published',
  'claimed',
  'reopened',
  'referred',
  'done',
  'partial',
  'closed',
];

/** Moves of bookkeeping that say nothing to people. */
const BOOKKEEPING = new Set(['absorb', 'settle', 'warn', 'escalate', 'endOffer']);
/** Reasons meant for the authors; the others are between those who decide. */
const SAID_TO_AUTHORS = new Set(['decline', 'extend', 'done', 'partial', 'conclude', 'rate', 'withdraw']);
/** With which moves words are written that the authors read whole, whoever wrote them. */
const MEANT_FOR_AUTHORS = new Set([...SAID_TO_AUTHORS, 'submit', 'contact']);

/** Whether this ability covers reading the whole of a wish. */
export const mayRead = (ability: Ability, wish: object): boolean => may(ability, 'read', 'wish', wish);

/** Whether this ability covers asking for the names, telephones and address behind a wish. */
export const mayUnmask = (ability: Ability, wish: object): boolean => may(ability, 'unmask', 'wish', wish);

/** Whether the caller may know that the wish is there at all. Whoever may act on it must be able to see it. */
export function isVisible(house: Pick<House, 'calendar'>, caller: Caller, wish: WishDoc): boolean {
  return mayRead(caller.ability, wish) || ON_THE_WALL.includes(wish.state) || movesOf(house, caller, wish).length > 0;
}

/** The moves a caller may make on a wish now. */
export function movesOf(house: Pick<House, 'calendar'>, caller: Caller, wish: WishDoc): string[] {
  return movesFor(wishLifecycle, wish, { ...caller, calendar: house.calendar, facts: {} });
}

/** As strangers see it. Nothing is taken from the wish but what the wall may show. */
export function publicView(wish: WishDoc, moves: string[]): PublicWish {
  return {
    view: 'public',
    ...commonTo(wish, wish.wall, moves),
    // A day, not a minute: who was seen at the community's desk at 10:42 is easily guessed.
    postedAt: atCivil(dayOf(wish.postedAt)).toISOString(),
    ...(wish.state === 'closed' && wish.rating && { score: wish.rating.score }),
  };
}

/** A line of a list, for those who may read the whole. */
export function listedView(wish: WishDoc, moves: string[], now: Date): ListedWish {
  return {
    view: 'full',
    ...commonTo(wish, wish, moves),
    version: wish.version,
    requester: wish.requester,
    ...(wish.claimant && { claimant: wish.claimant }),
    ...(wish.dueAt && { dueAt: wish.dueAt.toISOString() }),
    late: wish.dueAt !== undefined && wish.dueAt < now,
  };
}

/** The whole of a wish for somebody involved. `into` is the wish it was merged into, of which only the state is shown. */
export function fullView(house: House, caller: Caller, wish: WishDoc, moves: string[], into?: WishDoc): FullWish {
  const author = wish.authors.includes(caller.actor.id);
  // Anybody else sees the numbers in what others wrote by `unmask`.
  const said = wholeWords(
    house.vault,
    'wish',
    wish,
    ({ by, move }) => by.id === caller.actor.id || (author && MEANT_FOR_AUTHORS.has(move)),
  );
  const { proxy, beneficiary, group, done, rating, mergedInto, referral } = wish;
  return {
    ...listedView(wish, moves, caller.now),
    ...(wish.grid && { grid: wish.grid }),
    text: said(wish.text, wish.createdAt),
    ...addressFor(house, author, wish),
    unmask: mayUnmask(caller.ability, wish),
    wall: wish.wall,
    priority: wish.priority,
    ...(proxy && { proxy }),
    ...(beneficiary && {
      beneficiary: { name: beneficiary.name, relation: beneficiary.relation, under14: beneficiary.under14 },
    }),
    photos: wish.photos,
    ...(group && { group }),
    ...(wish.offerUntil && { offeredUntil: wish.offerUntil.toISOString() }),
    ...(wish.contactedAt && { contactedAt: wish.contactedAt.toISOString() }),
    ...(wish.contactNote && { contactNote: said(wish.contactNote) }),
    extensions: wish.extensions.map(({ until, reason, at: extended }) => ({
      until: until.toISOString(),
      reason: said(reason, extended),
      at: extended.toISOString(),
    })),
    due: Object.fromEntries(Object.entries(wish.due).map(([stage, due]) => [stage, due.toISOString()])),
    ...(done && { done: { ...done, note: said(done.note, done.at), at: done.at.toISOString() } }),
    ...(wish.left && { left: said(wish.left) }),
    ...(rating && {
      rating: {
        score: rating.score,
        ...(rating.words && { words: said(rating.words, rating.at) }),
        at: rating.at.toISOString(),
      },
    }),
    reopenings: wish.reopenings,
    ...(mergedInto && {
      mergedInto: { number: mergedInto.number, ...(into && { state: into.state, stateWord: WISH_STATES[into.state] }) },
    }),
    duplicates: wish.mergedFrom?.length ?? 0,
    ...(referral && { referral }),
    history: wish.history
      .filter((entry) => !BOOKKEEPING.has(entry.move))
      .map((entry) => ({
        at: entry.at.toISOString(),
        move: entry.move,
        to: entry.to as WishState,
        toWord: WISH_STATES[entry.to as WishState],
        by: entry.by.name,
        ...(entry.why && (!author || SAID_TO_AUTHORS.has(entry.move)) && { why: said(entry.why, entry.at) }),
        channel: entry.channel,
      })),
  };
}

/** One's own address, as far as it opens: a page is not lost for one line on it. */
function addressFor({ vault }: House, author: boolean, { _id, place }: WishDoc): { address?: string } {
  const address = author && place.sealed ? vault.tryOpen(place.sealed, addressPlace(_id)) : undefined;
  return address === undefined ? {} : { address };
}

function commonTo(wish: WishDoc, words: { title: string; text: string }, moves: string[]) {
  return {
    id: wish._id,
    number: wish.number,
    title: words.title,
    text: words.text,
    category: wish.category,
    state: wish.state,
    stateWord: WISH_STATES[wish.state],
    urgent: wish.urgent,
    place: wish.place.label,
    community: wish.community,
    postedAt: wish.postedAt.toISOString(),
    moves,
  };
}
