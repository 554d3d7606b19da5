import type { ServerResponse } from 'node:http';
import type { Ability, Actor } from '../core/ability.ts';
import type { Request, Upload } from '../core/feature.ts';
import type { Known } from './sessions.ts';

/**
 * What a handler is given. The signal is made when it is first read (most handlers never do), by a getter of the class:
 * getters in an object literal would give every request a hidden class of its own, and the garbage of those cost more
 * than all the rest of the pipeline.
 */
export class RouteRequest implements Request<unknown, unknown, unknown> {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly actor: Actor;
  readonly ability: Ability;
  readonly requestId: string;
  declare readonly key?: string;
  declare readonly upload?: Upload;
  readonly #res: ServerResponse;
  #leaving: AbortController | undefined;

  constructor(
    input: { params: unknown; query: unknown; body: unknown },
    { actor, ability }: Known,
    requestId: string,
    { key, upload }: { key?: string | undefined; upload?: Upload | undefined },
    res: ServerResponse,
  ) {
    this.params = input.params;
    this.query = input.query;
    this.body = input.body;
    this.actor = actor;
    this.ability = ability;
    this.requestId = requestId;
    if (key !== undefined) this.key = key;
    if (upload !== undefined) this.upload = upload;
    this.#res = res;
  }

  /** Aborted when the client leaves, and when an event stream it was promised is over. */
  get signal(): AbortSignal {
    if (!this.#leaving) {
      const leaving = new AbortController();
      this.#leaving = leaving;
      if (this.#res.closed) leaving.abort();
      else this.#res.once('close', () => leaving.abort());
    }
    return this.#leaving.signal;
  }

  /** Says that nobody waits any more. */
  over(): void {
    this.#leaving?.abort();
  }
}
