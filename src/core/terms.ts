import { atCivil, type Calendar, dayOf, deadline, MINUTE, outsideQuietHours, type Span } from './time.ts';

/**
 * How long something may take, as data: days and workdays last to the end of the last one; minutes run round the clock
 * (`always`), or only while people are awake (`awake`: 08:00–21:00 Shanghai, the quiet hours left out).
 */
export type Term = Span | { minutes: number; clock: 'always' | 'awake' };

/** People are awake from 8 to 21. */
const BED_HOUR = 21;

/** When a term that begins at a moment is over. Pure. */
export function termEnd(calendar: Calendar, from: Date, term: Term): Date {
  if (!('minutes' in term)) return deadline(calendar, from, term);
  return term.clock === 'always' ? new Date(from.getTime() + term.minutes * MINUTE) : awakeAfter(from, term.minutes);
}

/** The moment so many waking minutes after another. Pure. */
export function awakeAfter(from: Date, minutes: number): Date {
  let at = outsideQuietHours(from);
  for (let left = minutes * MINUTE; ; ) {
    const bed = atCivil(dayOf(at), BED_HOUR);
    const today = bed.getTime() - at.getTime();
    if (left <= today) return new Date(at.getTime() + left);
    left -= today;
    at = outsideQuietHours(bed);
  }
}

/** Half of a term counted in minutes: when to warn of it. `undefined` for one counted in days. Pure. */
export function halfOf(term: Term): Term | undefined {
  return 'minutes' in term ? { ...term, minutes: term.minutes / 2 } : undefined;
}
