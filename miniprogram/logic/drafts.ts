/** What somebody is writing, kept on the phone until it was sent: a lost connection or a closed page loses nothing. */
export interface Draft<T> {
  /** What was written last, else the beginning given to `openDraft`. */
  readonly value: T;
  /**
   * The key the form is sent under. It stays the same until the form was sent, so that sending twice (two taps, a retry
   * after a lost answer) does the thing once.
   */
  readonly key: string;
  save(value: T): void;
  /** After it was sent, or thrown away. */
  clear(): void;
  /** A changed form is another request: the house refuses another text under an old key. */
  renewKey(): void;
}

interface Kept<T> {
  value: T;
  key: string;
  /** For whom: another person on the same phone finds an empty form. */
  person: string;
}

const nameOf = (form: string) => `draft:${form}`;

/** A random key; WeChat has no `crypto` on the page's side, and 100 bits of `Math.random` are enough not to repeat. */
function newKey(): string {
  return Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 9)).join('');
}

/** Opens what `person` began to write in a form, or a new one. */
export function openDraft<T>(form: string, person: string, beginning: T): Draft<T> {
  const found = wx.getStorageSync(nameOf(form)) as Kept<T> | '';
  const kept = found && found.person === person ? found : { value: beginning, key: newKey(), person };
  const write = () => wx.setStorageSync(nameOf(form), kept);
  return {
    get value() {
      return kept.value;
    },
    get key() {
      return kept.key;
    },
    save(value) {
      kept.value = value;
      write();
    },
    clear() {
      kept.value = beginning;
      kept.key = newKey();
      wx.removeStorageSync(nameOf(form));
    },
    renewKey() {
      kept.key = newKey();
      write();
    },
  };
}
