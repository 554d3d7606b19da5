import type { Middleware, ParameterizedContext } from 'koa';
import type { Found } from './route-tree.ts';
import type { Claim } from './sessions.ts';

/** What one request gathers on its way through the pipeline. */
export interface RequestState {
  requestId: string;
  /** The route's pattern, `/api/v1/wishes/{id}`; never the path, which may say something about somebody. */
  pattern: string;
  /** `code` of the problem it was answered with. */
  code?: string;
  /** Where it leads. */
  found?: Found<Endpoint>;
  /** What the Authorization header proved. */
  claim?: Claim;
}

/** Answers one request whose path's `{…}` stood for `params`. */
export type Endpoint = (ctx: Context, params: Record<string, string>) => Promise<void>;

export type Context = ParameterizedContext<RequestState>;

/** One step of the pipeline. */
export type Step = Middleware<RequestState>;
