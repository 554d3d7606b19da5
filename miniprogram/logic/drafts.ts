import { forget, keep, kept, names } from '../api/kept';

/** What somebody is writing, kept on the phone until it was sent: a lost connection or a closed page loses nothing. */
export interface Draft<T> {
  /** What was written last, else the beginning given to `openDraft`. */
  readonly value: T;
  /**
   * The key the form is sent under. It stays the same until the form was sent, so that sending twice (two taps, a retry
   * after a lost answer) does the thing once.
   */
  readonly key: string;
  /** All that went out under this key without an answer, the latest last: one of them may have arrived. */
  readonly underWay: readonly T[];
  save(value: T): void;
  /** Notes that what is written goes out now. */
  goesOut(): void;
  /** After it was sent, or thrown away. */
  clear(): void;
  /** After a refusal: the corrected form is another request, and the house refuses another text under an old key. */
  renewKey(): void;
}

interface Kept<T> {
  value: T;
  key: string;
  underWay: T[];
  /** When it was written last, in ms. */
  at: number;
}

const DRAFTS = 'draft:';
/** A form nobody came back to in a fortnight is given up: it has names and addresses in it. */
const KEPT_MS = 14 * 24 * 3_600_000;

/** A random key; WeChat has no `crypto` on the page's side, and 100 bits of `Math.random` are enough not to repeat. */
export function newKey(): string {
  return Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 9)).join('');
}

/** Opens what `person` began to write in a form, or a new one: others on the same phone have drafts of their own. */
export function openDraft<T>(form: string, person: string, beginning: T): Draft<T> {
  const name = `${DRAFTS}${person}:${form}`;
  const fresh = (): Kept<T> => ({ value: beginning, key: newKey(), underWay: [], at: 0 });
  let draft = kept<Kept<T>>(name) ?? fresh();
  const write = (change: Partial<Kept<T>>) => {
    draft = { ...draft, ...change, at: Date.now() };
    keep(name, draft);
  };
  return {
    get value() {
      return draft.value;
    },
    get key() {
      return draft.key;
    },
    get underWay() {
      return draft.underWay;
    },
    save: (value) => write({ value }),
    goesOut: () => write({ underWay: [...draft.underWay, draft.value] }),
    clear() {
      draft = fresh();
      forget(name);
    },
    renewKey: () => write({ key: newKey(), underWay: [] }),
  };
}

/** The forms somebody has drafts of whose name begins so. */
export function draftsOf(person: string, form: string): string[] {
  const mine = `${DRAFTS}${person}:`;
  return names()
    .filter((one) => one.startsWith(mine + form))
    .map((one) => one.slice(mine.length))
    .sort();
}

/** Throws away what was left unsent for a fortnight. */
export function forgetOldDrafts(now: Date): void {
  for (const name of names().filter((one) => one.startsWith(DRAFTS))) {
    const at = kept<Kept<unknown>>(name)?.at ?? 0;
    if (now.getTime() - at > KEPT_MS) forget(name);
  }
}
