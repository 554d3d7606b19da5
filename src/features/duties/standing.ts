import type { Told } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { addDays, type Day, dayOf, HOUR, mondayOf } from '../../core/time.ts';
import { findPerson, postsOf } from '../people/index.ts';
import { answersTo } from '../visits/index.ts';
import { type Due, dueOf } from './due.ts';
import { factsLate, factsOfPerson } from './facts.ts';
import { packsOf } from './registry.ts';

/** What was found out so lately is not looked up again: on a Monday morning thousands are told at once. */
const FRESH_MS = HOUR / 2;
const isFresh = ({ at, now }: Told): boolean => at !== undefined && now.getTime() - at.getTime() < FRESH_MS;

/** The last day of the week a message is about. */
function sundayOf({ data }: Told): Day | undefined {
  const monday = mondayOf(String(data.week));
  return monday && addDays(monday, 6);
}

/** Whether whoever is told still has something to do in that week. */
export async function hasLeft(told: Told, house: House): Promise<boolean> {
  const sunday = sundayOf(told);
  if (sunday === undefined || dayOf(told.now) > sunday) return false;
  return isFresh(told) || (await ownDues(told, house, sunday)).some(({ done }) => !done);
}

/** Whether something is still late of what whoever is told has to do. */
export async function isLate(told: Told, house: House): Promise<boolean> {
  if (isFresh(told)) return true;
  const today = dayOf(told.now);
  return (await ownDues(told, house, today)).some(({ done, by }) => !done && by < today);
}

async function ownDues({ to, now }: Told, house: House, until: Day): Promise<Due[]> {
  const person = await findPerson(house, to);
  if (!person) return [];
  const window = { from: dayOf(now), to: until };
  const facts = await factsOfPerson(house, to, postsOf(person), window);
  return dueOf(facts, window).filter(({ who }) => who === to);
}

/** Whether anything is still late in the community or street it is told of. */
export async function isLateThere(told: Told, house: House): Promise<boolean> {
  if (isFresh(told)) return true;
  const today = dayOf(told.now);
  const facts = await factsLate(house, String(told.data.area), today, await packsOf(house));
  return dueOf(facts, { from: today, to: today }).some(({ done, by }) => !done && by < today);
}

/** How a week came out is worth hearing until the next one is over. */
export async function isOfLately(told: Told): Promise<boolean> {
  const sunday = sundayOf(told);
  return sunday !== undefined && dayOf(told.now) <= addDays(sunday, 7);
}

/** Whether nobody has come yet. */
export const isUnanswered = async ({ data }: Told, house: House): Promise<boolean> =>
  (await answersTo(house, [String(data.id)])).length === 0;
