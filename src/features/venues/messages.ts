import { clockOf, type Hours } from './hours.ts';

const MOST_NAMED = 4;

/** 09:00—10:30、14:00—17:00 */
export const hoursWords = (hours: readonly Hours[]): string =>
  hours.map(({ from, to }) => `${clockOf(from)}—${clockOf(to)}`).join('、');

/** What is said to whoever meets a place taken. */
export const freeWords = (free: readonly Hours[]): string =>
  free.length === 0
    ? '这一天已经约满了，请换一天。'
    : `这一天还空着：${hoursWords(free.slice(0, MOST_NAMED))}${free.length > MOST_NAMED ? '等' : ''}，请换个时间。`;

export const openWords = (open: readonly Hours[]): string =>
  open.length === 0 ? '这一天不开放，请换一天。' : `这一天的开放时间是${hoursWords(open)}，请换个时间。`;

export const crowdedWords = (people: number, capacity: number): string =>
  `预计来${people}人，这里只坐得下${capacity}人，建议换个大一点的地方，或者分批来。`;

/** What stands beside a booking the opening hours were changed under. */
export const NOT_OPEN_ANY_MORE = '这个时间现在不开放了，请改期或者取消。';

export const BOOKING_STATES = { held: '已预约', over: '已结束', cancelled: '已取消' } as const;
export type BookingState = keyof typeof BOOKING_STATES;

/** What a form of venues or bookings says of itself. */
export const formWords = {
  clock: '时间要写成几点几分，例如09:30',
  backwards: '结束时间要晚于开始时间',
  tooShort: (least: number) => `预约至少要${least}分钟`,
  twice: '同一天的开放时间不能重叠',
  notHere: '请选择社区或者网格',
  rangeBackwards: '最后一天不能早于第一天',
  rangeTooLong: (most: number) => `一次最多看${most}天`,
};
