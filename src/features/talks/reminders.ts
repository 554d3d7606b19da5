import type { Job, Run } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { toldAt } from '../../core/notice.ts';
import { plannedJob } from '../../core/planned.ts';
import { atCivil, dayOf, HOUR, workdayAfter, workdayBefore } from '../../core/time.ts';
import { type Telling, willCome } from './made-up.ts';
import { WHY } from './messages.ts';
import type { TalkDoc } from './model.ts';
import { meetsAt } from './standing.ts';
import { secretariesOf, talksOf } from './store.ts';

/** Shanghai hour of the workday before at which both are reminded. */
const REMINDED_AT = 16;

/** The afternoon of the workday before a talk both are reminded of it; what was missed then, in the morning, while it is to come. */
export const reminders: Job = plannedJob({
  name: 'talks.reminders',
  title: '谈心提醒：约好的前一个工作日提醒双方，漏了的早上补',
  cron: `0 8,${REMINDED_AT} * * *`,
  makeUpWithinMs: 12 * HOUR,
  plan: reminderNotices,
});

async function* reminderNotices(run: Run, house: House): AsyncGenerator<Telling> {
  if (!house.calendar.isWorkday(dayOf(run.now))) return;
  for await (const due of meetingsToRecall(run, house)) {
    if (due.late && willCome(run, due.meant)) continue;
    const tellings = recalling(due, await secretariesOf(house, due.talk.place));
    const told = await toldAt(house, due.late ? tellings.map(({ key }) => key) : []);
    yield* tellings.filter(({ key }) => !told.has(key));
  }
}

interface Recalled {
  talk: TalkDoc;
  meeting: NonNullable<TalkDoc['meeting']>;
  /** When it was to be recalled. */
  meant: Date;
  late: boolean;
}

/** The talks to come whose time to be recalled has come, and that were arranged before it. */
async function* meetingsToRecall({ slot, now, late }: Run, house: House): AsyncGenerator<Recalled> {
  const last = workdayAfter(house.calendar, slot, 1);
  const found = talksOf(house)
    .find({ state: 'scheduled', 'meeting.day': { $gte: dayOf(now), $lte: last } } as object)
    .project({ worker: 1, host: 1, place: 1, meeting: 1, 'history.move': 1, 'history.at': 1 });
  for await (const one of found) {
    const talk = one as unknown as TalkDoc;
    const { meeting, history } = talk;
    if (!meeting || meetsAt(meeting) <= now) continue;
    const meant = atCivil(workdayBefore(house.calendar, meeting.day, 1), REMINDED_AT);
    const arranged = history.findLast(({ move }) => move === 'schedule' || move === 'invite')?.at;
    if (meant <= slot && (arranged === undefined || arranged < meant))
      yield { talk, meeting, meant, late: late || meant < slot };
  }
}

function recalling({ talk, meeting, late }: Recalled, all: readonly string[]): Telling[] {
  const { _id: id, worker, host } = talk;
  const key = `talks.reminder:${id}:${meeting.day}:${meeting.time}`;
  const secretaries = all.filter((person) => person !== worker.id);
  const hosts = host && secretaries.includes(host.id) ? [host.id] : secretaries;
  const { day, time, place } = meeting;
  const data = { id, day, time, ...(place !== undefined && { place }), ...(late && { madeUp: true }) };
  const telling = (person: string, who: string): Telling => ({
    key: `${key}:${person}`,
    to: { person },
    message: 'talk.reminder',
    data: { ...data, who },
    why: WHY.reminder,
  });
  return [...(host ? [telling(worker.id, host.name)] : []), ...hosts.map((person) => telling(person, worker.name))];
}
