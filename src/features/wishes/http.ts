import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { Raw, type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { moveRoutes } from '../../core/move-routes.ts';
import { pageQuery } from '../../core/page.ts';
import { unmaskRoute } from '../../core/unmask.ts';
import { lineage } from '../areas/index.ts';
import { countsFor } from './counts.ts';
import { category, submitInput } from './inputs.ts';
import { wishLifecycle } from './lifecycle.ts';
import { listWishes } from './lists.ts';
import { boardEvents } from './live.ts';
import { WISH_MOVES } from './messages.ts';
import { COLUMNS, WISH_STATES, type WishState } from './model.ts';
import { findByNumber, getWish, moveWish, submitWish, viewOf } from './service.ts';
import { similarWishes } from './similar.ts';
import { unmaskWish, wishContact } from './unmask.ts';
import { publicWish, wishLine, wishView } from './views.ts';

const tag = '心愿';
const id = called('编号', z.string().regex(/^[0-9a-f]{24}$/));
const areaCode = called('区域编码', z.string().regex(/^[\dG]{4,15}$/));
const state = called('状态', z.enum(Object.keys(WISH_STATES) as [WishState, ...WishState[]]));

const flag = (name: string) => called(name, z.stringbool()).optional();
const paging = { ...pageQuery.shape, limit: called('每页条数', z.coerce.number().int().min(1).max(50)).optional() };
const listQuery = z.object({
  area: areaCode.optional(),
  mine: flag('只看我许的'),
  claimedByMe: flag('只看我认领的'),
  offeredToMe: flag('只看先留给我的'),
  column: called('看板的哪一列', z.enum(COLUMNS)).optional(),
  state: state.optional(),
  category: category.optional(),
  urgent: flag('只看急的'),
  late: flag('只看超期的'),
  q: called('要找的字', z.string().min(1).max(50)).optional(),
  ...paging,
});
const wallQuery = z.object({
  area: areaCode,
  column: called('看板的哪一列', z.enum(['open', 'helping', 'answered', 'over'])).optional(),
  category: category.optional(),
  ...paging,
});

const counts = z.object({
  area: z.string(),
  columns: z.record(z.enum(COLUMNS), z.number().int()),
  late: z.number().int(),
  since: z.iso.datetime(),
  closed: z.number().int(),
  partly: z.number().int().describe('其中只办了一部分的'),
  onTime: z.number().int(),
  rated: z.number().int(),
  averageScore: z.number().nullable(),
  reopened: z.number().int(),
});

const similar = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      number: z.number().int(),
      title: z.string(),
      state,
      likeness: z.number(),
      own: z.boolean().describe('是自己的，或自己替人许的'),
    }),
  ),
});

const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().optional() });

const reading: Route[] = [
  route({
    method: 'get',
    path: '/wishes',
    summary: '心愿列表：某个区域的、我许的、我认领的、先留给我的',
    tag,
    query: listQuery,
    response: page(wishLine),
    handle: (request, house) => listWishes(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/wishes/wall',
    summary: '心愿墙：任何人可看，没有个人信息',
    tag,
    auth: 'public',
    query: wallQuery,
    response: page(publicWish),
    handle: (request, house) => listWishes(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/wishes/counts',
    summary: '一个区域的心愿数量和办结情况；给能看这里心愿的人，只能看数量的看统计报表',
    tag,
    query: z.object({ area: areaCode }),
    response: counts,
    handle: (request, house) => countsFor(house, callerOf(request, house), request.query.area),
  }),
  route({
    method: 'get',
    path: '/wishes/{id}',
    summary: '一条心愿',
    tag,
    params: z.object({ id }),
    response: wishView,
    handle: (request, house) => getWish(house, callerOf(request, house), request.params.id),
  }),
  route({
    method: 'get',
    path: '/areas/{code}/wishes/{number}',
    summary: '按编号找社区里的一条心愿',
    tag,
    params: z.object({ code: areaCode, number: called('心愿编号', z.coerce.number().int().min(1)) }),
    response: wishView,
    handle: (request, house) =>
      findByNumber(house, callerOf(request, house), request.params.code, request.params.number),
  }),
  route({
    method: 'get',
    path: '/areas/{code}/live',
    summary: '看板实时更新（SSE）：哪条心愿变成了什么状态',
    tag,
    params: z.object({ code: areaCode }),
    handle: async (request, house) =>
      new Raw({
        kind: 'events',
        events: boardEvents(house, callerOf(request, house), request.params.code, request.signal),
      }),
  }),
];

const writing: Route[] = [
  route({
    method: 'post',
    path: '/wishes',
    summary: '许一个心愿，自己的或替老人、孩子',
    tag,
    body: submitInput,
    response: wishView,
    status: 201,
    async handle(request, house) {
      const caller = callerOf(request, house);
      const { wish } = await submitWish(house, caller, request.body);
      return viewOf(house, caller, wish);
    },
  }),
  route({
    method: 'post',
    path: '/wishes/similar',
    summary: '许愿前看看社区里最近有没有一样的',
    tag,
    body: z.object({ text: called('心愿内容', z.string().min(2).max(500)), area: areaCode.optional() }),
    response: similar,
    limit: { points: 60, seconds: 3600 },
    async handle(request, house) {
      const { body, actor } = request;
      const areas = body.area === undefined ? actor.areas : lineage(body.area);
      return { items: await similarWishes(house, callerOf(request, house), { areas, text: body.text }) };
    },
  }),
];

const unmasking = unmaskRoute({
  path: '/wishes',
  tag,
  summary: '查看许愿人的联系方式和详细地址，帮忙的人和受理的人可看；会留下记录',
  params: z.object({ id }),
  response: wishContact,
  unmask: unmaskWish,
});

const moving = moveRoutes({
  path: '/wishes',
  tag,
  params: z.object({ id }),
  summaries: WISH_MOVES,
  moves: wishLifecycle.moves,
  response: wishView,
  async move(house, caller, id, name, input) {
    const { wish } = await moveWish(house, caller, id, name, input);
    return viewOf(house, caller, wish);
  },
});

export const wishRoutes: readonly Route[] = [...reading, ...writing, unmasking, ...moving];
