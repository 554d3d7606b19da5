import { HaolinError } from '../core/errors.ts';
import type { Log } from '../core/house.ts';
import { CLIENT_GONE, internal, unavailable } from './errors.ts';
import { describeError, isAway } from './failures.ts';
import { otherTitle, titles } from './messages.ts';
import { answerPage } from './public-pages.ts';
import type { Context, Step } from './state.ts';

/** RFC 9457 problem details. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  /** A sentence for each field of a form, and the same for programs. */
  fields?: { path: string; problem: string }[];
  errors?: { path: string; code: string }[];
  requestId: string;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Makes the problem of an error; `baseUrl` is where the reference that explains its type lives. */
export function problemOf(error: HaolinError, requestId: string, baseUrl: string): Problem {
  return {
    type: `${baseUrl}/api/docs#${error.code}`,
    title: titles[error.status] ?? otherTitle,
    status: error.status,
    detail: error.detail,
    code: error.code,
    ...(error.fields && {
      fields: error.fields.map(({ path, problem }) => ({ path, problem })),
      errors: error.fields.map(({ path, code }) => ({ path, code })),
    }),
    requestId,
  };
}

/** Whatever was thrown, as an error people can be told about. */
export function haolinError(thrown: unknown): HaolinError {
  if (thrown instanceof HaolinError) return thrown;
  if (isAway(thrown)) return unavailable(thrown);
  return internal();
}

/**
 * The one place where errors become answers. Whatever is no fault of the client's goes to the log with its stack.
 * @param isForPeople whether a path is read by people in a browser, who are told on a page
 */
export function problems(log: Log, baseUrl: string, isForPeople: (path: string) => boolean): Step {
  return async (ctx, next) => {
    try {
      await next();
    } catch (thrown) {
      const error = haolinError(thrown);
      const { requestId, pattern } = ctx.state;
      if (error.status >= 500) {
        log.error({ requestId, method: ctx.method, route: pattern, err: describeError(thrown) }, 'request failed');
      }
      if (error.code === CLIENT_GONE || !ctx.writable) {
        ctx.state.code = CLIENT_GONE;
        return;
      }
      beginAnswer(ctx, error);
      if (isForPeople(ctx.path)) answerPage(ctx, error);
      else answerProblem(ctx, problemOf(error, requestId, baseUrl));
    }
  };
}

function beginAnswer(ctx: Context, { code, status, retryAfterSeconds }: HaolinError): void {
  ctx.state.code = code;
  ctx.status = status;
  if (status === 401) ctx.set('WWW-Authenticate', 'Bearer realm="haolin"');
  if (retryAfterSeconds !== undefined) ctx.set('Retry-After', String(Math.max(1, Math.ceil(retryAfterSeconds))));
  // What a handler had begun to say about its own answer no longer holds.
  for (const name of ['ETag', 'Last-Modified', 'Content-Disposition', 'Content-Length']) ctx.remove(name);
  ctx.set('Cache-Control', 'no-store');
}

function answerProblem(ctx: Context, problem: Problem): void {
  ctx.set('Content-Type', PROBLEM_TYPE);
  ctx.body = JSON.stringify(problem);
}
