import type { MoveContext } from '../../core/lifecycle.ts';
import { addDays, atCivil, clockWords, type Day, dayOf, quarterKey } from '../../core/time.ts';
import { beforeOccasion, dayToCome, longAgo, otherQuarter, quarterOver, timeOver } from './errors.ts';
import type { TalkDoc } from './model.ts';
import { quarterOf } from './quarters.ts';

/** On which days a talk may be arranged and may have been held. Pure, as all here. */
type Now = Pick<MoveContext<unknown>, 'now'>;

/** What is written down later than this is a slip of the year. */
const LONGEST_AGO = 120;

export const today = ({ now }: Now): Day => dayOf(now);
export const quarterOfDay = (day: Day): string => quarterKey(atCivil(day));

/** A day something was on: not to come, and not long ago. */
export function pastDay(day: Day, ctx: Now) {
  if (day > today(ctx)) return dayToCome();
  return day < addDays(today(ctx), -LONGEST_AGO) ? longAgo() : undefined;
}

/** A day and an hour to come. */
export function comingTime({ day, time }: { day: Day; time: string }, ctx: Now) {
  return `${day} ${time}` > `${today(ctx)} ${clockWords(ctx.now)}` ? undefined : timeOver();
}

/** Until when a talk may be arranged: an occasion's at any time, a quarter's within it. */
export const lastDayOf = ({ occasion, purpose }: Pick<TalkDoc, 'occasion' | 'purpose'>): Day | undefined =>
  occasion ? undefined : quarterOf(purpose)?.to;

/** A quarter's talk is not put to a day of another one: held there it would be neither's. */
export function notWithin({ occasion, purpose }: Pick<TalkDoc, 'occasion' | 'purpose'>, day: Day) {
  return occasion || quarterOfDay(day) === purpose ? undefined : quarterOver();
}

/** So long after a quarter what was held in it may still be written down; then what was begun and not held is closed. */
const WRITTEN_DOWN_WITHIN = 30;

/** Whether a quarter's talk under way is left behind for good. Pure. */
export function isForgone(talk: Pick<TalkDoc, 'occasion' | 'purpose'>, today: Day): boolean {
  const last = lastDayOf(talk);
  return last !== undefined && today > addDays(last, WRITTEN_DOWN_WITHIN);
}

export function heldObjection(talk: Pick<TalkDoc, 'occasion' | 'purpose'>, day: Day, ctx: Now) {
  if (talk.occasion) return pastDay(day, ctx) ?? (day < talk.occasion.at ? beforeOccasion() : undefined);
  return pastDay(day, ctx) ?? (quarterOfDay(day) === talk.purpose ? undefined : otherQuarter());
}
