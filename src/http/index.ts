import type { RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import Koa from 'koa';
import type { Registry } from 'prom-client';
import type { PublicPage, Route } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import { takerOf } from '../core/quota.ts';
import { accessLog } from './access-log.ts';
import type { Desk } from './endpoint.ts';
import { envelope } from './envelope.ts';
import { describeError } from './failures.ts';
import { readiness } from './health.ts';
import { openIdempotency } from './idempotency.ts';
import { ofPerson, type RateLimits, withinLimits } from './limits.ts';
import { openMetrics } from './metrics.ts';
import { openapiOf, pages, type StaticPage } from './pages.ts';
import { problems } from './problems.ts';
import { forPeople } from './public-pages.ts';
import { find, identify, take } from './routing.ts';
import { type Listening, listen, type Patience } from './server.ts';
import { clockRoute, type MoveClock, sessionRoutes } from './session-routes.ts';
import { openSessions } from './sessions.ts';
import type { Context, RequestState } from './state.ts';
import { openStreams } from './streams.ts';
import { sweepUploads } from './upload.ts';
import { mayWatch } from './watchers.ts';
import { codeToOpenid, type WechatAccount } from './wechat.ts';

export interface HttpOptions {
  house: House;
  /** What the features answer to. */
  routes: readonly Route[];
  /** What of the features people read in a browser, without signing in. */
  publicPages?: readonly PublicPage[] | undefined;
  /** At least 32 bytes; signs sign-in tokens. */
  tokenSecret: Uint8Array;
  /** Whether the address of a client is what a reverse proxy says it is. */
  trustProxy?: boolean | undefined;
  /** How often a signed-in person, or an address nobody is signed in from, may ask in a minute. */
  requestsPerMinute?: number | undefined;
  wechat?: WechatAccount | undefined;
  /** Opens `/metrics` to whoever sends it; without one it is open to near addresses only. */
  metricsToken?: string | undefined;
  /** Pages beside the house's own. */
  pages?: readonly StaticPage[] | undefined;
  /** Where the demo's clock can be moved over HTTP. */
  onDemoClock?: MoveClock | undefined;
  /** Bounds that only tests and unusual installations change. */
  limits?: Partial<Bounds> | undefined;
}

export interface Bounds extends RateLimits, Patience {
  /** Of a JSON body. */
  bodyBytes: number;
  /** Between signs of life on a quiet event stream. */
  heartbeatMs: number;
  /** Event streams a person (or an address nobody is signed in from) may have open. */
  streamsEach: number;
}

/** The house's HTTP side. */
export interface Http {
  listen(port: number, host: string): Promise<{ port: number }>;
  /** For a server of somebody else's. */
  callback(): RequestListener;
  /** Stops accepting, ends event streams, lets requests under way finish for at most `graceMs`. */
  close(graceMs: number): Promise<void>;
  /** The OpenAPI 3.1 document. */
  openapi(): object;
  /** A sign-in token of a person, as signing in gives it. */
  issueToken(personId: string): Promise<string>;
  /** Where other parts of the house register their numbers for `/metrics`. */
  register: Registry;
}

const PER_MINUTE = 600;
const defaults = (perMinute: number): Bounds => ({
  person: { points: perMinute, seconds: 60 },
  address: { points: perMinute, seconds: 60 },
  bodyBytes: 1_048_576,
  heartbeatMs: 15_000,
  streamsEach: 10,
  headersMs: 20_000,
  requestMs: 120_000,
});

/** Builds the application. Nothing listens yet. */
export function createHttp(options: HttpOptions): Http {
  const { house, onDemoClock, publicPages = [] } = options;
  const { log, settings } = house;
  const bounds: Bounds = { ...defaults(options.requestsPerMinute ?? PER_MINUTE), ...options.limits };
  const metrics = openMetrics();
  const takeFrom = takerOf(house);
  const closing = new AbortController();
  const streams = openStreams(metrics.streams, closing.signal, bounds.streamsEach);
  // What somebody may watch is decided when they begin to: when they are no longer who they were, they begin again.
  const sessions = openSessions(house, options.tokenSecret, (person) => streams.end(ofPerson(person)));
  const desk: Desk = {
    house,
    sessions,
    idempotency: openIdempotency(house),
    take: takeFrom,
    streams,
    closing: closing.signal,
    bodyBytes: bounds.bodyBytes,
    heartbeatMs: bounds.heartbeatMs,
  };
  const routes = [
    ...sessionRoutes(sessions, options.wechat && codeToOpenid(options.wechat, log)),
    ...(onDemoClock ? [clockRoute(onDemoClock)] : []),
    ...options.routes,
  ].filter((route) => route.auth !== 'demo' || settings.demo);
  const openapi = openapiOf(routes, settings.baseUrl);

  const { trustProxy = false } = options;
  const watches = (ctx: Context) => mayWatch(ctx, options.metricsToken, trustProxy);
  const app = new Koa<RequestState>({
    proxy: trustProxy,
    // Whatever a client wrote into X-Forwarded-For stands before what our proxy added: only the last is believed.
    maxIpsCount: 1,
  });
  app.use(envelope(closing.signal));
  app.use(accessLog(log, metrics));
  app.use(problems(log, settings.baseUrl, forPeople(publicPages)));
  app.use(pages(routes, openapi, readiness(house, closing.signal), metrics, watches, options.pages));
  app.use(find(routes, publicPages, desk));
  app.use(identify(sessions));
  app.use(withinLimits(takeFrom, bounds));
  app.use(take());
  // Only what goes wrong after an answer has begun comes here; a client that leaves in the middle is nothing to report.
  app.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ECONNRESET' || error.code === 'EPIPE') return;
    log.error({ err: describeError(error) }, 'an answer broke off');
  });
  const koa = app.callback();
  const underWay = new Set<Promise<void>>();
  const callback: RequestListener = (req, res) => {
    const handled = koa(req, res).finally(() => underWay.delete(handled));
    underWay.add(handled);
  };

  let listening: Listening | undefined;
  return {
    async listen(port, host) {
      await sweepUploads(settings.folder, house.clock.now());
      listening = await listen(callback, { port, host, baseUrl: settings.baseUrl, patience: bounds });
      return { port: listening.port };
    },
    callback: () => callback,
    async close(graceMs) {
      closing.abort();
      streams.end();
      const patience = delay(graceMs, undefined, { ref: false });
      await listening?.close(graceMs);
      // A client that went away leaves work behind: it is finished too before the store is closed under it.
      await Promise.race([Promise.allSettled(underWay), patience]);
      await sessions.close();
    },
    openapi,
    issueToken: async (personId) => (await sessions.issue(personId)).token,
    register: metrics.register,
  };
}

export type { StaticPage } from './pages.ts';
export type { WechatAccount } from './wechat.ts';
