/** A city with people in care, for the bench of its plan: who sees them, and when each of them was last seen. */
import type { House } from '../../src/core/house.ts';
import { addDays, atCivil, type Day } from '../../src/core/time.ts';
import { communityOf, lineage } from '../../src/features/areas/index.ts';
import { type CareDoc, type Colour, listing } from '../../src/features/care/index.ts';
import { type Person, personDocument } from '../../src/features/people/index.ts';
import type { VisitDoc } from '../../src/features/visits/index.ts';
import type { Progress } from '../progress.ts';
import { seedCity } from '../seed/city.ts';
import { insertMissing } from '../seed/insert.ts';
import { nameFor } from '../seed/names.ts';
import { type Chance, chanceFrom } from '../seed/random.ts';

/** The Monday whose plan is made; until the day before it people were seen. */
export const PLAN_DAY: Day = '2026-03-09';

/** Of each colour the longest ago somebody was seen: some are late. */
const DAYS: Record<Colour, number> = { red: 9, yellow: 18, green: 34 };
/** So many are red, and red or yellow. */
const RED = 0.05;
const RED_OR_YELLOW = 0.25;
/** Visits in the history of each: with them a document has about 3 KB, as somebody in green has after a year. */
const VISITS = 12;
/** A share of people without a sentinel: whoever keeps the grid sees them. */
const WITHOUT = 0.3;
const BATCH = 1_000;

/** Fills an empty house with the city and `count` people in care; one filled before is taken as it is. */
export async function fillPlan(house: House, count: number, progress: Progress): Promise<void> {
  if ((await house.model<CareDoc>('care').estimatedDocumentCount()) > 0) return;
  await seedCity(house, { progress });
  const staff = (await house
    .model<Person>('people')
    .find({ 'roles.role': { $in: ['worker', 'grid_worker'] } })
    .select({ roles: 1 })
    .lean()) as Pick<Person, '_id' | 'roles'>[];
  const workers = new Map<string, string[]>();
  const grids: string[] = [];
  for (const { _id, roles } of staff) {
    for (const { role, area } of roles) {
      if (role === 'grid_worker') grids.push(area);
      const community = communityOf(lineage(area));
      if (community !== undefined) workers.set(community, [...(workers.get(community) ?? []), _id]);
    }
  }
  grids.sort();
  const chance = chanceFrom(6);
  for (let at = 0; at < count; at += BATCH) {
    const people: Person[] = [];
    const care: CareDoc[] = [];
    for (let nth = at; nth < Math.min(count, at + BATCH); nth += 1) {
      // Registers come community by community, and so their documents lie in the store.
      const grid = grids[Math.floor((nth * grids.length) / count)] ?? '';
      const serving = workers.get(communityOf(lineage(grid)) ?? '') ?? [];
      const sentinel = chance.next() < WITHOUT ? undefined : serving[chance.below(serving.length)];
      people.push(wardAt(house, nth, grid, chance));
      care.push(careAt(nth, grid, sentinel, chance));
    }
    await insertMissing(house, 'people', people);
    await insertMissing(house, 'care', care);
    progress(at + care.length, count);
  }
  await fillLogs(house, workers, chance);
}

/** The week before the plan's: its summary is made on the Friday. */
const LOGGED_FROM = addDays(PLAN_DAY, -7);
const WORKDAYS = 5;
/** What each of those who serve logs in a week, and how many of them do all of it. */
const LOGS = ['visit', 'visit', 'inspection', 'inspection'] as const;
const ALL_OF_IT = 0.6;

/** What those who serve logged. */
async function fillLogs(house: House, workers: ReadonlyMap<string, string[]>, chance: Chance): Promise<void> {
  const logs: VisitDoc[] = [];
  for (const [community, staff] of workers) {
    for (const person of staff) {
      const made = chance.next() < ALL_OF_IT ? LOGS.length : chance.below(LOGS.length);
      for (const kind of LOGS.slice(0, made)) {
        logs.push(logAt(logs.length, kind, person, community, addDays(LOGGED_FROM, chance.below(WORKDAYS))));
      }
    }
  }
  for (let at = 0; at < logs.length; at += BATCH) await insertMissing(house, 'visit', logs.slice(at, at + BATCH));
}

function logAt(nth: number, kind: VisitDoc['kind'], person: string, community: string, day: Day): VisitDoc {
  const at = atCivil(day, 10);
  return {
    _id: idAt('1099', 0xf00000000 + nth),
    state: 'logged',
    version: 1,
    areas: lineage(community),
    history: [],
    outbox: [],
    createdAt: at,
    updatedAt: at,
    community,
    by: { id: person, name: '网格员' },
    kind,
    day,
    persons: [],
    households: 3,
    well: true,
    items: [],
    photos: [],
    photoIds: [],
    spawned: [],
    checks: [],
    before: [],
  };
}

const idAt = (kind: string, nth: number): string => `${kind}${nth.toString(16).padStart(20, '0')}`;

function wardAt(house: House, nth: number, area: string, chance: Chance): Person {
  const birthYear = 1930 + chance.below(30);
  const given = { name: nameFor(chance, 'female', birthYear), birthYear, area, roles: [] };
  return personDocument(house.vault, given, atCivil('2025-01-01'), idAt('ca1e', nth));
}

function careAt(nth: number, grid: string, sentinel: string | undefined, chance: Chance): CareDoc {
  const drawn = chance.next();
  const colour: Colour = drawn < RED ? 'red' : drawn < RED_OR_YELLOW ? 'yellow' : 'green';
  const since = addDays(PLAN_DAY, -450 - chance.below(300));
  const first = 1 + chance.below(DAYS[colour]);
  const visits = [addDays(PLAN_DAY, -first)];
  while (visits.length < VISITS) {
    // Most are seen before their day, some after it.
    const apart = DAYS[colour] - chance.below(DAYS[colour] / 2);
    visits.push(addDays(visits.at(-1) ?? PLAN_DAY, -apart));
  }
  const by = { id: idAt('5eed', 1), name: '网格员' };
  const reason = chance.next().toString(36).slice(2).padEnd(12, 'x').repeat(12);
  const flags: CareDoc['flags'] = [
    { kind: 'living_alone', since, reviewBy: '2026-12-31', consent: { by: 'self', at: since }, reason, by },
  ];
  return {
    _id: idAt('ca2e', nth),
    state: 'kept',
    version: 1 + VISITS,
    areas: lineage(grid),
    history: visits.toReversed().map((day, at) => ({
      at: atCivil(day, 10),
      by: { kind: 'system', id: 'house', name: '系统' },
      move: 'visited',
      from: 'kept',
      to: 'kept',
      version: 2 + at,
      input: { visit: idAt('1099', nth * VISITS + at), day },
    })) as unknown as CareDoc['history'],
    outbox: [],
    createdAt: atCivil(since, 9),
    updatedAt: atCivil(visits[0] ?? since, 10),
    person: idAt('ca1e', nth),
    community: communityOf(lineage(grid)) ?? '',
    flags,
    colour,
    ...(sentinel !== undefined && { sentinel, sentinelSince: since }),
    since,
    visits,
    notes: [],
    served: [],
    ...listing({
      person: idAt('ca1e', nth),
      areas: lineage(grid),
      since,
      visits,
      flags,
      ...(sentinel !== undefined && { sentinel }),
    }),
  };
}
