import type { Job, Planned, Run } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { wasTold } from '../../core/notice.ts';
import { notedJob, type PlannedJob } from '../../core/planned.ts';
import { atCivil, type Day, dayOf, HOUR, weekKey } from '../../core/time.ts';
import { bundles, byStreet, dataOf, namesOf, staffNames } from './bundles.ts';
import { factsCounted } from './facts.ts';
import { overdue } from './ladder.ts';
import { WHY } from './messages.ts';
import { byCommunity, outcomeOf } from './outcome.ts';
import type { Pack } from './pack.ts';
import { periodOf } from './periods.ts';
import { countOf } from './tally.ts';
import { owedOn, upToNextPlan, type WeekDays } from './week.ts';

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
  // What is made up the morning after comes on a day of rest to nobody; on the next workday it is owed again.
  if (owed === undefined || !house.calendar.isWorkday(dayOf(now))) return undefined;
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
  return notedJob({
    ...job,
    name: of.name,
    async *plan(run, house, note) {
      const owed = owedBy(run, house, of);
      if (owed === undefined) return;
      // Who looks over a week sees its messages on their days, told already or not; and what has still to come will not be missed.
      const isOwnDay = owed.day === dayOf(run.slot);
      if (run.seenFrom !== undefined && !isOwnDay && run.seenFrom < atCivil(owed.day, of.hour)) return;
      const whole = wholeKey(of.name, owed.week);
      if (!(run.dryRun && isOwnDay) && (await wasTold(house, whole))) return;
      note(whole);
      for await (const { data, ...planned } of plan(of.name, dayOf(run.slot), owed, house)) {
        const lastWeek = owed.week !== weekKey(run.slot);
        yield { ...planned, data: { ...data, ...(owed.late && { madeUp: true }), ...(lastWeek && { lastWeek }) } };
      }
    },
  });
}

type PlanOfWeek = (name: string, today: Day, owed: { day: Day; week: string }, house: House) => AsyncGenerator<Planned>;

/** The plan and what is left: to everybody who has something to do, and to nobody else. */
async function* weekly(name: string, today: Day, { week }: { week: string }, house: House): AsyncGenerator<Planned> {
  // Over a holiday that goes on into the next week nobody is told before it is over.
  const to = upToNextPlan(house.calendar, today);
  for await (const here of bundles(house, { from: today, to }, ({ done }) => !done)) {
    const names = await namesOf(house, here);
    for (const { person, dues, elsewhere } of here) {
      const data = { week, ...dataOf(dues, names, today), ...(elsewhere && { elsewhere }) };
      const key = `${name}:${week}:${person}${elsewhere ? '@elsewhere' : ''}`;
      yield { key, to: { person }, message: name, data, why: WHY.dues(data) };
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
  let countFor: ReturnType<typeof countOf> | undefined;
  const read = (street: string, packs: readonly Pack[]) => {
    countFor ??= countOf({ packs, calendar: house.calendar }, window, day);
    return factsCounted(house, street, window, { upTo: day, packs, countFor });
  };
  for await (const counted of byStreet(house, read)) {
    const communities = byCommunity(counted, window, day);
    const left = new Set([...communities.values()].flatMap((tally) => [...tally.left.keys()]));
    const names = await staffNames(house, counted.facts.posts, [...left]);
    for (const [community, tally] of communities) {
      const data = { week, community, ...outcomeOf(tally, names) };
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
  overdue,
];
