import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { moveRoutes } from '../../core/move-routes.ts';
import { pageQuery } from '../../core/page.ts';
import { comfortInput, comfortLifecycle } from './comfort.ts';
import { comfortView, comfortViewOf, listComforts, moveComfort, recordComfort } from './comforts.ts';
import { id, tag } from './inputs.ts';
import { COMFORT_MOVES } from './messages.ts';

const params = z.object({ id: called('走访慰问编号', id) });

/** Care visits to workers over HTTP. */
export const comfortRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/comforts',
    summary: '走访慰问：自己的，或自己社区的',
    tag,
    query: pageQuery,
    response: z.object({ items: z.array(comfortView), next: z.string().optional() }),
    handle: (request, house) => listComforts(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'post',
    path: '/comforts',
    summary: '登记一次走访慰问',
    tag,
    body: comfortInput,
    response: comfortView,
    status: 201,
    async handle(request, house) {
      const caller = callerOf(request, house);
      return comfortViewOf(house, caller, await recordComfort(house, caller, request.body));
    },
  }),
  ...moveRoutes({
    path: '/comforts',
    tag,
    params,
    summaries: COMFORT_MOVES,
    moves: comfortLifecycle.moves,
    response: comfortView,
    move: async (house, caller, one, name, input) =>
      comfortViewOf(house, caller, await moveComfort(house, caller, one, name, input)),
  }),
];
