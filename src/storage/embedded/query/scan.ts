/** Reads record numbers off an index, in index order or merged from several stretches. */
import type { Environment } from '../disk/environment.ts';
import { edgeKey, recordAt, upperEdgeKey } from '../disk/keys.ts';
import { countRange, Range } from '../disk/range.ts';
import type { Candidate } from './plan.ts';

/** Something that names records one after another. */
export interface Scan {
  /** The next record number; undefined at the end. */
  next(): number | undefined;
  /** Lets go of LMDB cursors; `next` goes on where it was. */
  suspend(): void;
  /** How many index keys were read. */
  readonly keysExamined: number;
}

const KEY_PREFIX = 4;
const NO_KEY = Buffer.alloc(0);

/** The records of the stretches of one index. */
export class IndexScan implements Scan {
  readonly #unique: boolean;
  readonly #stretches: readonly { range: Range; skip: number }[];
  readonly #merge: boolean;
  readonly #reverse: boolean;
  /** Records already given, kept when one document may stand in several entries. */
  readonly #seen: Set<number> | undefined;
  #at = 0;
  #heads: (Buffer | undefined)[] | undefined;
  /** The entry of the record last given, of stretches that are not merged. Read it before the next is asked for. */
  key: Buffer = NO_KEY;
  keysExamined = 0;

  constructor(environment: Environment, { index, stretches, reverse, merge }: Candidate) {
    this.#unique = index.unique;
    this.#merge = merge && stretches.length > 1;
    this.#reverse = reverse;
    this.#seen = index.multikey === 0 ? undefined : new Set();
    const ordered = reverse ? [...stretches].reverse() : stretches;
    this.#stretches = ordered.map(({ start, end, equalBytes }) => ({
      range: new Range(
        environment.entries,
        edgeKey(index.id, start),
        upperEdgeKey(index.id, end),
        reverse,
        index.unique,
      ),
      skip: KEY_PREFIX + equalBytes,
    }));
  }

  next(): number | undefined {
    for (;;) {
      const record = this.#merge ? this.#nextMerged() : this.#nextInOrder();
      if (record === undefined || this.#seen === undefined) return record;
      if (this.#seen.has(record)) continue;
      this.#seen.add(record);
      return record;
    }
  }

  suspend(): void {
    const heads = this.#heads;
    // The next of each stretch was read ahead of its turn, and may be another when it comes.
    this.#stretches.forEach(({ range }, i) => {
      if (heads?.[i] === undefined) range.suspend();
      else range.putBack();
    });
    this.#heads = undefined;
  }

  #nextInOrder(): number | undefined {
    for (;;) {
      const stretch = this.#stretches[this.#at];
      if (stretch === undefined) return undefined;
      const key = stretch.range.next();
      if (key !== undefined) {
        this.keysExamined += 1;
        this.key = key;
        return this.#record(key, stretch.range);
      }
      this.#at += 1;
    }
  }

  #nextMerged(): number | undefined {
    this.#heads ??= this.#stretches.map(({ range }) => range.next());
    const heads = this.#heads;
    let best = -1;
    for (let i = 0; i < heads.length; i++) {
      if (heads[i] !== undefined && (best < 0 || this.#before(i, best, heads))) best = i;
    }
    const key = heads[best];
    if (key === undefined) return undefined;
    const { range } = this.#stretches[best] as { range: Range };
    const record = this.#record(key, range);
    this.keysExamined += 1;
    heads[best] = range.next();
    return record;
  }

  #before(a: number, b: number, heads: readonly (Buffer | undefined)[]): boolean {
    const keyA = heads[a] as Buffer;
    const keyB = heads[b] as Buffer;
    const skipA = this.#stretches[a]?.skip ?? 0;
    const skipB = this.#stretches[b]?.skip ?? 0;
    const order = keyA.compare(keyB, skipB, keyB.length, skipA, keyA.length);
    return this.#reverse ? order > 0 : order < 0;
  }

  #record(key: Buffer, range: Range): number {
    return this.#unique ? recordAt(range.value as Buffer, 6) : recordAt(key, key.length);
  }
}

/** How many entries the stretches of an index have, as numbers to be added up, counted without reading them one by one. */
export function* countEntries(environment: Environment, { index, stretches }: Candidate): Generator<number, void> {
  for (const { start, end } of stretches)
    yield* countRange(environment.entries, edgeKey(index.id, start), upperEdgeKey(index.id, end));
}
