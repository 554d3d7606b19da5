import { create, idFor, perform, rawCollection, readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { HaolinError, notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { settledOrLeft, standing } from '../../core/merging.ts';
import { factsFor, factsToSubmit } from './facts.ts';
import { submitInput } from './inputs.ts';
import { type WishMoveName, wishLifecycle, wishTable } from './lifecycle.ts';
import type { WishDoc, WishState } from './model.ts';
import { fullView, isVisible, mayRead, movesOf, publicView, type WishView } from './views.ts';

/** The wish after a move, and whether the request was one already carried out. */
export interface Moved {
  wish: WishDoc;
  repeated: boolean;
}

/**
 * Makes a wish. The same caller's same key makes it once.
 * @param input `SubmitInput` as the person gave it
 * @throws HaolinError invalid_input, forbidden, no_place, area_missing, person_missing, photo_missing, idempotency_key_reused
 */
export async function submitWish(house: House, caller: Caller, input: unknown): Promise<Moved> {
  const given = parseInput(submitInput, input);
  const id = idFor(wishLifecycle.name, caller.actor.id, caller.key);
  const facts = await factsToSubmit(house, caller, given, id);
  const ctx = { ...caller, calendar: house.calendar, facts };
  const { document, repeated } = await create(wishTable(house), 'submit', given, ctx, id);
  return { wish: document, repeated };
}

/**
 * Makes a person's move on a wish: any of the lifecycle table but those of the house itself.
 * @throws HaolinError not_found (also for what the caller may know nothing of), forbidden, wrong_state or the move's own named error
 */
export async function moveWish(
  house: House,
  caller: Caller,
  id: string,
  move: WishMoveName,
  input: unknown = {},
): Promise<Moved> {
  const ctx = { ...caller, calendar: house.calendar };
  const { document, repeated } = await perform(wishTable(house), id, move, input, ctx, (wish) =>
    factsFor(house, caller, wish, move, input),
  ).catch(async (error: unknown) => {
    throw await withoutHint(house, caller, id, error);
  });
  return {
    wish: move === 'merge' ? await settledOrLeft(house, wishTable(house), document, caller.now) : document,
    repeated,
  };
}

/** A wish the caller may know nothing of, its state included, is refused like one that is not there. */
async function withoutHint(house: House, caller: Caller, id: string, error: unknown): Promise<unknown> {
  if (!(error instanceof HaolinError && error.status < 500)) return error;
  const wish = await readAggregate(house.model<WishDoc>('wish'), id);
  return wish && isVisible(house, caller, wish) ? error : notFound('心愿');
}

/** A wish as the caller may see it; of one merged into another, how the other stands. @throws HaolinError not_found */
export async function getWish(house: House, caller: Caller, id: string): Promise<WishView> {
  const wish = await readAggregate(house.model<WishDoc>('wish'), id);
  if (!wish) throw notFound('心愿');
  return viewOf(house, caller, wish);
}

/** A wish by its human number in a community, as the caller may see it. @throws HaolinError not_found */
export async function findByNumber(house: House, caller: Caller, community: string, number: number): Promise<WishView> {
  const wish = await rawCollection(house.model<WishDoc>('wish')).findOne({ community, number });
  if (!wish) throw notFound('心愿');
  return viewOf(house, caller, wish as unknown as WishDoc);
}

/** A wish already read, as the caller may see it. @throws HaolinError not_found when it is none of their business */
export async function viewOf(house: House, caller: Caller, wish: WishDoc): Promise<WishView> {
  if (!isVisible(house, caller, wish)) throw notFound('心愿');
  const moves = movesOf(house, caller, wish);
  if (!mayRead(caller.ability, wish)) return publicView(wish, moves);
  const into = wish.mergedInto && (await standing(wishTable(house), wish.mergedInto.id));
  return fullView(house, caller, wish, moves, into);
}

/** In which state wishes are, by id; for who may know of them anyway: nothing else of a wish is told. */
export async function statesOf(house: House, ids: readonly string[]): Promise<Map<string, WishState>> {
  if (ids.length === 0) return new Map();
  const found = await house
    .model<WishDoc>('wish')
    .find({ _id: { $in: [...ids] } })
    .select({ state: 1 })
    .lean<Pick<WishDoc, '_id' | 'state'>[]>();
  return new Map(found.map(({ _id, state }) => [_id, state]));
}
