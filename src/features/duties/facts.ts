import type { Role } from '../../core/ability.ts';
import { rawCollection } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import { addDays, atCivil, type Day } from '../../core/time.ts';
import { communityOf, gridOf, lineage, subtreeOf } from '../areas/index.ts';
import { type CaredFor, caredFor, type Listed, notSeenSince } from '../care/index.ts';
import { type Post, postsWithin } from '../people/index.ts';
import { answersTo, logsBetween } from '../visits/index.ts';
import { type DutyFacts, type Happening, type Logged, seenUpTo, type Ward, type Window } from './due.ts';
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
const NOBODY = '';

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
  const people = [
    ...new Set([...posts.map(({ person }) => person), ...cared.flatMap(({ sentinel }) => sentinel ?? [])]),
  ];
  return {
    area,
    packs,
    posts,
    bearers: posts.map(({ person, role, area: place }) => ({ person, role, areas: lineage(place) })),
    wards: cared.map(wardsOf(posts)),
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
  const grids = posts.flatMap(({ role, area }) => (role === 'grid_worker' ? (gridOf(lineage(area)) ?? []) : []));
  const [own, unassigned, happenings] = await Promise.all([
    gathered(caredFor(house, { sentinel: person })),
    Promise.all(
      grids.map(async (area) => {
        const wardOf = wardsOf(await postsWithin(house, area, ['grid_worker']));
        // Of two who keep a grid it is one's alone, the same whoever asks.
        return (await gathered(caredFor(house, { area }))).filter((one) => wardOf(one).bearer === person);
      }),
    ),
    happeningsIn(house, { 'bearer.id': person }, window.from),
  ]);
  const cared = [...new Map([...own, ...unassigned.flat()].map((one) => [one.person, one])).values()];
  return {
    packs,
    posts: [...posts],
    bearers: posts.map(({ role, area }) => ({ person, role, areas: lineage(area) })),
    wards: cared.map(wardsOf([])).map((ward) => ({ ...ward, bearer: person })),
    happenings,
    logs: await logsFor(house, [person], packs, window, happenings),
    calendar: house.calendar,
  };
}

/** Roles that have duties by any pack, and whoever keeps the grids. */
const rolesIn = (packs: readonly Pack[]): Role[] => [
  ...new Set<Role>(['grid_worker', ...packs.flatMap(({ items }) => items.flatMap(({ who = [] }) => who))]),
];

/** Who is to see somebody: their sentinel or, as long as they have none, whoever keeps the grid they live in. */
function wardsOf(posts: readonly Post[]): (cared: Cared) => Ward {
  const keepers = new Map<string, string>();
  for (const { role, area, person } of posts) {
    if (role === 'grid_worker' && !keepers.has(area)) keepers.set(area, person);
  }
  return ({ person, colour, flags, sentinel, areas, since, lastVisit, visits }) => {
    const bearer = sentinel ?? keepers.get(gridOf(areas) ?? NOBODY);
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
