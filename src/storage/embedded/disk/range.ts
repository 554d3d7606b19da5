/** Ranges of a table's keys that can be left and taken up again. */
import type { Table } from './table.ts';

interface Entry {
  key: Buffer;
  value: Buffer;
}

/**
 * The keys in `[start, end)` of a table, forwards or backwards. It can be suspended (its LMDB cursor let go, so that
 * no old snapshot is held) and goes on behind the last key it gave, whatever was written meanwhile.
 */
export class Range {
  readonly #table: Table;
  readonly #start: Buffer;
  readonly #end: Buffer;
  readonly #reverse: boolean;
  readonly #values: boolean;
  #iterator: Iterator<unknown> | undefined;
  #last: Buffer | undefined;
  #again = false;
  #done = false;
  /** The value of the current key, when the range was asked for values. */
  value: Buffer | undefined;

  constructor(table: Table, start: Buffer, end: Buffer, reverse: boolean, values: boolean) {
    this.#table = table;
    this.#start = start;
    this.#end = end;
    this.#reverse = reverse;
    this.#values = values;
  }

  /** The next key, or undefined at the end. */
  next(): Buffer | undefined {
    if (this.#done) return undefined;
    this.#iterator ??= this.#open();
    const step = this.#iterator.next();
    if (step.done) {
      this.#done = true;
      this.#iterator = undefined;
      return undefined;
    }
    if (this.#values) {
      const entry = step.value as Entry;
      this.value = entry.value;
      this.#last = entry.key;
    } else this.#last = step.value as Buffer;
    return this.#last;
  }

  /** Lets go of the LMDB cursor; `next` goes on behind the last key. */
  suspend(): void {
    this.#iterator?.return?.();
    this.#iterator = undefined;
  }

  /** Suspends; `next` gives the last key again, if it is still there then. */
  putBack(): void {
    this.suspend();
    this.#again = this.#last !== undefined;
  }

  #open(): Iterator<unknown> {
    const behind = this.#last !== undefined && !this.#again;
    this.#again = false;
    const options = this.#reverse
      ? {
          start: this.#last ?? this.#end,
          exclusiveStart: behind || this.#last === undefined,
          end: this.#start,
          inclusiveEnd: true,
          reverse: true,
        }
      : { start: this.#last ?? this.#start, exclusiveStart: behind, end: this.#end };
    const range = this.#values ? this.#table.getRange(options) : this.#table.getKeys(options);
    return range[Symbol.iterator]();
  }
}

/** How many keys are counted in one go, which takes a few milliseconds. */
export const COUNTED_AT_ONCE = 32_768;

/** How many keys lie in `[start, end)`, as numbers to be added up; others may work before the next is asked for. */
export function* countRange(table: Table, start: Buffer, end: Buffer): Generator<number, void> {
  let from = start;
  for (;;) {
    const [next] = table.getKeys({ start: from, end, offset: COUNTED_AT_ONCE, limit: 1 });
    if (next === undefined) break;
    from = Buffer.from(next);
    yield COUNTED_AT_ONCE;
  }
  yield table.getCount({ start: from, end });
}
