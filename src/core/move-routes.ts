import type { ZodType } from 'zod';
import { type Caller, callerOf } from './caller.ts';
import { type Route, route } from './feature.ts';
import type { House } from './house.ts';
import type { Reads } from './reads.ts';

/** What the moves of one lifecycle have in common over HTTP. */
export interface MoveRoutes<M extends string, V> {
  /** Where the documents are: `/wishes`. */
  path: string;
  tag: string;
  /** The document's id. */
  params: Reads<{ id: string }>;
  /** The moves people make, with their summaries. */
  summaries: Readonly<Record<M, string>>;
  /** The lifecycle's table, for what each is told. */
  moves: Readonly<Record<NoInfer<M>, { input: ZodType }>>;
  response: Reads<V>;
  /** Makes the move, and shows the caller the document afterwards. @throws HaolinError */
  move(house: House, caller: Caller, id: string, move: NoInfer<M>, input: unknown): Promise<V>;
}

/** One route for every move people make, straight from the lifecycle table. */
export function moveRoutes<M extends string, V>({
  path,
  tag,
  params,
  summaries,
  moves,
  response,
  move,
}: MoveRoutes<M, V>): Route[] {
  return (Object.keys(summaries) as M[]).map((name) =>
    route({
      method: 'post',
      path: `${path}/{id}/${name}`,
      summary: summaries[name],
      tag,
      params,
      body: moves[name].input,
      response,
      handle: (request, house) => move(house, callerOf(request, house), request.params.id, name, request.body),
    }),
  );
}
