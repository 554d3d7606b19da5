/** Walks two processes from one moment to the next, and kills them in the middle of their work where it was so planned. */
import type { Chance } from '../seed/random.ts';
import { DAY_MS, shanghai } from './days.ts';
import type { Halt, Order, Slots } from './house.ts';
import type { Crew } from './processes.ts';

/** Longer than any lease of the house. */
const LEASES_OVER_MS = 2 * 60_000;
/** Some time that both are away in a morning: what was missed is still wanted afterwards. */
const AWAY_MS = 90 * 60_000;
/** Every so many-th crash takes both of them. */
const BOTH = 5;
/** Every so many-th time both carry messages at once; else it is one or the other, to save time. */
const BOTH_CARRY = 4;

/** Where each crash falls, in turn; without a place wherever chance has it. */
const PLACES: readonly (Halt | undefined)[] = ['telling', 'sending', undefined, undefined, undefined];

/** How many processes so many crashes take. */
export const sparesFor = (crashes: number): number => crashes + Math.floor(crashes / BOTH);

export interface Moment {
  at: Date;
  /** Names of jobs whose slot it is. */
  jobs: string[];
  /** Whether people are told something now. */
  tells: boolean;
}

/**
 * @param crashes how many
 * @param first the first day's midnight
 */
export function walkerOf(crew: Crew, chance: Chance, crashes: number, first: Date, dayCount: number) {
  const { members } = crew;
  const planned = Array.from(
    { length: crashes },
    () => first.getTime() + chance.below(Math.max(1, dayCount - 7)) * DAY_MS,
  );
  planned.sort((a, b) => a - b);
  /** How long what tells people took lately, in ms. */
  let usual = 20;
  let killed = 0;
  let back = 0;

  let quiet: Slots[] = [];

  /** Whoever carries messages now. */
  let carrying: { place: 0 | 1; over: Promise<unknown> } | undefined;

  /**
   * Has them do what nobody was told of since the last time, each a part or, while one carries messages, the other all; and
   * beside it what is due now, both the same, each with the jobs in an order of its own.
   */
  async function catchUpQuiet(now?: { at: string; tick: string[] }): Promise<void> {
    const slots = quiet;
    quiet = [];
    const carrier = carrying;
    carrying = undefined;
    const free = ([0, 1] as const).filter((place) => place !== carrier?.place);
    const at = now?.at ?? slots.at(-1)?.at;
    const each = members.map(async (one, place) => {
      if (place === carrier?.place) await carrier.over;
      const mine = slots.filter((_slot, nth) => free[nth % free.length] === place);
      if (at === undefined || (now === undefined && mine.length === 0)) return;
      const tick = now?.tick ?? [];
      await one.ask({ at, quiet: mine, tick: place === 0 ? tick : tick.toReversed() });
    });
    await Promise.all(each);
  }

  /** Both at once, each with the jobs in an order of its own. */
  const both = async ({ tick = [], ...order }: Order): Promise<void> => {
    await Promise.all(members.map((one, nth) => one.ask({ ...order, tick: nth === 0 ? tick : tick.toReversed() })));
  };

  /** Kills one in the middle of what it was asked for. @returns whether it was in the middle */
  async function kill(place: 0 | 1, at: string, jobs: string[]): Promise<boolean> {
    const victim = members[place];
    let answered = false;
    const asked = victim.ask({ at, tick: jobs, drain: true }).then(
      () => {
        answered = true;
      },
      () => undefined,
    );
    await new Promise((resolve) => setTimeout(resolve, chance.next() * usual));
    await victim.kill();
    await asked;
    if (!answered) {
      killed += 1;
      planned.shift();
    }
    crew.replace(place, at);
    return !answered;
  }

  /** Kills one where it was told to stand still. @returns whether it came there */
  async function killAt(halt: Halt, place: 0 | 1, at: string, jobs: string[]): Promise<boolean> {
    const victim = members[place];
    if (!(await victim.ask({ at, tick: jobs, drain: true, halt }))) return false;
    await victim.kill();
    killed += 1;
    planned.shift();
    crew.replace(place, at);
    return true;
  }

  async function crash({ at, jobs }: Moment): Promise<void> {
    const now = at.toISOString();
    const place = chance.below(2) as 0 | 1;
    const other = place === 0 ? 1 : 0;
    const halt = PLACES[killed % PLACES.length];
    const crashed = await (halt ? killAt(halt, place, now, jobs) : kill(place, now, jobs));
    if (!crashed && halt) return both({ at: now, tick: jobs, drain: true });
    if (crashed && killed % BOTH === 0 && shanghai(at).slice(11) < '10:00') {
      await members[other].kill();
      crew.replace(other, now);
      back = at.getTime() + AWAY_MS;
    } else {
      await members[other].ask({ at: now, tick: jobs, drain: true });
      back = at.getTime() + LEASES_OVER_MS;
    }
    // What the dead one held is free once its lease is over.
    await both({ at: new Date(back).toISOString(), catchUp: true, drain: true });
  }

  return {
    crashes: () => killed,
    async walk(moment: Moment): Promise<void> {
      const { at, jobs, tells } = moment;
      if (at.getTime() <= back) return;
      const now = at.toISOString();
      if (!tells) {
        if (jobs.length > 0) quiet.push({ at: now, tick: jobs });
        return;
      }
      if ((planned[0] ?? Number.POSITIVE_INFINITY) <= at.getTime()) {
        await catchUpQuiet();
        return crash(moment);
      }
      const began = performance.now();
      await catchUpQuiet({ at: now, tick: jobs });
      if (chance.below(BOTH_CARRY) === 0) {
        await both({ at: now, drain: true });
        usual = performance.now() - began;
      } else {
        const place = chance.below(2) as 0 | 1;
        const over = members[place].ask({ at: now, drain: true }).then(() => {
          usual = performance.now() - began;
        });
        // Whoever waits for it hears of its failure.
        over.catch(() => undefined);
        carrying = { place, over };
      }
    },
    /** Does what was left to be done together: before the world changes, and before a day ends. */
    settle: (): Promise<void> => catchUpQuiet(),
  };
}
