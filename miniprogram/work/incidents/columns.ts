import type { Answer, Query } from '../../api/ask';

/** The columns of the board of incidents. */

type Counts = Answer<'getIncidentsCounts'>;
export type Column = 'waiting' | 'handling' | 'answered' | 'over' | 'late';

export interface ColumnChip {
  column: Column;
  label: string;
}

const COLUMNS: readonly (ColumnChip & { states: readonly string[] })[] = [
  { column: 'waiting', label: '等着办', states: ['reported', 'triaged', 'rejected'] },
  { column: 'handling', label: '正在办', states: ['dispatched', 'assisting', 'reopened', 'partial'] },
  { column: 'late', label: '超期的', states: [] },
  { column: 'answered', label: '等确认', states: ['resolved'] },
  { column: 'over', label: '办完的', states: [] },
];

const sumOf = ({ states }: Counts, wanted: readonly string[]): number =>
  wanted.reduce((sum, state) => sum + (states[state] ?? 0), 0);

/** How many wait for somebody: what the door to them says. Numbers too small to be told count for none. */
export const waitingOf = (counts: Counts): number => sumOf(counts, COLUMNS[0]?.states ?? []);

/** The chips, with how many there are behind each, where that is known and more than none. */
export function columnChips(counts?: Counts): ColumnChip[] {
  return COLUMNS.map(({ column, label, states }) => {
    const count = counts && (column === 'late' ? (counts.late ?? 0) : sumOf(counts, states));
    return { column, label: count ? `${label} ${count}` : label };
  });
}

/** What the list behind a chip asks for. @param street only what has come up to the street */
export const columnQuery = (area: string, column: Column, street: boolean): Query<'getIncidents'> => ({
  area,
  ...(column === 'late' ? { late: 'true' } : { column }),
  ...(street && { level: 'street' }),
});

export const EMPTY_COLUMN: Record<Column, string> = {
  waiting: '没有等着办的，都安排好了。',
  handling: '现在没有正在办的。',
  late: '没有超期的，大家都办得及时。',
  answered: '没有等确认的。',
  over: '还没有办完的。',
};
