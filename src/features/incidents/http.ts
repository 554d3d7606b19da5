import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { Raw, type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { moveRoutes } from '../../core/move-routes.ts';
import { pageQuery } from '../../core/page.ts';
import { unmaskRoute } from '../../core/unmask.ts';
import { candidates, candidatesFor } from './candidates.ts';
import { incidentCounts, incidentCountsFor } from './counts.ts';
import { hotSpots, hotSpotsIn } from './hot-spots.ts';
import { category, reportInput, urgency } from './inputs.ts';
import { incidentLifecycle } from './lifecycle.ts';
import { listIncidents } from './lists.ts';
import { incidentEvents } from './live.ts';
import { INCIDENT_MOVES } from './messages.ts';
import { COLUMNS, INCIDENT_STATES, type IncidentState, LEVELS, type Level } from './model.ts';
import { findByNumber, getIncident, moveIncident, reportIncident, viewOf } from './service.ts';
import { similarTo } from './similar.ts';
import { incidentContact, unmaskIncident } from './unmask.ts';
import { incidentView, listedIncident } from './views.ts';

const tag = '事件';
const id = called('编号', z.string().regex(/^[0-9a-f]{24}$/));
const areaCode = called('区域编码', z.string().regex(/^[\dG]{4,15}$/));
const flag = (name: string) => called(name, z.stringbool()).optional();

const listQuery = z.object({
  area: areaCode.optional(),
  mine: flag('只看我报告的'),
  handling: flag('只看我处置的'),
  column: called('看板的哪一列', z.enum(COLUMNS)).optional(),
  state: called('状态', z.enum(Object.keys(INCIDENT_STATES) as [IncidentState, ...IncidentState[]])).optional(),
  category: category.optional(),
  urgency: urgency.optional(),
  level: called('哪一级', z.enum(Object.keys(LEVELS) as [Level, ...Level[]])).optional(),
  late: flag('只看超期的'),
  ...pageQuery.shape,
  limit: called('每页条数', z.coerce.number().int().min(1).max(50)).optional(),
});

const reading: Route[] = [
  route({
    method: 'get',
    path: '/incidents',
    summary: '事件列表：某个区域的、我报告的、我处置的',
    tag,
    query: listQuery,
    response: z.object({ items: z.array(listedIncident), next: z.string().optional() }),
    handle: (request, house) => listIncidents(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/incidents/counts',
    summary: '一个区域的事件数量和按时办结率；只管统计的人看不到太小的数字',
    tag,
    query: z.object({
      area: areaCode,
      from: called('从哪一天', z.iso.date()).optional(),
      to: called('到哪一天', z.iso.date()).optional(),
    }),
    response: incidentCounts,
    handle: (request, house) => incidentCountsFor(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/incidents/hot-spots',
    summary: '一个区域里反复出问题的地方：按网格和类别，最多20处',
    tag,
    query: z.object({
      area: areaCode,
      days: called('最近几天', z.coerce.number().int().min(1).max(366)).default(30),
    }),
    response: hotSpots,
    handle: (request, house) => hotSpotsIn(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/areas/{code}/incidents/live',
    summary: '事件看板实时更新（SSE）：哪个事件变成了什么状态',
    tag,
    params: z.object({ code: areaCode }),
    handle: async (request, house) =>
      new Raw({
        kind: 'events',
        events: incidentEvents(house, callerOf(request, house), request.params.code, request.signal),
      }),
  }),
  route({
    method: 'get',
    path: '/incidents/{id}',
    summary: '一个事件',
    tag,
    params: z.object({ id }),
    response: incidentView,
    handle: (request, house) => getIncident(house, callerOf(request, house), request.params.id),
  }),
  route({
    method: 'get',
    path: '/incidents/{id}/candidates',
    summary: '一个事件可以派给谁、请谁协助：名字和身份，离得近的在前',
    tag,
    params: z.object({ id }),
    response: candidates,
    handle: (request, house) => candidatesFor(house, callerOf(request, house), request.params.id),
  }),
  route({
    method: 'get',
    path: '/incidents/{id}/similar',
    summary: '可能和一个事件是同一件的，还在办的事件；能合并的人看得到',
    tag,
    params: z.object({ id }),
    response: z.object({ items: z.array(listedIncident) }),
    async handle(request, house) {
      return { items: await similarTo(house, callerOf(request, house), request.params.id) };
    },
  }),
  route({
    method: 'get',
    path: '/areas/{code}/incidents/{number}',
    summary: '按编号找社区里的一个事件',
    tag,
    params: z.object({ code: areaCode, number: called('事件编号', z.coerce.number().int().min(1)) }),
    response: incidentView,
    handle: (request, house) =>
      findByNumber(house, callerOf(request, house), request.params.code, request.params.number),
  }),
];

const reporting = route({
  method: 'post',
  path: '/incidents',
  summary: '报告一个问题，自己的或替老人、孩子；危及生命的马上告诉附近的人和书记',
  tag,
  body: reportInput,
  response: incidentView,
  status: 201,
  async handle(request, house) {
    const caller = callerOf(request, house);
    const { incident } = await reportIncident(house, caller, request.body);
    return viewOf(house, caller, incident);
  },
});

const unmasking = unmaskRoute({
  path: '/incidents',
  tag,
  summary: '查看报告人的联系方式和详细地址，处置的人和负责这里的人可看；会留下记录',
  params: z.object({ id }),
  response: incidentContact,
  unmask: unmaskIncident,
});

const moving = moveRoutes({
  path: '/incidents',
  tag,
  params: z.object({ id }),
  summaries: INCIDENT_MOVES,
  moves: incidentLifecycle.moves,
  response: incidentView,
  async move(house, caller, incident, name, input) {
    const moved = await moveIncident(house, caller, incident, name, input);
    return viewOf(house, caller, moved.incident);
  },
});

export const incidentRoutes: readonly Route[] = [...reading, reporting, unmasking, ...moving];
