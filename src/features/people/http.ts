import { z } from 'zod';
import { may, ROLES } from '../../core/ability.ts';
import { forbidden } from '../../core/errors.ts';
import { type Route, route } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { called } from '../../core/input.ts';
import { decodeCursor, encodeCursor, pageQuery } from '../../core/page.ts';
import { findArea, gridOf, importRoute } from '../areas/index.ts';
import { auditsOf } from './audit.ts';
import { issueBindingCode } from './binding.ts';
import { importPeople } from './import/plan.ts';
import { demoPeople, dutyOf, listPeople } from './list.ts';
import { maskedPerson, PERSONAL_FIELDS, publicName, unmask } from './masking.ts';
import { importWords, ROLE_WORDS } from './messages.ts';
import type { Person } from './model.ts';
import { reminderRoutes } from './reminder-http.ts';
import { muteReminders } from './reminders.ts';
import { grantRole, revokeRole } from './roles.ts';
import { readablePerson } from './service.ts';

const id = called('人员编号', z.string().min(1).max(40));
const areaCode = called('区域编码', z.string().regex(/^\d{4,12}(?:G\d{2,3})?$/u)).meta({ description: '区域编码' });
const role = called('身份', z.enum(ROLES));
const grant = z.strictObject({ role, area: areaCode });
const time = z.iso.datetime();

const personView = z
  .object({
    id,
    name: z.string().meta({ description: '公开岗位的人显示全名，其他人只显示姓', example: '王*' }),
    gender: z.enum(['female', 'male']).optional(),
    birthYear: z.number().int().optional(),
    phone: z.string().optional().meta({ example: '154****0001' }),
    idNumber: z.string().optional(),
    hasAddress: z.boolean(),
    areas: z.array(z.string()),
    roles: z.array(grant),
    skills: z.array(z.string()),
    sentinel: z.string().optional(),
    mutedUntil: time.optional(),
  })
  .meta({ id: 'Person' });
const bindingCode = z.object({ code: z.string().meta({ example: '3F7KQX' }), expiresAt: time });
const BINDING_LIMIT = { points: 10, seconds: 3_600 };

function viewOf(house: House, person: Person, self: boolean): z.infer<typeof personView> {
  const { areas, roles, skills = [], sentinel, mutedUntil } = person;
  return {
    ...maskedPerson(person, house.vault),
    name: self ? person.name : publicName(person),
    areas,
    roles: roles.map(({ role, area }) => ({ role, area })),
    skills,
    ...(sentinel === undefined ? {} : { sentinel }),
    ...(self && mutedUntil ? { mutedUntil: mutedUntil.toISOString() } : {}),
  };
}

const codeView = ({ code, expiresAt }: { code: string; expiresAt: Date }) => ({
  code,
  expiresAt: expiresAt.toISOString(),
});

/** People over HTTP. */
export const routes: Route[] = [
  route({
    method: 'get',
    path: '/people',
    summary: '一个区域的人，或在那里担任某种身份、叫某个名字的人',
    tag: '人员',
    query: pageQuery.extend({
      area: areaCode,
      role: role.optional(),
      name: called('姓名', z.string().trim().min(2).max(20)).optional().describe('完整的姓名；只在一个社区或网格里找'),
    }),
    response: z.object({ items: z.array(personView), next: z.string().optional() }),
    async handle({ query: { area, role, name, limit, cursor }, actor }, house) {
      const page = await listPeople(house, actor, {
        area,
        limit,
        ...(name === undefined ? {} : { name }),
        ...(role === undefined ? {} : { role }),
        ...(cursor === undefined ? {} : { after: decodeCursor(house.vault, cursor, id) }),
      });
      const items = page.items.map((person) => viewOf(house, person, person._id === actor.id));
      return page.next === undefined ? { items } : { items, next: encodeCursor(house.vault, page.next) };
    },
  }),
  route({
    method: 'get',
    path: '/people/{id}',
    summary: '一个人（号码打码）',
    tag: '人员',
    params: z.object({ id }),
    response: personView,
    async handle({ params, actor }, house) {
      const person = await readablePerson(house, params.id, actor);
      return viewOf(house, person, person._id === actor.id);
    },
  }),
  route({
    method: 'post',
    path: '/people/{id}/unmask',
    summary: '查看完整号码或住址；会留下记录',
    tag: '人员',
    params: z.object({ id }),
    body: z.strictObject({
      fields: called(
        '要看哪几项',
        z
          .array(called('要看哪几项', z.enum(PERSONAL_FIELDS)))
          .min(1)
          .max(PERSONAL_FIELDS.length),
      ),
      why: called('为什么要看', z.string().trim().min(2).max(200)).meta({
        description: '为什么要看',
        example: '上门走访前电话联系',
      }),
    }),
    response: z.partialRecord(z.enum(PERSONAL_FIELDS), z.string()),
    keep: false,
    limit: { points: 60, seconds: 3_600 },
    handle: ({ params, body, actor }, house) => unmask(house, params.id, body.fields, body.why, actor),
  }),
  route({
    method: 'get',
    path: '/people/{id}/audits',
    summary: '谁查看或改动过这个人的信息',
    tag: '人员',
    params: z.object({ id }),
    response: z.object({
      items: z.array(
        z.object({
          at: time,
          by: z.string(),
          what: z.string(),
          fields: z.array(z.string()).optional(),
          role: grant.optional(),
          why: z.string().optional(),
        }),
      ),
    }),
    async handle({ params, actor, ability }, house) {
      const person = await readablePerson(house, params.id, actor);
      if (!may(ability, 'audits', 'person', person)) throw forbidden();
      const lines = await auditsOf(house, person);
      return {
        items: lines.map(({ at, by, what, fields, role, why }) => ({
          at: at.toISOString(),
          by: by.name,
          what,
          ...(fields ? { fields } : {}),
          ...(role ? { role } : {}),
          ...(why ? { why } : {}),
        })),
      };
    },
  }),
  route({
    method: 'post',
    path: '/people/{id}/roles',
    summary: '给一个人加上在某区域的身份',
    tag: '人员',
    params: z.object({ id }),
    body: grant,
    response: personView,
    async handle({ params, body, actor }, house) {
      return viewOf(house, await grantRole(house, params.id, body, actor), params.id === actor.id);
    },
  }),
  route({
    method: 'delete',
    path: '/people/{id}/roles/{role}/{area}',
    summary: '取消一个人在某区域的身份',
    tag: '人员',
    params: z.object({ id, role, area: areaCode }),
    response: personView,
    async handle({ params: { id: person, role, area }, actor }, house) {
      return viewOf(house, await revokeRole(house, person, { role, area }, actor), person === actor.id);
    },
  }),
  route({
    method: 'post',
    path: '/people/{id}/binding-code',
    summary: '替没有小程序的人取一个微信绑定码；会留下记录',
    tag: '人员',
    params: z.object({ id }),
    response: bindingCode,
    keep: false,
    limit: BINDING_LIMIT,
    async handle({ params, actor }, house) {
      return codeView(await issueBindingCode(house, params.id, actor));
    },
  }),
  route({
    method: 'post',
    path: '/me/binding-code',
    summary: '取一个绑定微信的一次性绑定码，30分钟内有效',
    tag: '我的',
    response: bindingCode,
    keep: false,
    limit: BINDING_LIMIT,
    async handle({ actor }, house) {
      return codeView(await issueBindingCode(house, actor.id, actor));
    },
  }),
  route({
    method: 'put',
    path: '/me/mute',
    summary: '暂停微信提醒若干天；0 表示恢复',
    tag: '我的',
    body: z.strictObject({ days: called('天数', z.number().int().min(0).max(365)) }),
    response: z.object({ mutedUntil: time.optional() }),
    async handle({ body, actor }, house) {
      const until = await muteReminders(house, actor.id, body.days);
      return until ? { mutedUntil: until.toISOString() } : {};
    },
  }),
  ...reminderRoutes,
  route({
    method: 'get',
    path: '/demo/people',
    summary: '演示：可以扮演的人',
    tag: '演示',
    auth: 'demo',
    response: z.object({
      items: z.array(
        z.object({
          id,
          name: z.string(),
          roles: z.array(grant),
          title: z.string().describe('做什么的'),
          area: z.object({ code: z.string(), name: z.string() }),
        }),
      ),
    }),
    async handle(_request, house) {
      const people = await demoPeople(house);
      const items = people.map(async ({ _id, name, roles, areas }) => {
        const code = gridOf(areas) ?? areas.at(-1) ?? '';
        return {
          id: _id,
          name,
          roles,
          title: ROLE_WORDS[dutyOf(roles)][0],
          area: { code, name: (await findArea(house, code))?.name ?? code },
        };
      });
      return { items: await Promise.all(items) };
    },
  }),
  importRoute({ name: 'people', summary: importWords.summary, subject: 'person', run: importPeople }),
];
