import { PassThrough, type Readable } from 'node:stream';
import type { Workbook } from 'exceljs';
import { rawCollection } from '../../../core/aggregate.ts';
import type { Caller } from '../../../core/caller.ts';
import type { House } from '../../../core/house.ts';
import { plain, sheetOf } from '../../../core/sheet.ts';
import { dayOf } from '../../../core/time.ts';
import { lineage } from '../../areas/index.ts';
import { NOT_ON_A_LINE } from '../lists.ts';
import type { WishDoc } from '../model.ts';
import { mayRead } from '../views.ts';
import { MEASURE_WORDS, REPORT_WORDS, WISH_COLUMNS } from './messages.ts';
import { reportFor, type WishReport } from './report.ts';
import { MEASURES } from './sums.ts';
import type { Numbers } from './told.ts';

/** A workbook that Excel reads to its end in reasonable time; more of them belong into the data export. */
const MOST_ROWS = 50_000;

/**
 * The report as an XLSX file; for those who may read the area also a sheet of its wishes, the latest first, without phone
 * or address. It is written while it is sent: an error after it began ends the stream.
 * @throws HaolinError forbidden
 */
export async function reportSheet(
  house: House,
  caller: Caller,
  area: string,
): Promise<{ body: Readable; filename: string }> {
  const report = await reportFor(house, caller, area);
  const { default: exceljs } = await import('exceljs');
  const body = new PassThrough();
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream: body, useStyles: true });
  const write = async () => {
    writeCounts(book, report);
    writeWeeks(book, report);
    if (mayRead(caller.ability, { areas: lineage(area) })) await writeWishes(book, house, area, body);
    await book.commit();
  };
  write().catch((error: unknown) => body.destroy(error as Error));
  return { body, filename: REPORT_WORDS.fileName(report.name || area, dayOf(caller.now)) };
}

function writeCounts(book: Workbook, { parts, total }: WishReport): void {
  const sheet = sheetOf(book, REPORT_WORDS.counts, [
    { heading: REPORT_WORDS.area, width: 20 },
    ...MEASURES.map((measure) => ({ heading: MEASURE_WORDS[measure], width: 12 })),
    { heading: REPORT_WORDS.onTimePercent, width: 16 },
    { heading: REPORT_WORDS.averageScore, width: 10 },
  ]);
  const add = (name: string, numbers: Numbers) =>
    sheet
      .addRow([
        plain(name),
        ...MEASURES.map((measure) => numbers[measure] ?? REPORT_WORDS.hidden),
        numbers.onTimePercent ?? REPORT_WORDS.unsaid,
        numbers.averageScore ?? REPORT_WORDS.unsaid,
      ])
      .commit();
  for (const part of parts) add(part.name, part);
  add(REPORT_WORDS.total, total);
  sheet.commit();
}

function writeWeeks(book: Workbook, { weeks }: WishReport): void {
  const sheet = sheetOf(book, REPORT_WORDS.weeks, [
    { heading: REPORT_WORDS.week, width: 14 },
    { heading: MEASURE_WORDS.posted, width: 12 },
    { heading: MEASURE_WORDS.closed, width: 12 },
  ]);
  for (const { week, posted, closed } of weeks) {
    sheet.addRow([week, posted ?? REPORT_WORDS.hidden, closed ?? REPORT_WORDS.hidden]).commit();
  }
  sheet.commit();
}

async function writeWishes(book: Workbook, house: House, area: string, body: PassThrough): Promise<void> {
  const sheet = sheetOf(book, REPORT_WORDS.wishes, WISH_COLUMNS);
  const found = rawCollection(house.model<WishDoc>('wish'))
    .find({ areas: area })
    .project({ ...SHOWN })
    .sort({ _id: -1 })
    .limit(MOST_ROWS);
  const day = (at: Date | undefined) => (at ? dayOf(at) : '');
  for await (const wish of found) {
    // Whoever asked for it went away: the rest need not be read.
    if (body.destroyed) return;
    const cells = WISH_COLUMNS.map(({ cell }) => cell(wish as unknown as WishDoc, day));
    sheet.addRow(cells.map((one) => (typeof one === 'string' ? plain(one) : one))).commit();
  }
  sheet.commit();
}

const { closedAt: _shown, ...SHOWN } = NOT_ON_A_LINE;
