import { atCivil, type Calendar, type Day, workdayAfter } from '../../core/time.ts';
import type { OccasionKind, TalkState } from './model.ts';
import { lastWorkdayOf, type Prompt, type Quarter, quarterPrompts } from './quarters.ts';

/**
 * Which talk is due: for whom, with whom, by when, why, and on which days it is spoken of. The only place that knows, and
 * pure: workers, secretaries, talks and the calendar are given.
 *
 * A worker who serves in two communities is talked with once, in the one they live in (see `placeOf` in `serving.ts`). Where
 * there are two secretaries either may talk, and one talk is enough. A talk for an occasion is a talk of that quarter too.
 * Whoever has left owes and is owed nothing; whoever follows a secretary takes over what is left. A secretary is not
 * talked with by themselves: without another there is nobody to, and the talk stays due without a host.
 */

/** A worker or grid worker who is there now. */
export interface Bearer {
  id: string;
  place: string;
}

/** As much of a talk as the rule needs. */
export interface KnownTalk {
  id: string;
  worker: string;
  state: TalkState;
  purpose: string;
  occasion?: { kind: OccasionKind; at: Day };
  by?: Day;
  heldIn?: string;
  heldOn?: Day;
}

export type Why = { kind: 'quarter'; quarter: string } | { kind: 'occasion'; occasion: OccasionKind; at: Day };

/** On which day, about what; unique among the prompts of one due talk by `name`. */
export interface DuePrompt extends Omit<Prompt, 'kind'> {
  kind: Prompt['kind'] | 'last_day' | 'overdue';
}

export interface DueTalk {
  /** Worker and purpose: unique for ever. */
  key: string;
  worker: string;
  place: string;
  /** Secretaries who may hold it; nobody when the place has none. */
  hosts: readonly string[];
  /** The last workday for it. */
  by: Day;
  why: Why;
  done: boolean;
  /** The talk that is under way for it, or was held. */
  talk?: string;
  /** The day it was held. */
  heldOn?: Day;
  prompts: readonly DuePrompt[];
}

export interface DueFacts {
  calendar: Calendar;
  quarter: Quarter;
  workers: readonly Bearer[];
  /** Ids of the secretaries of a place or, when it has none, of the nearest above. */
  secretariesOf: (place: string) => readonly string[];
  /** All talks held in the quarter, and all that are under way. */
  talks: readonly KnownTalk[];
}

/** Within so many workdays of an occasion. */
export const OCCASION_WORKDAYS = 3;

/** The last workday for a talk about something that was on a day. */
export const occasionBy = (calendar: Calendar, at: Day): Day => workdayAfter(calendar, atCivil(at), OCCASION_WORKDAYS);

export function dueTalks({ calendar, quarter, workers, secretariesOf, talks }: DueFacts): DueTalk[] {
  const byWorker = new Map<string, KnownTalk[]>();
  for (const talk of talks) byWorker.set(talk.worker, [...(byWorker.get(talk.worker) ?? []), talk]);
  const prompts = quarterPrompts(calendar, quarter);
  const by = lastWorkdayOf(calendar, quarter);
  return workers.flatMap(({ id: worker, place }): DueTalk[] => {
    const known = byWorker.get(worker) ?? [];
    const hosts = secretariesOf(place).filter((one) => one !== worker);
    const held = known.find(({ heldIn }) => heldIn === quarter.key);
    const own = held ?? known.find(({ purpose }) => purpose === quarter.key);
    const quarterly: DueTalk = {
      key: `${worker}:${quarter.key}`,
      worker,
      place,
      hosts,
      by,
      why: { kind: 'quarter', quarter: quarter.key },
      done: held !== undefined,
      ...(own && { talk: own.id }),
      ...(held?.heldOn !== undefined && { heldOn: held.heldOn }),
      prompts,
    };
    return [quarterly, ...known.flatMap((talk) => forOccasion(calendar, quarter, talk, { worker, place, hosts }))];
  });
}

function forOccasion(
  calendar: Calendar,
  quarter: Quarter,
  { id, state, purpose, occasion, by, heldIn, heldOn }: KnownTalk,
  who: Pick<DueTalk, 'worker' | 'place' | 'hosts'>,
): DueTalk[] {
  const ofQuarter = state === 'done' ? heldIn === quarter.key : state !== 'dropped';
  if (!occasion || by === undefined || !ofQuarter) return [];
  return [
    {
      key: `${who.worker}:${purpose}`,
      ...who,
      by,
      why: { kind: 'occasion', occasion: occasion.kind, at: occasion.at },
      done: state === 'done',
      talk: id,
      ...(state === 'done' && heldOn !== undefined && { heldOn }),
      prompts: [
        { day: by, kind: 'last_day' },
        { day: workdayAfter(calendar, atCivil(by), 1), kind: 'overdue' },
      ],
    },
  ];
}

/** What one secretary is told on one day: about which talks, and how many of all of that kind are held. */
export interface DayPrompt {
  /** Unique for ever: kind, purpose or talk, and secretary. */
  key: string;
  to: string;
  kind: DuePrompt['kind'];
  nth?: number;
  /** Those that are still to be held. */
  left: DueTalk[];
  done: number;
}

/**
 * What is said to whom on a day. The quarter's talks go in one message a secretary; an occasion's each in its own. What is
 * held already is not spoken of, but as a number; where nothing is left nothing is said.
 */
export function promptsOn(day: Day, dues: readonly DueTalk[]): DayPrompt[] {
  const found = new Map<string, DayPrompt>();
  for (const due of dues) {
    for (const { day: on, kind, nth } of due.prompts) {
      if (on !== day) continue;
      const what = due.why.kind === 'quarter' ? due.why.quarter : due.key;
      for (const to of due.hosts) {
        const key = `talks.${kind}:${what}${nth === undefined ? '' : `:${nth}`}:${to}`;
        const prompt = found.get(key) ?? { key, to, kind, ...(nth !== undefined && { nth }), left: [], done: 0 };
        if (due.done) prompt.done += 1;
        else prompt.left.push(due);
        found.set(key, prompt);
      }
    }
  }
  return [...found.values()].filter(({ left }) => left.length > 0);
}
