import { readAggregate } from '../../../core/aggregate.ts';
import { notFound } from '../../../core/errors.ts';
import type { Answer, Turn } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { decide, objectionTo } from '../../../core/lifecycle.ts';
import { canBeMeant, complaintsOf, type Finder, whichOf } from '../../../core/which.ts';
import { communitiesMeant, inCommunitiesMeant } from '../../areas/index.ts';
import { NOT_NOW, NOT_YOURS, RATE, WHICH } from '../chat-messages.ts';
import { factsFor } from '../facts.ts';
import { type WishMoveName, wishLifecycle } from '../lifecycle.ts';
import { listWishes, type WishQuery } from '../lists.ts';
import type { WishDoc } from '../model.ts';
import { findByNumber, getWish } from '../service.ts';
import type { WishLine, WishView } from '../views.ts';

/** Which wish a turn is about, or what to say while that is not clear. */
export type Which = { wish: WishView } | { answer: Answer };

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
  const which = await whichOf(turn, intent, finderOf(house, turn, move));
  if ('answer' in which) return which;
  // Before anything is asked: nobody tells the story of what they may not do.
  const text = await refusalOf(house, turn, which.matter, move);
  return text === undefined ? { wish: which.matter } : { answer: { text } };
}

/** Whether a wish can be meant with this move now: see `Intent.fits`. */
export const wishFits = (move: ChatMove) => (turn: Turn, house: House) => canBeMeant(turn, finderOf(house, turn, move));

/** Which of one's own that are done are not, by what is said: see `Intent.hears`. */
export const wishComplaints = (turn: Turn, house: House) =>
  complaintsOf(turn, finderOf(house, turn, 'rate'), RATE.notDone);

const finderOf = (house: House, turn: Turn, move: ChatMove): Finder<WishView> => ({
  move,
  get: (id) => getWish(house, turn, id),
  byNumber: (number) => byNumber(house, turn, number),
  pool: () => candidates(house, turn, move),
  words: { ...WHICH, which: WHICH.wish, none: WHICH.none[move] },
});

/** Why the speaker cannot make this move on this wish now, whatever they have to say about it. */
async function refusalOf(
  house: House,
  turn: Turn,
  { id, moves }: WishView,
  move: ChatMove,
): Promise<string | undefined> {
  const wish = await readAggregate(house.model<WishDoc>('wish'), id);
  if (!wish) return notFound('心愿').detail;
  const objection = objectionTo(wishLifecycle, move, wish, { ...turn, calendar: house.calendar, facts: {} });
  if (objection?.code === 'forbidden') {
    return NOT_YOURS[move]?.(wish.number, moves.includes('claim')) ?? objection.detail;
  }
  if (objection?.code === 'wrong_state') return NOT_NOW(move, wish.number, wish.state);
  return objection?.detail;
}

async function candidates(house: House, turn: Turn, move: ChatMove): Promise<(WishLine | WishView)[]> {
  const query = POOL[move] ?? placeQuery(turn, move);
  if (!query) return [];
  const { items } = await listWishes(house, turn, { ...query, limit: 30 });
  const able = items.filter((wish) => wish.moves.includes(move));
  return move === 'rate' && able.length > 1 ? latestFinishedFirst(house, turn, able) : able;
}

/** The one finished last is most likely the one meant, so it stands first. */
async function latestFinishedFirst(house: House, turn: Turn, lines: WishLine[]): Promise<WishView[]> {
  const wishes = await Promise.all(lines.map((line) => getWish(house, turn, line.id)));
  const finished = (wish: WishView) => (wish.view === 'full' ? (wish.done?.at ?? '') : '');
  return wishes.sort((a, b) => finished(b).localeCompare(finished(a)));
}

function placeQuery(turn: Turn, move: ChatMove): WishQuery | undefined {
  const [area] = communitiesMeant(turn);
  return area === undefined ? undefined : { area, column: move === 'claim' ? 'open' : 'waiting' };
}

/** The wishes of that number in the communities a speaker may mean, the likeliest first. */
export const byNumber = (house: House, turn: Turn, number: number): Promise<WishView[]> =>
  inCommunitiesMeant(turn, (community) => findByNumber(house, turn, community, number));

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
  const caller = turn;
  const facts = await factsFor(house, caller, wish, move, input);
  decide(wishLifecycle, wish, move, input, { ...caller, calendar: house.calendar, facts });
}
