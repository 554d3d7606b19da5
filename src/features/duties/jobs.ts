import type { Job, Planned, Run } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { allTold, wasTold } from '../../core/notice.ts';
import { type PlannedJob, plannedJob } from '../../core/planned.ts';
import { atCivil, type Day, dayOf, HOUR, weekKey } from '../../core/time.ts';
import { communityOf, lineage, streetOf } from '../areas/index.ts';
import { bundles, byStreet, dataOf, gatherInto, MOST_NAMES, namesOf } from './bundles.ts';
import { type Due, dueOf, type Window } from './due.ts';
import { type AreaFacts, factsLeft, factsOf } from './facts.ts';
import { WHY } from './messages.ts';
import { periodOf } from './periods.ts';
import { owedOn, type Rung, rungsOn, type WeekDays } from './week.ts';

/** What comes so long after its hour says so. */
const LATE_MS = HOUR;

/** A message of the week as a job sends it. */
interface OfWeek {
  /** Name of the job, and of its message. */
  name: string;
  what: keyof WeekDays;
  /** Shanghai hour it is meant for. */
  hour: number;
}

/** What is owed when a run's time comes, under which week, and whether people are told that it comes late. */
function owedBy({ slot, now }: Run, house: House, { what, hour }: OfWeek) {
  const owed = owedOn(house.calendar, dayOf(slot), what);
  if (owed === undefined) return undefined;
  const meant = atCivil(owed.day, hour);
  return { ...owed, week: weekKey(meant), late: owed.late || now.getTime() - meant.getTime() > LATE_MS };
}

/** Under this key it is noted that everybody has heard: what then comes to be due is no plan that was missed. */
const wholeKey = (name: string, week: string) => `${name}:${week}`;

/**
 * Sends a message of the week on its day or, when nothing ran then, later as long as it has a purpose. Who was told before
 * a run was cut off is not told again.
 */
function weekJob(of: OfWeek, job: Omit<PlannedJob, 'name' | 'plan'>, plan: PlanOfWeek): Job {
  const inner = plannedJob({
    ...job,
    name: of.name,
    async *plan(run, house) {
      const owed = owedBy(run, house, of);
      if (owed === undefined) return;
      // Who looks over a week sees its messages on their days, told already or not.
      const shown = run.dryRun && owed.day === dayOf(run.slot);
      if (!shown && (await wasTold(house, wholeKey(of.name, owed.week)))) return;
      for await (const { data, ...planned } of plan(of.name, dayOf(run.slot), owed, house)) {
        const lastWeek = owed.week !== weekKey(run.slot);
        yield { ...planned, data: { ...data, ...(owed.late && { madeUp: true }), ...(lastWeek && { lastWeek }) } };
      }
    },
  });
  return {
    ...inner,
    async run(run, house) {
      const report = await inner.run(run, house);
      const owed = owedBy(run, house, of);
      if (owed !== undefined && !run.dryRun) await allTold(house, wholeKey(of.name, owed.week));
      return report;
    },
  };
}

type PlanOfWeek = (name: string, today: Day, owed: { day: Day; week: string }, house: House) => AsyncGenerator<Planned>;

/** The plan and what is left: to everybody who has something to do, and to nobody else. */
async function* weekly(name: string, today: Day, { week }: { week: string }, house: House): AsyncGenerator<Planned> {
  const { to } = periodOf('week', today);
  for await (const here of bundles(house, { from: today, to }, ({ done }) => !done)) {
    const names = await namesOf(house, here);
    for (const { person, dues } of here) {
      const data = { week, ...dataOf(dues, names, today) };
      yield { key: `${name}:${week}:${person}`, to: { person }, message: name, data, why: WHY.dues(data) };
    }
  }
}

async function* summaries(
  name: string,
  today: Day,
  { day, week }: { day: Day; week: string },
  house: House,
): AsyncGenerator<Planned> {
  const window = periodOf('week', day);
  for await (const facts of byStreet(house, window, factsOf)) {
    const names = new Map(facts.posts.map(({ person, name: called }) => [person, called]));
    for (const [community, dues] of byCommunity(facts, window)) {
      const data = { week, community, ...outcomeOf(dues, names) };
      yield {
        key: `${name}:${week}:${community}`,
        to: { role: 'secretary', area: community },
        message: name,
        data,
        why: WHY.summary({ ...data, lastWeek: week !== weekKey(atCivil(today)) }),
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
    if (community) gatherInto(found, community, due);
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
  for await (const facts of byStreet(house, { from: today, to: today }, factsLeft)) {
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
  weekJob(
    { name: 'duties.monday', what: 'plan', hour: 9 },
    { title: '本周走访排查计划：每周第一个工作日上午九点', cron: '0 9 * * *', makeUpWithinMs: 8 * HOUR },
    weekly,
  ),
  weekJob(
    { name: 'duties.thursday', what: 'rest', hour: 16 },
    // The next morning it still helps: the afternoon after is the end of the week.
    { title: '本周还剩什么：星期四下午四点', cron: '0 16 * * *', makeUpWithinMs: 18 * HOUR },
    weekly,
  ),
  weekJob(
    { name: 'duties.friday', what: 'summary', hour: 17 },
    { title: '本周完成情况，发给书记：星期五下午五点', cron: '0 17 * * *', makeUpWithinMs: 16 * HOUR },
    summaries,
  ),
  plannedJob({
    name: 'duties.overdue',
    title: '超期的走访：先提醒本人，再告诉书记，再告诉街道',
    cron: '30 9 * * *',
    makeUpWithinMs: 8 * HOUR,
    plan: overdue,
  }),
];
