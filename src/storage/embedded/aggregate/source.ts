/** Where the documents of a pipeline come from: the collections it reads. */

import type { Collection } from '../disk/collection.ts';
import { type Asked, openQuery } from '../query/query.ts';
import type { Readable } from '../query/readable.ts';
import type { Rows } from '../query/rows.ts';
import { PAUSE } from '../query/slice.ts';
import type { Picker } from '../raw.ts';
import type { Document } from '../values/bson.ts';
import { asNumber } from '../values/numbers.ts';
import { isDocument } from '../values/types.ts';
import type { Flow, Spec } from './stage.ts';

/** What a name leads to: a stored collection, and the stages through which a view sees it. */
export interface Seen {
  readonly collection: Collection | undefined;
  readonly stages: readonly Spec[];
}

/** What the first stages of a pipeline ask of a collection, and the stages that are left. */
export interface Split {
  readonly filter: Document;
  readonly sort: Document | undefined;
  readonly skip: number;
  readonly limit: number | undefined;
  readonly rest: readonly Spec[];
}

/** Takes off the first stages what a query can do: matching, then sorting, then skipping and limiting. */
export function splitQuery(stages: readonly Spec[], conditions: readonly Document[] = []): Split {
  const filters = [...conditions];
  let sort: Document | undefined;
  let skip = 0;
  let limit: number | undefined;
  let at = 0;
  for (; at < stages.length; at++) {
    const { name, spec } = stages[at] as Spec;
    const bounded = skip > 0 || limit !== undefined;
    const number = asNumber(spec);
    const whole = number !== undefined && Number.isInteger(number);
    if (name === '$match' && isDocument(spec) && !bounded && sort === undefined) filters.push(spec);
    else if (name === '$sort' && isDocument(spec) && !bounded && sort === undefined && Object.keys(spec).length > 0)
      sort = spec;
    else if (name === '$skip' && limit === undefined && whole && number >= 0) skip += number;
    else if (name === '$limit' && whole && number > 0) limit = Math.min(limit ?? number, number);
    else break;
  }
  const filter = filters.length < 2 ? (filters[0] ?? {}) : { $and: filters };
  return { filter, sort, skip, limit, rest: stages.slice(at) };
}

/** The collections one pipeline reads. */
export class Sources {
  readonly #parts: Readable;
  readonly #open = new Set<Rows>();

  constructor(parts: Readable) {
    this.#parts = parts;
  }

  /** The documents that match, or those fields of them that `picker` chooses. */
  *read(collection: Collection | undefined, asked: Asked, picker?: Picker): Generator<Document | typeof PAUSE> {
    if (collection === undefined) return;
    const { rows } = openQuery(this.#parts, collection, asked);
    this.#open.add(rows);
    try {
      for (;;) {
        const row = rows.next();
        if (row === undefined) return;
        if (row === PAUSE) yield PAUSE;
        else yield row.part(picker);
      }
    } finally {
      rows.suspend();
      this.#open.delete(rows);
    }
  }

  /** Lets go of what must not be held while others work. */
  suspend(): void {
    for (const rows of this.#open) rows.suspend();
  }
}

/** The documents of a flow as a list; what must wait is waited for. */
export function* gather(flow: Flow, hold: (document: Document) => void): Generator<typeof PAUSE, Document[]> {
  const list: Document[] = [];
  for (const document of flow) {
    if (document === PAUSE) yield PAUSE;
    else {
      hold(document);
      list.push(document);
    }
  }
  return list;
}
