import { wordsOf } from '../api/trouble';
import { latest } from './latest';

const SHORTEST = 2;

/** What a page shows of somebody's whole numbers. `null`, since WeChat does not set what is `undefined`. */
export interface Unmasked<T> {
  opened: T | null;
  trouble: string;
}

/**
 * Whole numbers on a page: seen for a reason that is written down, put away when somebody looks away. A page closes them
 * in `onHide`; an answer that comes after that stays unseen.
 * @param example of a reason, in the empty field
 * @param show what is to be set
 */
export function unmasking<T>(example: string, show: (change: Partial<Unmasked<T>>) => void) {
  const looks = latest();
  return {
    /**
     * @param ask asks the house for the numbers, under the reason given
     * @param known the reason, where nobody should be held up by a question
     */
    async open(ask: (why: string) => Promise<T>, known?: string): Promise<void> {
      const why = known ?? (await reasonLike(example));
      if (why === undefined) return;
      const isLatest = looks.begin();
      try {
        const opened = await ask(why);
        if (isLatest()) show({ opened, trouble: '' });
      } catch (error) {
        if (isLatest()) show({ trouble: wordsOf(error) });
      }
    },
    close(): void {
      looks.begin();
      show({ opened: null });
    },
  };
}

/** The reason somebody gives; `undefined` when they would rather not look. */
async function reasonLike(example: string, title = '为什么要看？'): Promise<string | undefined> {
  const { confirm, content = '' } = await wx.showModal({
    title,
    editable: true,
    placeholderText: example,
    confirmText: '查看',
    cancelText: '不看了',
  });
  if (!confirm) return undefined;
  const why = content.trim();
  // Asked again where they are: a sentence on the page behind would not be seen.
  return why.length >= SHORTEST ? why : reasonLike(example, '请写一句为什么要看，会留在记录里');
}
