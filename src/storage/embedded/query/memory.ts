/** How much a query may hold in memory, and how that is reckoned. */
import { CommandError } from '../values/errors.ts';
import { isDocument } from '../values/types.ts';

/** MongoDB's limit for one blocking stage. */
const DEFAULT_LIMIT = 104_857_600;

let limit = DEFAULT_LIMIT;

/** The bytes one blocking stage may hold at most. */
export function memoryLimit(): number {
  return limit;
}

/** Sets how many bytes one blocking stage may hold, from now on; undefined: MongoDB's own limit. Returns what held before. */
export function setMemoryLimit(bytes: number | undefined): number {
  const before = limit;
  limit = bytes ?? DEFAULT_LIMIT;
  return before;
}

/** Whoever is told what the stages of a query hold. */
export interface Holder {
  /** How many bytes it holds. */
  readonly bytes: number;
  /** Counts bytes as held; negative ones as let go. */
  add(bytes: number): void;
}

let holder: Holder | undefined;

/** From now on what stages hold is told to `next`. Returns who was told before. */
export function tellHolder(next: Holder | undefined): Holder | undefined {
  const before = holder;
  holder = next;
  return before;
}

/** The bytes the query that is being done holds by now. */
export function heldSoFar(): number {
  return holder?.bytes ?? 0;
}

/** What the query that is being done came to hold since it held `bytes` is let go. */
export function letGoTo(bytes: number): void {
  holder?.add(bytes - holder.bytes);
}

/** The bytes a stage holds. Past the limit it answers MongoDB's error instead of growing. */
export class Budget {
  readonly #stage: string;
  #bytes = 0;

  constructor(stage: string) {
    this.#stage = stage;
  }

  /** Counts bytes as held; negative ones as let go. */
  add(bytes: number): void {
    this.#bytes += bytes;
    holder?.add(bytes);
    if (this.#bytes <= limit) return;
    throw new CommandError(
      292,
      'QueryExceededMemoryLimitNoDiskUseAllowed',
      `Executor error during command :: caused by :: Exceeded memory limit for ${this.#stage}: ${limit} bytes, but did not opt in to external sorting; this store keeps none of it on disk`,
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
  if (value instanceof Uint8Array) return 64 + value.length;
  if (!isDocument(value)) return 48 + bufferBytes(value);
  let bytes = 48;
  for (const name of Object.keys(value)) bytes += 16 + heldBytes(value[name]);
  return bytes;
}

/** The bytes of binary data, which has its own buffer. */
function bufferBytes(value: object): number {
  const { buffer } = value as { buffer?: unknown };
  return buffer instanceof Uint8Array ? buffer.length : 0;
}
