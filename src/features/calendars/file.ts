import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { parseInput } from '../../core/input.ts';
import type { Day } from '../../core/time.ts';
import { badCalendar } from './errors.ts';
import { fileSchema, type YearInput } from './inputs.ts';
import { wrong } from './messages.ts';

/** A year's announcement fits into a hundredth of it. */
export const MOST_BYTES = 256 * 1024;

/**
 * Reads a year from the text of a file: JSON `{ year, source, holidays: { day: name }, workdays: { day: name } }`, or a CSV
 * with the columns 日期, 种类 (放假 or 上班) and 名称.
 * @param source where it is written, for a CSV, which has no place for it
 * @throws HaolinError bad_calendar, invalid_input
 */
export function readYear(text: string, source?: string): { year: number; input: YearInput } {
  if (Buffer.byteLength(text) > MOST_BYTES) throw badCalendar([wrong.tooLarge]);
  const plain = text.replace(/^\uFEFF/u, '').trim();
  const raw = plain.startsWith('{') ? fromJson(plain) : fromCsv(plain, source);
  const { year, ...input } = parseInput(fileSchema, raw);
  return { year, input };
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badCalendar([wrong.notJson]);
  }
}

function fromCsv(text: string, source: string | undefined): unknown {
  const rows = rowsOf(text);
  const columns = ['日期', '种类', '名称'].map(
    (heading) => rows[0]?.findIndex((cell) => cell.trim() === heading) ?? -1,
  );
  const [dayAt = -1, kindAt = -1, nameAt = -1] = columns;
  if (columns.includes(-1)) throw badCalendar([rows.length > 1 ? wrong.noHeadings : wrong.notJson]);
  if (source === undefined) throw badCalendar([wrong.csvNeedsSource]);
  const days: Record<'holidays' | 'workdays', Record<Day, string>> = { holidays: {}, workdays: {} };
  for (const [index, row] of rows.slice(1).entries()) {
    const [day = '', kind = '', name = ''] = [dayAt, kindAt, nameAt].map((at) => (row[at] ?? '').trim());
    const into = kind === '放假' ? days.holidays : kind === '上班' ? days.workdays : undefined;
    if (!into) throw badCalendar([wrong.notAKind(index + 2, kind)]);
    if (day in into) throw badCalendar([wrong.twice(index + 2, day)]);
    into[day] = name;
  }
  const years = new Set([...Object.keys(days.holidays), ...Object.keys(days.workdays)].map((day) => day.slice(0, 4)));
  const [year] = years;
  if (years.size !== 1 || year === undefined) throw badCalendar([years.size === 0 ? wrong.noDays : wrong.csvTwoYears]);
  return { year, source, ...days };
}

function rowsOf(text: string): string[][] {
  try {
    return parse(text, { relaxColumnCount: true, skipEmptyLines: true }) as string[][];
  } catch (error) {
    if (error instanceof CsvError) throw badCalendar([wrong.notJson]);
    throw error;
  }
}
