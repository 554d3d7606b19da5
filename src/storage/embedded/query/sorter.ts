/** Puts records in an order no index gives. Only sort keys and record numbers are held, never documents. */
import { Picker } from '../raw.ts';
import type { Document } from '../values/bson.ts';
import { CommandError } from '../values/errors.ts';
import { sortKey } from '../values/order.ts';
import { Row, type Rows, type Source } from './rows.ts';
import { PAUSE, type Pause, sliceSpent } from './slice.ts';

/** MongoDB's limit for one sort; it can be made smaller for tests. */
const MEMORY_LIMIT = 104_857_600;
/** Per record beside its key: number, place in the key store, place in the order. */
const RECORD_BYTES = 20;
const RUN = 4096;
const CHUNK_BYTES = 1 << 20;

/** What sorting past the limit is answered with. */
export function sortMemoryError(): CommandError {
  return new CommandError(
    292,
    'QueryExceededMemoryLimitNoDiskUseAllowed',
    `Executor error during find command :: caused by :: Sort exceeded memory limit of ${MEMORY_LIMIT} bytes, but did not opt in to external sorting.`,
  );
}

/** Gives the bytes by which a row sorts. */
export type KeyOf = (row: Row) => Uint8Array;

/** The key of a sort document. */
export function keyBy(spec: Document): KeyOf {
  const picker = new Picker(new Set(Object.keys(spec).map((path) => path.split('.', 1)[0] as string)));
  return (row) => sortKey(row.part(picker), spec);
}

/** Rows in the order of their keys; with `first`, no more than so many are ever held. */
export class SortedRows implements Rows {
  readonly #rows: Rows;
  readonly #source: Source;
  readonly #keyOf: KeyOf;
  readonly #held: Held;
  readonly #row = new Row();
  #order: Iterator<number | Pause> | undefined;

  constructor(rows: Rows, source: Source, keyOf: KeyOf, first: number | undefined) {
    this.#rows = rows;
    this.#source = source;
    this.#keyOf = keyOf;
    this.#held = first !== undefined && first <= 10_000 ? new Top(first) : new Everything();
  }

  next(): Row | Pause | undefined {
    if (this.#order === undefined) {
      for (;;) {
        const row = this.#rows.next();
        if (row === PAUSE) return PAUSE;
        if (row === undefined) break;
        this.#held.add(this.#keyOf(row), row.record);
        if (sliceSpent()) return PAUSE;
      }
      this.#order = this.#held.inOrder();
    }
    for (;;) {
      const step = this.#order.next();
      if (step.done) return undefined;
      if (step.value === PAUSE) return PAUSE;
      const bytes = this.#source.records.peek(this.#source.collection, step.value);
      // Deleted since the order was made.
      if (bytes === undefined) continue;
      this.#row.set(step.value, bytes);
      return this.#row;
    }
  }

  suspend(): void {
    this.#rows.suspend();
  }
}

interface Held {
  add(key: Uint8Array, record: number): void;
  inOrder(): Iterator<number | Pause>;
}

interface Keyed {
  key: Uint8Array;
  record: number;
  arrival: number;
}

function compareKeyed(a: Keyed, b: Keyed): number {
  return Buffer.compare(a.key, b.key) || a.arrival - b.arrival;
}

/** The first so many of all that were added: a heap whose root is the last of them. */
class Top implements Held {
  readonly #most: number;
  readonly #heap: Keyed[] = [];
  #arrivals = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(key: Uint8Array, record: number): void {
    const item = { key, record, arrival: this.#arrivals };
    this.#arrivals += 1;
    if (this.#heap.length < this.#most) {
      this.#heap.push(item);
      this.#rise(this.#heap.length - 1);
    } else if (this.#most > 0 && compareKeyed(item, this.#heap[0] as Keyed) < 0) {
      this.#heap[0] = item;
      this.#sink(0);
    }
  }

  *inOrder(): Generator<number> {
    for (const { record } of this.#heap.sort(compareKeyed)) yield record;
  }

  #rise(from: number): void {
    const heap = this.#heap;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (compareKeyed(heap[at] as Keyed, heap[parent] as Keyed) <= 0) return;
      swap(heap, at, parent);
      at = parent;
    }
  }

  #sink(from: number): void {
    const heap = this.#heap;
    let at = from;
    for (;;) {
      let last = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && compareKeyed(heap[child] as Keyed, heap[last] as Keyed) > 0) last = child;
      }
      if (last === at) return;
      swap(heap, at, last);
      at = last;
    }
  }
}

function swap(heap: Keyed[], a: number, b: number): void {
  const kept = heap[a] as Keyed;
  heap[a] = heap[b] as Keyed;
  heap[b] = kept;
}

/** All that were added: keys in big chunks, sorted in runs that are merged while they are handed out. */
class Everything implements Held {
  readonly #chunks: Buffer[] = [];
  #free = 0;
  #bytes = 0;
  /** Place of each key: chunk, start, length; and its record. */
  #places = new Uint32Array(3 * RUN);
  #records = new Float64Array(RUN);
  #count = 0;

  add(key: Uint8Array, record: number): void {
    this.#bytes += key.length + RECORD_BYTES;
    if (this.#bytes > MEMORY_LIMIT) throw sortMemoryError();
    if (this.#count === this.#records.length) this.#grow();
    const chunk = this.#chunkFor(key.length);
    const at = this.#count * 3;
    this.#places[at] = chunk;
    this.#places[at + 1] = this.#free;
    this.#places[at + 2] = key.length;
    this.#records[this.#count] = record;
    this.#chunks[chunk]?.set(key, this.#free);
    this.#free += key.length;
    this.#count += 1;
  }

  #chunkFor(length: number): number {
    const last = this.#chunks.at(-1);
    if (last === undefined || this.#free + length > last.length) {
      this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, length)));
      this.#free = 0;
    }
    return this.#chunks.length - 1;
  }

  #grow(): void {
    const places = new Uint32Array(this.#places.length * 2);
    places.set(this.#places);
    this.#places = places;
    const records = new Float64Array(this.#records.length * 2);
    records.set(this.#records);
    this.#records = records;
  }

  readonly #compare = (a: number, b: number): number => {
    const places = this.#places;
    const startA = places[3 * a + 1] as number;
    const startB = places[3 * b + 1] as number;
    const chunkA = this.#chunks[places[3 * a] as number] as Buffer;
    const chunkB = this.#chunks[places[3 * b] as number] as Buffer;
    const endB = startB + (places[3 * b + 2] as number);
    return chunkA.compare(chunkB, startB, endB, startA, startA + (places[3 * a + 2] as number)) || a - b;
  };

  *inOrder(): Generator<number | Pause> {
    const runs: { items: Uint32Array; at: number }[] = [];
    for (let start = 0; start < this.#count; start += RUN) {
      const items = Uint32Array.from({ length: Math.min(RUN, this.#count - start) }, (_, i) => start + i);
      items.sort(this.#compare);
      runs.push({ items, at: 0 });
      if (start > 0) yield PAUSE;
    }
    const before = (a: number, b: number) => {
      const runA = runs[a] as (typeof runs)[number];
      const runB = runs[b] as (typeof runs)[number];
      return this.#compare(runA.items[runA.at] as number, runB.items[runB.at] as number) < 0;
    };
    // A heap of runs by their next item.
    const heap = runs.map((_, i) => i);
    const sink = (from: number) => {
      let at = from;
      for (;;) {
        let least = at;
        for (const child of [2 * at + 1, 2 * at + 2]) {
          if (child < heap.length && before(heap[child] as number, heap[least] as number)) least = child;
        }
        if (least === at) return;
        const kept = heap[at] as number;
        heap[at] = heap[least] as number;
        heap[least] = kept;
        at = least;
      }
    };
    for (let i = (heap.length >> 1) - 1; i >= 0; i--) sink(i);
    while (heap.length > 0) {
      const run = runs[heap[0] as number] as (typeof runs)[number];
      yield this.#records[run.items[run.at] as number] as number;
      run.at += 1;
      if (run.at === run.items.length) {
        const last = heap.pop() as number;
        if (heap.length === 0) return;
        if (run !== runs[last]) heap[0] = last;
      }
      sink(0);
    }
  }
}
