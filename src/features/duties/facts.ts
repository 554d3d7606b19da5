import type { Role } from '../../core/ability.ts';
import { rawCollection } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import { addDays, atCivil, type Day } from '../../core/time.ts';
import { communityOf, gridOf, lineage, subtreeOf } from '../areas/index.ts';
import {
  type CaredFor,
  caredFor,
  GRID_KEEPER,
  isStillSentinel,
  type Listed,
  notSeenSince,
  SENTINELS,
  serverOf,
} from '../care/index.ts';
import { findPeople, type Post, postsWithin } from '../people/index.ts';
import { answersTo, logsBetween } from '../visits/index.ts';
import { type Bearer, type DutyFacts, type Happening, type Logged, seenUpTo, type Ward, type Window } from './due.ts';
import type { DutyEventDoc } from './model.ts';
import type { Pack, Period } from './pack.ts';
import { periodOf } from './periods.ts';
import { packsOf } from './registry.ts';

/** All there is to know of what is due in an area, and who serves there. */
export interface AreaFacts extends DutyFacts {
  /** Code of the area; of one person's facts, nothing. */
  area?: string;
  posts: Post[];
}

/** What happened longer ago than this and was not answered is not asked for any more. */
const REMEMBERED_DAYS = 90;

/** Somebody in care, with every day they were seen on or only the last. */
type Cared = Listed & Partial<Pick<CaredFor, 'visits'>>;

/** Reads what `dueOf` looks at, of a community or a street: small enough to be held at once, however large the city. */
export async function factsOf(house: House, area: string, window: Window): Promise<AreaFacts> {
  return factsFrom(house, area, window, await packsOf(house), gathered(caredFor(house, { area })));
}

/**
 * The same as far as it matters for what is still to be done by the end of the window: of people in care only those somebody
 * has to see, and of when they were seen only the last day.
 * @param packs those of `packsOf`
 */
export async function factsLeft(
  house: House,
  area: string,
  window: Window,
  packs: readonly Pack[],
): Promise<AreaFacts> {
  const until = seenUpTo({ packs, calendar: house.calendar }, area, window.to);
  const communities = [...new Set((await subtreeOf(house, area)).flatMap((code) => communityOf(lineage(code)) ?? []))];
  return factsFrom(house, area, window, packs, notSeenSince(house, communities, until));
}

async function factsFrom(
  house: House,
  area: string,
  window: Window,
  packs: readonly Pack[],
  wards: Promise<Cared[]>,
): Promise<AreaFacts> {
  const [posts, cared, happenings] = await Promise.all([
    postsWithin(house, area, rolesIn(packs)),
    wards,
    happeningsIn(house, { areas: area }, window.from),
  ]);
  const wardOf = wardsOf(posts, await sentinelsAmong(house, posts, cared));
  const people = [
    ...new Set([...posts.map(({ person }) => person), ...cared.flatMap(({ sentinel }) => sentinel ?? [])]),
  ];
  return {
    area,
    packs,
    posts,
    bearers: bearersOf(posts),
    wards: cared.map(wardOf),
    happenings,
    logs: await logsFor(house, people, packs, window, happenings),
    calendar: house.calendar,
  };
}

/** The same of one person alone: the own posts, those one is to see, what one is to come for. */
export async function factsOfPerson(
  house: House,
  person: string,
  posts: readonly Post[],
  window: Window,
): Promise<AreaFacts> {
  const packs = await packsOf(house);
  const grids = posts.flatMap(({ role, area }) => (role === GRID_KEEPER ? (gridOf(lineage(area)) ?? []) : []));
  const [cared, keeping, happenings] = await Promise.all([
    gathered(caredFor(house, { servedBy: { id: person, roles: posts } })),
    Promise.all(grids.map((area) => postsWithin(house, area, [GRID_KEEPER]))),
    happeningsIn(house, { 'bearer.id': person }, window.from),
  ]);
  // Of two who keep a grid it is one's alone, the same whoever asks.
  const wardOf = wardsOf(keeping.flat(), new Set(isStillSentinel(posts) ? [person] : []));
  return {
    packs,
    posts: [...posts],
    bearers: bearersOf(posts),
    wards: cared.map(wardOf).filter(({ bearer }) => bearer === person),
    happenings,
    logs: await logsFor(house, [person], packs, window, happenings),
    calendar: house.calendar,
  };
}

/** Somebody who goes from one post to another has begun with the first of them. */
function bearersOf(posts: readonly Post[]): Bearer[] {
  const began = new Map<string, Day>();
  for (const { person, since } of posts) {
    if (since < (began.get(person) ?? since) || !began.has(person)) began.set(person, since);
  }
  return posts.map(({ person, role, area, since }) => {
    return { person, role, areas: lineage(area), since: began.get(person) ?? since };
  });
}

/** Roles that have duties by any pack, and those who see people in care. */
const rolesIn = (packs: readonly Pack[]): Role[] => [
  ...new Set<Role>([...SENTINELS, ...packs.flatMap(({ items }) => items.flatMap(({ who = [] }) => who))]),
];

/** Those of the sentinels who still are; those who serve elsewhere (who is in care moved house) are looked up. */
async function sentinelsAmong(house: House, posts: readonly Post[], cared: readonly Cared[]): Promise<Set<string>> {
  const known = new Set(posts.filter((post) => isStillSentinel([post])).map(({ person }) => person));
  const others = new Set(cared.flatMap(({ sentinel }) => (sentinel && !known.has(sentinel) ? sentinel : [])));
  for (const { _id, roles } of await findPeople(house, [...others])) {
    if (isStillSentinel(roles)) known.add(_id);
  }
  return known;
}

/** People in care with who is to see them. */
function wardsOf(posts: readonly Post[], sentinels: ReadonlySet<string>): (cared: Cared) => Ward {
  const keepers = new Map<string, string>();
  for (const { role, area, person } of posts) {
    if (role === GRID_KEEPER && !keepers.has(area)) keepers.set(area, person);
  }
  const servants = { isSentinel: (id: string) => sentinels.has(id), keeperOf: (grid: string) => keepers.get(grid) };
  return ({ person, colour, flags, sentinel, areas, since, lastVisit, visits }) => {
    const bearer = serverOf({ ...(sentinel !== undefined && { sentinel }), areas }, servants);
    const seen = visits ?? (lastVisit === undefined ? [] : [lastVisit]);
    return { person, colour, flags, areas, since, visits: seen, ...(bearer !== undefined && { bearer }) };
  };
}

async function happeningsIn(house: House, where: object, from: Day): Promise<Happening[]> {
  const found = (await rawCollection(house.model<DutyEventDoc>('duty_event'))
    .find({ ...where, state: 'open', happenedAt: { $gte: atCivil(addDays(from, -REMEMBERED_DAYS)) } } as never)
    .project({ event: 1, happenedAt: 1, areas: 1, bearer: 1, person: 1 })
    .toArray()) as unknown as DutyEventDoc[];
  return found.map(({ _id: id, event, happenedAt: at, areas, bearer, person }) => {
    return { id, event, at, areas, bearer: bearer.id, ...(person !== undefined && { person }) };
  });
}

/** The logs of these people in the periods the window touches, and what answers the happenings, whoever logged it. */
async function logsFor(
  house: House,
  people: readonly string[],
  packs: readonly Pack[],
  window: Window,
  happenings: readonly Happening[],
): Promise<Logged[]> {
  const periods = new Set(
    packs.flatMap(({ items }) => items.flatMap(({ rule }) => (rule && 'per' in rule ? rule.per : []))),
  );
  const from = [...periods].map((per: Period) => periodOf(per, window.from).from).sort()[0] ?? window.from;
  const to =
    [...periods]
      .map((per: Period) => periodOf(per, window.to).to)
      .sort()
      .at(-1) ?? window.to;
  const [logs, answers] = await Promise.all([
    people.length === 0 ? [] : gathered(logsBetween(house, { by: people }, from, to)),
    answersTo(
      house,
      happenings.map(({ id }) => id),
    ),
  ]);
  return [...new Map([...logs, ...answers].map((log) => [log.id, log])).values()];
}

async function gathered<T>(all: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of all) found.push(one);
  return found;
}
