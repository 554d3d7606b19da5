import { describeError } from '../core/describe.ts';
import { HaolinError } from '../core/errors.ts';
import type { Address } from '../core/house.ts';
import type { Delivery } from './model.ts';

/**
 * A way to a person besides the inbox. The rest of the house gives these to `createPush`; a person's addresses name the
 * channel they belong to.
 *
 * `send` resolves when the message has left, and throws only when it certainly has not: `RetryLater`, `TryNextChannel` or
 * `GiveUp`. A named error of the house is understood too (429 and 503 as "later", 404 and 410 as "not at this address"); any
 * other is taken for "later". A channel that cannot tell must throw `GiveUp`: the message is in the inbox anyway.
 */
export interface PushChannel {
  name: string;
  send(address: Address, delivery: Delivery): Promise<void>;
  /**
   * True when the other side recognises a delivery's `_id` and shows it once. An attempt that was cut off by a crash is then
   * made again; otherwise it counts as made, because twice is worse than a line in the inbox only.
   */
  recognisesKeys?: boolean;
  /** How many sends at once, 4 unless told otherwise. Pacing is the channel's own affair. */
  atOnce?: number;
}

/** The other side is away or busy: the same again, later. */
export class RetryLater extends Error {
  override readonly name = 'RetryLater';
  readonly afterMs: number;

  constructor(reason: string, afterMs = 0) {
    super(reason);
    this.afterMs = afterMs;
  }
}

/** This address will not do (no quota, blocked, gone): no second try here, on to the person's next one. */
export class TryNextChannel extends Error {
  override readonly name = 'TryNextChannel';
}

/** The message itself is refused (a bad field, a forbidden word): nobody needs to try again, somebody has to look. */
export class GiveUp extends Error {
  override readonly name = 'GiveUp';
}

/** What an attempt came to. */
export type Verdict = { kind: 'later'; afterMs: number } | { kind: 'next' } | { kind: 'never' };

/** What a channel's error means for the delivery. */
export function verdictOf(error: unknown): Verdict {
  if (error instanceof RetryLater) return { kind: 'later', afterMs: error.afterMs };
  if (error instanceof TryNextChannel) return { kind: 'next' };
  if (error instanceof GiveUp) return { kind: 'never' };
  if (error instanceof HaolinError) {
    if (error.status === 404 || error.status === 410) return { kind: 'next' };
    return { kind: 'later', afterMs: (error.retryAfterSeconds ?? 0) * 1_000 };
  }
  return { kind: 'later', afterMs: 0 };
}

const LONGEST_REASON = 200;

/** An error in a few words for the record: a code where there is one, for texts of other systems may name people. */
export function reasonOf(error: unknown): string {
  if (error instanceof HaolinError) return error.code;
  const { type, message } = describeError(error);
  return `${type}: ${message}`.slice(0, LONGEST_REASON);
}
