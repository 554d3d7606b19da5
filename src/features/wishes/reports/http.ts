import { z } from 'zod';
import { Raw, type Route, route } from '../../../core/feature.ts';
import { called } from '../../../core/input.ts';
import { XLSX } from '../../../core/sheet.ts';
import { reportFor } from './report.ts';
import { reportSheet } from './sheet.ts';
import { MEASURES } from './sums.ts';

const tag = '心愿';
const count = z.number().int().nullable().describe('null：人数太少，不显示');
const numbers = {
  ...(Object.fromEntries(MEASURES.map((measure) => [measure, count])) as Record<
    (typeof MEASURES)[number],
    typeof count
  >),
  onTimePercent: z.number().int().nullable(),
  averageScore: z.number().nullable(),
};
const report = z.object({
  area: z.string(),
  name: z.string(),
  since: z.iso.date(),
  total: z.object(numbers),
  parts: z.array(z.object({ area: z.string(), name: z.string(), ...numbers })),
  weeks: z.array(z.object({ week: z.iso.date(), posted: count, closed: count })),
  suppressed: z.boolean(),
});
const query = z.object({ area: called('区域编码', z.string().regex(/^[\dG]{4,15}$/)) });

export const reportRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/wishes/report',
    summary: '一个区域和下级区域的心愿统计，近12周；只管统计的人看不到太小的数字',
    tag,
    query,
    response: report,
    handle: ({ actor, ability, query: { area } }, house) =>
      reportFor(house, { actor, ability, now: house.clock.now() }, area),
  }),
  route({
    method: 'get',
    path: '/wishes/report/sheet',
    summary: '把统计导出成 Excel；能看心愿的人另有一页明细（没有电话和地址）',
    tag,
    query,
    limit: { points: 30, seconds: 3600 },
    async handle({ actor, ability, query: { area } }, house) {
      const { body, filename } = await reportSheet(house, { actor, ability, now: house.clock.now() }, area);
      return new Raw({ kind: 'stream', type: XLSX, body, filename });
    },
  }),
];
