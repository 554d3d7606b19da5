import type { Job, Planned, Run } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { allTold, wasTold } from '../../core/notice.ts';
import { type PlannedJob, plannedJob } from '../../core/planned.ts';
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

export const isOver = async ({ whole, late, meant }: Once, run: Run, house: House): Promise<boolean> =>
  late && (willCome(run, meant) || (await wasTold(house, whole)));

/** A job that, when its day was missed, makes up on a later one what still has a purpose. */
export function madeUpJob(once: (house: House, day: Day) => Once | undefined, job: PlannedJob): Job {
  const inner = plannedJob(job);
  return {
    ...inner,
    async run(run, house) {
      const report = await inner.run(run, house);
      const told = run.dryRun || !house.calendar.isWorkday(dayOfRun(run)) ? undefined : once(house, dayOfRun(run));
      if (told) await allTold(house, told.whole);
      return report;
    },
  };
}
