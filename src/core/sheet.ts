import type { Workbook, Worksheet } from 'exceljs';

/** What every exported workbook has in common. */

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** An empty sheet of a workbook with a bold heading that stays in sight. Widths are in characters. */
export function sheetOf(
  book: Workbook,
  name: string,
  columns: readonly { heading: string; width: number }[],
): Worksheet {
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(({ heading, width }) => ({ header: heading, width }));
  sheet.getRow(1).font = { bold: true };
  return sheet;
}

/** Words that a spreadsheet would take for a formula are kept words by a leading apostrophe (CWE-1236). */
export function plain(text: string): string {
  return /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
}
