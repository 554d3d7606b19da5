import type { Job, Planned, Run } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { plannedJob } from '../../core/planned.ts';
import { type Day, dayOf, HOUR, weekKey } from '../../core/time.ts';
import { areasOf, communityOf, lineage, streetOf } from '../areas/index.ts';
import { findPeople, publicName } from '../people/index.ts';
import { type Due, dueOf, type Window } from './due.ts';
import { type AreaFacts, factsOf } from './facts.ts';
import { WHY } from './messages.ts';
import { periodOf } from './periods.ts';
import { packsOf } from './registry.ts';
import { daysOfWeek, type Rung, rungsOn, type WeekDays } from './week.ts';

/** Names in one message; the others are in the mini-program. */
const MOST_NAMES = 3;
/** The city's streets are looked at one after another, so many at once. */
const STREETS_AT_ONCE = 4;

/** A person's dues of one run, and where they serve. */
interface Bundle {
  person: string;
  dues: Due[];
}

/**
 * What is due street by street, each person's together. Whoever has something due in two streets comes last, whole.
 * @param wanted which dues count
 */
async function* bundles(house: House, window: Window, wanted: (due: Due) => boolean): AsyncGenerator<Bundle[]> {
  const across = new Map<string, Due[]>();
  for await (const facts of byStreet(house, window)) {
    const own = new Map<string, Due[]>();
    for (const due of dueOf(facts, window)) {
      if (due.who === undefined || !wanted(due)) continue;
      own.set(due.who, [...(own.get(due.who) ?? []), due]);
    }
    const alone = servingHereAlone(facts);
    const here: Bundle[] = [];
    for (const [person, dues] of own) {
      if (alone.has(person)) here.push({ person, dues });
      else across.set(person, [...(across.get(person) ?? []), ...dues]);
    }
    yield here;
  }
  yield [...across].map(([person, dues]) => ({ person, dues: onceEach(dues) }));
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

async function* byStreet(house: House, window: Window): AsyncGenerator<AreaFacts> {
  const [streets, packs] = await Promise.all([areasOf(house, 'street'), packsOf(house)]);
  const coming: Promise<AreaFacts>[] = [];
  for (const street of streets) {
    coming.push(factsOf(house, street, window, packs));
    if (coming.length < STREETS_AT_ONCE) continue;
    yield (await coming.shift()) as AreaFacts;
  }
  for (const facts of coming) yield await facts;
}

/** Masked names of those first to be seen, by their ids. */
async function namesOf(house: House, all: readonly Bundle[]): Promise<Map<string, string>> {
  const ids = all.flatMap(({ dues }) => firstToSee(dues));
  const people = await findPeople(house, ids);
  return new Map(people.map((person) => [person._id, publicName(person)]));
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
function dataOf(dues: readonly Due[], names: ReadonlyMap<string, string>, today: Day) {
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

/** The plan and what is left: to everybody who has something to do, and to nobody else. */
function weekly(name: string, message: string, when: keyof WeekDays) {
  return async function* plan({ slot }: Run, house: House): AsyncGenerator<Planned> {
    const today = dayOf(slot);
    if (daysOfWeek(house.calendar, today)[when] !== today) return;
    const week = weekKey(slot);
    const { to } = periodOf('week', today);
    for await (const here of bundles(house, { from: today, to }, ({ done }) => !done)) {
      const names = await namesOf(house, here);
      for (const { person, dues } of here) {
        const data = { week, ...dataOf(dues, names, today) };
        yield { key: `${name}:${week}:${person}`, to: { person }, message, data, why: WHY.dues(data) };
      }
    }
  };
}

async function* summaries({ slot }: Run, house: House): AsyncGenerator<Planned> {
  const today = dayOf(slot);
  if (daysOfWeek(house.calendar, today).summary !== today) return;
  const week = weekKey(slot);
  const window = periodOf('week', today);
  for await (const facts of byStreet(house, window)) {
    const names = new Map(facts.posts.map(({ person, name }) => [person, name]));
    for (const [community, dues] of byCommunity(facts, window)) {
      const data = { week, community, ...outcomeOf(dues, names) };
      yield {
        key: `duties.friday:${week}:${community}`,
        to: { role: 'secretary', area: community },
        message: 'duties.friday',
        data,
        why: WHY.summary(data),
      };
    }
  }
}

/** In which community something is to be done: where it happened, where somebody in care lives or, failing both, where one serves. */
function communityFinder({ happenings, wards, bearers }: AreaFacts): (due: Due) => string | undefined {
  const happened = new Map(happenings.map(({ id, areas }) => [id, communityOf(areas)]));
  const living = new Map(wards.map(({ person, areas }) => [person, communityOf(areas)]));
  const serving = new Map(bearers.map(({ person, areas }) => [person, communityOf(areas)]));
  return ({ event, person, who }) =>
    happened.get(event ?? '') ?? living.get(person ?? '') ?? serving.get(who ?? '') ?? undefined;
}

/** The dues of a street by the community they are done in. */
function byCommunity(facts: AreaFacts, window: Window): Map<string, Due[]> {
  const communityOfDue = communityFinder(facts);
  const found = new Map<string, Due[]>();
  for (const due of dueOf(facts, window)) {
    const community = communityOfDue(due);
    if (community) found.set(community, [...(found.get(community) ?? []), due]);
  }
  return found;
}

/** How a community's week came out: how much of it was done, and who has how much left. */
function outcomeOf(dues: readonly Due[], names: ReadonlyMap<string, string>) {
  const left = dues.filter(({ done }) => !done);
  const byWorker = new Map<string, number>();
  for (const { who } of left) byWorker.set(who ?? '', (byWorker.get(who ?? '') ?? 0) + 1);
  const most = [...byWorker].filter(([who]) => who !== '').toSorted(([, a], [, b]) => b - a);
  return {
    all: dues.length,
    done: dues.length - left.length,
    left: most.slice(0, MOST_NAMES).map(([who, count]) => ({ who: names.get(who) ?? '', count })),
    others: Math.max(0, most.length - MOST_NAMES),
    nobody: byWorker.get('') ?? 0,
  };
}

/** The ladder of what is late: whoever was to do it, then the secretary, then the street. */
async function* overdue({ slot }: Run, house: House): AsyncGenerator<Planned> {
  const today = dayOf(slot);
  const rungs = rungsOn(house.calendar, today);
  if (rungs.length === 0) return;
  for await (const facts of byStreet(house, { from: today, to: today })) {
    const communityOfDue = communityFinder(facts);
    const told = new Map<string, { rung: Rung; who: string; dues: Due[] }>();
    for (const due of dueOf(facts, { from: today, to: today })) {
      if (due.done || due.by >= today) continue;
      const community = communityOfDue(due);
      for (const { rung, reached } of rungs.filter(({ by }) => by === due.by)) {
        const who = rung === 'bearer' ? due.who : rung === 'secretary' ? community : streetOf(lineage(community ?? ''));
        if (who === undefined) continue;
        // Whoever serves two streets is told for each.
        const key = `duties.overdue:${rung}:${reached}:${who}${rung === 'bearer' ? `@${facts.area}` : ''}`;
        const bundle = told.get(key) ?? { rung, who, dues: [] };
        bundle.dues.push(due);
        told.set(key, bundle);
      }
    }
    const names = await namesOf(
      house,
      [...told.values()].filter(({ rung }) => rung === 'bearer').map(({ who, dues }) => ({ person: who, dues })),
    );
    const workers = new Map(facts.posts.map(({ person, name }) => [person, name]));
    for (const [key, { rung, who, dues }] of told) {
      const week = weekKey(slot);
      const data =
        rung === 'bearer' ? { week, ...dataOf(dues, names, today) } : { week, area: who, ...outcomeOf(dues, workers) };
      const to =
        rung === 'bearer'
          ? { person: who }
          : { role: rung === 'secretary' ? ('secretary' as const) : ('supervisor' as const), area: who };
      yield { key, to, message: `duties.overdue_${rung}`, data, why: WHY.overdue(rung) };
    }
  }
}

export const dutyJobs: readonly Job[] = [
  plannedJob({
    name: 'duties.monday',
    title: '本周走访排查计划：每周第一个工作日上午九点',
    cron: '0 9 * * *',
    makeUpWithinMs: 8 * HOUR,
    plan: weekly('duties.monday', 'duties.monday', 'plan'),
  }),
  plannedJob({
    name: 'duties.thursday',
    title: '本周还剩什么：星期四下午四点',
    cron: '0 16 * * *',
    makeUpWithinMs: 5 * HOUR,
    plan: weekly('duties.thursday', 'duties.thursday', 'rest'),
  }),
  plannedJob({
    name: 'duties.friday',
    title: '本周完成情况，发给书记：星期五下午五点',
    cron: '0 17 * * *',
    makeUpWithinMs: 4 * HOUR,
    plan: summaries,
  }),
  plannedJob({
    name: 'duties.overdue',
    title: '超期的走访：先提醒本人，再告诉书记，再告诉街道',
    cron: '30 9 * * *',
    makeUpWithinMs: 8 * HOUR,
    plan: overdue,
  }),
];
