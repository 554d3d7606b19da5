import { forbidden } from '../core/errors.ts';
import type { Route } from '../core/feature.ts';
import { DOCS_POLICY, docsPage } from './docs-page.ts';
import { methodNotAllowed } from './errors.ts';
import type { Readiness } from './health.ts';
import type { Metrics } from './metrics.ts';
import { describeApi } from './openapi.ts';
import { pack } from './pack.ts';
import type { Context, Step } from './state.ts';

/** The document of the API, made when somebody first asks for it. */
export function openapiOf(routes: readonly Route[], baseUrl: string): () => object {
  let made: object | undefined;
  return () => {
    made ??= describeApi(routes, baseUrl);
    return made;
  };
}

/** A page the house serves beside its own: the demo shows the neighbourhood on one. */
export interface StaticPage {
  /** Exact, outside `/api`. */
  path: string;
  type: string;
  /** Content-Security-Policy, where the house's own strict one would keep the page from working. */
  policy?: string;
  text(): Promise<string> | string;
}

/**
 * Fixed addresses for machines and readers, outside `/api/v1` and its limits: health, numbers, reference.
 * @param watches whether whoever asks may see the numbers
 */
export function pages(
  routes: readonly Route[],
  openapi: () => object,
  ready: () => Promise<Readiness>,
  metrics: Metrics,
  watches: (ctx: Context) => boolean,
  more: readonly StaticPage[] = [],
): Step {
  let document: string | undefined;
  let page: string | undefined;
  const answers = new Map<string, (ctx: Context) => Promise<void> | void>([
    ['/healthz', (ctx) => json(ctx, 200, '{"status":"alive"}')],
    [
      '/readyz',
      async (ctx) => {
        const found = await ready();
        json(ctx, found.status === 'ready' ? 200 : 503, JSON.stringify(found));
      },
    ],
    [
      '/metrics',
      async (ctx) => {
        if (!watches(ctx)) throw forbidden();
        ctx.type = metrics.register.contentType;
        ctx.body = await metrics.register.metrics();
      },
    ],
    [
      '/api/openapi.json',
      (ctx) => {
        document ??= JSON.stringify(openapi());
        json(ctx, 200, document);
      },
    ],
    [
      '/api/docs',
      (ctx) => {
        page ??= docsPage(routes, openapi());
        ctx.set('Content-Security-Policy', DOCS_POLICY);
        ctx.type = 'text/html; charset=utf-8';
        ctx.body = page;
      },
    ],
    ...more.map(({ path, type, policy, text }): [string, (ctx: Context) => Promise<void>] => [
      path,
      async (ctx) => {
        if (policy !== undefined) {
          // The policy says who may frame it; the older header cannot say "this house itself" beside it.
          ctx.set({ 'Content-Security-Policy': policy, 'X-Frame-Options': 'SAMEORIGIN' });
        }
        ctx.type = type;
        ctx.body = await text();
      },
    ]),
  ]);
  return async (ctx, next) => {
    const { path } = ctx;
    const answer = answers.get(path);
    if (!answer) return next();
    ctx.state.pattern = path;
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
      ctx.set('Allow', 'GET, HEAD');
      throw methodNotAllowed();
    }
    await answer(ctx);
    await pack(ctx);
  };
}

function json(ctx: Context, status: number, text: string): void {
  ctx.status = status;
  ctx.set('Content-Type', 'application/json; charset=utf-8');
  ctx.body = text;
}
