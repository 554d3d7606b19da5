import { z } from 'zod';
import { called } from '../../core/input.ts';
import { asWritten, onOneLine } from '../../core/written.ts';
import { type Hours, LEAST_MINUTES, minuteOf, type Opening, overlap } from './hours.ts';
import { formWords } from './messages.ts';
import { VENUE_KINDS, type VenueKind } from './model.ts';

const DAY_CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const END_CLOCK = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const from = called('开始时间', z.string().regex(DAY_CLOCK, formWords.clock)).meta({
  description: '北京时间，几点几分',
  example: '09:30',
});
const to = called('结束时间', z.string().regex(END_CLOCK, formWords.clock)).meta({
  description: '北京时间，几点几分；24:00 是当天结束',
  example: '11:00',
});
const line = (most: number) => z.string().overwrite(onOneLine).min(1).max(most);
const forwards = (hours: { from: string; to: string }) => minuteOf(hours.from) < minuteOf(hours.to);
const backwards = { path: ['to'], error: formWords.backwards };

export const areaCode = called('社区', z.string().regex(/^\d{4,12}(?:G\d{2,3})?$/)).meta({
  description: '区域编码',
  example: '990001001001',
});
const civilDay = z.iso.date();
export const day = called('日期', civilDay).meta({ description: '北京时间的日子', example: '2026-12-01' });
const kind = called('类型', z.enum(Object.keys(VENUE_KINDS) as [VenueKind, ...VenueKind[]])).meta({
  description: 'hall 议事厅，courtyard 说事小院',
});

const MOST_OPENINGS = 21;
const MOST_CLOSED_DAYS = 366;
const opening = z
  .object({ weekday: called('星期几', z.number().int().min(1).max(7)).meta({ description: '1 是星期一' }), from, to })
  .refine(forwards, backwards);
const openings = z
  .array(opening)
  .min(1)
  .max(MOST_OPENINGS)
  .refine((all) => apart(openingOf(all)), formWords.twice);

/** No two hours of one weekday overlap. */
const apart = (all: readonly Opening[]): boolean =>
  all.every((one, at) => all.slice(at + 1).every((other) => one.weekday !== other.weekday || !overlap(one, other)));

const form = {
  name: called('名称', line(30)),
  kind,
  address: called('地址', line(100)),
  capacity: called('容纳人数', z.number().int().min(1).max(10_000)),
  opening: called('开放时间', openings),
  closedDays: called(
    '不开放的日子',
    z
      .array(civilDay)
      .max(MOST_CLOSED_DAYS)
      .overwrite((days) => [...new Set(days)].sort()),
  ).default([]),
};

export const venueInput = z.object({ area: areaCode, ...form });
/** The whole form again, with the version that was seen: nobody overwrites what they have not read. */
export const venueEdit = z.object({ ...form, version: called('版本', z.number().int().min(1)) });
const reason = called('原因', z.string().overwrite(asWritten).max(100)).optional();
export const closeInput = z.object({ reason });

const tooShort = { path: ['to'], error: formWords.tooShort(LEAST_MINUTES) };
const longEnough = (hours: { from: string; to: string }) =>
  !forwards(hours) || minuteOf(hours.to) - minuteOf(hours.from) >= LEAST_MINUTES;

export const bookingInput = z
  .object({
    day,
    from,
    to,
    purpose: called('用途', line(50)),
    people: called('预计人数', z.number().int().min(1).max(100_000)).optional(),
  })
  .refine(forwards, backwards)
  .refine(longEnough, tooShort);
export const bookingMove = z.object({ day, from, to }).refine(forwards, backwards).refine(longEnough, tooShort);
export const bookingCancel = z.object({ reason });

/** Hours as the house reckons with them. */
export const hoursOf = (given: { from: string; to: string }): Hours => ({
  from: minuteOf(given.from),
  to: minuteOf(given.to),
});
export const openingOf = (given: readonly { weekday: number; from: string; to: string }[]): Opening[] =>
  given.map((one) => ({ weekday: one.weekday, ...hoursOf(one) }));
