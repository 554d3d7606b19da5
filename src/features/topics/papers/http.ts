import { z } from 'zod';
import { callerOf } from '../../../core/caller.ts';
import { type PublicPage, publicPage, Raw, type Route, route } from '../../../core/feature.ts';
import { called } from '../../../core/input.ts';
import { XLSX } from '../../../core/sheet.ts';
import { sessionQuery, topicParams } from '../meeting/inputs.ts';
import { PUBLIC_PATH } from '../public-page.ts';
import { DOCX, minutesDocument } from './docx.ts';
import { ICS, meetingCalendar } from './ics.ts';
import { ledgerSheet } from './ledger.ts';
import { mergedPage, topicPage } from './page.ts';
import { mergedInto, publicTopic, readPublic } from './public.ts';

const tag = '议事会';
/** What is put together takes its time. */
const limit = { points: 60, seconds: 3_600 };

export const paperRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/topics/{id}/minutes.docx',
    summary: '会议纪要，Word 文档，可以打印签字',
    tag,
    params: topicParams,
    query: sessionQuery,
    limit,
    async handle({ params, query, ...request }, house) {
      const { body, filename } = await minutesDocument(house, callerOf(request, house), params.id, query.session);
      return new Raw({ kind: 'stream', type: DOCX, body, filename });
    },
  }),
  route({
    method: 'get',
    path: '/topics/{id}/meeting.ics',
    summary: '把开会的时间加到手机日历，前一天提醒',
    tag,
    params: topicParams,
    async handle({ params, ...request }, house) {
      const { body, filename } = await meetingCalendar(house, callerOf(request, house), params.id);
      return new Raw({ kind: 'stream', type: ICS, body, filename });
    },
  }),
  route({
    method: 'get',
    path: '/reports/topics.xlsx',
    summary: '一年的议事台账，Excel',
    tag,
    query: z.object({
      area: called('区域编码', z.string().regex(/^[\dG]{4,15}$/)),
      year: called('年份', z.coerce.number().int().min(2020).max(2100)).optional().describe('默认今年'),
    }),
    limit: { points: 30, seconds: 3_600 },
    async handle({ query: { area, year }, ...request }, house) {
      const { body, filename } = await ledgerSheet(house, callerOf(request, house), area, year);
      return new Raw({ kind: 'stream', type: XLSX, body, filename });
    },
  }),
  route({
    method: 'get',
    path: '/public/topics/{id}',
    summary: '公开的议题：怎么商量的、结果怎样、落实到哪里，没有任何人的名字',
    tag,
    auth: 'public',
    params: topicParams,
    response: publicTopic,
    handle: ({ params }, house) => readPublic(house, params.id, house.clock.now()),
  }),
];

export const topicPages: readonly PublicPage[] = [
  publicPage({
    path: PUBLIC_PATH,
    params: topicParams,
    async show({ id }, house) {
      const now = house.clock.now();
      const other = await mergedInto(house, id);
      return other ? mergedPage(other) : topicPage(await readPublic(house, id, now), now);
    },
  }),
];
