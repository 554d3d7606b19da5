import { z } from 'zod';
import { type Route, route } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { called } from '../../core/input.ts';
import { LEVELS } from './codes.ts';
import { dutyPhoneRoutes } from './duty-phone-http.ts';
import { importAreas } from './import/areas.ts';
import { importRoute } from './import/http.ts';
import { incidentTargetRoutes } from './incident-targets-http.ts';
import { importWords, targetWords } from './messages.ts';
import type { Area } from './model.ts';
import { officeHoursRoutes } from './office-hours-http.ts';
import { searchAreas } from './search.ts';
import { childrenOf, findArea, targetsFor } from './service.ts';
import { areaCode, knownArea } from './setting-http.ts';
import { bindGroup, setOwn, unbindGroup } from './settings.ts';

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
const brief = z.object({ code: areaCode, name: z.string(), level: z.enum(LEVELS) });
const areaView = brief.extend({ parent: areaCode.nullable(), path: z.array(brief), targets });
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

async function viewOf(house: House, wanted: string) {
  const area = await knownArea(house, wanted);
  const path = await Promise.all(area.areas.map((one) => findArea(house, one)));
  return {
    ...briefly(area),
    parent: area.parent,
    path: path.filter((one) => one !== undefined).map(briefly),
    targets: await targetsFor(house, area.areas),
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
      under: areaCode.optional(),
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
    params: z.object({ code: areaCode }),
    response: areaView,
    handle: ({ params }, house) => viewOf(house, params.code),
  }),
  route({
    method: 'get',
    path: '/areas/{code}/children',
    summary: '下一级区域',
    tag: '区域',
    auth: 'public',
    params: z.object({ code: areaCode }),
    response: areaList,
    async handle({ params }, house) {
      await knownArea(house, params.code);
      return { items: (await childrenOf(house, params.code)).map(briefly) };
    },
  }),
  route({
    method: 'put',
    path: '/areas/{code}/targets',
    summary: '设置办理时限；没有列出的沿用上级',
    tag: '区域',
    params: z.object({ code: areaCode }),
    body: targets,
    response: areaView,
    async handle({ params, body, actor }, house) {
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      await setOwn(house, params.code, 'targets', given, actor);
      return viewOf(house, params.code);
    },
  }),
  ...dutyPhoneRoutes,
  ...officeHoursRoutes,
  route({
    method: 'put',
    path: '/areas/{code}/chat-groups',
    summary: '把一个微信群绑定到区域',
    tag: '区域',
    params: z.object({ code: areaCode }),
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
    params: z.object({ code: areaCode, puppet: group.shape.puppet, room: group.shape.room }),
    response: areaView,
    async handle({ params, actor }, house) {
      await unbindGroup(house, params.code, params.puppet, params.room, actor);
      return viewOf(house, params.code);
    },
  }),
  ...incidentTargetRoutes,
  importRoute({ name: 'areas', summary: importWords.summary, subject: 'area', run: importAreas }),
];
