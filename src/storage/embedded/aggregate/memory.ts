/** How much one pipeline may hold in memory, and how that is reckoned. */
import { CommandError } from '../values/errors.ts';
import { isDocument } from '../values/types.ts';

const LIMIT = 104_857_600;

/** The bytes a stage holds. Past MongoDB's 100 MB it answers MongoDB's error instead of growing. */
export class Budget {
  readonly #stage: string;
  #bytes = 0;

  constructor(stage: string) {
    this.#stage = stage;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= LIMIT) return;
    throw new CommandError(
      292,
      'QueryExceededMemoryLimitNoDiskUseAllowed',
      `Exceeded memory limit for ${this.#stage}: ${LIMIT} bytes; this store does not sort or group on disk`,
    );
  }

  /** Counts a value as held. */
  hold(value: unknown): void {
    this.add(heldBytes(value));
  }
}

/** Roughly the bytes a value takes on the heap. */
export function heldBytes(value: unknown): number {
  if (typeof value === 'string') return 24 + value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + heldBytes(one), 32);
  if (!isDocument(value)) return 48;
  let bytes = 48;
  for (const name of Object.keys(value)) bytes += 16 + heldBytes(value[name]);
  return bytes;
}
