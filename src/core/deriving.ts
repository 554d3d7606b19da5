import {
  type Aggregate,
  type AnyMove,
  lifecycleOf,
  type Move,
  type MoveContext,
  type Patch,
  type Start,
} from './moves.ts';
import type { Telling } from './outbox.ts';
import { type Calendar, dayOf } from './time.ts';

/** What lifecycles share whose documents keep, beside what people put in, what follows from it: columns, deadlines, ranks. */

/**
 * As `lifecycleOf`, for documents that carry derived fields: after its own patch every move (and the start) sets them anew,
 * and of one move nobody hears twice.
 * @param derived what follows from the rest of a document; pure
 */
export function lifecycleDeriving<D extends Aggregate, S extends string, F>(
  derived: (doc: D, calendar: Calendar) => Patch<D>,
) {
  const bare = lifecycleOf<D, S, F>();
  type Context = MoveContext<F>;

  function move<I>(definition: Move<D, S, F, I>) {
    return bare.move<I>({
      ...definition,
      apply(doc, input, ctx) {
        const patch = definition.apply?.(doc, input, ctx) ?? ({} as Patch<D>);
        const { to } = definition;
        const state = typeof to === 'string' ? to : to.choose(doc, input, ctx);
        const after = { ...doc, ...patch, state, updatedAt: ctx.now } as D;
        return { ...patch, ...derived(after, ctx.calendar) };
      },
      tell: (after, ctx, input, before) => onceEach(definition.tell?.(after, ctx, input, before) ?? [], ctx),
    });
  }

  function start<I>(definition: Start<D, S, F, I>) {
    return bare.start<I>({
      ...definition,
      build(input, ctx: Context) {
        const fields = definition.build(input, ctx);
        const follows = derived({ ...fields, state: definition.to } as unknown as D, ctx.calendar);
        return Object.assign(
          fields,
          Object.fromEntries(Object.entries(follows).filter(([, value]) => value !== undefined)),
        );
      },
      tell: (after, ctx, input) => onceEach(definition.tell?.(after, ctx, input) ?? [], ctx),
    });
  }

  /** A state kept: for moves that change only what is known of the document. */
  function staying<const T extends readonly S[]>(from: T) {
    return { from, to: { among: from, choose: (doc: D) => doc.state as S } };
  }

  return { lifecycle: bare.lifecycle, move, start, staying };
}

type Acting = Pick<MoveContext<unknown>, 'actor' | 'now'>;

/** How often whoever acts has made this move on the document on this Shanghai day. */
export function madeToday({ history }: Aggregate, name: string, { actor, now }: Acting): number {
  const today = dayOf(now);
  return history.filter((one) => one.move === name && one.by.id === actor.id && dayOf(one.at) === today).length;
}

/**
 * The moves with a bound on how often a day a person makes each: without one, one person could fill a document's history,
 * and another's telephone.
 * @param guard what refuses, given how often the move was made today; nothing when it may be made again
 */
export function sparing<M extends string, D extends Aggregate, S extends string, F>(
  moves: Record<M, AnyMove<D, S, F>>,
  bound: (made: number, doc: D) => ReturnType<NonNullable<AnyMove<D, S, F>['guard']>>,
): Record<M, AnyMove<D, S, F>> {
  const bounded = Object.entries<AnyMove<D, S, F>>(moves).map(([name, definition]) => {
    if (definition.by === 'system') return [name, definition];
    const { guard } = definition;
    const withBound: typeof guard = (doc, input, ctx) =>
      bound(madeToday(doc, name, ctx), doc) ?? guard?.(doc, input, ctx);
    return [name, { ...definition, guard: withBound }];
  });
  return Object.fromEntries(bounded) as Record<M, AnyMove<D, S, F>>;
}

/** One message a person and move, the first one meant for them, and none to the person who made the move. */
function onceEach(tellings: Telling[], { actor }: Acting): Telling[] {
  const told = new Set<string>();
  return tellings.flatMap((telling) => {
    if ('role' in telling.to) {
      const { role, area } = telling.to;
      if (told.has(`${role}@${area}`)) return [];
      told.add(`${role}@${area}`);
      return [{ ...telling, to: actor.kind === 'person' ? { except: actor.id, ...telling.to } : telling.to }];
    }
    if ('living' in telling.to || 'people' in telling.to) return [telling];
    const { person } = telling.to;
    if (person === actor.id || told.has(person)) return [];
    told.add(person);
    return [telling];
  });
}
