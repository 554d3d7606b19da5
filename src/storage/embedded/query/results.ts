/** Rows as the bytes a reply carries, projected where that was asked. */
import type { Results } from '../cursors.ts';
import { type Document, encode } from '../values/bson.ts';
import type { Filter } from '../values/matcher.ts';
import type { Projection } from '../values/projection.ts';
import type { Rows } from './rows.ts';
import { PAUSE, type Pause } from './slice.ts';

/** Stored documents: their own bytes, or their projection's. */
export class RowResults implements Results {
  readonly #rows: Rows;
  readonly #projection: Projection | undefined;
  readonly #filter: Filter | undefined;
  #left: number;

  /** `limit` is only told so that the end is known without asking once more. */
  constructor(rows: Rows, limit: number | undefined, projection?: Projection, filter?: Filter) {
    this.#rows = rows;
    this.#left = limit ?? Number.POSITIVE_INFINITY;
    this.#projection = projection;
    this.#filter = filter;
  }

  get ended(): boolean {
    return this.#left <= 0;
  }

  next(): Uint8Array | Pause | undefined {
    const row = this.#rows.next();
    if (row === undefined || row === PAUSE) return row;
    this.#left -= 1;
    if (this.#projection === undefined) return row.bytes;
    const { document } = row;
    const position = this.#projection.positional ? this.#filter?.position(document) : undefined;
    return encode(this.#projection.apply(document, position));
  }

  suspend(): void {
    this.#rows.suspend();
  }
}

/** Documents that are made, not stored. */
export class MadeResults implements Results {
  readonly #documents: Iterator<Document | Pause>;
  readonly #suspend: (() => void) | undefined;
  readonly ended = false;

  /** `suspend` lets go of what the documents are made from. */
  constructor(documents: Iterable<Document | Pause>, suspend?: () => void) {
    this.#documents = documents[Symbol.iterator]();
    this.#suspend = suspend;
  }

  next(): Uint8Array | Pause | undefined {
    const step = this.#documents.next();
    if (step.done) return undefined;
    return step.value === PAUSE ? PAUSE : encode(step.value as Document);
  }

  suspend(): void {
    this.#suspend?.();
  }
}
