import type { Table } from '../../core/aggregate.ts';
import { sparing } from '../../core/deriving.ts';
import type { House } from '../../core/house.ts';
import { takerOf } from '../../core/quota.ts';
import { nextNumber } from '../areas/index.ts';
import { WISH_STATES, type WishDoc, type WishState } from './model.ts';
import { absorb, autoClose, autoRelease, endOffer, escalate, settle, warn } from './moves/clock.ts';
import { done, partial, rate, withdraw } from './moves/finish.ts';
import { claim, contact, extend, join, leave, pass, release } from './moves/help.ts';
import { assign, conclude, decline, merge, publish, refer } from './moves/moderate.ts';
import { submit } from './moves/submit.ts';
import { enoughOf, lifecycle, type WishFacts } from './table.ts';

/**
 * The life of a wish: `submitted → published → claimed → done → closed`, beside declined, withdrawn, merged, referred and
 * partial. Everything that can ever happen to one is in this table and nowhere else.
 */
export const wishLifecycle = lifecycle({
  name: 'wish',
  states: WISH_STATES,
  start: { submit },
  moves: sparing(
    {
      // the secretary or grid worker
      publish,
      decline,
      merge,
      refer,
      conclude,
      assign,
      // those who help
      claim,
      join,
      leave,
      pass,
      contact,
      extend,
      release,
      done,
      partial,
      // those who wished
      rate,
      withdraw,
      // the house itself
      warn,
      escalate,
      autoRelease,
      autoClose,
      endOffer,
      absorb,
      settle,
    },
    enoughOf,
  ),
});

export type WishMoveName = keyof typeof wishLifecycle.moves;

/** More than anybody wishes for; in the API and in chat together. */
const MOST_WISHES = { points: 20, seconds: 3_600 };

/** What the engine needs of a house to write wishes. */
export function wishTable(house: House): Table<WishDoc, WishState, WishFacts> {
  return {
    lifecycle: wishLifecycle,
    model: house.model<WishDoc>('wish'),
    announce: (change) => house.announce(change),
    vault: house.vault,
    spend: (_wish, { id }) => takerOf(house)(`wish:${id}`, MOST_WISHES),
    number: ({ community }) => nextNumber(house, 'wish', community),
  };
}
