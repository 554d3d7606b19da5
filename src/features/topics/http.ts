import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { moveRoutes } from '../../core/move-routes.ts';
import { pageQuery } from '../../core/page.ts';
import { proposeInput } from './inputs.ts';
import { topicLifecycle } from './lifecycle.ts';
import { TOPIC_MOVES } from './messages.ts';
import { getTopic, listTopics, moveTopic, proposeTopic, topicByNumber } from './service.ts';
import { similarTopics } from './similar.ts';
import { topicLine, topicState, topicView, viewOf } from './views.ts';

const tag = '议题';
const params = z.object({ id: called('议题编号', z.string().regex(/^[0-9a-f]{24}$/)) });

const moving = moveRoutes({
  path: '/topics',
  tag,
  params: params,
  summaries: TOPIC_MOVES,
  moves: topicLifecycle.moves,
  response: topicView,
  async move(house, caller, id, name, input) {
    const { topic } = await moveTopic(house, caller, id, name, input);
    return viewOf(house, caller, topic);
  },
});

export const topicRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/topics',
    summary: '议题列表：自己社区的、某个区域的、自己提的、自己附议的',
    tag,
    query: pageQuery.extend({
      area: called('区域编码', z.string().regex(/^[\dG]{4,15}$/)).optional(),
      state: called('状态', topicState).optional(),
      mine: called('只看我提的', z.stringbool()).optional(),
      seconded: called('只看我附议的', z.stringbool()).optional(),
    }),
    response: z.object({ items: z.array(topicLine), next: z.string().optional() }),
    handle: (request, house) => listTopics(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/topics/{id}',
    summary: '一条议题',
    tag,
    params,
    response: topicView,
    handle: (request, house) => getTopic(house, callerOf(request, house), request.params.id),
  }),
  route({
    method: 'get',
    path: '/areas/{code}/topics/{number}',
    summary: '按编号找社区里的一条议题',
    tag,
    params: z.object({
      code: called('区域编码', z.string().regex(/^[\dG]{4,15}$/)),
      number: called('议题编号', z.coerce.number().int().min(1)),
    }),
    response: topicView,
    handle: (request, house) =>
      topicByNumber(house, callerOf(request, house), request.params.code, request.params.number),
  }),
  route({
    method: 'post',
    path: '/topics',
    summary: '提一条议题',
    tag,
    body: proposeInput,
    response: topicView,
    status: 201,
    async handle(request, house) {
      const caller = callerOf(request, house);
      const { topic } = await proposeTopic(house, caller, request.body);
      return viewOf(house, caller, topic);
    },
  }),
  route({
    method: 'post',
    path: '/topics/similar',
    summary: '提议题前看看社区里有没有一样的，可以直接附议',
    tag,
    body: z.object({ text: called('议题内容', z.string().min(2).max(1_000)) }),
    response: z.object({ items: z.array(topicLine) }),
    limit: { points: 60, seconds: 3_600 },
    async handle(request, house) {
      return { items: await similarTopics(house, callerOf(request, house), request.body.text) };
    },
  }),
  ...moving,
];
