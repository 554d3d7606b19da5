import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { moveRoutes } from '../../core/move-routes.ts';
import { pageQuery } from '../../core/page.ts';
import { careVisitInput, careVisitLifecycle } from './care-visit.ts';
import { careVisitView, careVisitViewOf, listCareVisits, moveCareVisit, recordCareVisit } from './care-visits.ts';
import { id, tag } from './inputs.ts';
import { CARE_VISIT_MOVES } from './messages.ts';

const params = z.object({ id: called('走访慰问编号', id) });

/** Care visits to workers over HTTP. */
export const careVisitRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/care-visits',
    summary: '走访慰问：自己的，或自己社区的',
    tag,
    query: pageQuery,
    response: z.object({ items: z.array(careVisitView), next: z.string().optional() }),
    handle: (request, house) => listCareVisits(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'post',
    path: '/care-visits',
    summary: '登记一次走访慰问',
    tag,
    body: careVisitInput,
    response: careVisitView,
    status: 201,
    async handle(request, house) {
      const caller = callerOf(request, house);
      return careVisitViewOf(house, caller, await recordCareVisit(house, caller, request.body));
    },
  }),
  ...moveRoutes({
    path: '/care-visits',
    tag,
    params,
    summaries: CARE_VISIT_MOVES,
    moves: careVisitLifecycle.moves,
    response: careVisitView,
    move: async (house, caller, one, name, input) =>
      careVisitViewOf(house, caller, await moveCareVisit(house, caller, one, name, input)),
  }),
];
