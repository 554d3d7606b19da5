import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { moveRoutes } from '../../core/move-routes.ts';
import { pageQuery } from '../../core/page.ts';
import { importRoute, levelOf } from '../areas/index.ts';
import { countsFor, loadFor } from './counts.ts';
import { importCare } from './import/plan.ts';
import { colour, flagKind, openInput } from './inputs.ts';
import { COLOUR_WORDS, COLOURS, FLAG_KINDS, FLAGS } from './kinds.ts';
import { careLifecycle } from './lifecycle.ts';
import { listCare } from './lists.ts';
import { CARE_MOVES, FEW, importWords } from './messages.ts';
import { CARE_STATES, type CareState } from './model.ts';
import { moveCare, openCare, readableCare } from './service.ts';
import { careRow, careView, shown } from './views.ts';

const tag = '关爱对象';
const params = z.object({ id: called('关爱编号', z.string().regex(/^[0-9a-f]{24}$/)) });
const area = called(
  '区域编码',
  z.string().refine((code) => levelOf(code) !== undefined, '没有这样的区域编码'),
).meta({
  description: '区域编码',
});
const person = called('人员编号', z.string().min(1).max(40));
const state = called('状态', z.enum(Object.keys(CARE_STATES) as [CareState, ...CareState[]]));
const yes = (name: string) => called(name, z.stringbool()).optional();

const count = z.number().int();
/** A count with its word; `null` where it is not told. */
const told = z.object({ word: z.string(), people: count.nullable(), text: z.string() });
const textOf = (people: number | null) => (people === null ? FEW : String(people));

export const careRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/care',
    summary: '关爱对象列表：自己照看的，或自己负责的片区里的；会留下查看记录',
    tag,
    query: pageQuery.extend({
      area: area.optional(),
      mine: yes('只看自己照看的'),
      colour: colour.optional(),
      kind: flagKind.optional(),
      person: person.optional(),
      state: state.optional(),
      due: yes('只看要复核的'),
      alone: yes('只看没有守望哨的'),
    }),
    response: z.object({ items: z.array(careRow), next: z.string().optional() }),
    handle: (request, house) => listCare(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/care/load',
    summary: '一个区域里各守望哨照看多少人',
    tag,
    query: z.object({ area }),
    response: z.object({
      items: z.array(
        z.object({
          sentinel: z.object({ id: z.string(), name: z.string() }).optional().describe('没有就是还没有守望哨的'),
          colours: z.record(z.enum(COLOURS), count),
          total: count,
        }),
      ),
    }),
    async handle(request, house) {
      return { items: await loadFor(house, callerOf(request, house), request.query.area) };
    },
  }),
  route({
    method: 'get',
    path: '/care/counts',
    summary: '一个区域的关爱对象数：按颜色和类别；太少的不说',
    tag,
    query: z.object({ area }),
    response: z.object({
      area: z.string(),
      total: told,
      colours: z.array(told.extend({ colour: z.enum(COLOURS) })),
      flags: z.array(told.extend({ kind: z.enum(FLAG_KINDS) })),
      suppressed: z.boolean(),
    }),
    async handle(request, house) {
      const counts = await countsFor(house, callerOf(request, house), request.query.area);
      const line = (word: string, people: number | null) => ({ word, people, text: textOf(people) });
      return {
        area: counts.area,
        total: line('合计', counts.total),
        colours: COLOURS.map((one) => ({ colour: one, ...line(COLOUR_WORDS[one], counts.colours[one]) })),
        flags: FLAG_KINDS.map((kind) => ({ kind, ...line(FLAGS[kind], counts.flags[kind]) })),
        suppressed: counts.suppressed,
      };
    },
  }),
  route({
    method: 'get',
    path: '/care/{id}',
    summary: '一个关爱对象；会留下查看记录',
    tag,
    params,
    response: careView,
    async handle(request, house) {
      const caller = callerOf(request, house);
      return shown(house, caller, await readableCare(house, caller, request.params.id));
    },
  }),
  route({
    method: 'post',
    path: '/care',
    summary: '登记一个关爱对象',
    tag,
    body: openInput,
    response: careView,
    status: 201,
    keep: false,
    async handle(request, house) {
      const caller = callerOf(request, house);
      const { care } = await openCare(house, caller, request.body);
      return shown(house, caller, care);
    },
  }),
  ...moveRoutes({
    path: '/care',
    tag,
    params,
    summaries: CARE_MOVES,
    moves: careLifecycle.moves,
    response: careView,
    async move(house, caller, id, name, input) {
      const { care } = await moveCare(house, caller, id, name, input);
      return shown(house, caller, care);
    },
  }).map((one): Route => ({ ...one, keep: false })),
  importRoute({ name: 'care', summary: importWords.summary, subject: 'care', run: importCare }),
];
