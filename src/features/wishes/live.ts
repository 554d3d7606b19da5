import type { Change } from '../../core/aggregate.ts';
import { changesIn } from '../../core/board.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { lineage } from '../areas/index.ts';
import type { WishState } from './model.ts';
import { mayRead, ON_THE_WALL } from './views.ts';

/**
 * One change of a wish on a board, without anything personal. Strangers hear of no more than the wall shows: a wish that
 * changed its state there, or is `gone` from it. What was done, and how often, is for those who may read wishes here.
 */
export type BoardEvent =
  | { id: string; state: WishState; version: number; move: string }
  | { id: string; state: WishState | 'gone' };

/**
 * The changes of an area's wishes as they happen, until `signal` ends it.
 * @param area code of any level
 */
export async function* boardEvents(
  house: House,
  caller: Caller,
  area: string,
  signal: AbortSignal,
): AsyncGenerator<{ event: string; data: BoardEvent; id: string }> {
  const reads = mayRead(caller.ability, { areas: lineage(area) });
  const wanted = (change: Change) => change.aggregate === 'wish' && (reads || showsOnTheWall(change));
  for await (const change of changesIn(house, area, wanted, signal)) {
    yield reads ? forReaders(change) : forStrangers(change);
  }
}

const stands = (state: string | null): state is WishState =>
  (ON_THE_WALL as readonly (string | null)[]).includes(state);
const showsOnTheWall = ({ from, state }: Change): boolean => from !== state && (stands(from) || stands(state));

function forReaders({ id, state, version, move }: Change) {
  return { event: 'wish', data: { id, state: state as WishState, version, move }, id: `${id}:${version}` };
}

function forStrangers({ id, state }: Change) {
  const shown = stands(state) ? state : 'gone';
  return { event: 'wish', data: { id, state: shown } as const, id: `${id}:${shown}` };
}
