import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { moveRoutes } from '../../core/move-routes.ts';
import { asWritten } from '../../core/written.ts';
import { confirmPack, type KnownPack, packsOf } from './confirmations.ts';
import { markPaper, unmarkPaper } from './handing-in.ts';
import { ballotLifecycle } from './lifecycle.ts';
import { electorQuery, electorView, listElectors } from './lists.ts';
import { BALLOT_MOVES } from './messages.ts';
import { listOwners, ownersView, residentQuery, residentsFor, residentsView } from './owners.ts';
import { ruleOf } from './pack.ts';
import { enterPaper, listPapers, takeBackPaper } from './papers.ts';
import { ruleSentences } from './sentences.ts';
import { moveBallot } from './service.ts';
import { newReceipt } from './urn.ts';
import { ballotView, choiceSchema, viewOf } from './views.ts';
import { castVote, checkReceipt, markAttending, readBallot } from './votes.ts';

const tag = '表决';
const params = z.object({ id: called('表决编号', z.string().regex(/^[0-9a-f]{24}$/)) });
const choice = called('怎么投', choiceSchema);
const receipt = called('回执', z.string().regex(/^[0-9a-f]{32}$/));
const elector = called('哪一户', z.string().regex(/^[0-9a-f]{24}$/));
const paperNumber = called('纸质票编号', z.string().regex(/^[0-9A-Za-z-]{1,24}$/));
const done = z.object({ done: z.boolean() });
const paperView = z.object({
  paper: z.string(),
  entered: z.number().int(),
  settled: z.boolean(),
  differs: z.boolean().describe('两个人录得不一样，要再看一看'),
  mine: z.boolean(),
});
const packView = z.object({
  code: z.string(),
  version: z.number().int(),
  title: z.string(),
  effectiveFrom: z.string(),
  source: z.object({ text: z.string(), url: z.string().optional() }),
  verified: z.boolean(),
  note: z.string().optional(),
  confirmed: z
    .object({ by: z.string(), at: z.iso.datetime(), note: z.string() })
    .optional()
    .describe('本平台的管理员核对过'),
  electorate: z.enum(['household', 'adult', 'owner']),
  proxies: z.object({ most: z.number().int().describe('到会的一个人最多可以替几户') }),
  present: z.enum(['attending', 'voting']).describe('谁算参加：到会的，还是投了票的'),
  secrecy: z.array(z.enum(['open', 'secret'])),
  hours: z.object({ shortest: z.number().int(), longest: z.number().int() }),
  sentences: z.array(z.string()).describe('这份规则怎么定，一句一个意思'),
  variants: z.array(
    z.object({
      code: z.string(),
      title: z.string(),
      matters: z.array(z.string()),
      sentences: z.array(z.string()).describe('这些事项怎么定'),
    }),
  ),
});

const packCode = called('规则代号', z.string().regex(/^[a-z][a-z-]{1,40}$/));
const noteText = z.string().overwrite(asWritten).min(1).max(200);
const viewOfPack = ({ confirmed, ...pack }: KnownPack): z.output<typeof packView> =>
  packView.parse({
    ...pack,
    sentences: ruleSentences(pack),
    variants: pack.variants.map((one) => ({ ...one, sentences: ruleSentences(ruleOf(pack, one.code) ?? pack) })),
    ...(confirmed && { confirmed: { ...confirmed, at: confirmed.at.toISOString() } }),
  });

const moving = moveRoutes({
  path: '/ballots',
  tag,
  params: params,
  summaries: BALLOT_MOVES,
  moves: ballotLifecycle.moves,
  response: ballotView,
  async move(house, caller, id, name, input) {
    const { ballot } = await moveBallot(house, caller, id, name, input);
    return viewOf(house, caller, ballot);
  },
});

/** What tells of a vote is never kept under an idempotency key: `keep: false`. */
export const ballotRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/ballot-packs',
    summary: '表决规则',
    tag,
    response: z.object({ items: z.array(packView) }),
    handle: async (_request, house) => ({ items: (await packsOf(house)).map(viewOfPack) }),
  }),
  route({
    method: 'post',
    path: '/ballot-packs/{code}/verification',
    summary: '管理员核对过这一版规则，以后发起的表决不再提示要核对',
    tag,
    params: z.object({ code: packCode }),
    body: z.object({ version: called('规则版本', z.int().min(1)), note: called('核对说明', noteText) }),
    response: packView,
    async handle(request, house) {
      const { code } = request.params;
      return viewOfPack(await confirmPack(house, callerOf(request, house), { code, ...request.body }));
    },
  }),
  route({
    method: 'get',
    path: '/ballots/{id}',
    summary: '一次表决：自己能投的票、参加的情况，计票以后有结果',
    tag,
    params,
    response: ballotView,
    async handle(request, house) {
      const caller = callerOf(request, house);
      return viewOf(house, caller, await readBallot(house, caller, request.params.id));
    },
  }),
  route({
    method: 'post',
    path: '/ballots/{id}/receipt',
    summary: '领一张不记名投票的回执，先存好再投',
    tag,
    params,
    response: z.object({ receipt: z.string() }),
    keep: false,
    async handle(request, house) {
      const caller = callerOf(request, house);
      const { _id } = await readBallot(house, caller, request.params.id);
      return { receipt: newReceipt(house, _id, caller.actor.id) };
    },
  }),
  route({
    method: 'post',
    path: '/ballots/{id}/vote',
    summary: '投票；记名的截止前可以改，不记名的投了不能改',
    tag,
    params,
    body: z.object({ choice, receipt: receipt.optional(), elector: elector.optional() }),
    response: done,
    keep: false,
    async handle(request, house) {
      await castVote(house, callerOf(request, house), request.params.id, request.body);
      return { done: true };
    },
  }),
  route({
    method: 'post',
    path: '/ballots/{id}/check',
    summary: '凭回执查自己的票在不在票箱里，截止以后查算成什么',
    tag,
    params,
    body: z.object({ receipt }),
    response: z.object({ inUrn: z.boolean(), choice: choiceSchema.optional() }),
    keep: false,
    handle: (request, house) => checkReceipt(house, callerOf(request, house), request.params.id, request.body.receipt),
  }),
  route({
    method: 'get',
    path: '/ballots/{id}/electors',
    summary: '可以投票的名单，谁投过了，看不出怎么投的',
    tag,
    params,
    query: electorQuery,
    response: z.object({ items: z.array(electorView), next: z.string().optional() }),
    handle: (request, house) => listElectors(house, callerOf(request, house), request.params.id, request.query),
  }),
  route({
    method: 'get',
    path: '/ballots/{id}/owners',
    summary: '还在准备的表决，已经登记的业主，只给登记的人看',
    tag,
    params,
    response: ownersView,
    handle: (request, house) => listOwners(house, callerOf(request, house), request.params.id),
  }),
  route({
    method: 'get',
    path: '/ballots/{id}/residents',
    summary: '登记业主时按名字找住在这里的人，只给登记的人看',
    tag,
    params,
    query: residentQuery,
    response: residentsView,
    handle: (request, house) => residentsFor(house, callerOf(request, house), request.params.id, request.query),
  }),
  route({
    method: 'post',
    path: '/ballots/{id}/handed-in',
    summary: '登记这一户交了纸质票，截止以后、计票以前也可以',
    tag,
    params,
    body: z.object({ elector }),
    response: done,
    async handle(request, house) {
      await markPaper(house, callerOf(request, house), request.params.id, request.body.elector);
      return { done: true };
    },
  }),
  route({
    method: 'post',
    path: '/ballots/{id}/handed-in/undo',
    summary: '撤销登记：这一户没有交纸质票，或者票找不到，计票以前都可以',
    tag,
    params,
    body: z.object({ elector }),
    response: done,
    async handle(request, house) {
      await unmarkPaper(house, callerOf(request, house), request.params.id, request.body.elector);
      return { done: true };
    },
  }),
  route({
    method: 'post',
    path: '/ballots/{id}/attending',
    summary: '登记这一户到会了',
    tag,
    params,
    body: z.object({ elector }),
    response: done,
    async handle(request, house) {
      await markAttending(house, callerOf(request, house), request.params.id, request.body.elector);
      return { done: true };
    },
  }),
  route({
    method: 'get',
    path: '/ballots/{id}/papers',
    summary: '纸质票录到哪里了',
    tag,
    params,
    response: z.object({ items: z.array(paperView) }),
    handle: async (request, house) => ({
      items: await listPapers(house, callerOf(request, house), request.params.id),
    }),
  }),
  route({
    method: 'post',
    path: '/ballots/{id}/papers',
    summary: '录一张纸质票，要两个人各录一遍',
    tag,
    params,
    body: z.object({ paper: paperNumber, choice }),
    response: paperView,
    keep: false,
    handle: (request, house) => enterPaper(house, callerOf(request, house), request.params.id, request.body),
  }),
  route({
    method: 'post',
    path: '/ballots/{id}/papers/{paper}/take-back',
    summary: '撤回自己录的一张纸质票；书记可以撤回别人录的',
    tag,
    params: params.extend({ paper: paperNumber }),
    response: paperView,
    keep: false,
    handle(request, house) {
      const { id, paper } = request.params;
      return takeBackPaper(house, callerOf(request, house), id, paper);
    },
  }),
  ...moving,
];
