import { atCivil, civil, clockWords, type Day, dayOf, dayWords } from '../../../core/time.ts';

/** 2026年3月9日 14:00—16:00 */
export const spanWords = (from: Date, until: Date): string => {
  const { year, month, day } = civil(from);
  return `${year}年${month}月${day}日 ${clockWords(from)}—${clockWords(until)}`;
};

/** 2026年3月9日, of a day in Shanghai. */
export function longDay(day: Day): string {
  const { year, month, day: date } = civil(atCivil(day));
  return `${year}年${month}月${date}日`;
}

/** 2026年3月9日19:05, of an instant in ISO 8601. */
export const longMoment = (at: string): string => `${longDay(dayOf(new Date(at)))}${clockWords(new Date(at))}`;

/** 14:05—15:50; with the days when it did not end on the one it began. Instants in ISO 8601, each if it is known. */
export function heldWords(...instants: (string | undefined)[]): string {
  const known = instants.flatMap((one) => (one === undefined ? [] : [new Date(one)]));
  const isOneDay = new Set(known.map(dayOf)).size === 1;
  return known.map((at) => (isOneDay ? clockWords(at) : `${dayWords(at)}${clockWords(at)}`)).join('—');
}

const sitting = (session: number): string => (session === 1 ? '' : `（第${session}次会）`);

/** Words of the minutes as a document. */
export const MINUTES_WORDS = {
  heading: (place: string): string => `${place}居民议事会`,
  title: (session: number): string => `会议纪要${sitting(session)}`,
  fileName: (number: number, session: number, day: string): string =>
    `会议纪要-议题${number}号${sitting(session)}-${day}.docx`,
  facts: { topic: '议题', time: '时间', begun: '实际开会', venue: '地点', host: '主持人', recorder: '记录人' },
  topic: (number: number, title: string): string => `议题${number}号 ${title}`,
  unsaid: '—',
  attendance: '到会情况',
  agenda: '议程',
  talk: '讨论情况',
  nothingWritten: '（没有记录）',
  statements: '居民发言（不署名）',
  conclusion: '结论',
  adjourned: '休会原因',
  resolution: '决议',
  result: '表决结果',
  corrections: '公示以后的更正',
  correction: (at: Date, reason: string): string => `更正：${reason}（${dayWords(at)}）`,
  signatures: ['主持人签字：', '记录人签字：', '日期：'],
  numerals: ['一', '二', '三', '四', '五', '六', '七', '八', '九'],
} as const;

/** Words of a meeting in somebody's calendar. */
export const CALENDAR_WORDS = {
  product: '好邻',
  summary: (number: number, title: string): string => `议事会：议题${number}号 ${title}`,
  agenda: '议程：',
  host: (name: string): string => `主持人：${name}`,
  place: (name: string, address: string): string => (address === '' ? name : `${name}（${address}）`),
  alarm: '明天有议事会',
  fileName: (number: number): string => `议事会-议题${number}号.ics`,
} as const;

/** Words of the yearly ledger. */
export const LEDGER_WORDS = {
  sheet: '议事台账',
  unsaid: '—',
  sitting: (day: string, venue: string, present: number, expected: number): string =>
    `${day} ${venue} 到会${present}/${expected}`,
  agreed: '商量一致，没有表决',
  count: (done: number, all: number): string => `${done}/${all}`,
  fileName: (area: string, year: number): string => `议事台账-${area}-${year}年.xlsx`,
} as const;

/** What stands for somebody, or for their number, where strangers read. */
export const PUBLIC_WORDS = { someone: '一位居民', number: '（号码略）' } as const;
