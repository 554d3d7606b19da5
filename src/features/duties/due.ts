import type { Role } from '../../core/ability.ts';
import { type Calendar, type Day, dayOf, deadline, HOUR } from '../../core/time.ts';
import type { Colour, FlagKind } from '../care/index.ts';
import { endOf, lastDay, nextDays, onWorkday, timesOf } from './days.ts';
import { type DutyKind, type Item, inForce, type Pack, PERIODS, type Period, refOf } from './pack.ts';
import { periodsBetween } from './periods.ts';
import { calledFirst } from './renamed.ts';

/** Somebody who serves a place in a role, and so has its duties. */
export interface Bearer {
  person: string;
  role: Role;
  /** Codes of the place, from the city down. */
  areas: readonly string[];
  /** The day they began: of a period under way they owe what is left of it. */
  since?: Day;
}

/** A person in care, as far as it matters for when they are to be seen. */
export interface Ward {
  person: string;
  colour: Colour;
  flags: readonly FlagKind[];
  /** Who is to see them: their sentinel or, failing one, whoever keeps the grid. */
  bearer?: string;
  areas: readonly string[];
  since: Day;
  /** The latest days they were seen on, newest first. */
  visits: readonly Day[];
}

/** Something happened that wants somebody to come, or to report. */
export interface Happening {
  id: string;
  event: string;
  at: Date;
  areas: readonly string[];
  bearer: string;
  /** Whom it is about, if it is about somebody in care. */
  person?: string;
}

/** One logged visit or inspection. */
export interface Logged {
  id: string;
  by: string;
  kind: DutyKind;
  day: Day;
  persons: readonly string[];
  /** Duties it was logged for by name. */
  items: readonly string[];
  /** What happened that it answers. */
  event?: string;
}

/** Why something is due, for a sentence about it. */
export type Why =
  | { rule: 'often'; times: number; per: Period; done: number }
  | { rule: 'every'; colour: Colour; days: number; last?: Day; since: Day }
  | { rule: 'on'; event: string; at: Date };

/** One thing one person has to do by a day. */
export interface Due {
  /** Unique for ever: what is asked for once has one key, whoever asks and however often. */
  key: string;
  /** Whose it is; nobody's as long as nobody serves the place. */
  who?: string;
  item: string;
  title: string;
  kind: DutyKind;
  /** Whom it is about, where it is about somebody. */
  person?: string;
  /** Of what happened. */
  event?: string;
  /** The last day for it: a workday, unless the rule says that days of rest count. */
  by: Day;
  /** Finer than the day where the rule counts hours. */
  until: Date;
  why: Why;
  /** How many are still missing. */
  left: number;
  /** Whether somebody compared the rule with its source. */
  verified: boolean;
  /** Logs that count towards it. */
  logs: readonly string[];
  done: boolean;
}

/** All that may be looked at. */
export interface DutyFacts {
  /** Every pack there is; which of them hold where and when is decided here. */
  packs: readonly Pack[];
  bearers: readonly Bearer[];
  wards: readonly Ward[];
  happenings: readonly Happening[];
  /** Logs of the periods the window touches, and of what happened. */
  logs: readonly Logged[];
  calendar: Calendar;
}

/** First and last Shanghai day looked at. */
export interface Window {
  from: Day;
  to: Day;
}

/**
 * What is due, for whom, by when and why: the one place that knows. Pure.
 *
 * Listed is what is to be done within the window, done or not, and what was to be done before it and is still not: a person
 * who was not seen, something that happened and that nobody answered. A week's visits that were not made are not carried on.
 * @returns in no particular order; the same purpose has the same `key` in whatever window it is seen
 */
export function dueOf(facts: DutyFacts, window: Window): Due[] {
  return [...oftenDue(facts, window), ...everyDue(facts, window), ...onDue(facts, window)];
}

/** Packs that hold in a place on a day, looked up once for each place and day. */
function packsOf({ packs }: DutyFacts): (areas: readonly string[], on: Day) => Pack[] {
  const known = new Map<string, Pack[]>();
  return (areas, on) => {
    const key = `${areas.at(-1)} ${on}`;
    const found = known.get(key) ?? inForce(packs, areas, on);
    known.set(key, found);
    return found;
  };
}

function* oftenDue(facts: DutyFacts, window: Window): Generator<Due> {
  const held = packsOf(facts);
  const logsBy = groupedBy(facts.logs, ({ by }) => by);
  const told = new Set<string>();
  const periods = (Object.keys(PERIODS) as Period[]).flatMap((per) =>
    periodsBetween(per, window).map((period) => ({ per, period })),
  );
  for (const bearer of facts.bearers) {
    for (const { per, period } of periods) {
      for (const pack of held(bearer.areas, period.to)) {
        for (const item of pack.items) {
          if (!item.rule || !('per' in item.rule) || item.rule.per !== per || !item.who?.includes(bearer.role))
            continue;
          const by = lastDay(facts, period, item);
          // Somebody with two posts has one duty.
          const key = `${calledFirst(refOf(pack, item))}:${bearer.person}:${period.key}`;
          if (by === undefined || by < window.from || by > window.to || told.has(key)) continue;
          told.add(key);
          const times = timesOf(facts, item.rule.times, { from: period.from, to: by }, bearer);
          if (times === 0) continue;
          const logs = (logsBy.get(bearer.person) ?? [])
            .filter((log) => log.day >= period.from && log.day <= period.to && fits(log, item, refOf(pack, item)))
            .map(({ id }) => id);
          yield {
            ...named(pack, item, key, by),
            who: bearer.person,
            why: { rule: 'often', times, per, done: logs.length },
            left: Math.max(0, times - logs.length),
            logs,
            done: logs.length >= times,
          };
        }
      }
    }
  }
}

function* everyDue(facts: DutyFacts, window: Window): Generator<Due> {
  const held = packsOf(facts);
  const nextBy = nextDays(facts);
  const logsOf = groupedBy(
    facts.logs.flatMap((log) => log.persons.map((person) => ({ ...log, person }))),
    ({ person }) => person,
  );
  for (const ward of facts.wards) {
    for (const pack of held(ward.areas, window.to)) {
      for (const item of pack.items) {
        if (!item.rule || !('everyDays' in item.rule) || !isMeant(ward, item)) continue;
        const days = item.rule.everyDays[ward.colour];
        if (days === undefined) continue;
        const seen = ward.visits.length < 2 ? ward.visits : [...ward.visits].sort();
        const logs = logsOf.get(ward.person) ?? [];
        for (let base = ward.since, last: Day | undefined; ; ) {
          const next = seen.find((one) => one > base);
          const by = nextBy(base, days, item);
          if (by > window.to) break;
          // Seen again so soon that the next is to be by the same day: that is one purpose, and the next one's.
          const again = next !== undefined && nextBy(next, days, item) === by;
          if (!again && (by >= window.from || next === undefined || next >= window.from)) {
            yield {
              ...named(pack, item, `${calledFirst(refOf(pack, item))}:${ward.person}:${by}`, by),
              ...(ward.bearer === undefined ? {} : { who: ward.bearer }),
              person: ward.person,
              why: { rule: 'every', colour: ward.colour, days, since: ward.since, ...(last && { last }) },
              left: next === undefined ? 1 : 0,
              logs: next === undefined ? [] : logs.filter(({ day }) => day === next).map(({ id }) => id),
              done: next !== undefined,
            };
          }
          if (next === undefined) break;
          last = next;
          base = next;
        }
      }
    }
  }
}

const isMeant = ({ flags }: Ward, item: Item): boolean =>
  item.flags === undefined || item.flags.some((kind) => flags.includes(kind));

function* onDue(facts: DutyFacts, window: Window): Generator<Due> {
  const held = packsOf(facts);
  for (const happening of facts.happenings) {
    const day = dayOf(happening.at);
    for (const pack of held(happening.areas, day)) {
      for (const item of pack.items) {
        if (!item.rule || !('on' in item.rule) || item.rule.on !== happening.event) continue;
        const ref = refOf(pack, item);
        const { within } = item.rule;
        const end =
          'hours' in within
            ? new Date(happening.at.getTime() + within.hours * HOUR)
            : deadline(facts.calendar, happening.at, within);
        const by = onWorkday(facts, day, dayOf(end), item);
        const logs = facts.logs.filter((log) => answers(log, happening, item, ref)).map(({ id }) => id);
        const done = logs.length > 0;
        if (by > window.to || (by < window.from && done)) continue;
        yield {
          ...named(pack, item, `${calledFirst(ref)}:${happening.id}`, by),
          ...(dayOf(end) === by ? { until: end } : {}),
          who: happening.bearer,
          ...(happening.person === undefined ? {} : { person: happening.person }),
          event: happening.id,
          why: { rule: 'on', event: happening.event, at: happening.at },
          left: done ? 0 : 1,
          logs,
          done,
        };
      }
    }
  }
}

/** Whether a log counts for a duty: of its kind, or logged for it by name. */
const fits = (log: Logged, item: Item, ref: string): boolean => log.kind === item.kind || log.items.includes(ref);

function answers(log: Logged, happening: Happening, item: Item, ref: string): boolean {
  if (log.event !== undefined) return log.event === happening.id && fits(log, item, ref);
  return (
    log.by === happening.bearer &&
    log.items.includes(ref) &&
    log.day >= dayOf(happening.at) &&
    (happening.person === undefined || log.persons.includes(happening.person))
  );
}

const named = (pack: Pack, item: Item, key: string, by: Day) => ({
  key,
  item: refOf(pack, item),
  title: item.title,
  kind: item.kind,
  verified: pack.verified,
  by,
  until: endOf(by),
});

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
