import type { Job, Planned, Run } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { wasTold } from '../../core/notice.ts';
import { notedJob, type PlannedJob } from '../../core/planned.ts';
import { type Day, dayOf } from '../../core/time.ts';
import type { TalkMessage } from './messages.ts';

/** What is told, in words this feature has, and why. */
export interface Telling extends Planned {
  message: TalkMessage;
}

/** Of the day a run was due on: what is made up later says what was due then. */
export const dayOfRun = ({ slot }: Run): Day => dayOf(slot);

/** Of the same slot: under this key it is noted that everybody has heard. */
export interface Once {
  whole: string;
  late: boolean;
  /** When it was meant to be told. */
  meant: Date;
}

/** To whoever looks over what is to come, what was missed already is shown; what has still to come will not be missed. */
export const willCome = ({ seenFrom }: Run, meant: Date): boolean => seenFrom !== undefined && seenFrom < meant;

/** A plan that is also told which time is owed: none where everybody has heard of it, or none is. */
interface MadeUp<T extends Once> extends Omit<PlannedJob, 'plan'> {
  plan(run: Run, house: House, owed: T | undefined): AsyncIterable<Telling>;
}

/** A job that, when its day was missed, makes up on a later one what still has a purpose. @param once what a workday owes */
export function madeUpJob<T extends Once>(
  once: (house: House, day: Day) => T | undefined,
  { plan, ...job }: MadeUp<T>,
): Job {
  return notedJob({
    ...job,
    async *plan(run, house, note) {
      const day = dayOfRun(run);
      const due = house.calendar.isWorkday(day) ? once(house, day) : undefined;
      const owed = due && !(await isOver(due, run, house)) ? due : undefined;
      if (owed) note(owed.whole);
      yield* plan(run, house, owed);
    },
  });
}

const isOver = async ({ whole, late, meant }: Once, run: Run, house: House): Promise<boolean> =>
  late && (willCome(run, meant) || (await wasTold(house, whole)));
