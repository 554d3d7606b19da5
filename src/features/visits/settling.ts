import { system } from '../../core/ability.ts';
import { perform } from '../../core/aggregate.ts';
import { HaolinError } from '../../core/errors.ts';
import type { Job } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { DAY, type Day } from '../../core/time.ts';
import { markVisited, unmarkVisited } from '../care/index.ts';
import { settledWords } from './messages.ts';
import type { VisitDoc } from './model.ts';
import { visitsOf, visitTable } from './table.ts';

/**
 * Tells those in care of a visit on which day they were seen, and takes back what a correction or a void log said before.
 * Done again, or by two at once, it comes to the same: each day is looked up among all visits as they stand now.
 */
export async function settle(house: House, visit: VisitDoc): Promise<void> {
  for (const [day, persons] of daysOf(visit)) {
    for (const person of persons) {
      if (await wasSeen(house, person, day)) await markVisited(house, [person], visit._id, day);
      else {
        await unmarkVisited(house, [person], visit._id, day);
        // Somebody logged one for that day meanwhile.
        if (await wasSeen(house, person, day)) await markVisited(house, [person], visit._id, day);
      }
    }
  }
  try {
    const actor = system();
    const ctx = { actor, ability: house.abilityOf(actor), now: house.clock.now(), calendar: house.calendar };
    await perform(visitTable(house), visit._id, 'settle', { version: visit.version }, ctx, () => ({}));
  } catch (error) {
    // Corrected again meanwhile: whoever did that settles it.
    if (!(error instanceof HaolinError)) throw error;
  }
}

/** Every day a visit names somebody for, or named before it was corrected. */
function daysOf({ day, persons, before }: VisitDoc): Map<Day, Set<string>> {
  const days = new Map<Day, Set<string>>();
  for (const one of [{ day, persons }, ...before]) {
    days.set(one.day, new Set([...(days.get(one.day) ?? []), ...one.persons]));
  }
  return days;
}

/** Only going to see somebody counts as having seen them. */
async function wasSeen(house: House, person: string, day: Day): Promise<boolean> {
  return (
    (await visitsOf(house).findOne({ persons: person, day, state: 'logged', kind: 'visit' } as never, {
      projection: { _id: 1 },
    })) !== null
  );
}

const BATCH = 200;

/** What a crash left: visits whose persons in care do not know of them yet. */
export const settling: Job = {
  name: 'visits.settle',
  title: '走访记录入档：没记到关爱对象名下的补记',
  cron: '*/10 * * * *',
  makeUpWithinMs: DAY,
  async run({ dryRun }, house) {
    let count = 0;
    for (let last = ''; ; ) {
      const batch = (await visitsOf(house)
        .find({ unsettled: true, _id: { $gt: last } } as never)
        .project({ history: 0, outbox: 0 })
        .sort({ _id: 1 })
        .limit(BATCH)
        .toArray()) as unknown as VisitDoc[];
      if (!dryRun) for (const visit of batch) await settle(house, visit);
      count += batch.length;
      if (batch.length < BATCH) return { lines: count === 0 ? [] : [settledWords(count, dryRun)] };
      last = batch.at(-1)?._id ?? last;
    }
  },
};
