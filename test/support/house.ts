/** A house for tests: the given features on a fresh database, a clock that stands still until moved, a fixed secret. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Model } from 'mongoose';
import { tellsOfDanger } from '../../src/chat/understanding/emergency.ts';
import { abilityFor, type Role, type RoleGrant } from '../../src/core/ability.ts';
import type { Change } from '../../src/core/aggregate.ts';
import type { Coordination } from '../../src/core/coordination.ts';
import type { Feature } from '../../src/core/feature.ts';
import type { Directory, House, Log } from '../../src/core/house.ts';
import { type Clock, stateCouncilCalendar } from '../../src/core/time.ts';
import { openVault } from '../../src/core/vault.ts';
import { type Area, areasChanged, levelOf, lineage, parentOf } from '../../src/features/areas/index.ts';
import { addPerson, attach, type NewPerson, type Person } from '../../src/features/people/index.ts';
import type { Venue } from '../../src/features/venues/index.ts';
import { openCoordination } from '../../src/storage/coordination.ts';
import { freshDatabase } from './storage.ts';

export interface TestClock extends Clock {
  /** Puts the clock at a moment; a string without a zone is Shanghai time, `2026-03-09T09:00`. */
  set(at: Date | string): void;
  /** Moves the clock on by so many milliseconds. */
  shift(ms: number): void;
}

export interface TestHouse {
  house: House;
  clock: TestClock;
  /** Every change the features announced, in order. */
  announced: Change[];
  close(): Promise<void>;
}

/** A Monday morning in Shanghai, an ordinary workday. */
export const MONDAY = '2026-03-09T09:00';

const moment = (at: Date | string): Date =>
  typeof at !== 'string' ? at : new Date(/(?:Z|[+-]\d\d:\d\d)$/u.test(at) ? at : `${at}+08:00`);

function testClock(start: Date | string): TestClock {
  let now = moment(start);
  return {
    now: () => now,
    set(at) {
      now = moment(at);
    },
    shift(ms) {
      now = new Date(now.getTime() + ms);
    },
  };
}

const silent = () => undefined;
const quietLog: Log = { debug: silent, info: silent, warn: silent, error: silent };

const nobody: Directory = {
  actor: async () => undefined,
  byContact: async () => undefined,
  byOpenid: async () => undefined,
  holders: async () => [],
  living: async () => [],
  addresses: async () => [],
};

/** A test makes more in a second than anybody may in an hour; the tests of quotas ask for them. */
export function withoutQuotas(coordination: Coordination): Coordination {
  const take = coordination.take.bind(coordination);
  return Object.assign(coordination, {
    take: ((key, points, seconds) =>
      /^(?:wish|incident|handoff|topic|talk|care_visit|visit|duty_event|care):/u.test(key)
        ? Promise.resolve({ retryAfterMs: 0, remaining: points })
        : take(key, points, seconds)) satisfies Coordination['take'],
  });
}

/** Opens a house of these features on an empty database. Close it when the test is over. */
export async function testHouse(
  features: readonly Feature[],
  options: { now?: Date | string; demo?: boolean; log?: Log; quotas?: boolean } = {},
): Promise<TestHouse> {
  const database = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'haolin-house-'));
  const clock = testClock(options.now ?? MONDAY);
  const announced: Change[] = [];
  const rules = features.flatMap((feature) => [...feature.rules]);
  let directory = nobody;
  const coordination = await openCoordination({});
  const house: House = {
    db: database.connection,
    clock,
    calendar: stateCouncilCalendar(),
    vault: openVault(Buffer.alloc(32, 7)),
    coordination: options.quotas ? coordination : withoutQuotas(coordination),
    get directory() {
      return directory;
    },
    log: options.log ?? quietLog,
    settings: { demo: options.demo ?? false, folder, baseUrl: 'http://localhost' },
    model: <D>(name: string) => database.connection.model(name) as unknown as Model<D>,
    abilityOf: (actor) => abilityFor(actor, rules),
    tellsOfDanger,
    announce: (change) => void announced.push(change),
  };
  const models = features.flatMap((feature) => Object.entries(feature.models));
  await Promise.all(models.map(([name, schema]) => database.connection.model(name, schema, name).createIndexes()));
  for (const feature of features) directory = feature.directory?.(house) ?? directory;
  return {
    house,
    clock,
    announced,
    close: async () => {
      await house.coordination.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Codes of one community and those above and below it. */
export interface TestCommunity {
  city: string;
  county: string;
  street: string;
  community: string;
  grids: string[];
  /** From the city to the first grid: what an aggregate there carries. */
  areas: string[];
}

let communities = 0;
let persons = 0;

/** Makes a community with grids (two unless told otherwise) on a street that all communities made this way share. */
export async function makeCommunity(
  house: House,
  { code, name = '幸福里社区', grids = 2 }: { code?: string; name?: string; grids?: number } = {},
): Promise<TestCommunity> {
  communities += 1;
  const community = code ?? `990001001${String(communities).padStart(3, '0')}`;
  const [city = '', county = '', street = ''] = lineage(community);
  const gridCodes = Array.from({ length: grids }, (_, n) => `${community}G${String(n + 1).padStart(2, '0')}`);
  const names = { city: '试验市', county: '试验区', street: '试验街道', community: name, grid: '网格' };
  const areas = [city, county, street, community, ...gridCodes].map((one) => {
    const level = levelOf(one);
    if (!level) throw new Error(`${one} is no area code`);
    const area: Omit<Area, '_id'> = {
      name: level === 'grid' ? `第${Number(one.split('G')[1])}网格` : names[level],
      level,
      parent: parentOf(one),
      areas: lineage(one),
    };
    return { updateOne: { filter: { _id: one }, update: { $setOnInsert: area }, upsert: true } };
  });
  await house.model<Area>('areas').bulkWrite(areas);
  await areasChanged(house);
  return {
    city,
    county,
    street,
    community,
    grids: gridCodes,
    areas: lineage(gridCodes[0] ?? community),
  };
}

/**
 * Makes a person; everything has a default. A bare role holds for the community (or area) they live in, and `contacts`
 * are bound at once.
 */
export async function makePerson(
  house: House,
  {
    area,
    roles = ['resident'],
    contacts = [],
    id,
    ...given
  }: Partial<Omit<NewPerson, 'roles' | 'area'>> & {
    area: string;
    roles?: readonly (Role | RoleGrant)[];
    contacts?: readonly { puppet: string; id: string }[];
    id?: string;
  },
): Promise<Person> {
  persons += 1;
  const community = lineage(area).find((code) => levelOf(code) === 'community') ?? area;
  const person = await addPerson(
    house,
    {
      name: `居民${persons}`,
      phone: `139${String(persons).padStart(8, '0')}`,
      ...given,
      area,
      roles: roles.map((role) => (typeof role === 'string' ? { role, area: community } : role)),
    },
    id,
  );
  for (const contact of contacts) await attach(house, contact, person._id, house.clock.now());
  return person;
}

/** Makes a hall of a community that is open all day, every day. */
export async function makeVenue(
  house: House,
  { id, community, name = '幸福里议事厅' }: { id: string; community: string; name?: string },
): Promise<Venue> {
  const now = house.clock.now();
  const venue: Venue = {
    _id: id,
    name,
    kind: 'hall',
    community,
    areas: lineage(community),
    address: '1栋一楼',
    capacity: 60,
    opening: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 1_440 })),
    closedDays: [],
    active: true,
    version: 1,
    history: [],
    createdAt: now,
    updatedAt: now,
  };
  await house.model<Venue>('venues').collection.insertOne({ ...venue } as never);
  return venue;
}
