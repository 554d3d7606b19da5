import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from './state.ts';

/** Fits into one packet as it is. */
const SMALL = 1_400;
const gzipped = promisify(gzip);

/** Sends a page's text in a quarter of its length to whoever can unpack it. These pages hold no secrets to guess at. */
export async function pack(ctx: Context): Promise<void> {
  const { body } = ctx;
  if (typeof body !== 'string' || body.length < SMALL) return;
  ctx.vary('Accept-Encoding');
  if (ctx.acceptsEncodings('gzip', 'identity') !== 'gzip') return;
  ctx.set('Content-Encoding', 'gzip');
  ctx.body = await gzipped(body);
}
