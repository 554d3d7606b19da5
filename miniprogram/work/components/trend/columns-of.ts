import { HIDDEN } from '../bars/bars-of';

/** A week by its Monday, `2026-11-23`; `null` where a number is not told. */
export interface Week {
  week: string;
  posted: number | null;
  closed: number | null;
}

export interface Column {
  week: string;
  /** 11/23 */
  label: string;
  /** Of the highest, 0 to 100. */
  posted: number;
  closed: number;
  postedWords: string;
  closedWords: string;
}

const words = (count: number | null): string => (count === null ? HIDDEN : String(count));

export function columnsOf(weeks: readonly Week[]): Column[] {
  const most = Math.max(1, ...weeks.flatMap(({ posted, closed }) => [posted ?? 0, closed ?? 0]));
  const height = (count: number | null) => (count === null ? 3 : Math.round((100 * count) / most));
  return weeks.map(({ week, posted, closed }) => {
    const [, month, day] = week.split('-');
    return {
      week,
      label: `${Number(month)}/${Number(day)}`,
      posted: height(posted),
      closed: height(closed),
      postedWords: words(posted),
      closedWords: words(closed),
    };
  });
}
