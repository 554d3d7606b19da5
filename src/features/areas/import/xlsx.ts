/** Reads the table of an XLSX file. */
import { HaolinError } from '../../../core/errors.ts';
import { DAY } from '../../../core/time.ts';
import { fileTooLarge, fileTooLong, fileUnreadable } from './errors.ts';
import { openParts, type Parts } from './parts.ts';

/** A row as the sheet has it; what is empty at its end is left out. */
export interface XlsxRow {
  line: number;
  cells: string[];
  /** Cells whose number Excel had already rounded when it saved the file. */
  rounded: number[];
}

/** No register has more columns; what lies beyond (somebody once formatted the sheet to its edge) is not read. */
export const MOST_COLUMNS = 60;
/** Longer than anything a register may hold, so that what is cut is still found to be too long. */
const LONGEST_CELL = 2_000;
/** All texts that cells share, together. */
const MOST_SHARED = 32 * 1_024 * 1_024;

/**
 * The rows of the first sheet that has any.
 * @throws HaolinError file_unreadable, file_too_large, file_too_long (more than `mostRows`)
 */
export async function readXlsx(path: string, mostRows: number): Promise<XlsxRow[]> {
  try {
    const parts = await openParts(path);
    const { sheets, epoch } = await workbookOf(parts);
    const strings = await sharedStrings(parts);
    const isDate = await dateStyles(parts);
    for (const sheet of sheets) {
      const rows = await rowsOf(parts, sheet, { strings, isDate, epoch, mostRows });
      if (rows.some(({ cells }) => cells.some((cell) => cell.trim() !== ''))) return rows;
    }
    return [];
  } catch (error) {
    throw error instanceof HaolinError ? error : fileUnreadable(error);
  }
}

// ── What the whole file has in common ───────────────────────────────────────────────────────────────────────────────

/** Day 0 of a sheet's dates. The year 1900 counts a 29 February that never was; nobody registered was born before it. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

async function workbookOf(parts: Parts): Promise<{ sheets: string[]; epoch: number }> {
  const targets = new Map<string, string>();
  await parts.read('xl/_rels/workbook.xml.rels', {
    opened(name, { Id, Target }) {
      if (name === 'Relationship' && Id && Target) targets.set(Id, Target.replace(/^\/(?:xl\/)?/, ''));
    },
  });
  const sheets: string[] = [];
  let epoch = EPOCH_1900;
  await parts.read('xl/workbook.xml', {
    opened(name, { id = '', date1904 }) {
      if (name === 'workbookPr' && (date1904 === '1' || date1904 === 'true')) epoch = EPOCH_1904;
      const target = name === 'sheet' ? targets.get(id) : undefined;
      if (target !== undefined) sheets.push(`xl/${target}`);
    },
  });
  if (sheets.length > 0) return { sheets, epoch };
  // A program that did not say where its sheets are left them where all do.
  return { sheets: parts.names.filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).sort(), epoch };
}

async function sharedStrings(parts: Parts): Promise<string[]> {
  const strings: string[] = [];
  let kept = 0;
  const text = textCollector('si', (read) => {
    kept += read.length;
    if (kept > MOST_SHARED) throw fileTooLarge();
    strings.push(read);
  });
  await parts.read('xl/sharedStrings.xml', text);
  return strings;
}

/** Collects the text of each element `whole`: all its `t`, but not the reading aids (`rPh`) beside Chinese characters. */
function textCollector(whole: string, done: (text: string) => void) {
  let text = '';
  let within = false;
  let aids = 0;
  return {
    opened(name: string) {
      if (name === whole) text = '';
      else if (name === 't') within = true;
      else if (name === 'rPh') aids += 1;
    },
    text(more: string) {
      if (within && aids === 0 && text.length < LONGEST_CELL) text += more.slice(0, LONGEST_CELL);
    },
    closed(name: string) {
      if (name === 't') within = false;
      else if (name === 'rPh') aids -= 1;
      else if (name === whole) done(unescaped(text));
    },
  };
}

/** Excel writes what XML cannot hold as `_x000D_`. */
const unescaped = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([\dA-F]{4})_/gi, (_, code) => String.fromCharCode(parseInt(code, 16))) : text;

/** Number formats that show a date, of those that come with Excel. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Which of the cell styles show their number as a date. */
async function dateStyles(parts: Parts): Promise<(style: number) => boolean> {
  const own = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCells = false;
  await parts.read('xl/styles.xml', {
    opened(name, { numFmtId, formatCode = '' }) {
      const id = Number(numFmtId ?? 0);
      if (name === 'cellXfs') inCells = true;
      else if (name === 'numFmt') own.set(id, showsDate(formatCode));
      else if (name === 'xf' && inCells) styles.push(own.get(id) ?? isBuiltInDate(id));
    },
    closed(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return (style) => styles[style] ?? false;
}

/** Colours, conditions, quoted and escaped characters aside, only dates have y, m or d in their format. */
const showsDate = (format: string): boolean => /[ymd]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));

// ── One sheet ───────────────────────────────────────────────────────────────────────────────────────────────────────

interface SheetOptions {
  strings: readonly string[];
  isDate(style: number): boolean;
  epoch: number;
  mostRows: number;
}

async function rowsOf(parts: Parts, sheet: string, options: SheetOptions): Promise<XlsxRow[]> {
  const rows: XlsxRow[] = [];
  let row: XlsxRow = { line: 0, cells: [], rounded: [] };
  let column = 0;
  let over = false;
  let cell = { type: '', style: 0 };
  let value = '';
  let inValue = false;
  const inline = textCollector('is', (text) => {
    value = text;
  });
  await parts.read(
    sheet,
    {
      opened(name, attributes) {
        if (name === 'row') {
          if (rows.length >= options.mostRows) throw fileTooLong(options.mostRows);
          row = { line: Number(attributes.r) || row.line + 1, cells: [], rounded: [] };
          column = 0;
        } else if (name === 'c') {
          column = columnOf(attributes.r) ?? column + 1;
          cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0) };
          value = '';
        } else if (name === 'v') inValue = true;
        else inline.opened(name);
      },
      text(text) {
        if (inValue && value.length < LONGEST_CELL) value += text.slice(0, LONGEST_CELL);
        else inline.text(text);
      },
      closed(name) {
        if (name === 'v') inValue = false;
        else if (name === 'c') put(row, column - 1, cell, value, options);
        else if (name === 'row') {
          if (row.cells.length > 0) rows.push(row);
        } else if (name === 'sheetData') over = true;
        else inline.closed(name);
      },
    },
    () => over,
  );
  return rows;
}

/** `C7` lies in column 3; nothing when the cell does not say where it lies, which is then after the one before. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = reference && /^[A-Z]{1,3}(?=\d)/.exec(reference)?.[0];
  if (!letters) return undefined;
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);
}

function put(
  row: XlsxRow,
  at: number,
  cell: { type: string; style: number },
  value: string,
  options: SheetOptions,
): void {
  if (at < 0 || at >= MOST_COLUMNS) return;
  const text = textOf(cell, value, options);
  if (text === '') return;
  while (row.cells.length < at) row.cells.push('');
  row.cells[at] = text;
  if (cell.type === 'n' && Math.abs(Number(value)) > Number.MAX_SAFE_INTEGER) row.rounded.push(at);
}

/** What a person reads in a cell: of a formula its result, of a date its day. */
function textOf({ type, style }: { type: string; style: number }, value: string, options: SheetOptions): string {
  switch (type) {
    case 's':
      return options.strings[Number(value)] ?? '';
    case 'inlineStr':
      return value;
    case 'str':
      return unescaped(value);
    case 'b':
      return value === '1' ? 'true' : 'false';
    case 'd':
      return value.slice(0, 10);
    case 'e':
      return '';
    default: {
      const number = Number(value);
      if (value.trim() === '' || !Number.isFinite(number)) return '';
      if (!options.isDate(style)) return String(number);
      const day = new Date(options.epoch + Math.round(number * DAY));
      return Number.isNaN(day.getTime()) ? '' : day.toISOString().slice(0, 10);
    }
  }
}
