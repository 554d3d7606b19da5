/** Rows as the bytes a reply carries, projected where that was asked. */
import { Long } from 'bson';
import { Picker } from '../raw.ts';
import { type Document, encode } from '../values/bson.ts';
import type { Filter } from '../values/matcher.ts';
import type { Projection } from '../values/projection.ts';
import type { Rows } from './rows.ts';
import { PAUSE, type Pause } from './slice.ts';

/** Results one after another, as BSON bytes that need only last until the next call. */
export interface Results {
  next(): Uint8Array | Pause | undefined;
  /** Lets go of what must not be held between batches. */
  suspend(): void;
  /** True when it is known that nothing follows. */
  readonly ended: boolean;
  /** True when more may follow whenever there is no more for now. */
  readonly tail: boolean;
}

/** How stored documents are shown. */
interface Shown {
  readonly projection?: Projection | undefined;
  /** The filter that found them, for projections by position. */
  readonly filter?: Filter | undefined;
  readonly recordIds?: boolean;
  /** Whether more may follow later. */
  readonly tail?: boolean;
}

/** Stored documents: their own bytes, or their projection's. */
export class RowResults implements Results {
  readonly #rows: Rows;
  readonly #shown: Shown;
  /** What of a document is decoded to be shown. */
  readonly #picker: Picker | undefined;
  readonly tail: boolean;
  #left: number;

  /** `limit` is only told so that the end is known without asking once more. */
  constructor(rows: Rows, limit: number | undefined, shown: Shown = {}) {
    this.#rows = rows;
    this.#left = limit ?? Number.POSITIVE_INFINITY;
    this.#shown = shown;
    const fields = shown.projection?.fields;
    this.#picker = fields && new Picker(fields);
    this.tail = shown.tail === true;
  }

  get ended(): boolean {
    return this.#left <= 0;
  }

  next(): Uint8Array | Pause | undefined {
    const row = this.#rows.next();
    if (row === undefined || row === PAUSE) return row;
    this.#left -= 1;
    const { projection, filter, recordIds } = this.#shown;
    if (projection === undefined && recordIds !== true) return row.bytes;
    let document = row.part(this.#picker);
    if (projection !== undefined) {
      const position = projection.positional ? filter?.position(document) : undefined;
      document = projection.apply(document, position);
    }
    return encode(recordIds === true ? { ...document, $recordId: Long.fromNumber(row.record) } : document);
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
  readonly tail = false;

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
