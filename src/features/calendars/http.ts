import { z } from 'zod';
import { type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { daysSchema, yearNumber } from './inputs.ts';
import { loadYear, mustConfigure, yearOf } from './service.ts';

const tag = '工作日历';
const params = z.object({ year: yearNumber });
const day = z.iso.date();
const named = z.record(day, z.string());

/** Which days are worked, for everybody; saying so, for whoever administers a city. */
export const routes: Route[] = [
  route({
    method: 'get',
    path: '/calendars/{year}',
    summary: '一年的放假和调休安排',
    tag,
    params,
    response: z.object({
      year: z.number().int(),
      covered: z.boolean().meta({ description: '没有放假安排、只按周一到周五算时为 false' }),
      source: z.string(),
      holidays: named,
      workdays: named,
      loadedAt: z.iso.datetime().optional(),
    }),
    async handle({ params: { year } }, house) {
      const { loadedAt, ...rest } = await yearOf(house, year);
      return { ...rest, ...(loadedAt ? { loadedAt: loadedAt.toISOString() } : {}) };
    },
  }),
  route({
    method: 'put',
    path: '/calendars/{year}',
    summary: '导入一年的放假和调休安排（管理员）；dryRun 只看会改哪些日子',
    tag,
    params,
    query: z.object({ dryRun: called('只看不改', z.stringbool()).optional() }),
    body: daysSchema,
    response: z.object({
      year: z.number().int(),
      dryRun: z.boolean(),
      changes: z.array(z.object({ day, works: z.boolean(), name: z.string().optional() })),
    }),
    async handle({ params: { year }, query: { dryRun = false }, body, actor, ability }, house) {
      await mustConfigure(house, ability);
      return { year, dryRun, changes: await loadYear(house, actor, year, body, { dryRun }) };
    },
  }),
];
