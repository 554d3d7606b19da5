import { namedError } from './errors.ts';
import type { Aggregate, MoveContext } from './lifecycle.ts';
import { dayOf } from './time.ts';

/** Each of them comes to somebody's phone. */
const MOST_A_DAY = 5;

export const oftenToday = namedError('often_today', 409, () => '今天已经改过好几次了，请明天再改，有急事请打电话。');

/** Why somebody may not make the same move on the same document once more today: whom it is told would hear of nothing else. Pure. */
export function tooOften({ history }: Aggregate, move: string, { actor, now }: MoveContext<unknown>) {
  const today = dayOf(now);
  const made = history.filter((one) => one.move === move && one.by.id === actor.id && dayOf(one.at) === today);
  return made.length >= MOST_A_DAY ? oftenToday() : undefined;
}
