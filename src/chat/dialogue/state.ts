import type { Slots } from '../../core/feature.ts';

/** One thing a person wants, as far as it is known. Everything in it survives JSON: it is stored between messages. */
export interface Matter {
  intent: string;
  slots: Slots;
  /** The words it was asked in, or the answer to the last question. */
  text: string;
  /** The same words as they were written, where that is not the same. */
  written?: string;
  /** `text` is all that is wanted, said anew, and no addition to what is kept. */
  whole?: true;
  photos: string[];
  kept?: Record<string, unknown>;
  /** Idempotency key of carrying it out, once it was read back; the message's own before. */
  key?: string;
  /** Which of two meanings was meant a helper guessed: whatever changes something is read back. */
  guessed?: true;
  /** It began with an explicit command and needs no read-back. */
  explicit: boolean;
  /** Its words name a day twice, in two ways, and which is meant was asked: once is enough. */
  dayAsked?: true;
}

/** The matter without what was said of it, for a list that outlives it. */
export function untold({ intent, slots: { number }, explicit, photos }: Matter): Matter {
  return { intent, slots: number === undefined ? {} : { number }, text: '', photos, explicit };
}

/** One line of a numbered list. */
export interface Choice {
  label: string;
  matter: Matter;
}

/** What the bot waits for. `shown` is what it said, to say it again. */
export type Waiting =
  | { for: 'confirm'; matter: Matter; shown: string }
  /**
   * A lasting list stays good after a choice: of several wishes one may want another, too. `source` made it, and makes it
   * anew when it is come back to: meanwhile its lines may have changed.
   */
  | { for: 'choice'; choices: Choice[]; shown: string; lasting: boolean; source?: Matter }
  /**
   * `undo`: 算了 is for the feature to hear, which has something to take back. `free`: any words are the answer. `aside`:
   * what the last words may have been besides, to be chosen by 1.
   */
  | { for: 'words'; matter: Matter; shown: string; undo?: true; free?: true; yes?: true; aside?: Choice };

/** Where a dialogue with one person in one place stands. */
export interface DialogueState {
  waiting?: Waiting;
  /** The list or question before, for 上一个 and for choosing again. */
  before?: Waiting;
  /** What was being asked when the person turned to something else: 上一个 comes back to it, even after that. */
  dropped?: Waiting;
  /** Pictures that came without a word and belong to nothing yet. */
  photos: string[];
  /** How often the same thing was asked in vain. */
  vain: number;
  /** What a voice message was heard as, and whether it is right was asked: good for the very next message. */
  spoken?: string;
  /** What was said in the same breath and is still to be taken up, each in its turn: words as they are, or a matter known. */
  later?: (string | Matter)[];
}

/** Nothing is under way. */
export const IDLE: DialogueState = { photos: [], vain: 0 };

/** Every picture a state still refers to. */
export function photosOf(state: DialogueState): string[] {
  const of = (waiting: Waiting | undefined) => {
    if (!waiting) return [];
    return waiting.for === 'choice' ? waiting.choices.flatMap((choice) => choice.matter.photos) : waiting.matter.photos;
  };
  const later = (state.later ?? []).flatMap((one) => (typeof one === 'string' ? [] : one.photos));
  return [...new Set([...state.photos, ...of(state.waiting), ...of(state.before), ...of(state.dropped), ...later])];
}
