import type { Context as KoaContext } from 'koa';
import helmet from 'koa-helmet';
import type { Step } from './state.ts';

/**
 * Helmet's headers for an API: nothing may frame, sniff or embed an answer. They are the same every time, so helmet is
 * asked once, and what it said is repeated; running it for each request costs more than the rest of the pipeline.
 */
export function securityHeaders(): Step {
  const headers = helmetHeaders();
  return (ctx, next) => {
    for (const [name, value] of headers) ctx.res.setHeader(name, value);
    return next();
  };
}

function helmetHeaders(): [string, string][] {
  const said: [string, string][] = [];
  const res = {
    setHeader: (name: string, value: unknown) => said.push([name, String(value)]),
    removeHeader: () => undefined,
  };
  const middleware = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    crossOriginResourcePolicy: { policy: 'same-site' },
    xFrameOptions: { action: 'deny' },
    // For HTML only, and this serves none but the reference, which has a policy of its own.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
  void middleware({ req: {}, res } as unknown as KoaContext, async () => undefined);
  if (said.length === 0) throw new Error('helmet named no headers');
  // Answers are about people: no cache on the way keeps one. Files say otherwise themselves.
  return [...said, ['Cache-Control', 'no-store']];
}
