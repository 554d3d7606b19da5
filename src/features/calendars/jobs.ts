import { plannedJob } from '../../core/planned.ts';
import { DAY, uncoveredYears } from '../../core/time.ts';
import { citiesOf } from '../areas/index.ts';
import { monthOf, watchWords } from './messages.ts';

/** Tells those who administer the cities, once a month, that a year is near whose holidays nobody has loaded. */
export const watch = plannedJob({
  name: 'calendars.watch',
  title: watchWords.title,
  cron: '20 9 * * *',
  makeUpWithinMs: DAY,
  async *plan({ now }, house) {
    const years = uncoveredYears(house.calendar, now);
    if (years.length === 0) return;
    for (const area of await citiesOf(house)) {
      for (const year of years) {
        yield {
          key: `calendars.missing:${year}:${monthOf(now)}:${area}`,
          to: { role: 'admin', area },
          message: 'calendars.missing',
          data: { year },
          why: watchWords.why(year),
        };
      }
    }
  },
});
