/** The first so many of all that were added: a heap whose root is the last of them. */
import type { Budget } from './memory.ts';

interface Item<K, V> {
  key: K;
  value: V;
  bytes: number;
  arrival: number;
}

/** Keeps the `most` values with the least keys; of equal keys those that came first. */
export class Top<K, V> {
  readonly #most: number;
  readonly #budget: Budget;
  readonly #compare: (a: Item<K, V>, b: Item<K, V>) => number;
  readonly #heap: Item<K, V>[] = [];
  #arrivals = 0;

  constructor(most: number, compareKeys: (a: K, b: K) => number, budget: Budget) {
    this.#most = most;
    this.#budget = budget;
    this.#compare = (a, b) => compareKeys(a.key, b.key) || a.arrival - b.arrival;
  }

  /** Adds a value; `bytes` is what the two take, told only when they are kept. */
  add(key: K, value: V, bytes: () => number): void {
    const item: Item<K, V> = { key, value, bytes: 0, arrival: this.#arrivals };
    this.#arrivals += 1;
    const heap = this.#heap;
    if (heap.length < this.#most) {
      this.#hold(item, bytes());
      heap.push(item);
      this.#rise(heap.length - 1);
      return;
    }
    const last = heap[0];
    if (last === undefined || this.#compare(item, last) >= 0) return;
    this.#budget.add(-last.bytes);
    this.#hold(item, bytes());
    heap[0] = item;
    this.#sink(0);
  }

  /** All that is kept, in order. */
  *inOrder(): Generator<V> {
    for (const { value } of this.#heap.sort(this.#compare)) yield value;
  }

  #hold(item: Item<K, V>, bytes: number): void {
    item.bytes = bytes;
    this.#budget.add(bytes);
  }

  #rise(from: number): void {
    const heap = this.#heap;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#compare(heap[at] as Item<K, V>, heap[parent] as Item<K, V>) <= 0) return;
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
        if (child < heap.length && this.#compare(heap[child] as Item<K, V>, heap[last] as Item<K, V>) > 0) last = child;
      }
      if (last === at) return;
      swap(heap, at, last);
      at = last;
    }
  }
}

function swap<T>(heap: T[], a: number, b: number): void {
  const kept = heap[a] as T;
  heap[a] = heap[b] as T;
  heap[b] = kept;
}
