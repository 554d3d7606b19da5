/** Reads a table out of a CSV or XLSX file as plain rows of text, each with its line in the file. */
import { open, readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { breather } from '../../../core/breath.ts';
import { decoded } from '../../../core/encoding.ts';
import { fileTooLong, fileUnreadable, quoteOpen } from './errors.ts';
import { MOST_COLUMNS, readXlsx } from './xlsx.ts';

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
 * @throws HaolinError file_unreadable, file_too_long, file_too_large, quote_open
 */
export async function readSheet(path: string): Promise<SheetRow[]> {
  const rows = (await isZip(path)) ? await tidyXlsx(path) : await readCsv(await readFile(path));
  return rows.filter((row) => row.cells.some((cell) => cell !== ''));
}

async function tidyXlsx(path: string): Promise<SheetRow[]> {
  const rows = await readXlsx(path, MOST_ROWS);
  return rows.map(({ line, cells, rounded }) => ({ line, cells: cells.map(tidy), rounded }));
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

/** The separator of a file is the one its first filled line has most of. */
function delimiterOf(text: string): string {
  const line = /^.*\S.*$/mu.exec(text.slice(0, 20_000))?.[0] ?? '';
  const count = (mark: string) => line.split(mark).length;
  return [',', '\t', ';', '，'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** More than this without an end of line, and a quote was left open somewhere. */
const LONGEST_RECORD = 100_000;
const PIECE = 32_768;

async function readCsv(bytes: Buffer): Promise<SheetRow[]> {
  const text = decoded(bytes);
  if (text === undefined || text.includes('\0')) throw fileUnreadable();
  const rows: SheetRow[] = [];
  let line = 1;
  const parser = parse({
    delimiter: delimiterOf(text),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_RECORD,
    raw: true,
    on_record(parsed: unknown) {
      const { record, raw } = parsed as { record: string[]; raw: string };
      if (rows.length >= MOST_ROWS) throw fileTooLong(MOST_ROWS);
      rows.push({ line, cells: record.slice(0, MOST_COLUMNS).map(tidy), rounded: [] });
      line += lineBreaks(raw);
      return null;
    },
  });
  try {
    await pipeline(piecesOf(text), parser, drain);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const open = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE';
    throw open ? quoteOpen(line) : fileUnreadable();
  }
  return rows;
}

/** The text piece by piece, with room for others in between. */
async function* piecesOf(text: string): AsyncGenerator<string> {
  const breathe = breather();
  for (let at = 0; at < text.length; at += PIECE) {
    await breathe();
    yield text.slice(at, at + PIECE);
  }
}

/** Every record was taken as it was parsed; nothing comes out. */
async function drain(records: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of records);
}

const lineBreaks = (raw: string): number => raw.match(/\r\n|\n|\r/gu)?.length ?? 0;
