import type { Answer } from '../../api/ask';
import { INCIDENT_CATEGORIES } from '../../logic/incident-words';
import { type Count, HIDDEN } from '../components/bars/bars-of';

export type Counts = Answer<'getIncidentsCounts'>;
type Spots = Answer<'getIncidentsHotSpots'>;

/** One large number with what it counts. */
export interface Total {
  label: string;
  words: string;
  late: boolean;
}

const told = (count: number | null) => (count === null ? HIDDEN : String(count));

export const totalsOfIncidents = ({ total, solved, late, inTimePercent }: Counts): Total[] => [
  { label: '一共', words: told(total), late: false },
  { label: '办好的', words: told(solved), late: false },
  { label: '超期的', words: told(late), late: late !== 0 && late !== null },
  { label: '按时办好', words: inTimePercent === null ? '—' : `${inTimePercent}%`, late: false },
];

/** By kind, the most often first; what never happened is left out. */
export const kindsOf = ({ categories }: Counts): Count[] =>
  INCIDENT_CATEGORIES.map(({ category, label }) => ({
    code: category,
    name: label,
    count: categories[category] ?? null,
  }))
    .filter(({ count }) => count !== 0)
    .sort((a, b) => (b.count ?? 0) - (a.count ?? 0));

/** Where what happens again and again, as lines. */
export const spotLines = ({ items }: Spots) =>
  items.map(({ grid, name, category, categoryWord, count, open }) => ({
    key: `${grid} ${category}`,
    title: `${categoryWord} ${count}件`,
    place: name,
    open: open !== null && open > 0 ? `${open}件还没办好` : '',
  }));
