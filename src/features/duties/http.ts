import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { pageQuery } from '../../core/page.ts';
import { type Day, dayOf, mondayOf } from '../../core/time.ts';
import { lineage } from '../areas/index.ts';
import { listEvents } from './event-list.ts';
import { dropEvent, eventInput, eventLifecycle, openEvent } from './events.ts';
import { type DutyEventDoc, EVENT_STATES, type EventState } from './model.ts';
import { inForce, isPlaceholder, type Pack, packFields, packSchema } from './pack.ts';
import { confirmPack, packsOf, putPack } from './registry.ts';
import { overView, overviewOf, planOf, planView } from './views.ts';

const tag = '走访排查任务';
const week = called(
  '哪一周',
  z.string().refine((given) => mondayOf(given) !== undefined, '没有这一周，请重新选一周'),
).optional();
const areaCode = called('区域编码', z.string().regex(/^[\dG]{4,15}$/));
const packView = packFields
  .omit({ area: true })
  .extend({
    area: z.string().optional(),
    placeholder: z.boolean().describe('只有名称，还没有填内容'),
    inForce: z.boolean(),
  })
  .meta({ id: 'DutyPack' });
const eventView = z
  .object({
    id: z.string(),
    state: z.enum(Object.keys(EVENT_STATES) as [EventState, ...EventState[]]),
    stateWord: z.string(),
    event: z.string(),
    title: z.string(),
    happenedAt: z.iso.datetime(),
    bearer: z.object({ id: z.string(), name: z.string() }),
    by: z.iso.date().optional().describe('最晚哪天到场或报告'),
  })
  .meta({ id: 'DutyEvent' });
const listedEvent = eventView
  .extend({
    answered: z.boolean().describe('有人到场或报告了'),
    happened: z.string().optional().describe('什么时候、在哪里、出了什么情况、谁报的'),
  })
  .meta({ id: 'ListedDutyEvent' });

const shownEvent = ({ _id: id, state, event, title, happenedAt, bearer }: DutyEventDoc, by?: Day) => ({
  id,
  state,
  stateWord: EVENT_STATES[state],
  event,
  title,
  happenedAt: happenedAt.toISOString(),
  bearer,
  ...(by !== undefined && { by }),
});
const shownPack = (pack: Pack, holding: readonly Pack[]) => {
  return { ...pack, placeholder: isPlaceholder(pack), inForce: holding.includes(pack) };
};

export const dutyRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/duties',
    summary: '自己这一周要走访、排查什么，为什么，到哪天',
    tag,
    query: z.object({ week }),
    response: planView,
    keep: false,
    handle(request, house) {
      const caller = callerOf(request, house);
      return planOf(house, caller, mondayOf(request.query.week ?? '') ?? dayOf(caller.now));
    },
  }),
  route({
    method: 'get',
    path: '/areas/{code}/duties',
    summary: '一个社区或街道这一周完成得怎样，按人统计，给书记；上级只看得到数量',
    tag,
    params: z.object({ code: areaCode.refine((code) => lineage(code).length >= 3, '请选一个街道或社区') }),
    query: z.object({ week }),
    response: overView,
    handle(request, house) {
      const caller = callerOf(request, house);
      return overviewOf(house, caller, request.params.code, mondayOf(request.query.week ?? '') ?? dayOf(caller.now));
    },
  }),
  route({
    method: 'get',
    path: '/duty-packs',
    summary: '任务规则：内容、出处、是否核实、现在是否生效',
    tag,
    query: z.object({ area: areaCode.optional() }),
    response: z.object({ items: z.array(packView) }),
    async handle(request, house) {
      const { actor, now } = callerOf(request, house);
      const packs = await packsOf(house);
      const areas = request.query.area === undefined ? actor.areas : lineage(request.query.area);
      const holding = inForce(packs, areas, dayOf(now));
      return { items: packs.map((pack) => shownPack(pack, holding)) };
    },
  }),
  route({
    method: 'post',
    path: '/duty-packs',
    summary: '管理员：放进一套规则的新版本，或一个区县自己的规则',
    tag,
    body: packSchema,
    response: packView,
    status: 201,
    async handle(request, house) {
      const pack = await putPack(house, callerOf(request, house), request.body);
      return shownPack(pack, [pack]);
    },
  }),
  route({
    method: 'post',
    path: '/duty-packs/{code}/verification',
    summary: '管理员：确认一套规则的这一版和出处一致',
    tag,
    params: z.object({ code: called('规则代码', z.string().max(40)) }),
    body: z.object({
      version: called('版本', z.number().int()),
      area: areaCode.optional(),
      note: called('核对说明', z.string().min(2).max(200)),
    }),
    response: packView,
    async handle(request, house) {
      const pack = await confirmPack(house, callerOf(request, house), { ...request.params, ...request.body });
      return shownPack(pack, [pack]);
    },
  }),
  route({
    method: 'get',
    path: '/duty-events',
    summary: '辖区里要有人到场或报告的事，最近的在前；具体在哪里、出了什么情况只给书记、该去的人和报的人',
    tag,
    query: pageQuery.extend({
      area: areaCode.optional(),
      state: called('状态', z.enum(Object.keys(EVENT_STATES) as [EventState, ...EventState[]])).optional(),
    }),
    response: z.object({ items: z.array(listedEvent), next: z.string().optional() }),
    keep: false,
    async handle(request, house) {
      const { items, ...page } = await listEvents(house, callerOf(request, house), request.query);
      return { ...page, items: items.map(({ event, ...more }) => ({ ...shownEvent(event), ...more })) };
    },
  }),
  route({
    method: 'post',
    path: '/duty-events',
    summary: '记下一件要有人到场或报告的事，告诉该去的人',
    tag,
    body: eventInput,
    response: eventView,
    status: 201,
    async handle(request, house) {
      const { event, by } = await openEvent(house, callerOf(request, house), request.body);
      return shownEvent(event, by);
    },
  }),
  route({
    method: 'post',
    path: '/duty-events/{id}/drop',
    summary: '撤销一件要到场的事',
    tag,
    params: z.object({ id: called('编号', z.string().regex(/^[0-9a-f]{24}$/)) }),
    body: eventLifecycle.moves.drop.input,
    response: eventView,
    handle: async (request, house) =>
      shownEvent(await dropEvent(house, callerOf(request, house), request.params.id, request.body)),
  }),
];
