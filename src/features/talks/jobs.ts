import type { Job, Run } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { toldAt, wasTold } from '../../core/notice.ts';
import { plannedJob } from '../../core/planned.ts';
import { atCivil, type Day, HOUR, workdayAfter } from '../../core/time.ts';
import { citiesOf, findArea, lineage, streetOf } from '../areas/index.ts';
import { difficultiesOf } from './difficulties.ts';
import type { DifficultyDoc } from './difficulty.ts';
import { type DayPrompt, type DueTalk, promptsOn } from './due.ts';
import { duesIn } from './lists.ts';
import { dayOfRun, madeUpJob, type Telling, willCome } from './made-up.ts';
import { WHY } from './messages.ts';
import { accountDay, promptOwed, quarterAt, quarterBefore } from './quarters.ts';

/** Shanghai hour of the prompts. */
const PROMPTED_AT = 9;

function promptOnce(house: House, day: Day) {
  const quarter = quarterAt(day);
  const prompt = promptOwed(house.calendar, quarter, day);
  if (!prompt) return undefined;
  const { kind, nth } = prompt;
  const whole = ['talks.prompts', quarter.key, kind, ...(nth === undefined ? [] : [nth])].join(':');
  return { whole, late: prompt.day < day, on: prompt.day, meant: atCivil(prompt.day, PROMPTED_AT) };
}

/** Tells secretaries which talks are due: the quarter's list, how far it is, what is left; and occasions. Never on a rest day. */
export const prompts: Job = madeUpJob(promptOnce, {
  name: 'talks.prompts',
  title: '谈心谈话：名单、进度、还没谈的、因事约谈到期',
  cron: `0 ${PROMPTED_AT} * * *`,
  makeUpWithinMs: 9 * HOUR,
  plan: promptNotices,
});

async function* promptNotices(run: Run, house: House, spoken: ReturnType<typeof promptOnce>): AsyncGenerator<Telling> {
  const day = dayOfRun(run);
  if (!house.calendar.isWorkday(day)) return;
  const quarter = quarterAt(day);
  for (const city of await citiesOf(house)) {
    const { dues, staff } = await duesIn(house, quarter, city);
    const names = new Map(staff.workers.map(({ id, name }) => [id, name]));
    const quarterly = spoken
      ? promptsOn(
          spoken.on,
          dues.filter(({ why }) => why.kind === 'quarter'),
        )
      : [];
    for (const prompt of quarterly) yield noticeOf(prompt, quarter.key, names, spoken?.late);
    const occasions = dues.filter(({ done, why }) => !done && why.kind === 'occasion');
    yield* occasions.flatMap((due) => lastDayNotices(day, due, names));
    yield* await overdueNotices(run, house, occasions, names);
  }
}

/** Of an occasion: its last day, on that day only. */
const lastDayNotices = (day: Day, due: DueTalk, names: ReadonlyMap<string, string>): Telling[] =>
  promptsOn(day, [due])
    .filter(({ kind }) => kind === 'last_day')
    .map((prompt) => noticeOf(prompt, quarterAt(day).key, names));

/** Of an occasion: that it is overdue, on the day after its last or, if that was missed, on the next there is. */
async function overdueNotices(
  run: Run,
  house: House,
  occasions: readonly DueTalk[],
  names: ReadonlyMap<string, string>,
): Promise<Telling[]> {
  const day = dayOfRun(run);
  const found: { telling: Telling; late: boolean }[] = [];
  for (const due of occasions) {
    const reached = due.prompts.find((one) => one.kind === 'overdue' && one.day <= day);
    if (!reached || (reached.day < day && willCome(run, atCivil(reached.day, PROMPTED_AT)))) continue;
    const tellings = promptsOn(reached.day, [due]).map((prompt) => noticeOf(prompt, quarterAt(day).key, names));
    // The street hears that one is overdue, and not whose.
    const street = await streetNotice(house, due);
    for (const telling of [...tellings, ...street]) found.push({ telling, late: reached.day < day });
  }
  const told = await toldAt(
    house,
    found.flatMap(({ telling, late }) => (late ? telling.key : [])),
  );
  return found.flatMap(({ telling }) => (told.has(telling.key) ? [] : telling));
}

async function streetNotice(house: House, { key, place }: DueTalk): Promise<Telling[]> {
  const street = streetOf(lineage(place));
  if (street === undefined) return [];
  return [
    {
      key: `talks.overdue_street:${house.vault.fingerprint(key)}`,
      to: { role: 'supervisor', area: street },
      message: 'talk.overdue_street',
      data: { place: (await findArea(house, place))?.name ?? place },
      why: WHY.overdueStreet,
    },
  ];
}

function noticeOf(prompt: DayPrompt, quarter: string, names: ReadonlyMap<string, string>, late = false): Telling {
  const { key, to, kind, nth, left, done } = prompt;
  const [first] = left as [DueTalk];
  const data = {
    names: left.map(({ worker }) => names.get(worker) ?? ''),
    workers: left.map(({ worker }) => worker),
    quarter,
    by: first.by,
    done,
    ...(nth !== undefined && { nth }),
    ...(late && { madeUp: true }),
    ...(first.why.kind === 'occasion' && { id: first.talk }),
  };
  return { key, to: { person: to }, message: `talk.${kind}`, data, why: WHY[kind] };
}

/** What the quarter before came to is worth hearing until this one is half over. */
function accountOnce({ calendar }: House, day: Day) {
  const quarter = quarterBefore(quarterAt(day));
  const on = accountDay(calendar, quarter);
  if (day < on || promptOwed(calendar, quarterAt(day), day)?.kind !== 'list') return undefined;
  return { whole: `talks.account:${quarter.key}`, late: on < day, quarter, meant: atCivil(on, PROMPTED_AT) };
}

/** After the quarter the street sees how many were talked with and how many not. */
export const account: Job = madeUpJob(accountOnce, {
  name: 'talks.account',
  title: '谈心谈话：上季度谈了多少、没谈多少，告诉街道',
  cron: `15 ${PROMPTED_AT} * * *`,
  makeUpWithinMs: 8 * HOUR,
  plan: accountNotices,
});

async function* accountNotices(_run: Run, house: House, owed: ReturnType<typeof accountOnce>): AsyncGenerator<Telling> {
  if (!owed) return;
  const { quarter, late } = owed;
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
      const data = { place, quarter: quarter.key, all, done, left: all - done, ...(late && { madeUp: true }) };
      const to = { role: 'supervisor', area: street } as const;
      yield { key: `talks.account:${quarter.key}:${street}`, to, message: 'talk.street', data, why: WHY.account };
    }
  }
}

/** A difficulty's owner hears on the workday after its deadline that it is not solved, the secretary three workdays later. */
const TO_SECRETARY_AFTER = 3;

export const difficulties: Job = plannedJob({
  name: 'talks.difficulties',
  title: '实际问题：新的告诉负责人，超期提醒负责人，再不办告诉书记',
  cron: '30 9 * * *',
  makeUpWithinMs: 8 * HOUR,
  plan: difficultyNotices,
});

async function* difficultyNotices(run: Run, house: House): AsyncGenerator<Telling> {
  const day = dayOfRun(run);
  if (!house.calendar.isWorkday(day)) return;
  const unheard = difficultiesOf(house).find({ untold: true, state: { $in: ['open', 'solving'] } } as object);
  for await (const one of unheard.project({ owner: 1, kind: 1, deadline: 1 })) {
    const { _id: id, owner, kind, deadline } = one as unknown as DifficultyDoc;
    const key = `talks.difficulty_given:${id}`;
    if (await wasTold(house, key)) continue;
    yield { key, to: { person: owner.id }, message: 'difficulty.given', data: { id, kind, deadline }, why: WHY.given };
  }
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
