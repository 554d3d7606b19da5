/** Puts records in an order no index gives. Only sort keys and record numbers are held, never documents. */
import { Picker } from '../raw.ts';
import type { Document } from '../values/bson.ts';
import type { Collation } from '../values/collation.ts';
import type { Filter } from '../values/matcher.ts';
import { collatedRow, compareRows, directionsIn, sortKey } from '../values/order.ts';
import { Budget, heldBytes } from './memory.ts';
import { Row, type Rows, type Source } from './rows.ts';
import { Runs } from './runs.ts';
import { PAUSE, type Pause, sliceSpent } from './slice.ts';
import { Top } from './top.ts';

/** With a limit beyond this, everything is sorted. */
const MOST_AT_TOP = 10_000;
/** Per kept row beside its key. */
const ROW_BYTES = 120;

/** Takes rows in, and gives their records in order. */
interface Order {
  add(row: Row): void;
  inOrder(): Iterator<number | Pause>;
}

/** The order of a sort document; with `first`, no more than so many are ever held. */
export function orderBy(spec: Document, collation: Collation | undefined, first: number | undefined): Order {
  const picker = new Picker(new Set(Object.keys(spec).map((path) => path.split('.', 1)[0] as string)));
  if (collation === undefined) return orderOn((row) => sortKey(row.part(picker), spec), first);
  const directions = directionsIn(spec);
  const { compare } = collation;
  // Texts of a language have no bytes to sort by.
  const top = new Top<readonly unknown[], number>(
    first ?? Number.POSITIVE_INFINITY,
    (a, b) => compareRows(a, b, directions, compare),
    new Budget('$sort'),
  );
  return {
    add: (row) => {
      const key = collatedRow(row.part(picker), spec, compare);
      top.add(key, row.record, () => heldBytes(key) + ROW_BYTES);
    },
    inOrder: () => top.inOrder(),
  };
}

/** The order of the bytes that `keyOf` gives each row. */
export function orderOn(keyOf: (row: Row) => Uint8Array, first: number | undefined): Order {
  const budget = new Budget('$sort');
  if (first === undefined || first > MOST_AT_TOP) {
    const runs = new Runs(budget);
    return { add: (row) => runs.add(keyOf(row), row.record), inOrder: () => runs.inOrder() };
  }
  const top = new Top<Uint8Array, number>(first, Buffer.compare, budget);
  return {
    add: (row) => {
      const key = keyOf(row);
      top.add(key, row.record, () => key.length + ROW_BYTES);
    },
    inOrder: () => top.inOrder(),
  };
}

/** What rows must meet, and the fields that must be decoded to tell. */
export interface Test {
  readonly filter: Filter;
  readonly picker: Picker | undefined;
}

/** Rows in an order. Those that were changed since the order was made are tested again. */
export class SortedRows implements Rows {
  readonly #rows: Rows;
  readonly #test: Test;
  readonly #source: Source;
  readonly #into: Order;
  readonly #row = new Row();
  #order: Iterator<number | Pause> | undefined;
  /** Whether others may have written since the first row was read. */
  #left = false;

  constructor(rows: Rows, source: Source, into: Order, test: Test) {
    this.#rows = rows;
    this.#test = test;
    this.#source = source;
    this.#into = into;
  }

  next(): Row | Pause | undefined {
    if (this.#order === undefined) {
      for (;;) {
        const row = this.#rows.next();
        if (row === PAUSE) return PAUSE;
        if (row === undefined) break;
        this.#into.add(row);
        if (sliceSpent()) return PAUSE;
      }
      this.#order = this.#into.inOrder();
    }
    for (;;) {
      const step = this.#order.next();
      if (step.done) return undefined;
      if (step.value === PAUSE) return PAUSE;
      const bytes = this.#source.records.peek(this.#source.collection, step.value);
      // Deleted since the order was made.
      if (bytes === undefined) continue;
      this.#row.set(step.value, bytes);
      const { filter, picker } = this.#test;
      if (!this.#left || filter.test(this.#row.part(picker))) return this.#row;
      if (sliceSpent()) return PAUSE;
    }
  }

  suspend(): void {
    this.#left = true;
    this.#rows.suspend();
  }
}
