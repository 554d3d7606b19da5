import { describeError } from './describe.ts';
import { tooManyRequests } from './errors.ts';
import { oneFor } from './gather.ts';
import type { House } from './house.ts';

/** How many in how many seconds. */
export interface Quota {
  points: number;
  seconds: number;
}

/** Takes one. @throws HaolinError too_many_requests */
export type Take = (key: string, quota: Quota) => Promise<void>;

/**
 * Takes through the house's coordination. While that is away everything passes: a quota protects the service, and must
 * not be what takes it down.
 */
export const takerOf = oneFor(({ coordination, log }: House): Take => {
  let away = false;
  return async (key, { points, seconds }) => {
    let retryAfterMs: number;
    try {
      ({ retryAfterMs } = await coordination.take(key, points, seconds));
      away = false;
    } catch (error) {
      if (!away) log.error({ err: describeError(error) }, 'rate limits are off while coordination is away');
      away = true;
      return;
    }
    if (retryAfterMs > 0) throw tooManyRequests(retryAfterMs / 1_000);
  };
});
