import { z } from 'zod';
import { callerOf } from '../../../core/caller.ts';
import { type Route, route } from '../../../core/feature.ts';
import { called } from '../../../core/input.ts';
import { pageQuery } from '../../../core/page.ts';
import { callRoll, signIn, undoAttendance } from './attendance.ts';
import {
  moderationInput,
  opinionInput,
  rollInput,
  sessionQuery,
  signInInput,
  statementInput,
  statementParams,
  topicParams,
  undoInput,
} from './inputs.ts';
import { minutesInput, minutesView, readMinutes, writeMinutes } from './minutes.ts';
import { giveOpinion, opinionsFor, opinionsView } from './opinions.ts';
import { attendanceFor, attendanceView, attendanceViewOf } from './roll.ts';
import { listStatements, moderate, say, statementState, statementView } from './statements.ts';

const tag = '议事会';
const statementPage = z
  .object({ items: z.array(statementView), next: z.string().optional() })
  .meta({ id: 'TopicStatements' });
const opinionGiven = z.object({ done: z.boolean() }).meta({ id: 'TopicOpinionGiven' });

const attendance: readonly Route[] = [
  route({
    method: 'post',
    path: '/topics/{id}/sign-in',
    summary: '用会场的签到码签到，自己能代表的户都算到会',
    tag,
    params: topicParams,
    body: signInInput,
    response: attendanceView,
    async handle(request, house) {
      const caller = callerOf(request, house);
      const topic = await signIn(house, caller, request.params.id, request.body.code);
      return attendanceViewOf(house, caller, topic);
    },
  }),
  route({
    method: 'get',
    path: '/topics/{id}/attendance',
    summary: '到了多少户、够不够开会；主持人还能看到签到码和名单',
    tag,
    params: topicParams,
    query: pageQuery.extend({ q: called('找哪一户', z.string().max(40)).optional() }),
    response: attendanceView,
    handle: (request, house) => attendanceFor(house, callerOf(request, house), request.params.id, request.query),
  }),
  route({
    method: 'post',
    path: '/topics/{id}/attendance',
    summary: '点名：登记一户到会，或者由到会的人代',
    tag,
    params: topicParams,
    body: rollInput,
    response: attendanceView,
    async handle(request, house) {
      const caller = callerOf(request, house);
      return attendanceViewOf(house, caller, await callRoll(house, caller, request.params.id, request.body));
    },
  }),
  route({
    method: 'post',
    path: '/topics/{id}/attendance/undo',
    summary: '取消登记一户到会',
    tag,
    params: topicParams,
    body: undoInput,
    response: attendanceView,
    async handle(request, house) {
      const caller = callerOf(request, house);
      const topic = await undoAttendance(house, caller, request.params.id, request.body.voice);
      return attendanceViewOf(house, caller, topic);
    },
  }),
];

const statements: readonly Route[] = [
  route({
    method: 'get',
    path: '/topics/{id}/statements',
    summary: '会上的发言：公开的没有名字，自己的都在，主持人看得到全部',
    tag,
    params: topicParams,
    query: pageQuery.extend({ state: called('状态', statementState).optional() }),
    response: statementPage,
    handle: (request, house) => listStatements(house, callerOf(request, house), request.params.id, request.query),
  }),
  route({
    method: 'post',
    path: '/topics/{id}/statements',
    summary: '开会时发言，主持人看过以后公开，不写名字',
    tag,
    params: topicParams,
    body: statementInput,
    response: statementView,
    status: 201,
    handle: (request, house) => say(house, callerOf(request, house), request.params.id, request.body.text),
  }),
  route({
    method: 'post',
    path: '/topics/{id}/statements/{statement}/moderation',
    summary: '公开一条发言，或者不公开并告诉本人',
    tag,
    params: statementParams,
    body: moderationInput,
    response: statementView,
    handle: ({ params, body, ...request }, house) =>
      moderate(house, callerOf(request, house), params.id, params.statement, body),
  }),
  route({
    method: 'post',
    path: '/topics/{id}/statements/{statement}/opinion',
    summary: '对一条发言表态：同意、不同意、说不好；表决开始前都可以改',
    tag,
    params: statementParams,
    body: opinionInput,
    response: opinionGiven,
    async handle({ params, body, ...request }, house) {
      await giveOpinion(house, callerOf(request, house), params.id, params.statement, body.opinion);
      return { done: true };
    },
  }),
  route({
    method: 'get',
    path: '/topics/{id}/opinions',
    summary: '大家的想法：有哪几种、都同意什么，看不出是谁',
    tag,
    params: topicParams,
    response: opinionsView,
    handle: (request, house) => opinionsFor(house, callerOf(request, house), request.params.id),
  }),
];

const minutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/topics/{id}/minutes',
    summary: '会议纪要；主持人随时能看能写，邻居在会后看',
    tag,
    params: topicParams,
    query: sessionQuery,
    response: minutesView,
    handle: ({ params, query, ...request }, house) =>
      readMinutes(house, callerOf(request, house), params.id, query.session),
  }),
  route({
    method: 'put',
    path: '/topics/{id}/minutes',
    summary: '写会议纪要；别人刚改过的不会被盖掉',
    tag,
    params: topicParams,
    body: minutesInput,
    response: minutesView,
    handle: (request, house) => writeMinutes(house, callerOf(request, house), request.params.id, request.body),
  }),
];

export const meetingRoutes: readonly Route[] = [...attendance, ...statements, ...minutes];
