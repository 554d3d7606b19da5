import type { Answer } from '../../api/ask';
import { type Count, HIDDEN } from '../components/bars/bars-of';

type Report = Answer<'getWishesReport'>;
type Numbers = Report['total'];

/** What areas are compared by. */
export const MEASURES = [
  { measure: 'open', label: '待认领' },
  { measure: 'helping', label: '办理中' },
  { measure: 'late', label: '已超期' },
  { measure: 'waiting', label: '待受理' },
  { measure: 'posted', label: '近12周新增' },
  { measure: 'closed', label: '近12周办结' },
] as const;
export type Measure = (typeof MEASURES)[number]['measure'];

/** One large number with what it counts. */
export interface Total {
  label: string;
  words: string;
  /** Stands out; its label says the same. */
  late: boolean;
}

/** The numbers of the whole area. A missing one is small or cannot be said yet. */
export function totalsOf(total: Numbers): Total[] {
  const counts = MEASURES.map(({ measure, label }) => ({
    label,
    words: total[measure] === null ? HIDDEN : String(total[measure]),
    late: measure === 'late' && total.late !== null && total.late > 0,
  }));
  return [
    ...counts,
    { label: '按时办结', words: total.onTimePercent === null ? '—' : `${total.onTimePercent}%`, late: false },
    { label: '平均评分', words: total.averageScore === null ? '—' : String(total.averageScore), late: false },
  ];
}

/** The parts of an area by one measure, in the order of their codes. */
export function measured(report: Report, measure: Measure): Count[] {
  return report.parts.map((part) => ({ code: part.area, name: part.name, count: part[measure] }));
}
