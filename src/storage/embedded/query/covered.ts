/** Answers a query from an index alone, without reading the documents it leads to. */
import type { Collection } from '../disk/catalog.ts';
import { type Document, decode, encode } from '../values/bson.ts';
import { asNumber } from '../values/numbers.ts';
import type { Projection } from '../values/projection.ts';
import { Rank } from '../values/types.ts';
import type { Plan } from './plan.ts';
import type { Results } from './results.ts';
import { checkPlan, type Source } from './rows.ts';
import { IndexScan } from './scan.ts';
import { PAUSE, type Pause, sliceSpent } from './slice.ts';

/** An index plan whose every entry is a result, and which of its fields are shown. */
export interface Covering {
  readonly plan: Plan & { readonly kind: 'index' };
  /** For each field of the index the field of the result: its type, name and end as BSON has them; undefined: not shown. */
  readonly heads: readonly (Buffer | undefined)[];
}

const KEY_PREFIX = 4;

/** How the index of a plan answers by itself; undefined when it does not. */
export function coveringOf(plan: Plan, projection: Document): Covering | undefined {
  if (plan.kind !== 'index' || !plan.exact || !plan.sorted || plan.merge) return undefined;
  const { index } = plan;
  const { collation, directions, fields, multikey, pattern, shortened, unique } = index;
  if (unique || shortened || multikey !== 0 || collation !== undefined) return undefined;
  if (directions.some((direction, i) => direction !== 1 || asNumber(pattern[fields[i] as string]) !== 1))
    return undefined;
  const shown = Object.keys(projection).filter((name) => name !== '_id');
  const plain = shown.every((name) => !name.includes('.') && projection[name] === 1 && fields.includes(name));
  // The `_id` stands in no other index unless it is said to be left out.
  if (!plain || shown.length === 0 || projection._id !== 0) return undefined;
  const heads = fields.map((name) => (shown.includes(name) ? Buffer.from(`\x02${name}\0`) : undefined));
  return { plan, heads };
}

/**
 * Results made of index keys, in the order of the index's fields. A key tells texts exactly; of anything else (what is
 * missing looks like null) the document is read after all.
 */
export class CoveredResults implements Results {
  readonly ended = false;
  readonly tail = false;
  readonly #source: Source;
  readonly #covering: Covering;
  readonly #projection: Projection;
  readonly #scan: IndexScan;
  #made = Buffer.allocUnsafe(512);
  #left = false;

  constructor(source: Source, covering: Covering, projection: Projection) {
    this.#source = source;
    this.#covering = covering;
    this.#projection = projection;
    this.#scan = new IndexScan(source.environment, covering.plan);
  }

  next(): Uint8Array | Pause | undefined {
    const { collection } = this.#source;
    if (this.#left) checkPlan(collection, this.#covering.plan);
    this.#left = false;
    for (;;) {
      if (sliceSpent()) return PAUSE;
      const record = this.#scan.next();
      if (record === undefined) return undefined;
      const result = this.#fromKey(this.#scan.key) ?? this.#fromDocument(collection, record);
      if (result !== undefined) return result;
    }
  }

  suspend(): void {
    this.#left = true;
    this.#scan.suspend();
  }

  #fromDocument(collection: Collection, record: number): Uint8Array | undefined {
    const bytes = this.#source.records.peek(collection, record);
    return bytes === undefined ? undefined : encode(this.#projection.apply(decode(bytes)));
  }

  /** The result a key tells; undefined when it tells it not exactly. */
  #fromKey(key: Buffer): Buffer | undefined {
    const { heads } = this.#covering;
    // Each field adds its head and length to what the key holds of it.
    const most = key.length + heads.reduce((sum, head) => sum + (head?.length ?? 0) + 5, 0);
    if (this.#made.length < most) this.#made = Buffer.allocUnsafe(most * 2);
    const made = this.#made;
    let from = KEY_PREFIX;
    let to = 4;
    for (const head of heads) {
      if (key[from] !== Rank.string) return undefined;
      from += 1;
      let end = from;
      for (let byte = key[end] as number; byte !== 0; byte = key[++end] as number) {
        // Below 2 a key writes two bytes for one.
        if (byte === 1) return undefined;
      }
      if (head !== undefined) {
        made.set(head, to);
        to += head.length;
        made.writeInt32LE(end - from + 1, to);
        to += 4;
        key.copy(made, to, from, end + 1);
        to += end - from + 1;
      }
      from = end + 1;
    }
    made[to] = 0;
    made.writeInt32LE(to + 1, 0);
    return made.subarray(0, to + 1);
  }
}
