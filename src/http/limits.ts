import type { Quota, Take } from '../core/quota.ts';
import type { Context, Step } from './state.ts';

export interface RateLimits {
  /** A signed-in person. */
  person: Quota;
  /** An address nobody has signed in from; a whole housing estate may share one. */
  address: Quota;
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
