import { z } from 'zod';
import { called } from '../../core/input.ts';
import { officeWords } from './messages.ts';
import { officeHoursFor, officeHoursWords, opensAt } from './office-hours.ts';
import { settingRoutes } from './setting-http.ts';

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
const officeView = z
  .object({
    officeHours,
    words: z.string().describe('照人说的写：工作日 09:00–17:00'),
    open: z.boolean().describe('现在有没有人上班'),
    opensAt: z.iso.datetime().optional().describe('下一次开门的时间；开着就是现在'),
  })
  .meta({ id: 'OfficeHours' });
export const officeHoursRoutes = settingRoutes({
  name: 'officeHours',
  path: 'office-hours',
  read: '社区什么时候有人上班；没有设的沿用上级',
  set: '书记或管理员：设置上班时间；不写就沿用上级',
  body: z.strictObject({ officeHours: officeHours.optional() }),
  given: (body) => body.officeHours,
  view: officeView,
  async viewOf(house, { areas }) {
    const hours = await officeHoursFor(house, areas);
    const now = house.clock.now();
    const opens = opensAt(hours, now, house.calendar);
    return {
      officeHours: hours,
      words: officeHoursWords(hours),
      open: opens?.getTime() === now.getTime(),
      ...(opens && { opensAt: opens.toISOString() }),
    };
  },
});
