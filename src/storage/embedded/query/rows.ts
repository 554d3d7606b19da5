/** The documents a plan yields: fetched, tested, in order. One `Row` object is used again and again; keep what you need of it. */
import { type Collection, checkThere } from '../disk/catalog.ts';
import type { Environment } from '../disk/environment.ts';
import { prefixOf, recordAt, recordKey } from '../disk/keys.ts';
import { Range } from '../disk/range.ts';
import type { Records } from '../disk/records.ts';
import { Picker } from '../raw.ts';
import { type Document, decode } from '../values/bson.ts';
import { CommandError, refusal } from '../values/errors.ts';
import type { Filter } from '../values/matcher.ts';
import type { Plan } from './plan.ts';
import { IndexScan, type Scan } from './scan.ts';
import { PAUSE, type Pause, sliceSpent } from './slice.ts';

/** One stored document on its way. Its bytes live in a buffer that the next read overwrites. */
export class Row {
  record = 0;
  bytes: Buffer = EMPTY;
  #document: Document | undefined;

  /** Makes it another row. */
  set(record: number, bytes: Buffer): void {
    this.record = record;
    this.bytes = bytes;
    this.#document = undefined;
  }

  /** The document, decoded at the first call. */
  get document(): Document {
    this.#document ??= decode(this.bytes);
    return this.#document;
  }

  /** The document, or only its fields that `picker` chooses. */
  part(picker: Picker | undefined): Document {
    return picker === undefined || this.#document !== undefined ? this.document : decode(picker.pick(this.bytes));
  }
}

const EMPTY = Buffer.alloc(0);

/** Rows one after another. */
export interface Rows {
  next(): Row | Pause | undefined;
  /** Lets go of what must not be held while others work. */
  suspend(): void;
}

/** What `explain` counts. */
export interface Counts {
  keysExamined: number;
  docsExamined: number;
}

/** What rows are read from. */
export interface Source {
  readonly environment: Environment;
  readonly records: Records;
  readonly collection: Collection;
}

/** The record numbers a plan leads to. */
export function scanOf(source: Source, plan: Plan): Scan {
  switch (plan.kind) {
    case 'id':
      return new IdScan(source, plan.id);
    case 'collection':
      return new CollectionScan(source, plan.reverse);
    case 'tail':
      return new TailScan(source);
    case 'index':
      return new IndexScan(source.environment, plan);
    case 'union':
      return new UnionScan(plan.branches.map((branch) => scanOf(source, branch)));
  }
}

/** Refuses (code 175) to go on with a plan whose collection or index was dropped: what is left of it is only a part. */
export function checkPlan(collection: Collection, plan: Plan): void {
  checkThere(collection);
  if (plan.kind === 'union') for (const branch of plan.branches) checkPlan(collection, branch);
  else if (plan.kind === 'index' && !collection.indexes.includes(plan.index))
    throw refusal(175, `index '${plan.index.name}' dropped`);
}

/** The rows of a plan that meet `filter` (no filter: all of them). */
export class FoundRows implements Rows, Counts {
  readonly #source: Source;
  readonly #plan: Plan;
  readonly #scan: Scan;
  readonly #filter: Filter | undefined;
  readonly #picker: Picker | undefined;
  readonly #row = new Row();
  /** Whether others may have written since the last row. */
  #left = false;
  docsExamined = 0;

  /** `tested` are the fields the filter looks at, when it is known to look at no others. */
  constructor(source: Source, plan: Plan, filter: Filter | undefined, tested?: ReadonlySet<string>) {
    this.#source = source;
    this.#plan = plan;
    this.#scan = scanOf(source, plan);
    this.#filter = filter;
    // Where nearly every row is a hit, decoding a part of it first would be decoding it twice.
    this.#picker = tested === undefined || plan.kind === 'id' ? undefined : new Picker(tested);
  }

  get keysExamined(): number {
    return this.#scan.keysExamined;
  }

  next(): Row | Pause | undefined {
    const { collection, records } = this.#source;
    if (this.#left) checkPlan(collection, this.#plan);
    this.#left = false;
    for (;;) {
      // Before a row, not behind one that does not match: where all match others must have their turn too.
      if (sliceSpent()) return PAUSE;
      const record = this.#scan.next();
      if (record === undefined) return undefined;
      const bytes = records.peek(collection, record);
      if (bytes === undefined) continue;
      this.docsExamined += 1;
      this.#row.set(record, bytes);
      if (this.#filter === undefined || this.#filter.test(this.#row.part(this.#picker))) return this.#row;
    }
  }

  suspend(): void {
    this.#left = true;
    this.#scan.suspend();
  }
}

class IdScan implements Scan {
  readonly #source: Source;
  readonly #id: unknown;
  #done = false;
  keysExamined = 0;

  constructor(source: Source, id: unknown) {
    this.#source = source;
    this.#id = id;
  }

  next(): number | undefined {
    if (this.#done) return undefined;
    this.#done = true;
    const record = this.#source.records.findId(this.#source.collection, this.#id);
    if (record !== undefined) this.keysExamined = 1;
    return record;
  }

  suspend(): void {
    // Holds nothing.
  }
}

class CollectionScan implements Scan {
  readonly #range: Range;
  readonly keysExamined = 0;

  constructor({ environment, collection }: Source, reverse: boolean) {
    const { id } = collection;
    this.#range = new Range(environment.records, prefixOf(id), prefixOf(id + 1), reverse, false);
  }

  next(): number | undefined {
    const key = this.#range.next();
    return key === undefined ? undefined : recordAt(key, key.length);
  }

  suspend(): void {
    this.#range.suspend();
  }
}

/** The records of a collection, and behind its end whatever was stored since it was last asked. */
class TailScan implements Scan {
  readonly #source: Source;
  #range: Range | undefined;
  #last = 0;
  readonly keysExamined = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  next(): number | undefined {
    const { environment, records, collection } = this.#source;
    const { id } = collection;
    if (this.#range === undefined && this.#last > 0 && records.peek(collection, this.#last) === undefined) {
      throw new CommandError(
        136,
        'CappedPositionLost',
        `CollectionScan died due to position in capped collection being deleted. Last seen record id: RecordId(${this.#last})`,
      );
    }
    this.#range ??= new Range(environment.records, recordKey(id, this.#last + 1), prefixOf(id + 1), false, false);
    const key = this.#range.next();
    if (key === undefined) {
      this.#range = undefined;
      return undefined;
    }
    this.#last = recordAt(key, key.length);
    return this.#last;
  }

  suspend(): void {
    this.#range?.suspend();
  }
}

/** The records of several scans, each once. */
class UnionScan implements Scan {
  readonly #scans: readonly Scan[];
  readonly #seen = new Set<number>();
  #at = 0;

  constructor(scans: readonly Scan[]) {
    this.#scans = scans;
  }

  get keysExamined(): number {
    return this.#scans.reduce((sum, scan) => sum + scan.keysExamined, 0);
  }

  next(): number | undefined {
    for (;;) {
      const scan = this.#scans[this.#at];
      if (scan === undefined) return undefined;
      const record = scan.next();
      if (record === undefined) this.#at += 1;
      else if (!this.#seen.has(record)) {
        this.#seen.add(record);
        return record;
      }
    }
  }

  suspend(): void {
    for (const scan of this.#scans) scan.suspend();
  }
}

/** Passes over the first rows and ends after the last wanted one. */
export class SomeRows implements Rows {
  readonly #rows: Rows;
  #skip: number;
  #left: number;

  constructor(rows: Rows, skip: number, limit: number | undefined) {
    this.#rows = rows;
    this.#skip = skip;
    this.#left = limit ?? Number.POSITIVE_INFINITY;
  }

  next(): Row | Pause | undefined {
    if (this.#left <= 0) {
      this.#rows.suspend();
      return undefined;
    }
    for (;;) {
      const row = this.#rows.next();
      if (row === undefined || row === PAUSE) return row;
      if (this.#skip > 0) {
        this.#skip -= 1;
        if (sliceSpent()) return PAUSE;
        continue;
      }
      this.#left -= 1;
      return row;
    }
  }

  suspend(): void {
    this.#rows.suspend();
  }
}
