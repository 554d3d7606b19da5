/** How much of what is due was done: what a week comes to, in numbers. */
import type { Day } from '../../core/time.ts';
import { type Due, type DutyFacts, dueOf, type Ward, type Window } from './due.ts';
import { settledUpTo } from './turned.ts';

/** What was due somewhere. */
export interface Tally {
  all: number;
  done: number;
  /** How much is left to whom. */
  left: Map<string, number>;
  /** How many people in care (or, where it is not about one, things to do) have nobody to see to them. */
  nobody: number;
}

export const emptyTally = (): Tally => ({ all: 0, done: 0, left: new Map(), nobody: 0 });

/** Some dues in numbers. Pure. */
export function tallyOf(dues: readonly Due[]): Tally {
  const left = dues.filter(({ done }) => !done);
  const tally = { ...emptyTally(), all: dues.length, done: dues.length - left.length };
  for (const { who } of left) if (who !== undefined) addLeft(tally, who, 1);
  tally.nobody = new Set(left.flatMap(({ who, key, person }) => (who === undefined ? (person ?? key) : []))).size;
  return tally;
}

const addLeft = ({ left }: Tally, who: string, count: number): unknown => left.set(who, (left.get(who) ?? 0) + count);

/** Adds what was due for one person in care. */
export function addWard(tally: Tally, { done, left }: Count, bearer: string | undefined): void {
  tally.all += done + left;
  tally.done += done;
  if (left === 0) return;
  if (bearer === undefined) tally.nobody += 1;
  else addLeft(tally, bearer, left);
}

/** Whether something counts as left on the day of a summary: who is to be seen at the weekend is not left undone on Friday. */
export const counts = ({ person, done, by }: Due, upTo: Day): boolean => person === undefined || done || by <= upTo;

/** How much was due for somebody. */
export interface Count {
  done: number;
  left: number;
}

/** Somebody in care, whoever is to see them. */
type Seen = Omit<Ward, 'bearer' | 'person'>;

/**
 * Counts what was due for people in care in a window: reckoned once for all whose days are alike as far as the window sees
 * them, since a city has hundreds of thousands and few different ones. Pure.
 * @param upTo see `counts`
 */
export function countOf(
  { packs, calendar }: Pick<DutyFacts, 'packs' | 'calendar'>,
  window: Window,
  upTo: Day,
): (seen: Seen) => Count {
  const settled = settledUpTo({ packs, calendar }, '', window);
  const ownPlaces = [...new Set(packs.flatMap((pack) => pack.area ?? []))];
  const known = new Map<string, Count>();
  const reckon = (seen: Seen): Count => {
    const facts = { packs, calendar, bearers: [], happenings: [], logs: [], wards: [{ ...seen, person: '' }] };
    const dues = dueOf(facts, window).filter((due) => counts(due, upTo));
    const done = dues.filter((due) => due.done).length;
    return { done, left: dues.length - done };
  };
  return (seen) => {
    const { colour, flags, areas, since, visits } = seen;
    const after = settled[colour] ?? since;
    const rules = ownPlaces.length === 0 ? '' : ownPlaces.filter((place) => areas.includes(place)).join();
    const days = visits.filter((day) => day >= after && day > since).join();
    const key = `${colour} ${flags.join()} ${rules} ${since < after ? '' : since} ${days}`;
    const count = known.get(key) ?? reckon(seen);
    known.set(key, count);
    return count;
  };
}
