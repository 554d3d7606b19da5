import { Readable } from 'node:stream';
import type { Log } from '../core/house.ts';
import { CLIENT_GONE } from './errors.ts';
import type { Metrics } from './metrics.ts';
import type { Context, Step } from './state.ts';

/** Routes whose regular asking would drown the log. */
const QUIET = new Set(['/healthz', '/readyz', '/metrics']);
/** As nginx writes it. */
const GONE_STATUS = 499;

/**
 * One line a request: method, route pattern, status, time. No path, query, header or body, for those say who it is about.
 * An answer that is streamed is written down when the stream has ended.
 */
export function accessLog(log: Log, metrics: Metrics): Step {
  return async (ctx, next) => {
    const started = performance.now();
    ctx.state.pattern = 'unmatched';
    await next();
    if (ctx.body instanceof Readable) ctx.res.once('close', () => write(ctx, ctx.status, started));
    else write(ctx, ctx.state.code === CLIENT_GONE ? GONE_STATUS : ctx.status, started);
  };

  function write(ctx: Context, status: number, started: number): void {
    const { requestId, pattern: route, code } = ctx.state;
    const { method } = ctx;
    const ms = performance.now() - started;
    metrics.request(method, route, status, ms / 1_000);
    const line = { requestId, method, route, status, ms: Math.round(ms * 10) / 10, ...(code ? { code } : {}) };
    if (QUIET.has(route)) log.debug(line, 'request');
    else log.info(line, 'request');
  }
}
