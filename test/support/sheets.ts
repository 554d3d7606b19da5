/** Writes tables into files the way people's programs do, for tests of imports. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import exceljs from 'exceljs';
import fc from 'fast-check';

export type Cell = string | number | Date | null;

/** How a program writes CSV. */
export interface CsvStyle {
  newline: '\n' | '\r\n';
  delimiter: ',' | '\t' | ';';
  bom: boolean;
  quoteAll: boolean;
  lastNewline: boolean;
  /** Blank lines after these rows. */
  blankAfter: readonly number[];
}

export const csvStyle: fc.Arbitrary<CsvStyle> = fc.record({
  newline: fc.constantFrom('\n', '\r\n'),
  delimiter: fc.constantFrom(',', '\t', ';'),
  bom: fc.boolean(),
  quoteAll: fc.boolean(),
  lastNewline: fc.boolean(),
  blankAfter: fc.uniqueArray(fc.nat(12), { maxLength: 3 }),
});

/** The table as CSV, and the 1-based line each row begins in. */
export function csvOf(rows: readonly (readonly string[])[], style: CsvStyle): { text: string; lines: number[] } {
  const lines: number[] = [];
  let text = style.bom ? '\uFEFF' : '';
  for (const [index, row] of rows.entries()) {
    lines.push(text.split(/\r\n|\n/).length);
    text += row
      .map((cell) => (style.quoteAll || /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
      .join(style.delimiter);
    if (index < rows.length - 1 || style.lastNewline) text += style.newline;
    if (style.blankAfter.includes(index) && index < rows.length - 1) text += style.newline;
  }
  return { text, lines };
}

export const PLAIN: CsvStyle = {
  newline: '\n',
  delimiter: ',',
  bom: false,
  quoteAll: false,
  lastNewline: true,
  blankAfter: [],
};

let files = 0;

/** Writes bytes or text into a new file of `folder`. */
export async function fileOf(folder: string, content: string | Uint8Array, ending = 'csv'): Promise<string> {
  files += 1;
  const path = join(folder, `table-${files}.${ending}`);
  await writeFile(path, content);
  return path;
}

/** Writes the table as the only sheet of an XLSX file; a title row above when given. */
export async function xlsxOf(folder: string, rows: readonly (readonly Cell[])[]): Promise<string> {
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('名册');
  for (const row of rows) sheet.addRow([...row]);
  return fileOf(folder, new Uint8Array(await workbook.xlsx.writeBuffer()), 'xlsx');
}
