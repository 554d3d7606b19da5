import type { Feature } from '../../core/feature.ts';
import { routes } from './http.ts';
import { watch } from './jobs.ts';
import { keeperOf } from './keeper.ts';
import { calendarMessages } from './messages.ts';
import { CALENDARS, calendarSchema } from './model.ts';
import { rules } from './rules.ts';

export { readYear, textOfYear } from './file.ts';
export { changeWords } from './messages.ts';
export { type DayChange, loadYear, type YearView, yearOf } from './service.ts';

/** Which days are worked: the years an admin loads, over those the house comes with. */
export const calendars: Feature = {
  name: 'calendars',
  uses: ['areas'],
  models: { [CALENDARS]: calendarSchema },
  rules,
  lifecycles: [],
  routes,
  intents: [],
  jobs: [watch],
  messages: calendarMessages,
  calendar: keeperOf,
};
