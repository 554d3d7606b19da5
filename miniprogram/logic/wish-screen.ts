import type { Answer } from '../api/ask';
import { performMove } from '../api/moves';
import { ask, me } from '../api/session';
import type { MoveName } from './moves';
import { type Moving, movingScreen } from './moving-screen';
import { type Facts, factsOf } from './wish-facts';

type Wish = Answer<'getWishesById'>;

/** A wish as its page shows it. */
export interface WishScreen extends Moving {
  wish: Wish | null;
  facts: Facts | null;
}

/**
 * One wish on the screen.
 * @param show what is to be set
 */
export const wishScreen = (id: string, show: (change: Partial<WishScreen>) => void) =>
  movingScreen<Wish, MoveName>({
    read: () => ask('getWishesById', { path: { id } }),
    perform: (move, key) => performMove(id, move, {}, key),
    put: (wish) => show({ wish, facts: factsOf(wish, new Date(), me()?.id), trouble: '' }),
    show,
  });
