import type { Answer } from '../api/ask';
import { performMove } from '../api/moves';
import { ask, me } from '../api/session';
import { wordsOf } from '../api/trouble';
import { latest } from './latest';
import type { MoveButton } from './moves';
import { presses } from './presses';
import { type Facts, factsOf } from './wish-facts';

type Wish = Answer<'getWishesById'>;

/** A wish as its page shows it. */
export interface WishScreen {
  wish: Wish | null;
  facts: Facts | null;
  trouble: string;
  busy: boolean;
}

/**
 * One wish on the screen: what the house said last of it, and the moves that need nothing but a press.
 * @param show what is to be set
 */
export function wishScreen(id: string, show: (change: Partial<WishScreen>) => void) {
  const reads = latest();
  const press = presses();
  let busy = false;

  const put = (wish: Wish) => show({ wish, facts: factsOf(wish, new Date(), me()?.id), trouble: '' });
  const tell = (error: unknown) => show({ trouble: wordsOf(error) });

  async function load(): Promise<void> {
    const isLatest = reads.begin();
    try {
      const wish = await ask('getWishesById', { path: { id } });
      if (isLatest()) put(wish);
    } catch (error) {
      if (isLatest()) tell(error);
    }
  }

  return {
    load,

    /** @returns whether the move was made */
    async move({ move, label, weight }: MoveButton): Promise<boolean> {
      if (busy) return false;
      busy = true;
      try {
        if (weight === 'careful' && !(await isSure(label))) return false;
        show({ busy: true });
        const wish = await press(move, (key) => performMove(id, move, {}, key));
        // Whatever was read before the move says what no longer is.
        reads.begin();
        put(wish);
        return true;
      } catch (error) {
        await load();
        tell(error);
        return false;
      } finally {
        busy = false;
        show({ busy: false });
      }
    },
  };
}

async function isSure(label: string): Promise<boolean> {
  const { confirm } = await wx.showModal({
    title: `${label}？`,
    confirmText: label.slice(0, 4),
    cancelText: '先不',
  });
  return confirm;
}
