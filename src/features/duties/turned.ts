/** The rules about people in care, turned round: whom nothing can be due for is not read at all. */
import { addDays, type Calendar, type Day } from '../../core/time.ts';
import type { Colour } from '../care/index.ts';
import { onWorkday } from './days.ts';
import type { DutyFacts, Window } from './due.ts';
import type { Item, Pack } from './pack.ts';

type Rules = Pick<DutyFacts, 'packs' | 'calendar'>;
type ByColour = Partial<Record<Colour, Day>>;

/**
 * Of each colour the latest day somebody may have been last seen on (or, never seen, taken into care) so that there is
 * something to do for them by `by`: whoever was seen later has none. No day for a colour that no rule is about. Pure.
 * @param area code of the place, empty for everywhere; packs of others are passed over
 * @param on the day whose packs hold
 */
export function seenUpTo({ packs, calendar }: Rules, area: string, by: Day, on: Day = by): ByColour {
  return seenBy(calendar, rulesIn(packs, area, on), by, (one, other) => one > other);
}

/**
 * Of each colour the first day somebody may have been seen on so that the next time was still to come when the window began.
 * Whatever followed a day before it, and was itself before the window, is over. Pure.
 */
export function settledUpTo({ packs, calendar }: Rules, area: string, { from, to }: Window): ByColour {
  const settled = seenBy(calendar, rulesIn(packs, area, to), addDays(from, -1), (one, other) => one < other);
  return Object.fromEntries(Object.entries(settled).map(([colour, day]) => [colour, addDays(day, 1)]));
}

/** Every rule that may hold somewhere in an area on a day: so often is somebody of a colour to be seen. */
function* rulesIn(
  packs: readonly Pack[],
  area: string,
  on: Day,
): Generator<{ item: Item; colour: Colour; days: number }> {
  for (const { items, area: own, effectiveFrom, effectiveTo } of packs) {
    if (effectiveFrom > on || (effectiveTo !== undefined && effectiveTo < on)) continue;
    if (own !== undefined && !own.startsWith(area) && !area.startsWith(own)) continue;
    for (const item of items) {
      if (!item.rule || !('everyDays' in item.rule)) continue;
      for (const [colour, days] of Object.entries(item.rule.everyDays) as [Colour, number][]) {
        yield { item, colour, days };
      }
    }
  }
}

/** Of each colour the latest day after which the next time is by `by`: of several rules the one that wins. */
function seenBy(
  calendar: Calendar,
  rules: Iterable<{ item: Item; colour: Colour; days: number }>,
  by: Day,
  wins: (day: Day, other: Day) => boolean,
): ByColour {
  const found: ByColour = {};
  for (const { item, colour, days } of rules) {
    // Never by the day they are seen on; by then all the more, the longer it is ago.
    let day = by;
    while (onWorkday({ calendar }, day, addDays(day, days), item) > by) day = addDays(day, -1);
    const other = found[colour];
    if (other === undefined || wins(day, other)) found[colour] = day;
  }
  return found;
}
