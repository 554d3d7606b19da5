import type { Role } from '../../core/ability.ts';
import { rawCollection } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import { addDays, atCivil, type Day } from '../../core/time.ts';
import { communityOf, gridOf, lineage, subtreeOf } from '../areas/index.ts';
import {
  type CaredFor,
  type Colour,
  caredFor,
  GRID_KEEPER,
  isStillSentinel,
  type Listed,
  notSeenSince,
  SENTINELS,
  type SeenSince,
  seenSince,
  serverOf,
} from '../care/index.ts';
import { findPeople, type Post, postsWithin } from '../people/index.ts';
import { answersTo, logsBetween } from '../visits/index.ts';
import type { Bearer, DutyFacts, Happening, Logged, Ward, Window } from './due.ts';
import type { DutyEventDoc } from './model.ts';
import type { Pack, Period } from './pack.ts';
import { periodOf } from './periods.ts';
import { packsOf } from './registry.ts';
import { calledNow } from './renamed.ts';
import type { Count, countOf } from './tally.ts';
import { seenUpTo, settledUpTo } from './turned.ts';

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
  return factsFrom(
    house,
    area,
    window,
    packs,
    communitiesOf(house, area).then((all) => notSeenSince(house, all, until)),
  );
}

/**
 * The same as far as it matters for what is late on a day. What is to be done so many times in a period never is, so that
 * neither those who have such duties nor what they logged is looked at.
 * @param packs those of `packsOf`
 */
export async function factsLate(house: House, area: string, today: Day, packs: readonly Pack[]): Promise<AreaFacts> {
  const until = seenUpTo({ packs, calendar: house.calendar }, area, addDays(today, -1), today);
  const wards = communitiesOf(house, area).then((all) => notSeenSince(house, all, until));
  const window = { from: today, to: today };
  const [posts, cared, happenings] = await Promise.all([
    postsWithin(house, area, SENTINELS),
    wards,
    happeningsIn(house, { areas: area }, today),
  ]);
  const wardOf = wardsOf(posts, await sentinelsAmong(house, posts, cared));
  return {
    area,
    packs,
    posts,
    bearers: [],
    wards: cared.map(wardOf),
    happenings,
    logs: await logsFor(house, bearersIn(happenings), packs, window, happenings),
    calendar: house.calendar,
  };
}

/** A street's week for whoever counts it: facts without people in care, and these with how much was due for each. */
export interface CountedFacts {
  facts: AreaFacts;
  counted: { community: string; count: Count; bearer?: string }[];
}

/**
 * All there is to know of how much was due in an area in a window, and how much of it was done.
 * @param upTo day of the summary; see `counts`
 * @param packs those of `packsOf`
 * @param countFor of `countOf`, for the same days and packs; one for all streets knows most of a street before it is read
 */
export async function factsCounted(
  house: House,
  area: string,
  window: Window,
  { upTo, packs, countFor }: { upTo: Day; packs: readonly Pack[]; countFor: ReturnType<typeof countOf> },
): Promise<CountedFacts> {
  const rules = { packs, calendar: house.calendar };
  const wanted = countedIn(rules, area, window, upTo);
  const cared = communitiesOf(house, area).then((all) => seenSince(house, all, wanted));
  const facts = await factsFrom(house, area, window, packs, Promise.resolve([]));
  const due = (await cared).flatMap((one) => {
    const count = countFor(one);
    const community = count.done + count.left === 0 ? undefined : communityOf(one.areas);
    return community === undefined ? [] : { one, count, community };
  });
  const left = due.flatMap(({ one, count }) => (count.left > 0 ? one : []));
  const bearerOf = serversOf(facts.posts, await sentinelsAmong(house, facts.posts, left));
  const counted = due.map(({ one, count, community }) => {
    const bearer = count.left > 0 ? bearerOf(one) : undefined;
    return { community, count, ...(bearer !== undefined && { bearer }) };
  });
  return { facts, counted };
}

/** Whose week has anything in it, in the terms of the index they are read from. */
function countedIn(rules: Pick<DutyFacts, 'packs' | 'calendar'>, area: string, window: Window, upTo: Day): SeenSince {
  const left = seenUpTo(rules, area, upTo, window.to);
  const settled = settledUpTo(rules, area, window);
  return Object.fromEntries(
    Object.entries(left).map(([colour, notSince]) => {
      const before = settled[colour as Colour] ?? window.from;
      return [colour, { notSince, since: window.from, before }];
    }),
  );
}

const communitiesOf = async (house: House, area: string): Promise<string[]> => [
  ...new Set((await subtreeOf(house, area)).flatMap((code) => communityOf(lineage(code)) ?? [])),
];

const bearersIn = (happenings: readonly Happening[]): string[] => [...new Set(happenings.map(({ bearer }) => bearer))];

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
    ...new Set([
      ...posts.map(({ person }) => person),
      ...cared.flatMap(({ sentinel }) => sentinel ?? []),
      ...bearersIn(happenings),
    ]),
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

/** Who is to see somebody in care. */
function serversOf(
  posts: readonly Post[],
  sentinels: ReadonlySet<string>,
): (cared: Pick<Cared, 'sentinel' | 'areas'>) => string | undefined {
  const keepers = new Map<string, string>();
  for (const { role, area, person } of posts) {
    if (role === GRID_KEEPER && !keepers.has(area)) keepers.set(area, person);
  }
  const servants = { isSentinel: (id: string) => sentinels.has(id), keeperOf: (grid: string) => keepers.get(grid) };
  return ({ sentinel, areas }) => serverOf({ ...(sentinel !== undefined && { sentinel }), areas }, servants);
}

/** People in care with who is to see them. */
function wardsOf(posts: readonly Post[], sentinels: ReadonlySet<string>): (cared: Cared) => Ward {
  const bearerOf = serversOf(posts, sentinels);
  return (cared) => {
    const { person, colour, flags, areas, since, lastVisit, visits } = cared;
    const bearer = bearerOf(cared);
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
  const ids = happenings.map(({ id }) => id);
  const [logs, answers] = await Promise.all([
    people.length === 0 ? [] : gathered(logsBetween(house, { by: people }, from, to)),
    answersTo(house, ids),
  ]);
  const all = new Map([...logs, ...answers].map((log) => [log.id, log]));
  return [...all.values()].map((log) => ({ ...log, items: log.items.map(calledNow) }));
}

async function gathered<T>(all: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of all) found.push(one);
  return found;
}
