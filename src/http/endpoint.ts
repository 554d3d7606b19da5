import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { ZodType } from 'zod';
import { type HaolinError, notSignedIn } from '../core/errors.ts';
import { Raw, type Request, type Route, type Upload } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import { parseInput } from '../core/input.ts';
import type { Take } from '../core/quota.ts';
import { readJson } from './body.ts';
import { refuseHazards } from './hazards.ts';
import { type Answer, fingerprintOf, type Idempotency, readKey } from './idempotency.ts';
import { whose } from './limits.ts';
import { problemOf } from './problems.ts';
import { readQuery } from './query.ts';
import { sendAnswer, sendRaw } from './reply.ts';
import { RouteRequest } from './route-request.ts';
import type { Known, Sessions } from './sessions.ts';
import type { Context, Endpoint } from './state.ts';
import type { Streams } from './streams.ts';
import { receiveFile } from './upload.ts';

/** What every endpoint works with. */
export interface Desk {
  house: House;
  sessions: Sessions;
  idempotency: Idempotency;
  take: Take;
  streams: Streams;
  closing: AbortSignal;
  bodyBytes: number;
  heartbeatMs: number;
}

/** What a request brought along, read and not yet judged. */
interface Brought {
  body: unknown;
  upload?: Upload;
  digest: string | Buffer;
}

/** A route as a pipeline of its own: who → how often → what (all checked) → once → handler → answer. */
export function endpoint(route: Route, desk: Desk): Endpoint {
  const { house } = desk;
  const auth = route.auth ?? 'signed';
  const takesKeys = route.method !== 'get' && auth === 'signed';
  const success = route.status ?? 200;

  return async (ctx, rawParams) => {
    const known = await admit(ctx, desk.sessions, auth);
    const { limit } = route;
    if (limit) await desk.take(`http:${route.method} ${route.path}:${whose(ctx)}`, limit);
    const params = checkedParams(route.params, rawParams);
    const query = route.query ? parseInput(route.query, readQuery(ctx.querystring)) : {};
    const key = takesKeys ? readKey(ctx.req.headers['idempotency-key']) : undefined;
    const brought = route.method === 'get' ? undefined : await bring(ctx, route, desk, key !== undefined);
    try {
      const body = route.body ? parseInput(route.body, brought?.body) : undefined;
      const upload = brought?.upload;
      const request = new RouteRequest({ params, query, body }, known, ctx.state.requestId, { key, upload }, ctx.res);
      const work = () => route.handle(request as unknown as Request<never, never, never>, house);
      if (key === undefined) return await send(ctx, await work(), success, desk, request);

      const fingerprint = fingerprintOf(ctx.method, ctx.url, brought?.digest ?? '');
      const { answer, replayed } = await desk.idempotency.once(
        { actor: known.actor.id, key, fingerprint, keeps: route.keep !== false },
        async () => {
          const result = await work();
          if (!(result instanceof Raw)) return answerOf(result, success);
          await send(ctx, result, success, desk, request);
          return undefined;
        },
        (error) => problemAnswer(error, ctx, house),
      );
      if (replayed) ctx.set('Idempotency-Replayed', 'true');
      if (answer) sendAnswer(ctx, answer, desk.closing);
    } finally {
      if (brought?.upload) await rm(brought.upload.path, { force: true });
    }
  };
}

async function admit(ctx: Context, sessions: Sessions, auth: 'signed' | 'public' | 'demo'): Promise<Known> {
  const { claim } = ctx.state;
  if (claim && 'personId' in claim) {
    if (auth === 'signed') return sessions.known(claim);
    // Somebody whose token is no longer good for anything may still see what everybody may.
    return sessions.known(claim).catch((error: HaolinError) => {
      if (error.status === 401) return sessions.nobody;
      throw error;
    });
  }
  if (auth === 'signed') throw claim?.refusal ?? notSignedIn();
  return sessions.nobody;
}

function checkedParams(schema: ZodType | undefined, raw: Record<string, string>): unknown {
  for (const value of Object.values(raw)) refuseHazards(value);
  return schema ? parseInput(schema, raw) : raw;
}

async function bring(ctx: Context, route: Route, desk: Desk, keyed: boolean): Promise<Brought> {
  if (!route.upload) {
    const { value, bytes } = await readJson(ctx.req, desk.bodyBytes);
    return { body: value, digest: bytes };
  }
  const hash = keyed ? createHash('sha256') : undefined;
  const { upload, fields } = await receiveFile(
    ctx.req,
    desk.house.settings.folder,
    route.upload.maxBytes,
    hash && ((chunk) => hash.update(chunk)),
  );
  return { body: fields, upload, digest: `${hash?.digest('hex')}\n${JSON.stringify(fields)}` };
}

async function send(ctx: Context, result: unknown, success: number, desk: Desk, request: RouteRequest): Promise<void> {
  if (!(result instanceof Raw)) return sendAnswer(ctx, answerOf(result, success), desk.closing);
  const { streams, heartbeatMs } = desk;
  return sendRaw(ctx, result.reply, success, { streams, heartbeatMs, over: () => request.over() });
}

function answerOf(result: unknown, success: number): Answer {
  if (result === undefined) return { status: success === 200 ? 204 : success, text: '' };
  return { status: success, text: JSON.stringify(result) };
}

function problemAnswer(error: HaolinError, ctx: Context, house: House): Answer {
  const problem = problemOf(error, ctx.state.requestId, house.settings.baseUrl);
  return { status: problem.status, text: JSON.stringify(problem) };
}
