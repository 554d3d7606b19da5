/** People in care, by number. */
import type { Chance } from '../seed/random.ts';
import type { Scale } from './scale.ts';

/** Day of what has not happened yet. */
export const NEVER = -1_000;

export const COLOURS = ['red', 'yellow', 'green'] as const;

/** People in care by number: a city's are too many for an object each. */
export interface Wards {
  count: number;
  colour: Uint8Array;
  /** Day they were taken in, and the latest they were seen on if any. */
  since: Int16Array;
  seen: Int16Array;
  /** Number of whoever is to see them; -1 for nobody. */
  bearer: Int32Array;
  /** 1 where the bearer is named; else it is whoever keeps the grid. */
  named: Uint8Array;
  community: Uint16Array;
  grid: Int32Array;
  /** Day their flag is to be reviewed on. */
  review: Int16Array;
}

export const personOf = (ward: number): string => `ca1e${ward.toString(16).padStart(20, '0')}`;
export const careOf = (ward: number): string => `ca2e${ward.toString(16).padStart(20, '0')}`;

const WITHOUT_SENTINEL = 0.3;
/** Of those whose grid nobody keeps so many have a worker all the same. */
const TAKEN_ON = 0.95;

export function wardsOf(
  count: number,
  { red, yellow, reviewedAtOnce, reviewedWithin }: Scale,
  chance: Chance,
  { workersIn, keepers, communityOfGrid }: { workersIn: number[][]; keepers: number[]; communityOfGrid: number[] },
): Wards {
  const wards: Wards = {
    count,
    colour: new Uint8Array(count),
    since: new Int16Array(count),
    seen: new Int16Array(count).fill(NEVER),
    bearer: new Int32Array(count),
    named: new Uint8Array(count),
    community: new Uint16Array(count),
    grid: new Int32Array(count),
    review: new Int16Array(count),
  };
  for (let at = 0; at < count; at += 1) {
    const drawn = chance.next();
    wards.colour[at] = drawn < red ? 0 : drawn < red + yellow ? 1 : 2;
    wards.since[at] = -1 - chance.below(25);
    // Registers come community by community, and so their documents lie in the store.
    const grid = Math.floor((at * keepers.length) / count);
    const community = communityOfGrid[grid] ?? 0;
    wards.grid[at] = grid;
    wards.community[at] = community;
    const keeper = keepers[grid] ?? -1;
    const workers = workersIn[community] ?? [];
    const how = chance.next();
    wards.named[at] = how < WITHOUT_SENTINEL ? 0 : 1;
    wards.bearer[at] = how < WITHOUT_SENTINEL || how > 0.7 ? keeper : (workers[chance.below(workers.length)] ?? keeper);
    if (wards.bearer[at] === -1) {
      const taken = workers.length > 0 && chance.next() < TAKEN_ON;
      wards.named[at] = taken ? 1 : 0;
      if (taken) wards.bearer[at] = workers[chance.below(workers.length)] ?? -1;
    }
    // Many are reviewed on one day, as flags are given in campaigns.
    const month = chance.below(reviewedWithin / 30);
    wards.review[at] = chance.next() < reviewedAtOnce ? 30 * month + 14 : chance.below(reviewedWithin);
  }
  return wards;
}
