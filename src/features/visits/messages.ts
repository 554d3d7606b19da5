import type { Message } from '../../core/feature.ts';

type Data = Record<string, unknown>;
const words = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The moves people make, as the API calls them. */
export const VISIT_MOVES = {
  correct: '更正一条走访记录，原来的也留着',
  void: '作废一条走访记录',
  check: '抽查：这条记录是否属实',
} as const;

const dayIn = (day: unknown): string => {
  const [, month, date] = words(day).split('-');
  return `${Number(month)}月${Number(date)}日`;
};

export const visitMessages = {
  'visit.doubted': {
    title: '走访记录请核对',
    body: (d: Data) =>
      `${words(d.who)}抽查了您${dayIn(d.day)}的走访记录，认为和实际对不上${words(d.words) === '' ? '' : `：${words(d.words)}`}。请打开看看，记错了就更正。`,
    link: (d: Data) => `/work/visit/visit?id=${words(d.id)}`,
  },
} satisfies Record<string, Message>;
