import type { CalendarKeeper } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { type Rounds, startRounds } from '../../core/rounds.ts';
import { calendarOf, MINUTE, officialYears, uncoveredYears } from '../../core/time.ts';
import { CALENDARS, type LoadedYear } from './model.ts';

/** Told when a year was loaded; where that is not heard, the next look finds it. */
const TOPIC = 'calendars';
const LOOK_EVERY_MS = MINUTE;

/** Which years each house has, so that an unchanged calendar, with all that was reckoned by it, stays. */
const inForce = new WeakMap<House, string>();

/** Puts the years that were loaded into `house.calendar`, over those the house came with. */
export async function reload(house: House): Promise<void> {
  const loaded = await house.model<LoadedYear>(CALENDARS).find().sort({ _id: 1 }).lean<LoadedYear[]>();
  const years = JSON.stringify(loaded.map(({ _id, at, holidays, workdays }) => [_id, at, holidays, workdays]));
  if (years === (inForce.get(house) ?? '[]')) return;
  inForce.set(house, years);
  house.calendar = calendarOf(
    new Map([...officialYears(), ...loaded.map((one): [number, LoadedYear] => [Number(one._id), one])]),
  );
  house.log.info({ years: loaded.map(({ _id }) => _id) }, 'the calendar has years that were loaded');
}

/** To be called after every change: here it holds at once, in other processes as soon as they hear of it. */
export async function changed(house: House): Promise<void> {
  await reload(house);
  await house.coordination.publish(TOPIC, {});
}

/** Keeps the calendar of a running house as the store has it, and says so in the log when it soon ends. */
export function keeperOf(house: House): CalendarKeeper {
  let running: { rounds: Rounds; deaf: Promise<() => Promise<void>> } | undefined;
  return {
    reload: () => reload(house),
    start() {
      if (running) return;
      for (const year of uncoveredYears(house.calendar, house.clock.now())) {
        house.log.warn({ year }, 'no holidays are known for a year that is near: plain weekdays are assumed');
      }
      const rounds = startRounds({
        work: () => reload(house),
        everyMs: LOOK_EVERY_MS,
        onTrouble: (error) => house.log.warn({ err: error }, 'the calendar could not be read and will be again'),
      });
      running = { rounds, deaf: house.coordination.subscribe(TOPIC, () => rounds.wake()) };
    },
    async stop() {
      const ending = running;
      running = undefined;
      await Promise.all([ending?.rounds.stop(), ending?.deaf.then((end) => end())]);
    },
  };
}
