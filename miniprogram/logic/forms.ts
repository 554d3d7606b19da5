import { type Trouble, troubleFrom } from '../api/trouble';
import type { Draft } from './drafts';

/** What a form shows about itself. */
export interface FormState {
  sending: boolean;
  /** It arrived: whoever sends one thing only has nothing more to send. */
  sent: boolean;
  /** The sentence above the button when something went wrong. */
  trouble: string;
  /** What is wrong with single fields. */
  fields: Readonly<Record<string, string>>;
  /** Whether what arrived is what went out first, and not what was changed after its answer got lost. */
  earlier: boolean;
}

export const READY: FormState = { sending: false, sent: false, trouble: '', fields: {}, earlier: false };

/** Refusals after which the same words under the same key would only be refused again. */
const isFinal = (trouble: Trouble) => !trouble.passing;

/**
 * Sends a form once, however often the button is pressed. A form changed after an answer got lost goes out under the old
 * key: if the house says that another text arrived under it, that text's own answer is fetched, and nothing is done twice.
 * @param draft keeps what was written and the key it goes under
 * @param show told how it stands
 * @returns what `send` answers, or `undefined` when it did not work or was under way already
 */
export function sender<T, R>(
  draft: Draft<T>,
  send: (value: T, key: string) => Promise<R>,
  show: (state: FormState) => void,
): () => Promise<R | undefined> {
  let underWay = false;

  async function sendOnce(): Promise<{ answer: R; earlier: boolean }> {
    const before = [...draft.underWay].reverse();
    draft.goesOut();
    try {
      return { answer: await send(draft.value, draft.key), earlier: false };
    } catch (error) {
      let refusal = error;
      for (const value of before) {
        if (troubleFrom(refusal).code !== 'idempotency_key_reused') break;
        try {
          return { answer: await send(value, draft.key), earlier: true };
        } catch (again) {
          refusal = again;
        }
      }
      throw refusal;
    }
  }

  return async () => {
    if (underWay) return undefined;
    underWay = true;
    show({ ...READY, sending: true });
    try {
      const { answer, earlier } = await sendOnce();
      draft.clear();
      show({ ...READY, sent: true, earlier });
      return answer;
    } catch (error) {
      const trouble = troubleFrom(error);
      // What passes by itself is tried again under the same key: if it had arrived after all, it is done once.
      if (isFinal(trouble)) draft.renewKey();
      show({ ...READY, trouble: trouble.message, fields: trouble.fields });
      return undefined;
    } finally {
      underWay = false;
    }
  };
}
