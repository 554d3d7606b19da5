/** Puts any number of records in the order of their keys. Keys and record numbers are held, never documents. */
import type { Budget } from './memory.ts';
import { PAUSE, type Pause } from './slice.ts';

/** Per record beside its key: number, place in the key store, place in the order. */
const RECORD_BYTES = 20;
const RUN = 4096;
/** Most sorts are of a page or two: room for so many at first, twice as many each time. */
const FIRST_RECORDS = 64;
const FIRST_CHUNK_BYTES = 1 << 12;
const MOST_CHUNK_BYTES = 1 << 20;

/** All that were added: keys in chunks, sorted in runs that are merged while they are handed out. */
export class Runs {
  readonly #budget: Budget;
  readonly #chunks: Buffer[] = [];
  #free = 0;
  /** Place of each key: chunk, start, length; and its record. */
  #places = new Uint32Array(3 * FIRST_RECORDS);
  #records = new Float64Array(FIRST_RECORDS);
  #count = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  add(key: Uint8Array, record: number): void {
    this.#budget.add(key.length + RECORD_BYTES);
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
      const next = last === undefined ? FIRST_CHUNK_BYTES : Math.min(2 * last.length, MOST_CHUNK_BYTES);
      this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(next, length)));
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
