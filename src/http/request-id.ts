import { randomUUID } from 'node:crypto';
import type { Step } from './state.ts';

const ACCEPTABLE = /^[\w.:-]{1,64}$/;

/** Gives every request an id: the one a proxy or client sent, when it is harmless in a log, or a new one. */
export function requestIds(): Step {
  return (ctx, next) => {
    const given = ctx.req.headers['x-request-id'];
    const id = typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID();
    ctx.state.requestId = id;
    ctx.res.setHeader('X-Request-Id', id);
    return next();
  };
}
