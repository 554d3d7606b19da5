import type { House } from '../../core/house.ts';
import type { Day } from '../../core/time.ts';
import { areasOf, lineage, streetOf } from '../areas/index.ts';
import { findPeople, type Post, publicNames } from '../people/index.ts';
import { type Due, dueOf, type Window } from './due.ts';
import { type AreaFacts, factsLeft } from './facts.ts';
import type { Pack } from './pack.ts';
import { packsOf } from './registry.ts';

/** Names in one message; the others are in the mini-program. */
export const MOST_NAMES = 3;
/** The city's streets are looked at one after another, so many at once. */
const STREETS_AT_ONCE = 4;

/** A person's dues of one run, and where they serve. */
export interface Bundle {
  person: string;
  dues: Due[];
  /** Somebody moved to another street and was not handed over yet: told apart from what is due in one's own street. */
  elsewhere?: true;
}

/**
 * What is due street by street, each person's together. Whoever serves two streets comes last, whole; and after them what is
 * due in a street where somebody has no post, who was told of the own street before.
 * @param wanted which dues count
 */
export async function* bundles(house: House, window: Window, wanted: (due: Due) => boolean): AsyncGenerator<Bundle[]> {
  const across = new Map<string, Due[]>();
  const ofOneStreet = new Set<string>();
  for await (const facts of byStreet(house, (street, packs) => factsLeft(house, street, window, packs))) {
    const own = new Map<string, Due[]>();
    for (const due of dueOf(facts, window)) {
      if (due.who === undefined || !wanted(due)) continue;
      gatherInto(own, due.who, due);
    }
    const alone = servingHereAlone(facts);
    for (const person of alone) ofOneStreet.add(person);
    const here: Bundle[] = [];
    for (const [person, dues] of own) {
      if (alone.has(person)) here.push({ person, dues });
      else for (const due of dues) gatherInto(across, person, due);
    }
    yield here;
  }
  yield [...across].map(([person, dues]) => ({
    person,
    dues: onceEach(dues),
    ...(ofOneStreet.has(person) && { elsewhere: true as const }),
  }));
}

export function gatherInto<T>(groups: Map<string, T[]>, key: string, one: T): void {
  const group = groups.get(key);
  if (group) group.push(one);
  else groups.set(key, [one]);
}

const onceEach = (dues: readonly Due[]): Due[] => [...new Map(dues.map((due) => [due.key, due])).values()];

/** People with all their posts in one street: what is due to the others is not all seen from one. */
function servingHereAlone({ posts }: AreaFacts): Set<string> {
  const streets = new Map<string, Set<string>>();
  for (const { person, area } of posts) {
    const known = streets.get(person) ?? new Set<string>();
    known.add(streetOf(lineage(area)) ?? area);
    streets.set(person, known);
  }
  return new Set([...streets].filter(([, all]) => all.size === 1).map(([person]) => person));
}

/** What is read of one street after another. */
export async function* byStreet<T>(
  house: House,
  read: (street: string, packs: readonly Pack[]) => Promise<T>,
): AsyncGenerator<T> {
  const [streets, packs] = await Promise.all([areasOf(house, 'street'), packsOf(house)]);
  const coming: Promise<T>[] = [];
  for (const street of streets) {
    const facts = read(street, packs);
    // Where one before it fails nobody waits for it.
    facts.catch(() => undefined);
    coming.push(facts);
    if (coming.length < STREETS_AT_ONCE) continue;
    yield (await coming.shift()) as T;
  }
  for (const facts of coming) yield await facts;
}

/** What those who serve are called; who has no post in the area (any more) is looked up. */
export async function staffNames(
  house: House,
  posts: readonly Post[],
  ids: readonly string[],
): Promise<Map<string, string>> {
  const names = new Map(posts.map(({ person, name }) => [person, name]));
  const others = ids.filter((id) => id !== '' && !names.has(id));
  for (const { _id, name } of await findPeople(house, others)) names.set(_id, name);
  return names;
}

/** Masked names of those first to be seen, by their ids. */
export async function namesOf(house: House, all: readonly Bundle[]): Promise<Map<string, string>> {
  const ids = all.flatMap(({ dues }) => firstToSee(dues));
  return publicNames(house, ids);
}

const URGENCY = { red: 0, yellow: 1, green: 2 } as const;
const urgencyOf = ({ why }: Due): number => (why.rule === 'every' ? URGENCY[why.colour] : 3);

/** Those to be seen: the most at risk and the longest due first. */
const persons = (dues: readonly Due[]): string[] => [
  ...new Set(
    dues
      .filter(({ person, why }) => person !== undefined && why.rule === 'every')
      .toSorted((a, b) => urgencyOf(a) - urgencyOf(b) || (a.by < b.by ? -1 : 1))
      .flatMap(({ person }) => person ?? []),
  ),
];
const firstToSee = (dues: readonly Due[]): string[] => persons(dues).slice(0, MOST_NAMES);

/** What a message says of a person's dues. */
export function dataOf(dues: readonly Due[], names: ReadonlyMap<string, string>, today: Day) {
  const seeing = persons(dues);
  return {
    people: seeing.length,
    red: new Set(
      dues.flatMap(({ person, why }) => (why.rule === 'every' && why.colour === 'red' ? (person ?? []) : [])),
    ).size,
    late: new Set(dues.filter(({ by, person }) => person !== undefined && by < today).map(({ person }) => person)).size,
    names: seeing.slice(0, MOST_NAMES).flatMap((person) => names.get(person) ?? []),
    often: dues.filter(({ why }) => why.rule === 'often').map(({ title, left }) => ({ title, left })),
    events: dues.filter(({ why }) => why.rule === 'on').map(({ title, by }) => ({ title, by })),
  };
}
