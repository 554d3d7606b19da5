import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { moveRoutes } from '../../core/move-routes.ts';
import { pageQuery } from '../../core/page.ts';
import { callInput, handoffLifecycle } from './lifecycle.ts';
import { HANDOFF_MOVES } from './messages.ts';
import { HANDOFF_STATES, type HandoffState } from './model.ts';
import { getHandoff, handoffView, listHandoffs, moveHandoff, openHandoff, viewOf } from './service.ts';

const tag = '转人工';
const params = z.object({ id: called('求助编号', z.string().regex(/^[0-9a-f]{24}$/)) });
const state = called('状态', z.enum(Object.keys(HANDOFF_STATES) as [HandoffState, ...HandoffState[]]));

const moving = moveRoutes({
  path: '/handoffs',
  tag,
  params: params,
  summaries: HANDOFF_MOVES,
  moves: handoffLifecycle.moves,
  response: handoffView,
  async move(house, caller, id, name, input) {
    const { handoff } = await moveHandoff(house, caller, id, name, input);
    return viewOf(house, caller, handoff);
  },
});

export const handoffRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/handoffs',
    summary: '求助列表：自己的，或自己负责的片区里的',
    tag,
    query: pageQuery.extend({ state: state.optional(), mine: called('只看自己的', z.stringbool()).optional() }),
    response: z.object({ items: z.array(handoffView), next: z.string().optional() }),
    handle: (request, house) => listHandoffs(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/handoffs/{id}',
    summary: '一件求助',
    tag,
    params,
    response: handoffView,
    handle: (request, house) => getHandoff(house, callerOf(request, house), request.params.id),
  }),
  route({
    method: 'post',
    path: '/handoffs',
    summary: '转人工：请社区的人来答',
    tag,
    body: callInput,
    response: handoffView,
    status: 201,
    async handle(request, house) {
      const caller = callerOf(request, house);
      const { handoff } = await openHandoff(house, caller, request.body);
      return viewOf(house, caller, handoff);
    },
  }),
  ...moving,
];
