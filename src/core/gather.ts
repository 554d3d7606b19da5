/** Questions of one kind that are asked at about the same time, put to the store together. */
export interface Gathering {
  /** How many questions go out together at most. */
  most?: number;
  /** How many rounds may be out at once; while they are, further questions wait and go together. */
  rounds?: number;
}

interface Waiting<K, V> {
  key: K;
  resolve(value: V): void;
  reject(error: unknown): void;
}

const MOST = 100;
const ROUNDS = 2;

/**
 * Makes a function that answers one question out of one that answers many. A round trip costs the same for twenty
 * documents as for one: what many requests ask within one turn of the event loop leaves as one query, and under load
 * the next query is filled while the last ones are on their way. Nobody is ever given an answer to a query that had
 * left before they asked.
 * @param ask the answers to these keys, in their order
 */
export function gather<K, V>(
  ask: (keys: K[]) => Promise<readonly V[]>,
  { most = MOST, rounds = ROUNDS }: Gathering = {},
): (key: K) => Promise<V> {
  let waiting: Waiting<K, V>[] = [];
  let out = 0;
  let scheduled = false;

  function schedule(): void {
    if (scheduled || out >= rounds || waiting.length === 0) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      const round = waiting.slice(0, most);
      waiting = waiting.slice(most);
      out += 1;
      void settle(round).finally(() => {
        out -= 1;
        schedule();
      });
      schedule();
    });
  }

  async function settle(round: readonly Waiting<K, V>[]): Promise<void> {
    try {
      const answers = await ask(round.map(({ key }) => key));
      for (const [at, { resolve }] of round.entries()) resolve(answers[at] as V);
    } catch (error) {
      for (const { reject } of round) reject(error);
    }
  }

  return (key) =>
    new Promise<V>((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      schedule();
    });
}

/**
 * Makes a function that reads one document by its id, gathered as above. Whoever asks for the same id at about the same
 * time is given the same object: it is to be read, not changed.
 * @param find the documents with these ids, in any order
 */
export function gatherById<D extends { _id: string }>(
  find: (ids: string[]) => Promise<readonly D[]>,
): (id: string) => Promise<D | undefined> {
  return gather(async (ids) => {
    const found = new Map((await find([...new Set(ids)])).map((one) => [one._id, one]));
    return ids.map((id) => found.get(id));
  });
}

/** Something that each owner has one of (a house its readers, say), made when it is first asked for. */
export function oneFor<O extends object, T>(make: (owner: O) => T): (owner: O) => T {
  const made = new WeakMap<O, T>();
  return (owner) => {
    const known = made.get(owner);
    if (known !== undefined) return known;
    const one = make(owner);
    made.set(owner, one);
    return one;
  };
}
