import type { PublicPage, Route } from '../core/feature.ts';
import { type Desk, endpoint } from './endpoint.ts';
import { methodNotAllowed, nowhere } from './errors.ts';
import { PREFIX } from './openapi.ts';
import { pageEndpoint } from './public-pages.ts';
import { RouteTree } from './route-tree.ts';
import type { Sessions } from './sessions.ts';
import type { Endpoint, Step } from './state.ts';

/** Finds the route, so that the log can name it; whether it may be taken is decided by the steps after. */
export function find(routes: readonly Route[], pages: readonly PublicPage[], desk: Desk): Step {
  const tree = new RouteTree<Endpoint>();
  for (const route of routes) tree.add(route.method, PREFIX + route.path, endpoint(route, desk));
  for (const page of pages) tree.add('get', page.path, pageEndpoint(page, desk.house));
  return (ctx, next) => {
    const found = tree.find(ctx.method, ctx.path);
    if (found.kind === 'route') ctx.state.pattern = found.pattern;
    ctx.state.found = found;
    return next();
  };
}

/** Reads who is asking, without asking the database, so that limits can count people and not only addresses. */
export function identify(sessions: Sessions): Step {
  return async (ctx, next) => {
    const { authorization } = ctx.req.headers;
    if (authorization !== undefined) {
      const claim = await sessions.claim(authorization);
      if (claim) ctx.state.claim = claim;
    }
    return next();
  };
}

/** Takes the route that was found. */
export function take(): Step {
  return async (ctx) => {
    const { found } = ctx.state;
    if (found?.kind === 'route') return found.value(ctx, found.params);
    if (found?.kind !== 'method') throw nowhere();
    ctx.set('Allow', found.allow.join(', '));
    if (ctx.method !== 'OPTIONS') throw methodNotAllowed();
    ctx.status = 204;
  };
}
