import {
  type AnyMove,
  type Lifecycle,
  lifecycleOf,
  type Move,
  type MoveContext,
  type Start,
  type Telling,
} from '../../core/lifecycle.ts';
import type { Named } from '../../core/named.ts';
import type { PhotoRef } from '../../core/photos.ts';
import { dayOf } from '../../core/time.ts';
import type { Targets } from '../areas/index.ts';
import { derived } from './due.ts';
import { enoughToday } from './errors.ts';
import type { WishDoc, WishState } from './model.ts';

/** The place of a new wish, as the area register knows it. */
export interface Place {
  /** Codes from the city down to the grid, or to the community when the grid is not known. */
  areas: string[];
  community: string;
  grid?: string;
  /** What anyone may know of it: the names of community and grid. */
  label: string;
  targets: Targets;
}

/** What a decision needs besides the wish; the service loads only what the move at hand asks for. */
export interface WishFacts {
  /** submit */
  place?: Place;
  sealedAddress?: string;
  /** submit: the words as they were said, when there are numbers in them that say who somebody is. */
  sealedText?: string;
  /** submit: whose wish it is may be under 14, by the register. */
  child?: boolean;
  /** submit for somebody with an account; `cared`: the register knows that the actor looks after them. */
  subject?: Named & { cared: boolean };
  /** publish: the sentinel who answers for the requester. */
  sentinel?: Named;
  /** publish with other words for the wall: the exact address, so that it cannot slip into them. */
  address?: string;
  /** assign */
  assignee?: Named & { serves: boolean };
  /** merge */
  into?: Pick<WishDoc, '_id' | 'number' | 'community' | 'state'>;
  /** submit, done, partial: those of the photos named that are there and were sent by the actor. */
  photos?: PhotoRef[];
}

export type WishContext = MoveContext<WishFacts>;
export type WishMove<I> = Move<WishDoc, WishState, WishFacts, I>;
export type WishLifecycle = Lifecycle<WishDoc, WishState, WishFacts>;

const bare = lifecycleOf<WishDoc, WishState, WishFacts>();
export const { lifecycle } = bare;

/** A move on a wish. After its own patch it keeps what follows from the rest, and nobody hears of one move twice. */
export function move<I>(definition: WishMove<I>) {
  return bare.move<I>({
    ...definition,
    apply(wish, input, ctx) {
      const patch = definition.apply?.(wish, input, ctx) ?? {};
      const { to } = definition;
      const state = typeof to === 'string' ? to : to.choose(wish, input, ctx);
      const after = { ...wish, ...patch, state, updatedAt: ctx.now } as WishDoc;
      return { ...patch, ...derived(after, ctx.calendar) };
    },
    tell: (after, ctx, input, before) => onceEach(definition.tell?.(after, ctx, input, before) ?? [], ctx),
  });
}

/** How a wish begins, under the same rules as `move`. */
export function start<I>(definition: Start<WishDoc, WishState, WishFacts, I>) {
  return bare.start<I>({
    ...definition,
    build(input, ctx) {
      const fields = definition.build(input, ctx);
      const follows = derived({ ...fields, state: definition.to } as WishDoc, ctx.calendar);
      return Object.assign(
        fields,
        Object.fromEntries(Object.entries(follows).filter(([, value]) => value !== undefined)),
      );
    },
    tell: (after, ctx, input) => onceEach(definition.tell?.(after, ctx, input) ?? [], ctx),
  });
}

/** A state kept: for moves that change only what is known of the wish. */
export function staying<const S extends readonly WishState[]>(from: S) {
  return { from, to: { among: from, choose: (wish: WishDoc) => wish.state } };
}

/** How often whoever acts has made this move on the wish on this Shanghai day. */
export function madeToday(wish: WishDoc, name: string, { actor, now }: WishContext): number {
  const today = dayOf(now);
  return wish.history.filter((one) => one.move === name && one.by.id === actor.id && dayOf(one.at) === today).length;
}

/** More than anybody needs; without a bound one helper could fill a wish's history, and its author's telephone. */
const MOST_A_DAY = 5;

/** The moves with that bound on each of them a person makes. */
export function sparing<M extends string>(
  moves: Record<M, AnyMove<WishDoc, WishState, WishFacts>>,
): Record<M, AnyMove<WishDoc, WishState, WishFacts>> {
  const bounded = Object.entries<AnyMove<WishDoc, WishState, WishFacts>>(moves).map(([name, definition]) => {
    if (definition.by === 'system') return [name, definition];
    const { guard } = definition;
    const withBound: typeof guard = (wish, input, ctx) =>
      madeToday(wish, name, ctx) < MOST_A_DAY ? guard?.(wish, input, ctx) : enoughToday();
    return [name, { ...definition, guard: withBound }];
  });
  return Object.fromEntries(bounded) as Record<M, AnyMove<WishDoc, WishState, WishFacts>>;
}

/** One message a person and move, the first one meant for them, and none to the person who made the move. */
function onceEach(tellings: Telling[], ctx: WishContext): Telling[] {
  const told = new Set<string>();
  return tellings.flatMap((telling) => {
    if ('role' in telling.to) {
      const { except = ctx.actor.kind === 'person' ? ctx.actor.id : undefined, role, area } = telling.to;
      if (told.has(`${role}@${area}`)) return [];
      told.add(`${role}@${area}`);
      return [{ ...telling, to: except === undefined ? { role, area } : { role, area, except } }];
    }
    if ('living' in telling.to || 'people' in telling.to) return [telling];
    const { person } = telling.to;
    if (person === ctx.actor.id || told.has(person)) return [];
    told.add(person);
    return [telling];
  });
}
