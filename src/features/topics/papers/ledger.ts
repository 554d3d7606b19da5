import { PassThrough, type Readable } from 'node:stream';
import type { Worksheet } from 'exceljs';
import { may } from '../../../core/ability.ts';
import { rawCollection } from '../../../core/aggregate.ts';
import type { Caller } from '../../../core/caller.ts';
import { forbidden } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { plain, sheetOf } from '../../../core/sheet.ts';
import { atCivil, civil, dayOf } from '../../../core/time.ts';
import { findArea, lineage } from '../../areas/index.ts';
import { sittingsOf } from '../meeting/access.ts';
import { type Headcount, headcountsOf } from '../meeting/attendance.ts';
import { decisionOf } from '../meeting/decisions.ts';
import { OUTCOMES, type TopicDoc } from '../model.ts';
import { stateWordOf } from '../progress.ts';
import { satisfactionOf } from '../satisfaction.ts';
import { asOf, isAliveAfter, OVER_STATES } from './as-of.ts';
import { LEDGER_WORDS as WORDS } from './messages.ts';

/** The ledger of what neighbours decided in a year (议事台账). */

/** A workbook that Excel reads to its end in reasonable time. */
const MOST_ROWS = 50_000;
const BATCH = 200;

/** What a line is made of: times are days in Shanghai. */
export interface Line {
  topic: TopicDoc;
  /** The year's end, or now while it is under way. */
  now: Date;
  heads: ReadonlyMap<number, Headcount>;
}

const day = (at: Date | undefined): string => (at ? dayOf(at) : WORDS.unsaid);

const COLUMNS: readonly { heading: string; width: number; cell(line: Line): string | number }[] = [
  { heading: '编号', width: 8, cell: ({ topic }) => topic.number },
  { heading: '议题', width: 36, cell: ({ topic }) => topic.posted.title },
  { heading: '位置', width: 24, cell: ({ topic }) => topic.place },
  { heading: '提出日期', width: 12, cell: ({ topic }) => dayOf(topic.createdAt) },
  { heading: '附议人数', width: 10, cell: ({ topic }) => topic.supporters.length },
  { heading: '主持人', width: 10, cell: ({ topic }) => topic.facilitator?.name ?? WORDS.unsaid },
  { heading: '开会', width: 40, cell: sittingWords },
  { heading: '表决规则', width: 20, cell: ({ topic }) => ruleWords(topic) },
  { heading: '结果', width: 10, cell: ({ topic: { outcome } }) => (outcome ? OUTCOMES[outcome] : WORDS.unsaid) },
  { heading: '怎么算的', width: 60, cell: ({ topic }) => decisionOf(topic).arithmetic?.join('\n') ?? WORDS.unsaid },
  { heading: '公示开始', width: 12, cell: ({ topic }) => day(topic.publicity?.from) },
  { heading: '公示截止', width: 12, cell: ({ topic }) => day(topic.publicity?.until) },
  { heading: '异议', width: 8, cell: ({ topic }) => topic.objections?.length ?? 0 },
  { heading: '落实事项', width: 10, cell: ({ topic: { items = [] } }) => doneWords(items) },
  { heading: '满意度', width: 8, cell: ({ topic, now }) => satisfactionOf(topic, now) ?? WORDS.unsaid },
  { heading: '状态', width: 10, cell: ({ topic, now }) => stateWordOf(topic, now) },
];

/** What a topic's line says. Pure. */
export const cellsOf = (line: Line): (string | number)[] => COLUMNS.map(({ cell }) => cell(line));

function sittingWords({ topic, heads }: Line): string {
  const lines = sittingsOf(topic).map(({ session, startsAt, venue }) => {
    const { present, expected } = heads.get(session) ?? { present: 0, expected: 0 };
    return WORDS.sitting(dayOf(startsAt), venue.name, present, expected);
  });
  return lines.join('\n') || WORDS.unsaid;
}

/** By which rule it is voted, or was the last time. */
function ruleWords({ vote, votes = [], outcome }: TopicDoc): string {
  if (outcome === 'agreed') return WORDS.agreed;
  return (vote ?? votes.at(-1))?.packTitle ?? WORDS.unsaid;
}

const doneWords = (items: NonNullable<TopicDoc['items']>): string =>
  items.length === 0 ? WORDS.unsaid : WORDS.count(items.filter(({ done }) => done).length, items.length);

/**
 * All topics of an area something went on with in a year, as they stood at its end or stand now, as an XLSX file. It is written while it is sent: an error after it
 * began ends the stream.
 * @param year in Shanghai; the one under way unless told otherwise
 * @throws HaolinError forbidden
 */
export async function ledgerSheet(
  house: House,
  caller: Caller,
  area: string,
  year: number = civil(caller.now).year,
): Promise<{ body: Readable; filename: string }> {
  if (!may(caller.ability, 'ledger', 'topic', { areas: lineage(area) })) throw forbidden();
  const found = await findArea(house, area);
  const { default: exceljs } = await import('exceljs');
  const body = new PassThrough();
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream: body, useStyles: true });
  const write = async () => {
    const sheet = sheetOf(book, WORDS.sheet, COLUMNS);
    await writeTopics(house, sheet, body, { area, year, now: caller.now });
    sheet.commit();
    await book.commit();
  };
  write().catch((error: unknown) => body.destroy(error as Error));
  return { body, filename: WORDS.fileName(found?.name ?? area, year) };
}

async function writeTopics(
  house: House,
  sheet: Worksheet,
  body: PassThrough,
  { area, year, now }: { area: string; year: number; now: Date },
): Promise<void> {
  const [from, end] = [year, year + 1].map((one) => atCivil(`${one}-01-01`)) as [Date, Date];
  const at = end < now ? end : now;
  const topics = rawCollection(house.model<TopicDoc>('topic'))
    .find({
      areas: area,
      createdAt: { $lt: end },
      // What was noted as over before is; of the rest each says itself.
      $or: [{ state: { $nin: OVER_STATES } }, { since: { $gte: from } }, { since: null, updatedAt: { $gte: from } }],
    })
    .project({ outbox: 0, text: 0 })
    .sort({ community: 1, number: 1 });
  let rows = 0;
  let batch: TopicDoc[] = [];
  const flush = async () => {
    const heads = await headcountsOf(
      house,
      batch.map(({ _id }) => _id),
    );
    for (const topic of batch) {
      const cells = cellsOf({ topic, now: at, heads: heads.get(topic._id) ?? new Map() });
      const row = sheet.addRow(cells.map((one) => (typeof one === 'string' ? plain(one) : one)));
      row.alignment = { wrapText: true, vertical: 'top' };
      row.commit();
    }
    batch = [];
  };
  for await (const topic of topics) {
    // Whoever asked for it went away: the rest need not be read.
    if (body.destroyed) return;
    const known = topic as unknown as TopicDoc;
    if (!isAliveAfter(known, from)) continue;
    rows += 1;
    if (rows > MOST_ROWS) break;
    batch.push(end < now ? asOf(known, end) : known);
    if (batch.length === BATCH) await flush();
  }
  await flush();
}
