import { wordsOf } from '../api/trouble';
import { latest } from './latest';
import type { MoveButton } from './moves';
import { presses } from './presses';

/** What a page shows of a document besides itself. */
export interface Moving {
  trouble: string;
  busy: boolean;
}

/**
 * A document on the screen: what the house said last of it, and the moves that need nothing but a press.
 * @param read asks the house for it
 * @param perform makes a move that asks for nothing
 * @param put shows it
 * @param show what else is to be set
 */
export function movingScreen<D, M extends string>({
  read,
  perform,
  put,
  show,
}: {
  read(): Promise<D>;
  perform(move: M, key: string): Promise<D>;
  put(document: D): void;
  show(change: Partial<Moving>): void;
}) {
  const reads = latest();
  const press = presses();
  let busy = false;

  const tell = (error: unknown) => show({ trouble: wordsOf(error) });

  async function load(): Promise<void> {
    const isLatest = reads.begin();
    try {
      const document = await read();
      if (isLatest()) put(document);
    } catch (error) {
      if (isLatest()) tell(error);
    }
  }

  return {
    load,

    /** @returns whether the move was made */
    async move({ move, label, weight }: MoveButton<M>): Promise<boolean> {
      if (busy) return false;
      busy = true;
      try {
        if (weight === 'careful' && !(await isSure(label))) return false;
        show({ busy: true });
        const document = await press(move, (key) => perform(move, key));
        // Whatever was read before the move says what no longer is.
        reads.begin();
        put(document);
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
