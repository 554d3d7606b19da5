import { Trouble } from '../api/trouble';
import type { Draft } from './drafts';

/** What a form shows about itself. */
export interface FormState {
  sending: boolean;
  /** It arrived: there is nothing more to send. */
  sent: boolean;
  /** The sentence above the button when something went wrong. */
  trouble: string;
  /** What is wrong with single fields. */
  fields: Readonly<Record<string, string>>;
}

export const READY: FormState = { sending: false, sent: false, trouble: '', fields: {} };

/** Refusals after which the same words under the same key would only be refused again. */
const isFinal = (trouble: Trouble) => !trouble.passing;

/**
 * Sends a form once, however often the button is pressed, while it is under way and after it arrived.
 * @param draft keeps what was written and the key it goes under
 * @param show told how it stands
 * @returns what `send` answers, or `undefined` when it did not work or was sent already
 */
export function sender<T, R>(
  draft: Draft<T>,
  send: (value: T, key: string) => Promise<R>,
  show: (state: FormState) => void,
): () => Promise<R | undefined> {
  let underWay = false;
  let sent = false;
  return async () => {
    if (underWay || sent) return undefined;
    underWay = true;
    show({ ...READY, sending: true });
    try {
      const answer = await send(draft.value, draft.key);
      sent = true;
      draft.clear();
      show({ ...READY, sent });
      return answer;
    } catch (error) {
      const trouble = error instanceof Trouble ? error : new Trouble('unknown', 0, String(error));
      // What passes by itself is tried again under the same key: if it had arrived after all, it is done once.
      if (isFinal(trouble)) draft.renewKey();
      show({ ...READY, trouble: trouble.message, fields: trouble.fields });
      return undefined;
    } finally {
      underWay = false;
    }
  };
}
