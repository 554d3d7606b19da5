import { HOUR } from '../core/time.ts';

const FIRST_MS = 30_000;
const LONGEST_MS = HOUR;

/** After so many attempts (a day and more) the inbox has to do. */
export const MOST_ATTEMPTS = 30;

/**
 * How long to wait after the `attempts`-th failure: doubling up to an hour, between half and all of it by chance so that
 * what failed together does not come back together.
 * @param chance a number from 0 up to 1
 */
export function backoff(attempts: number, chance: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1));
  return Math.round(full * (0.5 + chance / 2));
}
