import type { Job, Planned, Run } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { plannedJob } from '../../core/planned.ts';
import { addDays, atCivil, DAY, type Day, dayOf, HOUR, workdayAfter, workdayBefore } from '../../core/time.ts';
import { citiesOf, findArea, lineage, streetOf } from '../areas/index.ts';
import { difficultiesOf } from './difficulties.ts';
import type { DifficultyDoc } from './difficulty.ts';
import { type DayPrompt, type DueTalk, promptsOn } from './due.ts';
import { duesIn } from './lists.ts';
import { type TalkMessage, WHY } from './messages.ts';
import type { TalkDoc } from './model.ts';
import { accountDay, quarterAt, quarterBefore } from './quarters.ts';
import { talksOf } from './service.ts';

/** What is told, in words this feature has, and why. */
interface Telling extends Planned {
  message: TalkMessage;
}

/** Of the day a run was due on: what is made up later says what was due then. */
const dayOfRun = ({ slot }: Run): Day => dayOf(slot);

/** Tells secretaries which talks are due: the quarter's list, how far it is, what is left; and occasions. Never on a rest day. */
export const prompts: Job = plannedJob({
  name: 'talks.prompts',
  title: '谈心谈话：名单、进度、还没谈的、因事约谈到期',
  cron: '0 9 * * *',
  makeUpWithinMs: 9 * HOUR,
  plan: (run, house) => promptNotices(house, dayOfRun(run)),
});

async function* promptNotices(house: House, day: Day): AsyncGenerator<Telling> {
  if (!house.calendar.isWorkday(day)) return;
  const quarter = quarterAt(day);
  for (const city of await citiesOf(house)) {
    const { dues, staff } = await duesIn(house, quarter, city);
    const names = new Map(staff.workers.map(({ id, name }) => [id, name]));
    for (const prompt of promptsOn(day, dues)) yield noticeOf(prompt, quarter.key, names);
    // The street hears that one is overdue, and not whose.
    for (const due of dues) {
      const street = streetOf(lineage(due.place));
      if (due.done || street === undefined || !due.prompts.some((one) => one.day === day && one.kind === 'overdue'))
        continue;
      const place = (await findArea(house, due.place))?.name ?? due.place;
      const to = { role: 'supervisor', area: street } as const;
      yield {
        key: `talks.overdue_street:${house.vault.fingerprint(due.key)}`,
        to,
        message: 'talk.overdue_street',
        data: { place },
        why: WHY.overdueStreet,
      };
    }
  }
}

function noticeOf(prompt: DayPrompt, quarter: string, names: ReadonlyMap<string, string>): Telling {
  const { key, to, kind, nth, left, done } = prompt;
  const [first] = left as [DueTalk];
  const data = {
    names: left.map(({ worker }) => names.get(worker) ?? ''),
    workers: left.map(({ worker }) => worker),
    quarter,
    by: first.by,
    done,
    ...(nth !== undefined && { nth }),
    ...(first.why.kind === 'occasion' && { id: first.talk }),
  };
  return { key, to: { person: to }, message: `talk.${kind}`, data, why: WHY[kind] };
}

/** After the quarter the street sees how many were talked with and how many not. */
export const account: Job = plannedJob({
  name: 'talks.account',
  title: '谈心谈话：上季度谈了多少、没谈多少，告诉街道',
  cron: '15 9 * * *',
  makeUpWithinMs: 3 * DAY,
  plan: (run, house) => accountNotices(house, dayOfRun(run)),
});

async function* accountNotices(house: House, day: Day): AsyncGenerator<Telling> {
  const quarter = quarterBefore(quarterAt(day));
  if (accountDay(house.calendar, quarter) !== day) return;
  for (const city of await citiesOf(house)) {
    const { dues } = await duesIn(house, quarter, city);
    const streets = new Map<string, { all: number; done: number }>();
    for (const { place, why, done } of dues) {
      const street = streetOf(lineage(place));
      if (street === undefined || why.kind !== 'quarter') continue;
      const sum = streets.get(street) ?? { all: 0, done: 0 };
      streets.set(street, { all: sum.all + 1, done: sum.done + Number(done) });
    }
    for (const [street, { all, done }] of streets) {
      const place = (await findArea(house, street))?.name ?? street;
      const data = { place, quarter: quarter.key, all, done, left: all - done };
      const to = { role: 'supervisor', area: street } as const;
      yield { key: `talks.account:${quarter.key}:${street}`, to, message: 'talk.street', data, why: WHY.account };
    }
  }
}

/** The afternoon of the workday before a talk both are reminded of it. */
export const reminders: Job = plannedJob({
  name: 'talks.reminders',
  title: '谈心提醒：约好的前一个工作日提醒双方',
  cron: '0 16 * * *',
  makeUpWithinMs: 4 * HOUR,
  plan: (run, house) => reminderNotices(house, dayOfRun(run)),
});

async function* reminderNotices(house: House, day: Day): AsyncGenerator<Telling> {
  if (!house.calendar.isWorkday(day)) return;
  const last = workdayAfter(house.calendar, atCivil(day), 1);
  const meetings = talksOf(house)
    .find({ state: 'scheduled', 'meeting.day': { $gte: addDays(day, 1), $lte: last } } as object)
    .project({ history: 0, outbox: 0 });
  for await (const one of meetings) {
    const { _id: id, meeting, worker, host, place } = one as unknown as TalkDoc;
    if (!meeting || workdayBefore(house.calendar, meeting.day, 1) !== day) continue;
    const key = `talks.reminder:${id}:${meeting.day}:${meeting.time}`;
    const secretaries = (await house.directory.holders('secretary', place)).filter((person) => person !== worker.id);
    const hosts = host && secretaries.includes(host.id) ? [host.id] : secretaries;
    const data = {
      id,
      day: meeting.day,
      time: meeting.time,
      ...(meeting.place !== undefined && { place: meeting.place }),
    };
    const message = 'talk.reminder';
    if (host)
      yield {
        key: `${key}:${worker.id}`,
        to: { person: worker.id },
        message,
        data: { ...data, who: host.name },
        why: WHY.reminder,
      };
    for (const person of hosts) {
      yield {
        key: `${key}:${person}`,
        to: { person },
        message,
        data: { ...data, who: worker.name },
        why: WHY.reminder,
      };
    }
  }
}

/** A difficulty's owner hears on the workday after its deadline that it is not solved, the secretary three workdays later. */
const TO_SECRETARY_AFTER = 3;

export const difficulties: Job = plannedJob({
  name: 'talks.difficulties',
  title: '实际问题：超期提醒负责人，再不办告诉书记',
  cron: '30 9 * * *',
  makeUpWithinMs: 8 * HOUR,
  plan: (run, house) => difficultyNotices(house, dayOfRun(run)),
});

async function* difficultyNotices(house: House, day: Day): AsyncGenerator<Telling> {
  if (!house.calendar.isWorkday(day)) return;
  const open = difficultiesOf(house)
    .find({ state: { $in: ['open', 'solving'] }, deadline: { $lt: day } } as object)
    .project({ owner: 1, kind: 1, deadline: 1, place: 1 });
  for await (const one of open) {
    const { _id: id, owner, kind, deadline, place } = one as unknown as DifficultyDoc;
    const data = { id, kind, deadline };
    // By its key each is told once for a deadline, on whichever day this first runs after it.
    yield {
      key: `talks.difficulty:${id}:${deadline}:${owner.id}`,
      to: { person: owner.id },
      message: 'difficulty.overdue',
      data,
      why: WHY.difficulty,
    };
    if (day < workdayAfter(house.calendar, atCivil(deadline), 1 + TO_SECRETARY_AFTER)) continue;
    const to = { role: 'secretary', area: place, except: owner.id } as const;
    yield {
      key: `talks.difficulty:${id}:${deadline}:secretary`,
      to,
      message: 'difficulty.late',
      data,
      why: WHY.difficultyLate,
    };
  }
}
