import { setImmediate as endOfTurn } from 'node:timers/promises';

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

/**
 * Makes a function that answers alike questions with one answer: those asked within one turn of the event loop, and those
 * that come while the last one of the same name is out, share the next. Nobody is ever given an answer to a question that
 * had left before they asked, and everybody is given the same object: it is to be read, not changed.
 * @param nameOf what two questions must have in common to be the same
 */
export function shared<Q, V>(
  ask: (question: Q) => Promise<V>,
  nameOf: (question: Q) => string,
): (question: Q) => Promise<V> {
  const waiting = new Map<string, Promise<V>>();
  const out = new Map<string, Promise<void>>();

  async function askInTurn(name: string, question: Q): Promise<V> {
    await (out.get(name) ?? endOfTurn());
    waiting.delete(name);
    const answer = ask(question);
    const back = answer.then(ignore, ignore).then(() => {
      if (out.get(name) === back) out.delete(name);
    });
    out.set(name, back);
    return answer;
  }

  return (question) => {
    const name = nameOf(question);
    const next = waiting.get(name) ?? askInTurn(name, question);
    waiting.set(name, next);
    return next;
  };
}

/** An error belongs to those who asked; whoever only waits for the way to be free does not care. */
const ignore = () => undefined;

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
