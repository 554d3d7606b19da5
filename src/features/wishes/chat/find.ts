import { z } from 'zod';
import { readAggregate } from '../../../core/aggregate.ts';
import type { Caller } from '../../../core/caller.ts';
import { HaolinError, notFound } from '../../../core/errors.ts';
import type { Answer, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { decide } from '../../../core/lifecycle.ts';
import { communityOf, lineage } from '../../areas/index.ts';
import { WHICH } from '../chat-messages.ts';
import { factsFor } from '../facts.ts';
import { type WishMoveName, wishLifecycle } from '../lifecycle.ts';
import { listWishes, type WishQuery } from '../lists.ts';
import type { WishDoc } from '../model.ts';
import { findByNumber, getWish } from '../service.ts';
import type { WishLine, WishView } from '../views.ts';

/** Who asks the service: the speaker of a turn, under its key. */
export const callerOf = ({ actor, ability, now, key }: Turn): Caller => ({ actor, ability, now, key });

/** The communities whose numbers a speaker may mean, the likeliest first: the group's, those served, the one lived in. */
export function communitiesOf({ area, actor }: Turn): string[] {
  const codes = [...(area === undefined ? [] : [area]), ...actor.roles.map((grant) => grant.area)];
  const found = [...codes.map((code) => communityOf(lineage(code))), communityOf(actor.areas)];
  return [...new Set(found.filter((code) => code !== undefined))];
}

/** Which wish a turn is about, or what to say while that is not clear. */
export type Which = { wish: WishView } | { answer: Answer };

/** What earlier steps of the same matter found out. */
const foundBefore = z.object({ id: z.string().optional(), words: z.string().optional() });
export const foundIn = (turn: Turn) => foundBefore.safeParse(turn.kept ?? {}).data ?? {};

/** Moves a person may ask for in chat about a wish of a list. */
export type ChatMove = keyof typeof WHICH.none & WishMoveName;

/** Where to look for the wish when no number was said. */
const POOL: Record<ChatMove, WishQuery | undefined> = {
  claim: undefined,
  publish: undefined,
  decline: undefined,
  contact: { claimedByMe: true, column: 'helping' },
  extend: { claimedByMe: true, column: 'helping' },
  release: { claimedByMe: true, column: 'helping' },
  done: { claimedByMe: true, column: 'helping' },
  withdraw: { mine: true },
  rate: { mine: true, column: 'answered' },
};

/**
 * Finds the wish a turn means: by what was found before, by its number, or as the only one that can be meant. Several:
 * the person is asked which.
 */
export async function whichWish(house: House, turn: Turn, intent: string, move: ChatMove): Promise<Which> {
  const caller = callerOf(turn);
  const { id, words = turn.text } = foundIn(turn);
  if (id !== undefined) return { wish: await getWish(house, caller, id) };
  const { number } = turn.slots;
  if (number !== undefined) {
    const wish = await byNumber(house, turn, number, move);
    return wish ? { wish } : { answer: { text: WHICH.notFound(number) } };
  }
  const pool = await candidates(house, turn, move);
  const [only] = pool;
  if (!only) return { answer: { text: WHICH.none[move] } };
  // The last one finished is the one the person was just asked to judge.
  if (pool.length === 1 || move === 'rate') return { wish: await getWish(house, caller, only.id) };
  const options = pool.slice(0, 9).map((wish) => ({
    label: WHICH.label(wish.number, wish.title, wish.stateWord),
    intent,
    slots: { ...turn.slots, number: wish.number },
    kept: { ...turn.kept, id: wish.id, words },
  }));
  return { answer: { text: WHICH.wish, options } };
}

async function candidates(house: House, turn: Turn, move: ChatMove): Promise<WishLine[]> {
  const query = POOL[move] ?? placeQuery(turn, move);
  if (!query) return [];
  const { items } = await listWishes(house, callerOf(turn), { ...query, limit: 30 });
  const able = items.filter((wish) => wish.moves.includes(move));
  return move === 'rate' ? able.sort(latestFinished) : able;
}

function placeQuery(turn: Turn, move: ChatMove): WishQuery | undefined {
  const [area] = communitiesOf(turn);
  return area === undefined ? undefined : { area, column: move === 'claim' ? 'open' : 'waiting' };
}

/** The deadline to answer runs from the moment it was finished, so the latest has the latest. */
function latestFinished(a: WishLine, b: WishLine): number {
  const due = (wish: WishLine) => ('dueAt' in wish ? (wish.dueAt ?? '') : '');
  return due(b).localeCompare(due(a)) || b.number - a.number;
}

/** The wish of that number in the first community it can be meant of, rather one the move can be made on. */
export async function byNumber(
  house: House,
  turn: Turn,
  number: number,
  move?: WishMoveName,
): Promise<WishView | undefined> {
  const found: WishView[] = [];
  for (const community of communitiesOf(turn)) {
    try {
      found.push(await findByNumber(house, callerOf(turn), community, number));
    } catch (error) {
      if (!(error instanceof HaolinError && error.code === 'not_found')) throw error;
    }
  }
  return found.find((wish) => move !== undefined && wish.moves.includes(move)) ?? found[0];
}

/** Throws what would stand in the way of a move, before the person is asked to confirm it. */
export async function rehearse(
  house: House,
  turn: Turn,
  id: string,
  move: WishMoveName,
  input: unknown,
): Promise<void> {
  const wish = await readAggregate(house.model<WishDoc>('wish'), id);
  if (!wish) throw notFound('心愿');
  const caller = callerOf(turn);
  const facts = await factsFor(house, caller, wish, move, input);
  decide(wishLifecycle, wish, move, input, { ...caller, calendar: house.calendar, facts });
}
