import { tooManyRequests } from '../core/errors.ts';
import type { House } from '../core/house.ts';
import { describeError } from './failures.ts';
import type { Context, Step } from './state.ts';

/** How many requests in how many seconds. */
export interface Limit {
  points: number;
  seconds: number;
}

export interface RateLimits {
  /** A signed-in person. */
  person: Limit;
  /** An address nobody has signed in from; a whole housing estate may share one. */
  address: Limit;
}

/** Takes from a limit. @throws HaolinError too_many_requests */
export type Take = (key: string, limit: Limit) => Promise<void>;

/**
 * Takes through the house's coordination. While that is away requests pass: a limit protects the service, and must not
 * be what takes it down.
 */
export function limiter({ coordination, log }: House): Take {
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
}

/** Whom a request counts against: the person, else the address. */
export function whose(ctx: Context): string {
  const { claim } = ctx.state;
  return claim && 'personId' in claim ? ofPerson(claim.personId) : `a:${network(ctx.ip)}`;
}

export const ofPerson = (personId: string): string => `p:${personId}`;

/** Holds every request to the house's limits. */
export function withinLimits(take: Take, limits: RateLimits): Step {
  return async (ctx, next) => {
    const who = whose(ctx);
    await take(`http:${who}`, who.startsWith('p:') ? limits.person : limits.address);
    return next();
  };
}

/** The address to count by: IPv4 whole, IPv6 by its /64, which one subscriber has all of. */
export function network(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = (ip.split('%')[0] ?? '').split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array.from({ length: missing }, () => '0'), ...last];
  return `${groups.slice(0, 4).join(':')}::`;
}
