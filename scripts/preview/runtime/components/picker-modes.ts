import { numberOf, textOf } from '../dom/wx-element.ts';
import type { Wheel } from '../overlay/wheels.ts';

/** What a template set on a picker, by attribute. */
type Set = Readonly<Record<string, unknown>>;

/** One way a picker chooses: how its value becomes wheels, and their rows its value again. */
export interface PickerMode {
  /** Its value in a form as long as nothing was chosen. */
  empty: unknown;
  /** Whether the page is told of every wheel that turns. */
  tellsColumns?: boolean;
  wheels(set: Set, value: unknown): Wheel[];
  valueOf(set: Set, rows: readonly number[]): unknown;
  /** Other wheels, where one wheel changes what is on another. */
  turned?(set: Set, rows: readonly number[]): Wheel[] | undefined;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const rowsOf = (range: unknown, key: unknown): string[] =>
  listOf(range).map((item) => textOf(key ? (item as Record<string, unknown>)[textOf(key)] : item));

const selector: PickerMode = {
  empty: 0,
  wheels: (set, value) => [{ label: '选项', rows: rowsOf(set.range, set['range-key']), at: numberOf(value, 0) }],
  valueOf: (_set, [row = 0]) => row,
};

const multiSelector: PickerMode = {
  empty: [],
  tellsColumns: true,
  wheels: (set, value) =>
    listOf(set.range).map((column, index) => ({
      label: `第 ${index + 1} 列`,
      rows: rowsOf(column, set['range-key']),
      at: numberOf(listOf(value)[index], 0),
    })),
  valueOf: (_set, rows) => [...rows],
};

const two = (number: number): string => String(number).padStart(2, '0');

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);

const time: PickerMode = {
  empty: '',
  wheels(set, value) {
    const [hour = 0, minute = 0] = (textOf(value) || textOf(set.start) || '00:00').split(':').map(Number);
    return [
      { label: '时', rows: numbers(0, 23).map((each) => `${two(each)} 时`), at: hour },
      { label: '分', rows: numbers(0, 59).map((each) => `${two(each)} 分`), at: minute },
    ];
  },
  valueOf(set, [hour = 0, minute = 0]) {
    const chosen = `${two(hour)}:${two(minute)}`;
    const [start, end] = [textOf(set.start) || '00:00', textOf(set.end) || '23:59'];
    if (chosen < start) return start;
    return chosen > end ? end : chosen;
  },
};

type Day = [year: number, month: number, day: number];

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const dayOf = (value: unknown, fallback: string): Day => {
  const [year = 1970, month = 1, day = 1] = (textOf(value) || fallback).split('-').map(Number);
  return [year, month, day];
};

const today = (): string => {
  const now = new Date();
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

/** The days between `start` and `end`: what each wheel shows follows from the wheels left of it. */
function dayWheels(set: Set, [year, month, day]: Day): { wheels: Wheel[]; firsts: Day } {
  const start = dayOf(set.start, '1900-01-01');
  const end = dayOf(set.end, '2100-12-31');
  const atYear = Math.max(start[0], Math.min(year, end[0]));
  const months = numbers(atYear === start[0] ? start[1] : 1, atYear === end[0] ? end[1] : 12);
  const [firstMonth = 1] = months;
  const atMonth = Math.max(firstMonth, Math.min(month, months.at(-1) ?? 12));
  const firstDay = atYear === start[0] && atMonth === start[1] ? start[2] : 1;
  const lastDay = atYear === end[0] && atMonth === end[1] ? end[2] : daysIn(atYear, atMonth);
  const days = numbers(firstDay, lastDay);
  const wheels: Wheel[] = [
    { label: '年', rows: numbers(start[0], end[0]).map((each) => `${each} 年`), at: atYear - start[0] },
    { label: '月', rows: months.map((each) => `${each} 月`), at: atMonth - firstMonth },
    { label: '日', rows: days.map((each) => `${each} 日`), at: Math.max(0, Math.min(day, lastDay) - firstDay) },
  ];
  return { wheels: wheels.slice(0, parts(set)), firsts: [start[0], firstMonth, firstDay] };
}

const parts = (set: Set): number => ({ year: 1, month: 2 })[textOf(set.fields)] ?? 3;

/** The day under rows that were chosen, found from the left: what the months begin with depends on the year. */
function dayAt(set: Set, [yearRow = 0, monthRow = 0, dayRow = 0]: readonly number[]): Day {
  const year = dayOf(set.start, '1900-01-01')[0] + yearRow;
  const month = dayWheels(set, [year, 1, 1]).firsts[1] + monthRow;
  const day = dayWheels(set, [year, month, 1]).firsts[2] + dayRow;
  return [year, month, day];
}

const date: PickerMode = {
  empty: '',
  wheels: (set, value) => dayWheels(set, dayOf(value, today())).wheels,
  turned: (set, rows) => dayWheels(set, dayAt(set, rows)).wheels,
  valueOf(set, rows) {
    const [year, month, day] = dayAt(set, rows);
    return [String(year), two(month), two(Math.min(day, daysIn(year, month)))].slice(0, parts(set)).join('-');
  },
};

export const pickerModes: Record<string, PickerMode | undefined> = { selector, multiSelector, time, date };
