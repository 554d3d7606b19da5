import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { moveRoutes } from '../../core/move-routes.ts';
import { pageQuery } from '../../core/page.ts';
import { careVisitRoutes } from './care-visit-http.ts';
import { countTalks, talkCounts } from './counts.ts';
import { addDifficulty, difficultyView, difficultyViewOf } from './difficulties.ts';
import { difficultyRoutes } from './difficulty-http.ts';
import {
  addRecordBody,
  areaCode,
  askInput,
  claimInput,
  difficultyInput,
  doneBody,
  heldBody,
  id,
  inviteInput,
  mine,
  quarter,
  tag,
} from './inputs.ts';
import { talkLifecycle } from './lifecycle.ts';
import { dueList, listDue } from './lists.ts';
import { TALK_MOVES } from './messages.ts';
import { TALK_STATES, type TalkState, TOPICS } from './model.ts';
import {
  addRecord,
  askForTalk,
  claimTalk,
  findTalk,
  finishTalk,
  holdTalk,
  inviteToTalk,
  moveTalk,
  readRecord,
} from './service.ts';
import { isWide } from './serving.ts';
import { getTalk, listTalks, talkView, talkViewOf } from './views.ts';

const params = z.object({ id: called('谈心编号', id) });
const state = called('状态', z.enum(Object.keys(TALK_STATES) as [TalkState, ...TalkState[]]));

const reading: readonly Route[] = [
  route({
    method: 'get',
    path: '/talks',
    summary: '谈心谈话：自己的，或自己社区的；不含谈话内容',
    tag,
    query: pageQuery.extend({ state: state.optional(), mine }),
    response: z.object({ items: z.array(talkView), next: z.string().optional() }),
    handle: (request, house) => listTalks(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/talks/due',
    summary: '一个季度该谈的：书记看本社区的，工作人员看自己的',
    tag,
    query: z.object({
      quarter: quarter.optional(),
      area: areaCode.refine((code) => !isWide(code), '请选一个街道或社区').optional(),
    }),
    response: dueList,
    handle: (request, house) => listDue(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/talks/counts',
    summary: '一个季度谈了多少、没谈多少，只有人数',
    tag,
    query: z.object({ quarter: quarter.optional(), area: areaCode.optional() }),
    response: talkCounts,
    handle: (request, house) => countTalks(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/talks/topics',
    summary: '谈心可能谈到的方面',
    tag,
    response: z.object({ items: z.array(z.object({ code: z.string(), word: z.string() })) }),
    handle: async () => ({ items: Object.entries(TOPICS).map(([code, word]) => ({ code, word })) }),
  }),
  route({
    method: 'get',
    path: '/talks/{id}',
    summary: '一次谈心谈话，不含谈话内容',
    tag,
    params,
    response: talkView,
    handle: (request, house) => getTalk(house, callerOf(request, house), request.params.id),
  }),
  route({
    method: 'post',
    path: '/talks/{id}/read',
    summary: '看谈话记录：只有写的人和本人能看，每次都留痕',
    tag,
    params,
    keep: false,
    response: z.object({ record: z.string() }),
    handle: async (request, house) => ({
      record: await readRecord(house, callerOf(request, house), request.params.id),
    }),
  }),
];

const beginning: readonly Route[] = [
  route({
    method: 'post',
    path: '/talks',
    summary: '约谈：自己想谈，或书记登记一件要谈的事',
    tag,
    body: askInput,
    response: talkView,
    status: 201,
    async handle(request, house) {
      const caller = callerOf(request, house);
      return talkViewOf(house, caller, (await askForTalk(house, caller, request.body)).talk);
    },
  }),
  route({
    method: 'post',
    path: '/talks/invite',
    summary: '约一位工作人员谈本季度的心',
    tag,
    body: inviteInput,
    response: talkView,
    async handle(request, house) {
      const caller = callerOf(request, house);
      return talkViewOf(house, caller, (await inviteToTalk(house, caller, request.body)).talk);
    },
  }),
  route({
    method: 'post',
    path: '/talks/held',
    summary: '登记和一位工作人员谈过心了',
    tag,
    body: heldBody,
    keep: false,
    response: talkView,
    async handle(request, house) {
      const caller = callerOf(request, house);
      return talkViewOf(house, caller, (await holdTalk(house, caller, request.body)).talk);
    },
  }),
  route({
    method: 'post',
    path: '/talks/said',
    summary: '工作人员说本季度谈过了，请书记确认',
    tag,
    body: claimInput,
    response: talkView,
    async handle(request, house) {
      const caller = callerOf(request, house);
      return talkViewOf(house, caller, (await claimTalk(house, caller, request.body)).talk);
    },
  }),
];

const recording: readonly Route[] = [
  route({
    method: 'post',
    path: '/talks/{id}/done',
    summary: '谈过了，可以写记录和实际问题',
    tag,
    params,
    body: doneBody,
    keep: false,
    response: talkView,
    async handle(request, house) {
      const caller = callerOf(request, house);
      return talkViewOf(house, caller, (await finishTalk(house, caller, request.params.id, request.body)).talk);
    },
  }),
  route({
    method: 'post',
    path: '/talks/{id}/addRecord',
    summary: '补写谈话记录，原来的不再保留',
    tag,
    params,
    body: addRecordBody,
    keep: false,
    response: talkView,
    async handle(request, house) {
      const caller = callerOf(request, house);
      return talkViewOf(house, caller, (await addRecord(house, caller, request.params.id, request.body)).talk);
    },
  }),
  route({
    method: 'post',
    path: '/talks/{id}/difficulties',
    summary: '从谈话里登记一件实际问题，不留本人姓名',
    tag,
    params,
    body: difficultyInput,
    keep: false,
    response: difficultyView,
    async handle(request, house) {
      const caller = callerOf(request, house);
      const talk = await findTalk(house, caller, request.params.id);
      const { difficulty } = await addDifficulty(house, caller, talk, request.body);
      return difficultyViewOf(house, caller, difficulty);
    },
  }),
];

export const talkRoutes: readonly Route[] = [
  ...reading,
  ...beginning,
  ...recording,
  ...moveRoutes({
    path: '/talks',
    tag,
    params,
    summaries: TALK_MOVES,
    moves: talkLifecycle.moves,
    response: talkView,
    move: async (house, caller, one, name, input) =>
      talkViewOf(house, caller, (await moveTalk(house, caller, one, name, input)).talk),
  }),
  ...difficultyRoutes,
  ...careVisitRoutes,
];
