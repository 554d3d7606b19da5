/** Who takes part in a simulated year: a place of a size with those who serve there and those in care, written to the store. */
import type { Role } from '../../src/core/ability.ts';
import type { House } from '../../src/core/house.ts';
import { type Area, areasChanged, lineage } from '../../src/features/areas/index.ts';
import { listing } from '../../src/features/care/index.ts';
import { type Person, personDocument } from '../../src/features/people/index.ts';
import { areaOf, planCity } from '../seed/divisions.ts';
import { insertMissing } from '../seed/insert.ts';
import { nameFor } from '../seed/names.ts';
import { type Chance, chanceFrom } from '../seed/random.ts';
import type { Days } from './days.ts';

export type Size = 'demo' | 'city';

/** So many people in care. */
const WARDS: Record<Size, number> = { demo: 120, city: 400_000 };

/** Day of what has not happened yet. */
export const NEVER = -1_000;

export const COLOURS = ['red', 'yellow', 'green'] as const;

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

export const personOf = (ward: number): string => `ca1e${ward.toString(16).padStart(20, '0')}`;
export const careOf = (ward: number): string => `ca2e${ward.toString(16).padStart(20, '0')}`;

interface Place {
  areas: Area[];
  communities: { code: string; workers: number; grids: { code: string; staffed: boolean }[] }[];
}

const DEMO = { workers: 2, grids: 3 };
/** Every so many-th community has two secretaries, or somebody who keeps the care. */
const TWO_SECRETARIES = 3;
const OWN_KEEPER = 2;
/** Every so many-th of the staff has a chat; every secretary has. */
const CHATS = 7;

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

/** Writes the place and its people, and says who they are. The same seed makes the same. */
export async function fillCast(house: House, size: Size, seed: number, days: Days): Promise<Cast> {
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
  const wards = wardsOf(WARDS[size], chance, days, { workersIn, keepers, communityOfGrid });
  await inBatches(areas, (batch) => insertMissing(house, 'areas', batch));
  await inBatches(people.all, (batch) => insertMissing(house, 'people', batch));
  // Some have a chat, so that messages go out as well as in.
  const chats = new Set([
    ...cast.communities.flatMap(({ secretaries }) => secretaries),
    ...cast.staff.filter((_, at) => at % CHATS === 0).map(({ id }) => id),
  ]);
  const boundAt = house.clock.now();
  const contacts = [...chats].map((person) => ({
    _id: `wechaty\n${person}`,
    puppet: 'wechaty',
    contact: person,
    person,
    boundAt,
  }));
  await inBatches(contacts, (batch) => insertMissing(house, 'contacts', batch));
  const whole = { ...cast, wards, chats };
  await inBatches(wardPeople(house, whole, chance), (batch) => insertMissing(house, 'people', batch));
  await inBatches(careDocuments(house, whole, days), (batch) => insertMissing(house, 'care', batch));
  await areasChanged(house);
  return whole;
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

const RED = 0.05;
const YELLOW = 0.2;
const WITHOUT_SENTINEL = 0.3;
/** So many of the flags come up for review together with others. */
const AT_ONCE = 0.8;
const REVIEWED_WITHIN = 360;

function wardsOf(
  count: number,
  chance: Chance,
  days: Days,
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
    wards.colour[at] = drawn < RED ? 0 : drawn < RED + YELLOW ? 1 : 2;
    wards.since[at] = -1 - chance.below(25);
    const grid = chance.below(keepers.length);
    const community = communityOfGrid[grid] ?? 0;
    wards.grid[at] = grid;
    wards.community[at] = community;
    const keeper = keepers[grid] ?? -1;
    const workers = workersIn[community] ?? [];
    const how = chance.next();
    wards.named[at] = how < WITHOUT_SENTINEL ? 0 : 1;
    wards.bearer[at] = how < WITHOUT_SENTINEL || how > 0.7 ? keeper : (workers[chance.below(workers.length)] ?? keeper);
    if (wards.bearer[at] === -1) wards.named[at] = 0;
    // Many are reviewed on one day, as flags are given in campaigns.
    const month = chance.below(REVIEWED_WITHIN / 30);
    wards.review[at] = chance.next() < AT_ONCE ? 30 * month + 14 : chance.below(Math.max(days.count, 30));
  }
  return wards;
}

function* wardPeople(house: House, { wards, grids, staff }: Cast, chance: Chance): Generator<Person> {
  const now = house.clock.now();
  for (let at = 0; at < wards.count; at += 1) {
    const area = grids[wards.grid[at] ?? 0] ?? '';
    const sentinel = wards.named[at] ? staff[wards.bearer[at] ?? -1]?.id : undefined;
    const given = {
      name: nameFor(chance, 'female', 1944),
      area,
      roles: [],
      ...(sentinel !== undefined && { sentinel }),
    };
    yield personDocument(house.vault, given, now, personOf(at));
  }
}

function* careDocuments(house: House, { wards, grids, staff, communities }: Cast, days: Days) {
  const now = house.clock.now();
  const by = { id: personOf(0), name: '模拟' };
  for (let at = 0; at < wards.count; at += 1) {
    const since = days.name(wards.since[at] ?? 0);
    const sentinel = wards.named[at] ? staff[wards.bearer[at] ?? -1]?.id : undefined;
    const reason = 'x'.repeat(200);
    const told = {
      _id: careOf(at),
      state: 'kept',
      version: 1,
      areas: lineage(grids[wards.grid[at] ?? 0] ?? ''),
      history: [],
      outbox: [],
      createdAt: now,
      updatedAt: now,
      person: personOf(at),
      community: communities[wards.community[at] ?? 0]?.code,
      flags: [
        {
          kind: 'living_alone' as const,
          since,
          reviewBy: days.name(wards.review[at] ?? 0),
          consent: { by: 'self' as const, at: since },
          reason,
          by,
        },
      ],
      colour: COLOURS[wards.colour[at] ?? 0],
      ...(sentinel !== undefined && { sentinel, sentinelSince: since }),
      since,
      visits: [],
      notes: [],
      served: [],
    };
    yield { ...told, ...listing(told) };
  }
}

const BATCH = 1_000;

export async function inBatches<T>(all: Iterable<T>, write: (batch: T[]) => Promise<unknown>): Promise<void> {
  let batch: T[] = [];
  for (const one of all) {
    batch.push(one);
    if (batch.length < BATCH) continue;
    await write(batch);
    batch = [];
  }
  if (batch.length > 0) await write(batch);
}
