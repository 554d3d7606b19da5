/** Finds which column of a sheet is what, by headings in Chinese or English. */
import { tableWords } from '../messages.ts';
import type { RowProblem } from './report.ts';
import type { SheetRow } from './sheet.ts';

/** For each field every heading people give it. */
export type Headings<F extends string> = Record<F, readonly string[]>;

/** A sheet whose columns are known. */
export interface Table<F extends string> {
  rows: TableRow<F>[];
  /** The heading of each field's column as the file has it. */
  headings: Partial<Record<F, string>>;
  /** Headings nobody knows; their columns are not read. */
  ignored: string[];
}

export interface TableRow<F extends string> {
  line: number;
  /** Only cells that hold something. */
  cells: Partial<Record<F, string>>;
  rounded: F[];
}

/** Titles and notes often stand above the headings. */
const HEADINGS_WITHIN = 10;

/** `手机号 （必填）*` is `手机号`. */
const plain = (heading: string): string =>
  heading
    .normalize('NFKC')
    .replace(/\([^()]*\)|[*:\s]/gu, '')
    .toLowerCase();

/**
 * The table below the first row, among the first ten, that has every required heading.
 * @returns the table, or what is wrong with the headings
 */
export function tableOf<F extends string>(
  rows: readonly SheetRow[],
  headings: Headings<F>,
  required: readonly F[],
): Table<F> | { problem: RowProblem } {
  const fields = new Map<string, F>();
  for (const field of Object.keys(headings) as F[]) {
    for (const heading of headings[field]) fields.set(plain(heading), field);
  }
  let nearest: { line: number; missing: F[] } | undefined;
  for (const [index, row] of rows.slice(0, HEADINGS_WITHIN).entries()) {
    const found = row.cells.map((cell) => fields.get(plain(cell)));
    const missing = required.filter((field) => !found.includes(field));
    if (missing.length === 0) {
      const twice = found.findIndex((field, at) => field !== undefined && found.indexOf(field) < at);
      const heading = row.cells[twice];
      if (heading !== undefined) return { problem: { line: row.line, column: heading, reason: tableWords.twice } };
      return tableBelow(rows.slice(index + 1), row, found);
    }
    if (nearest === undefined || missing.length < nearest.missing.length) nearest = { line: row.line, missing };
  }
  const { line, missing } = nearest ?? { line: 1, missing: [...required] };
  const names = missing.map((field) => headings[field][0]).join('、');
  return { problem: { line, column: names, reason: tableWords.noHeadings(names) } };
}

function tableBelow<F extends string>(
  rows: readonly SheetRow[],
  header: SheetRow,
  found: readonly (F | undefined)[],
): Table<F> {
  const named: Table<F>['headings'] = {};
  for (const [at, field] of found.entries()) if (field !== undefined) named[field] = header.cells[at] ?? '';
  return {
    headings: named,
    ignored: header.cells.filter((cell, at) => cell !== '' && found[at] === undefined),
    rows: rows.map(({ line, cells, rounded }) => {
      const known: TableRow<F>['cells'] = {};
      for (const [at, field] of found.entries()) {
        const cell = cells[at];
        if (field !== undefined && cell !== undefined && cell !== '') known[field] = cell;
      }
      return { line, cells: known, rounded: rounded.flatMap((at) => found[at] ?? []) };
    }),
  };
}
