/** Reads a table out of a CSV or XLSX file as plain rows of text, each with its line in the file. */
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { fileTooLong, fileUnreadable, quoteOpen } from './errors.ts';

export interface SheetRow {
  /** 1-based line (CSV: of the row's first line; XLSX: of the sheet). */
  line: number;
  cells: string[];
  /** Cells whose number Excel had already rounded when it saved the file. */
  rounded: number[];
}

/** Ten cities' people fit; a file beyond that is a mistake. */
const MOST_ROWS = 1_000_000;

/**
 * All rows that hold anything. Tells XLSX from CSV by content, UTF-8 from GBK likewise.
 * @throws HaolinError file_unreadable, file_too_long, quote_open
 */
export async function readSheet(path: string): Promise<SheetRow[]> {
  const rows = (await isZip(path)) ? await readXlsx(path) : readCsv(await readFile(path));
  return rows.filter((row) => row.cells.some((cell) => cell !== ''));
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.readUInt32BE() === 0x504b0304;
  } finally {
    await file.close();
  }
}

/** White space single, nothing invisible. */
function tidy(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\uFFFD]/gu, '')
    .trim();
}

// ── CSV ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

function decode(bytes: Buffer): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  // Chinese in GBK is practically never valid UTF-8, so the stricter encoding is tried first.
  for (const encoding of utf16 ? [utf16] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  throw fileUnreadable();
}

/** The separator of a file is the one its first filled line has most of. */
function delimiterOf(text: string): string {
  const line = /^.*\S.*$/mu.exec(text.slice(0, 20_000))?.[0] ?? '';
  const count = (mark: string) => line.split(mark).length;
  return [',', '\t', ';', '，'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function readCsv(bytes: Buffer): SheetRow[] {
  const text = decode(bytes);
  if (text.includes('\0')) throw fileUnreadable();
  const rows: SheetRow[] = [];
  let line = 1;
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      raw: true,
      on_record(parsed: unknown) {
        const { record, raw } = parsed as { record: string[]; raw: string };
        if (rows.length >= MOST_ROWS) throw fileTooLong(MOST_ROWS);
        rows.push({ line, cells: record.map(tidy), rounded: [] });
        line += lineBreaks(raw);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw error.code === 'CSV_QUOTE_NOT_CLOSED' ? quoteOpen(line) : fileUnreadable();
  }
  return rows;
}

const lineBreaks = (raw: string): number => raw.match(/\r\n|\n|\r/gu)?.length ?? 0;

// ── XLSX ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The rows of the first sheet that has any, read as a stream. */
async function readXlsx(path: string): Promise<SheetRow[]> {
  // Half a second to load, and only imports need it.
  const { default: exceljs } = await import('exceljs');
  const rows: SheetRow[] = [];
  const input = createReadStream(path);
  try {
    const workbook = new exceljs.stream.xlsx.WorkbookReader(input, {
      worksheets: 'emit',
      sharedStrings: 'cache',
      styles: 'cache',
      hyperlinks: 'ignore',
      entries: 'ignore',
    });
    for await (const sheet of workbook) {
      for await (const row of sheet) {
        const values = Array.isArray(row.values) ? row.values.slice(1) : [];
        if (rows.length >= MOST_ROWS) throw fileTooLong(MOST_ROWS);
        rows.push({
          line: row.number,
          cells: Array.from(values, (value) => tidy(textOf(value))),
          rounded: values.flatMap((value, at) =>
            typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER ? [at] : [],
          ),
        });
      }
      if (rows.some((row) => row.cells.some((cell) => cell !== ''))) break;
    }
  } catch (error) {
    throw error instanceof Error && error.name === 'HaolinError' ? error : fileUnreadable(error);
  } finally {
    input.destroy();
  }
  return rows;
}

/** What a person reads in a cell: of a formula its result, of a date its day. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value && Array.isArray(value.richText)) {
    return value.richText.map((part: { text?: unknown }) => String(part.text ?? '')).join('');
  }
  if ('result' in value) return textOf(value.result);
  if ('text' in value) return textOf(value.text);
  return '';
}
