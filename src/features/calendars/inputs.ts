import { z } from 'zod';
import { called } from '../../core/input.ts';
import { type CalendarYear, type Day, weekdayOf } from '../../core/time.ts';
import { fieldWords, wrong } from './messages.ts';

/** Of the days off of a year, weekends among them, there have been more than twenty for as long as there is 调休. */
const LEAST_HOLIDAYS = 11;
const MOST_DAYS = 100;

export const yearNumber = called(fieldWords.year, z.coerce.number().int().min(2000).max(2099));
const day = called(fieldWords.day, z.iso.date());
const days = z.record(day, called(fieldWords.name, z.string().trim().min(1).max(20)));
const daysCalled = (name: string) => called(name, days);

/** The days of a year as they are given over HTTP; the year is in the address. */
export const daysSchema = z.strictObject({
  source: called(fieldWords.source, z.string().trim().min(2).max(200)).meta({
    description: '公布文号或网址',
    example: '国办发明电〔2026〕7号',
  }),
  holidays: daysCalled(fieldWords.holidays).meta({ description: '放假的日子（含周末）和节日名称' }),
  workdays: daysCalled(fieldWords.workdays).meta({ description: '调休上班的周末和节日名称' }),
});
export type YearInput = z.output<typeof daysSchema>;

/** The same with its year, as a file has it. */
export const fileSchema = daysSchema.extend({ year: yearNumber });

/** What no schema says: sentences about what does not fit together; none when all is well. Pure. */
export function problemsWith(year: number, { holidays, workdays }: CalendarYear): string[] {
  const all: Day[] = [...Object.keys(holidays), ...Object.keys(workdays)];
  const off = Object.keys(holidays).length;
  return [
    ...all.filter((one) => Number(one.slice(0, 4)) !== year).map((one) => wrong.otherYear(one, year)),
    ...Object.keys(workdays).flatMap((one) => [
      ...(one in holidays ? [wrong.both(one)] : []),
      ...(weekdayOf(one) <= 5 ? [wrong.weekdayWorked(one)] : []),
    ]),
    ...(off < LEAST_HOLIDAYS || all.length > MOST_DAYS ? [wrong.tooFewHolidays(LEAST_HOLIDAYS)] : []),
  ];
}
