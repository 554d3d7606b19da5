import { randomUUID } from 'node:crypto';
import { CLIENT_GONE } from './errors.ts';
import { fixedHeaders } from './security-headers.ts';
import type { Context, Step } from './state.ts';

const ACCEPTABLE = /^[\w.:-]{1,64}$/;

/**
 * Gives every request an id (the one a proxy or client sent, when it is harmless in a log, or a new one), and every
 * answer the headers that all have. Once the house is closing, a connection is done with when its answer is out.
 */
export function envelope(closing: AbortSignal): Step {
  return async (ctx, next) => {
    const given = ctx.req.headers['x-request-id'];
    ctx.state.requestId = typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID();
    await next();
    const { res } = ctx;
    if (res.headersSent) return;
    res.setHeader('X-Request-Id', ctx.state.requestId);
    for (let n = 0; n < fixedHeaders.length; n += 2) {
      const name = fixedHeaders[n] ?? '';
      if (!res.hasHeader(name)) res.setHeader(name, fixedHeaders[n + 1] ?? '');
    }
    if (closing.aborted) res.setHeader('Connection', 'close');
  };
}

/**
 * Sends a text in its envelope at once, past Koa's own sending: nearly every answer goes this way, and setting a dozen
 * headers one by one and reading them back is a third of what Koa's hello costs.
 */
export function sendSealed(ctx: Context, status: number, type: string, text: string, closing: AbortSignal): void {
  if (ctx.res.destroyed) {
    ctx.state.code = CLIENT_GONE;
    return;
  }
  const headers = [
    ...fixedHeaders,
    'X-Request-Id',
    ctx.state.requestId,
    'Content-Type',
    type,
    'Content-Length',
    String(Buffer.byteLength(text)),
  ];
  if (closing.aborted) headers.push('Connection', 'close');
  ctx.respond = false;
  ctx.res.writeHead(status, headers);
  ctx.res.end(ctx.method === 'HEAD' ? undefined : text);
}
