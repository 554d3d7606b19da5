import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { moveRoutes } from '../../core/move-routes.ts';
import { pageQuery } from '../../core/page.ts';
import { logInput, spawnInput } from './inputs.ts';
import { visitLifecycle } from './lifecycle.ts';
import { getVisit, listVisits, seenBy } from './lists.ts';
import { VISIT_MOVES } from './messages.ts';
import { VISIT_KINDS, type VisitKind } from './model.ts';
import { logVisit, moveVisit, spawn } from './service.ts';
import { visitLine, visitView } from './views.ts';

const tag = '走访';
const id = called('编号', z.string().regex(/^[0-9a-f]{24}$/));
const day = (name: string) => called(name, z.iso.date()).optional();

const moving = moveRoutes({
  path: '/visits',
  tag,
  params: z.object({ id }),
  summaries: VISIT_MOVES,
  moves: visitLifecycle.moves,
  response: visitView,
  async move(house, caller, visitId, name, input) {
    const { visit } = await moveVisit(house, caller, visitId, name, input);
    return seenBy(house, caller, visit);
  },
});

export const visitRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/visits',
    summary: '走访记录：自己的；一个自己联系的人的；或一个区域的，给书记和抽查的人',
    tag,
    query: pageQuery.extend({
      person: id.optional(),
      area: called('区域编码', z.string().regex(/^[\dG]{4,15}$/)).optional(),
      by: id.optional().describe('一个区域里，由谁记的'),
      kind: called('种类', z.enum(Object.keys(VISIT_KINDS) as [VisitKind, ...VisitKind[]])).optional(),
      from: day('从哪天'),
      to: day('到哪天'),
    }),
    response: z.object({ items: z.array(visitLine), next: z.string().optional() }),
    handle: (request, house) => listVisits(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/visits/{id}',
    summary: '一条走访记录',
    tag,
    params: z.object({ id }),
    response: visitView,
    keep: false,
    handle: (request, house) => getVisit(house, callerOf(request, house), request.params.id),
  }),
  route({
    method: 'post',
    path: '/visits',
    summary: '记一次走访或排查，可以顺手登记一个心愿、上报一个事件',
    tag,
    body: logInput,
    response: visitView,
    status: 201,
    keep: false,
    async handle(request, house) {
      const caller = callerOf(request, house);
      const { visit } = await logVisit(house, caller, request.body);
      return seenBy(house, caller, visit);
    },
  }),
  route({
    method: 'post',
    path: '/visits/{id}/spawn',
    summary: '把走访中发现的事登记成心愿，或上报成事件；事件里不写走访了谁',
    tag,
    params: z.object({ id }),
    body: spawnInput,
    response: visitView,
    keep: false,
    async handle(request, house) {
      const caller = callerOf(request, house);
      const { visit } = await spawn(house, caller, request.params.id, request.body);
      return seenBy(house, caller, visit);
    },
  }),
  ...moving,
];
