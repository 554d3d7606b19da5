import { type Ability, type Actor, may } from '../../core/ability.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { addDays, type CalendarYear, calendarOf, type Day, officialYears } from '../../core/time.ts';
import { citiesOf } from '../areas/index.ts';
import { badCalendar } from './errors.ts';
import { problemsWith, type YearInput } from './inputs.ts';
import { changed } from './keeper.ts';
import { GUESSED_SOURCE, SHIPPED_SOURCE } from './messages.ts';
import { CALENDARS, type LoadedYear } from './model.ts';

/** A year as it holds now, and where that is from. */
export interface YearView extends CalendarYear {
  year: number;
  /** False when plain weekdays are assumed for want of anything better. */
  covered: boolean;
  source: string;
  /** When an admin loaded it. */
  loadedAt?: Date;
}

/** A day that becomes another than it was. */
export interface DayChange {
  day: Day;
  works: boolean;
  name?: string;
}

/** What a year is now: as it was loaded or, failing that, as the house came with it. */
export async function yearOf(house: Pick<House, 'model'>, year: number): Promise<YearView> {
  const loaded = await house.model<LoadedYear>(CALENDARS).findById(String(year)).lean<LoadedYear>();
  if (loaded) {
    const { holidays, workdays, source, at } = loaded;
    return { year, covered: true, source, holidays, workdays, loadedAt: at };
  }
  const official = officialYears().get(year);
  if (!official) return { year, covered: false, source: GUESSED_SOURCE, holidays: {}, workdays: {} };
  return { year, covered: true, source: SHIPPED_SOURCE, ...official };
}

/** The days of a year that are worked by one of two and not by the other, in their order. Pure. */
export function changesBetween(year: number, before: CalendarYear, after: CalendarYear): DayChange[] {
  const [was, is] = [before, after].map((one) => calendarOf(new Map([[year, one]])));
  const changes: DayChange[] = [];
  for (let day: Day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
    const works = is?.isWorkday(day) ?? false;
    if (works === was?.isWorkday(day)) continue;
    const name = (works ? after.workdays : after.holidays)[day];
    changes.push({ day, works, ...(name === undefined ? {} : { name }) });
  }
  return changes;
}

/**
 * Says which days of a year are worked, for the whole house, from now on. Deadlines that are set already stay as they are.
 * @returns the days that change
 * @throws HaolinError bad_calendar
 */
export async function loadYear(
  house: House,
  actor: Pick<Actor, 'id' | 'name'>,
  year: number,
  input: YearInput,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<DayChange[]> {
  const problems = problemsWith(year, input);
  if (problems.length > 0) throw badCalendar(problems);
  const changes = changesBetween(year, await yearOf(house, year), input);
  if (dryRun) return changes;
  const { source, holidays, workdays } = input;
  const by = { id: actor.id, name: actor.name };
  await house
    .model<LoadedYear>(CALENDARS)
    .replaceOne({ _id: String(year) }, { holidays, workdays, source, by, at: house.clock.now() }, { upsert: true });
  house.log.info({ year, by: by.id, changes: changes.length }, 'a year of the calendar is loaded');
  await changed(house);
  return changes;
}

/** @throws HaolinError forbidden to all but those who administer a whole city */
export async function mustConfigure(house: House, ability: Ability): Promise<void> {
  const cities = await citiesOf(house);
  if (!cities.some((city) => may(ability, 'configure', 'calendar', { areas: [city] }))) throw forbidden();
}
