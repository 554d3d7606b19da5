/** What is measured: each message of the week, and what is late, on a usual day and on one when nobody was ever told. */
import type { House } from '../../src/core/house.ts';
import { allTold, NOTICES } from '../../src/core/notice.ts';
import { addDays, atCivil, type Day } from '../../src/core/time.ts';
import { byStreet } from '../../src/features/duties/bundles.ts';
import { dueOf } from '../../src/features/duties/due.ts';
import { factsLate } from '../../src/features/duties/facts.ts';
import { markOf } from '../../src/features/duties/ladder.ts';
import { PLAN_DAY } from './cast.ts';

export interface Case {
  job: string;
  hour: number;
  day: Day;
  /** One in so many of what is late was not told of before. */
  fresh?: number;
}

export const CASES: Readonly<Record<string, Case>> = {
  monday: { job: 'duties.monday', hour: 9, day: PLAN_DAY },
  // Nobody was seen since Monday: there is as much left as there can be.
  thursday: { job: 'duties.thursday', hour: 16, day: addDays(PLAN_DAY, 3) },
  // Of a week in which people were seen.
  friday: { job: 'duties.friday', hour: 17, day: addDays(PLAN_DAY, -3) },
  overdue: { job: 'duties.overdue', hour: 9.5, day: PLAN_DAY, fresh: 50 },
  'overdue-first': { job: 'duties.overdue', hour: 9.5, day: PLAN_DAY },
};

const LONG_AGO = 21;

/** Makes a house forget what earlier runs queued, and know what was told before a case. */
export async function prepare(house: House, { day, fresh }: Case): Promise<void> {
  // What an earlier run queued would not be queued again.
  await house.db.collection(NOTICES).deleteMany({});
  if (fresh === undefined) return;
  let nth = 0;
  for await (const facts of byStreet(house, (street, packs) => factsLate(house, street, day, packs))) {
    const late = dueOf(facts, { from: day, to: day }).filter(({ done, by }) => !done && by < day);
    const told = late.filter(() => {
      nth += 1;
      return nth % fresh !== 0;
    });
    const marks = told.flatMap((due) => (['bearer', 'secretary', 'street'] as const).map((rung) => markOf(rung, due)));
    await allTold(house, marks, atCivil(addDays(day, -LONG_AGO), 9));
  }
}
