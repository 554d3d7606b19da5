import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { decoded } from '../../core/encoding.ts';
import { parseInput } from '../../core/input.ts';
import { type Day, isDay } from '../../core/time.ts';
import { badCalendar } from './errors.ts';
import { fileSchema, type YearInput } from './inputs.ts';
import { wrong } from './messages.ts';

/** A year's announcement fits into a hundredth of it. */
export const MOST_BYTES = 256 * 1024;

/**
 * The text of a file, in whichever encoding it was saved: Excel saves a CSV as GBK.
 * @throws HaolinError bad_calendar
 */
export function textOfYear(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) throw badCalendar([wrong.tooLarge]);
  const text = decoded(bytes);
  if (text === undefined) throw badCalendar([wrong.notJson]);
  return text;
}

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
  const raw = parsed(text);
  const { holidays, workdays } = raw as Record<string, unknown>;
  // The schema only names the field, and of a hundred days that helps nobody.
  const days = [holidays, workdays].flatMap((part) => (typeof part === 'object' && part ? Object.keys(part) : []));
  const odd = days.filter((day) => !isDay(day));
  if (odd.length > 0) throw badCalendar(odd.map((day) => wrong.notADay(day)));
  return raw;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badCalendar([wrong.notJson]);
  }
}

function fromCsv(text: string, source: string | undefined): unknown {
  const rows = rowsOf(text);
  const columns = ['日期', '种类', '名称'].map(
    (heading) => rows[0]?.cells.findIndex((cell) => cell.trim() === heading) ?? -1,
  );
  const [dayAt = -1, kindAt = -1, nameAt = -1] = columns;
  if (columns.includes(-1)) throw badCalendar([rows.length > 1 ? wrong.noHeadings : wrong.notJson]);
  if (source === undefined) throw badCalendar([wrong.csvNeedsSource]);
  const days: Record<'holidays' | 'workdays', Record<Day, string>> = { holidays: {}, workdays: {} };
  for (const { line, cells } of rows.slice(1)) {
    const [day = '', kind = '', name = ''] = [dayAt, kindAt, nameAt].map((at) => (cells[at] ?? '').trim());
    const into = kind === '放假' ? days.holidays : kind === '上班' ? days.workdays : undefined;
    if (!into) throw badCalendar([wrong.notAKind(line, kind)]);
    if (!isDay(day)) throw badCalendar([wrong.notADay(day, line)]);
    if (day in into) throw badCalendar([wrong.twice(line, day)]);
    into[day] = name;
  }
  const years = new Set([...Object.keys(days.holidays), ...Object.keys(days.workdays)].map((day) => day.slice(0, 4)));
  const [year] = years;
  if (years.size !== 1 || year === undefined) throw badCalendar([years.size === 0 ? wrong.noDays : wrong.csvTwoYears]);
  return { year, source, ...days };
}

/** The rows that hold anything, each with its line in the file. */
function rowsOf(text: string): { line: number; cells: string[] }[] {
  try {
    const rows = parse(text, { relaxColumnCount: true, skipEmptyLines: true, info: true });
    return (rows as unknown as { info: { lines: number }; record: string[] }[]).map(({ info, record }) => ({
      line: info.lines,
      cells: record,
    }));
  } catch (error) {
    if (error instanceof CsvError) throw badCalendar([wrong.notJson]);
    throw error;
  }
}
