import { z } from 'zod';
import { notFound } from '../../core/errors.ts';
import { type Route, route } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { called } from '../../core/input.ts';
import { LEVELS } from './codes.ts';
import { dutyPhoneFor, setDutyPhone } from './duty-phone.ts';
import { importAreas } from './import/areas.ts';
import { importRoute } from './import/http.ts';
import { incidentTargetRoutes } from './incident-targets-http.ts';
import { dutyPhoneWords, importWords, officeWords, targetWords } from './messages.ts';
import type { Area } from './model.ts';
import { officeHoursFor, officeHoursWords, opensAt, setOfficeHours } from './office-hours.ts';
import { searchAreas } from './search.ts';
import { childrenOf, findArea, targetsFor } from './service.ts';
import { bindGroup, setTargets, unbindGroup } from './settings.ts';

const code = called('区域编码', z.string().regex(/^\d{4,12}(?:G\d{2,3})?$/u)).meta({
  description: '区域编码',
  example: '990001001001',
});
const span = (name: string) =>
  z.union(
    [
      z.strictObject({ workdays: z.number().int().min(1).max(60) }),
      z.strictObject({ days: z.number().int().min(1).max(90) }),
    ],
    targetWords.wrong(name),
  );
const targets = z.strictObject({
  publish: span(targetWords.publish).optional(),
  claim: span(targetWords.claim).optional(),
  contact: span(targetWords.contact).optional(),
  done: span(targetWords.done).optional(),
});
const time = called('上班时间', z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, officeWords.wrongTime));
const officeHours = z.strictObject({
  days: z.union(
    [
      called('哪几天', z.enum(['workdays', 'everyday'])),
      z
        .array(z.number().int().min(1).max(7))
        .min(1)
        .max(7)
        .refine((days) => new Set(days).size === days.length),
    ],
    officeWords.wrongDays,
  ),
  times: called(
    '上班时间',
    z
      .array(z.strictObject({ from: time, to: time }))
      .min(1)
      .max(4),
  ).refine((times) => {
    const marks = times.flatMap(({ from, to }) => [from, to]);
    return marks.every((mark, at) => at === 0 || (marks[at - 1] ?? '') < mark);
  }, officeWords.wrongOrder),
});
/** A landline with its area code, a mobile, or a short number of five digits. */
const dutyPhone = called(
  '值班电话',
  z.string().regex(/^(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|\d{5})$/u, dutyPhoneWords.wrong),
);
const dutyPhoneView = z.object({ phone: z.string().optional() }).meta({ id: 'DutyPhone' });

const officeView = z
  .object({
    officeHours,
    words: z.string().describe('照人说的写：工作日 09:00–17:00'),
    open: z.boolean().describe('现在有没有人上班'),
    opensAt: z.iso.datetime().optional().describe('下一次开门的时间；开着就是现在'),
  })
  .meta({ id: 'OfficeHours' });
const brief = z.object({ code, name: z.string(), level: z.enum(LEVELS) });
const areaView = brief.extend({ parent: code.nullable(), path: z.array(brief), targets });
const areaList = z.object({ items: z.array(brief) });
const group = z.strictObject({
  puppet: called('聊天渠道', z.string().min(1).max(40)),
  room: called('群编号', z.string().min(1).max(200)),
  prefix: called('口令', z.string().trim().min(1).max(10)).optional(),
});

const briefly = (area: Pick<Area, '_id' | 'name' | 'level'>) => ({
  code: area._id,
  name: area.name,
  level: area.level,
});

async function known(house: House, wanted: string): Promise<Area> {
  const area = await findArea(house, wanted);
  if (!area) throw notFound('区域');
  return area;
}

async function viewOf(house: House, wanted: string) {
  const area = await known(house, wanted);
  const path = await Promise.all(area.areas.map((one) => findArea(house, one)));
  return {
    ...briefly(area),
    parent: area.parent,
    path: path.filter((one) => one !== undefined).map(briefly),
    targets: await targetsFor(house, area.areas),
  };
}

async function dutyPhoneOf(house: House, wanted: string) {
  const { areas } = await known(house, wanted);
  const phone = await dutyPhoneFor(house, areas);
  return phone === undefined ? {} : { phone };
}

async function officeOf(house: House, wanted: string) {
  const { areas } = await known(house, wanted);
  const hours = await officeHoursFor(house, areas);
  const now = house.clock.now();
  const opens = opensAt(hours, now, house.calendar);
  return {
    officeHours: hours,
    words: officeHoursWords(hours),
    open: opens?.getTime() === now.getTime(),
    ...(opens && { opensAt: opens.toISOString() }),
  };
}

/** Areas over HTTP: anyone may look them up, an admin sets their targets and chat groups. */
export const routes: Route[] = [
  route({
    method: 'get',
    path: '/areas',
    summary: '按名称查找区域（网格除外）',
    tag: '区域',
    auth: 'public',
    query: z.object({
      name: called('名称', z.string().trim().min(1).max(40)),
      under: code.optional(),
      level: called('哪一级', z.enum(LEVELS)).optional(),
      limit: called('条数', z.coerce.number().int().min(1).max(50)).default(20),
    }),
    response: areaList,
    async handle({ query: { name, under, level, limit } }, house) {
      const options = { limit, ...(under === undefined ? {} : { under }), ...(level === undefined ? {} : { level }) };
      return { items: (await searchAreas(house, name, options)).map(briefly) };
    },
  }),
  route({
    method: 'get',
    path: '/areas/{code}',
    summary: '一个区域：名称、上级、办理时限',
    tag: '区域',
    auth: 'public',
    params: z.object({ code }),
    response: areaView,
    handle: ({ params }, house) => viewOf(house, params.code),
  }),
  route({
    method: 'get',
    path: '/areas/{code}/children',
    summary: '下一级区域',
    tag: '区域',
    auth: 'public',
    params: z.object({ code }),
    response: areaList,
    async handle({ params }, house) {
      await known(house, params.code);
      return { items: (await childrenOf(house, params.code)).map(briefly) };
    },
  }),
  route({
    method: 'put',
    path: '/areas/{code}/targets',
    summary: '设置办理时限；没有列出的沿用上级',
    tag: '区域',
    params: z.object({ code }),
    body: targets,
    response: areaView,
    async handle({ params, body, actor }, house) {
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      await setTargets(house, params.code, given, actor);
      return viewOf(house, params.code);
    },
  }),
  route({
    method: 'get',
    path: '/areas/{code}/duty-phone',
    summary: '值班电话：危急时机器人第一句话就会说',
    tag: '区域',
    auth: 'public',
    params: z.object({ code }),
    response: dutyPhoneView,
    handle: ({ params }, house) => dutyPhoneOf(house, params.code),
  }),
  route({
    method: 'put',
    path: '/areas/{code}/duty-phone',
    summary: '设值班电话；不写就用上一级的（书记、管理员）',
    tag: '区域',
    params: z.object({ code }),
    body: z.strictObject({ phone: dutyPhone.optional() }),
    response: dutyPhoneView,
    async handle({ params, body, actor }, house) {
      await setDutyPhone(house, params.code, body.phone, actor);
      return dutyPhoneOf(house, params.code);
    },
  }),
  route({
    method: 'get',
    path: '/areas/{code}/office-hours',
    summary: '社区什么时候有人上班；没有设的沿用上级',
    tag: '区域',
    auth: 'public',
    params: z.object({ code }),
    response: officeView,
    handle: ({ params }, house) => officeOf(house, params.code),
  }),
  route({
    method: 'put',
    path: '/areas/{code}/office-hours',
    summary: '书记或管理员：设置上班时间；不写就沿用上级',
    tag: '区域',
    params: z.object({ code }),
    body: z.strictObject({ officeHours: officeHours.optional() }),
    response: officeView,
    async handle({ params, body, actor }, house) {
      await setOfficeHours(house, params.code, body.officeHours, actor);
      return officeOf(house, params.code);
    },
  }),
  route({
    method: 'put',
    path: '/areas/{code}/chat-groups',
    summary: '把一个微信群绑定到区域',
    tag: '区域',
    params: z.object({ code }),
    body: group,
    response: areaView,
    async handle({ params, body: { prefix, ...room }, actor }, house) {
      await bindGroup(house, params.code, prefix === undefined ? room : { ...room, prefix }, actor);
      return viewOf(house, params.code);
    },
  }),
  route({
    method: 'delete',
    path: '/areas/{code}/chat-groups/{puppet}/{room}',
    summary: '解除微信群与区域的绑定',
    tag: '区域',
    params: z.object({ code, puppet: group.shape.puppet, room: group.shape.room }),
    response: areaView,
    async handle({ params, actor }, house) {
      await unbindGroup(house, params.code, params.puppet, params.room, actor);
      return viewOf(house, params.code);
    },
  }),
  ...incidentTargetRoutes,
  importRoute({ name: 'areas', summary: importWords.summary, subject: 'area', run: importAreas }),
];
