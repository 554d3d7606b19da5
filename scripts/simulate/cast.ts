/** Who takes part in a simulated year: a place of a size with those who serve there and those in care. */
import type { Role } from '../../src/core/ability.ts';
import type { House } from '../../src/core/house.ts';
import { type Area, lineage } from '../../src/features/areas/index.ts';
import { type Person, personDocument } from '../../src/features/people/index.ts';
import { areaOf, planCity } from '../seed/divisions.ts';
import { nameFor } from '../seed/names.ts';
import { type Chance, chanceFrom } from '../seed/random.ts';
import { SCALES, type Size } from './scale.ts';
import { type Wards, wardsOf } from './wards.ts';

export interface Staff {
  id: string;
  name: string;
  role: 'worker' | 'grid_worker';
  /** What they serve: a community, or a grid of it. */
  area: string;
  community: number;
}

export interface Community {
  code: string;
  street: number;
  secretaries: string[];
  /** Those who are told of reviews: who keeps the care or, without one, the secretaries. */
  keepers: string[];
}

export interface Street {
  code: string;
  supervisor: string;
}

export interface Cast {
  city: { code: string; admin: string };
  streets: Street[];
  communities: Community[];
  staff: Staff[];
  grids: string[];
  wards: Wards;
  /** Ids of those who have a chat; all the others have their inbox only. */
  chats: Set<string>;
}

interface Place {
  areas: Area[];
  communities: { code: string; workers: number; grids: { code: string; staffed: boolean }[] }[];
}

const DEMO = { workers: 2, grids: 3 };
/** Every so many-th community has two secretaries, or somebody who keeps the care. */
const TWO_SECRETARIES = 3;
const OWN_KEEPER = 2;

function demoPlace(): Place {
  const streets = ['990001001', '990001002'];
  const communities = ['990001001001', '990001001002', '990001002001'].map((code) => ({
    code,
    workers: DEMO.workers,
    grids: Array.from({ length: DEMO.grids }, (_, at) => ({ code: `${code}G0${at + 1}`, staffed: true })),
  }));
  const above = [['9900', '和风市'], ['990001', '清溪区'], ...streets.map((code) => [code, `第${code.slice(-1)}街道`])];
  return { areas: above.map(([code = '', name = '']) => areaOf(code, name)), communities };
}

function cityPlace(chance: Chance): Place {
  const { above, communities } = planCity(chance, 0);
  return { areas: above, communities };
}

/** Who takes part, and what else is to be written of those who serve. */
export interface Made {
  cast: Cast;
  areas: Area[];
  people: Person[];
}

/**
 * Who lives in a place of a size. The same seed makes the same.
 * @param count people in care, if not as many as the size has
 */
export function castOf(house: House, size: Size, seed: number, count = SCALES[size].wards): Made {
  const chance = chanceFrom(seed);
  const place = size === 'demo' ? demoPlace() : cityPlace(chance);
  const people = peopleOf(house, chance);
  const city = { code: '', admin: '' };
  const cast: Omit<Cast, 'wards' | 'chats'> = { city, streets: [], communities: [], staff: [], grids: [] };
  const areas = [...place.areas];
  const streetAt = new Map<string, number>();
  for (const { _id: code, level } of place.areas) {
    if (level === 'city') Object.assign(city, { code, admin: people.add('admin', code)._id });
    if (level !== 'street') continue;
    streetAt.set(code, cast.streets.length);
    cast.streets.push({ code, supervisor: people.add('supervisor', code)._id });
  }
  const workersIn: number[][] = [];
  const keepers: number[] = [];
  const communityOfGrid: number[] = [];
  const serve = (role: Staff['role'], area: string, community: number): number => {
    const { _id: id, name } = people.add(role, area);
    return cast.staff.push({ id, name, role, area, community }) - 1;
  };
  for (const { code, workers, grids } of place.communities) {
    areas.push(areaOf(code, `社区${code.slice(-6)}`));
    const at = cast.communities.length;
    const street = streetAt.get(lineage(code).at(-2) ?? '') ?? 0;
    const secretaries = Array.from(
      { length: at % TWO_SECRETARIES === 0 ? 2 : 1 },
      () => people.add('secretary', code)._id,
    );
    const reviewers = at % OWN_KEEPER === 0 ? [people.add('care_keeper', code)._id] : secretaries;
    cast.communities.push({ code, street, secretaries, keepers: reviewers });
    workersIn.push(Array.from({ length: workers }, () => serve('worker', code, at)));
    for (const grid of grids) {
      areas.push(areaOf(grid.code, '网格'));
      cast.grids.push(grid.code);
      communityOfGrid.push(at);
      keepers.push(grid.staffed ? serve('grid_worker', grid.code, at) : -1);
    }
  }
  const wards = wardsOf(count, SCALES[size], chance, { workersIn, keepers, communityOfGrid });
  // Some have a chat, so that messages go out as well as in.
  const chats = new Set([
    ...cast.communities
      .filter((_, at) => at % SCALES[size].secretaryChats === 0)
      .flatMap(({ secretaries }) => secretaries),
    ...cast.staff.filter((_, at) => at % SCALES[size].chats === 0).map(({ id }) => id),
  ]);
  return { cast: { ...cast, wards, chats }, areas, people: people.all };
}

/** Nobody has begun in the midst of a week. */
const LONG_SINCE = '2020-01-01';

function peopleOf(house: House, chance: Chance) {
  const all: Person[] = [];
  const now = house.clock.now();
  return {
    all,
    add(role: Role, area: string): Person {
      const name = nameFor(chance, 'female', 1985);
      const id = `5eed${all.length.toString(16).padStart(20, '0')}`;
      const person = personDocument(house.vault, { name, area, roles: [{ role, area, since: LONG_SINCE }] }, now, id);
      all.push(person);
      return person;
    },
  };
}
