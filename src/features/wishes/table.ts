import { lifecycleDeriving } from '../../core/deriving.ts';
import type { Lifecycle, MoveContext } from '../../core/lifecycle.ts';
import { enoughToday } from '../../core/matter-errors.ts';
import type { Named } from '../../core/named.ts';
import type { PhotoRef } from '../../core/photos.ts';
import type { Site, Targets } from '../areas/index.ts';
import { derived } from './due.ts';
import type { WishDoc, WishState } from './model.ts';

/** The place of a new wish, as the area register knows it. */
export interface Place extends Site {
  targets: Targets;
}

/** What a decision needs besides the wish; the service loads only what the move at hand asks for. */
export interface WishFacts {
  /** submit */
  place?: Place;
  sealedAddress?: string;
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
export type WishLifecycle = Lifecycle<WishDoc, WishState, WishFacts>;

/**
 * The words the table of wishes is written in. After its own patch a move keeps what follows from the rest, and nobody hears
 * of one move twice.
 */
export const { lifecycle, move, start, staying } = lifecycleDeriving<WishDoc, WishState, WishFacts>(derived);

/** More than anybody needs; without a bound one helper could fill a wish's history, and its author's telephone. */
const MOST_A_DAY = 5;

/** What refuses a move that somebody made on a wish often enough today. */
export const enoughOf = (made: number) => (made < MOST_A_DAY ? undefined : enoughToday());
