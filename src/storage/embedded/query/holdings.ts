/** What the queries of a store hold in memory all together, also those that wait for somebody to ask for the next batch. */
import { CommandError } from '../values/errors.ts';
import { type Holder, memoryLimit } from './memory.ts';

/** How many blocking stages may be full at once. */
const FULL_STAGES = 3;

/** What all queries hold. */
export class Holdings {
  readonly #relieve: () => boolean;
  #bytes = 0;

  /** `relieve` ends a query that nobody is waiting for; false when there is none that holds anything. */
  constructor(relieve: () => boolean) {
    this.#relieve = relieve;
  }

  /** Counts bytes as held. Throws MongoDB's memory error when there is too much even without what nobody waits for. */
  add(bytes: number): void {
    this.#bytes += bytes;
    if (bytes <= 0) return;
    const most = FULL_STAGES * memoryLimit();
    while (this.#bytes > most) {
      if (this.#relieve()) continue;
      throw new CommandError(
        292,
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `Exceeded memory limit for all queries together: ${most} bytes; ask again when others are done`,
      );
    }
  }
}

/** What one query holds. */
export class Holding implements Holder {
  readonly #all: Holdings;
  #bytes = 0;
  #ended = false;

  constructor(all: Holdings) {
    this.#all = all;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(bytes: number): void {
    if (this.#ended) return;
    this.#bytes += bytes;
    this.#all.add(bytes);
  }

  /** The query is over, and whatever it still did is not counted. */
  end(): void {
    this.add(-this.#bytes);
    this.#ended = true;
  }
}
