/** What a store must hold: what was acknowledged, and what may or may not have been done when the store was killed. */
import { BSON } from 'mongodb';

export interface Kept {
  _id: string;
}

/** A document's next state; undefined: it is removed. */
export type Next<T> = T | undefined;

/** The documents of one collection. Each is changed by one writer at a time. */
export class Book<T extends Kept> {
  readonly #known = new Map<string, T>();
  readonly #pending = new Map<string, Next<T>>();
  /** Changes that were under way when the store was killed, and were found done or not done. */
  readonly cutOff = { done: 0, undone: 0 };

  /** The acknowledged state of a document. */
  get(id: string): T | undefined {
    return this.#known.get(id);
  }

  ids(): Iterable<string> {
    return this.#known.keys();
  }

  get size(): number {
    return this.#known.size;
  }

  /** Does what changes these documents so; once it is acknowledged they are known to be so. */
  async change<R>(states: ReadonlyMap<string, Next<T>>, act: () => Promise<R>): Promise<R> {
    for (const [id, next] of states) this.#pending.set(id, next);
    const result = await act();
    for (const [id, next] of states) {
      this.#pending.delete(id);
      this.#set(id, next);
    }
    return result;
  }

  #set(id: string, state: Next<T>): void {
    if (state === undefined) this.#known.delete(id);
    else this.#known.set(id, state);
  }

  /**
   * Compares with what was found. A document under way is either as it was or as it was to be, whole; from then on it is
   * what it was found to be. Returns what is wrong.
   */
  compare(found: readonly T[]): string[] {
    const wrong: string[] = [];
    const byId = new Map(found.map((one) => [one._id, one]));
    for (const id of new Set([...this.#known.keys(), ...this.#pending.keys(), ...byId.keys()])) {
      const actual = byId.get(id);
      const known = this.#known.get(id);
      if (!this.#pending.has(id)) {
        if (!same(actual, known)) wrong.push(`${id} is ${show(actual)} instead of ${show(known)}`);
        continue;
      }
      const next = this.#pending.get(id);
      if (same(actual, next)) this.cutOff.done += 1;
      else if (same(actual, known)) this.cutOff.undone += 1;
      else wrong.push(`${id} is ${show(actual)}, neither ${show(known)} nor ${show(next)}`);
      this.#set(id, actual);
    }
    this.#pending.clear();
    return wrong;
  }
}

function same(a: Next<Kept>, b: Next<Kept>): boolean {
  if (a === undefined || b === undefined) return a === b;
  return Buffer.compare(BSON.serialize(a), BSON.serialize(b)) === 0;
}

function show(document: Next<Kept>): string {
  return JSON.stringify(document, (_, value) => (typeof value === 'string' ? value.slice(0, 30) : value)) ?? 'absent';
}
