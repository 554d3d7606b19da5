import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { Context } from './state.ts';

/** Where a machine that watches the house usually stands: the host itself and networks nobody outside can ask from. */
const near = new BlockList();
near.addSubnet('127.0.0.0', 8, 'ipv4');
near.addSubnet('10.0.0.0', 8, 'ipv4');
near.addSubnet('172.16.0.0', 12, 'ipv4');
near.addSubnet('192.168.0.0', 16, 'ipv4');
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');
near.addSubnet('fe80::', 10, 'ipv6');

/** What proxies add: with one of these the address that asks is the proxy's, and says nothing of who is behind it. */
const PROXIED = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'];

/**
 * Whether a request may see the numbers of this process: with the token, where there is one; otherwise from near by.
 * @param trustProxy whether the address is what our own proxy says it is
 */
export function mayWatch(ctx: Context, token: string | undefined, trustProxy: boolean): boolean {
  if (token !== undefined) return same(ctx.get('authorization'), `Bearer ${token}`);
  if (!trustProxy && PROXIED.some((name) => ctx.get(name) !== '')) return false;
  return isNear(ctx.ip);
}

function isNear(ip: string): boolean {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIPv4(address)) return near.check(address, 'ipv4');
  return isIPv6(address) && near.check(address, 'ipv6');
}

/** Compares in a time that tells nothing of where they differ. */
function same(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
