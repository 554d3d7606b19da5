import { z } from 'zod';
import { can, lifecycleOf, type MoveContext, to } from '../../core/lifecycle.ts';
import { type PhotoRef, photoMissing } from '../../core/photos.ts';
import { addDays, type Day, dayOf } from '../../core/time.ts';
import {
  checkedOften,
  correctedOften,
  correctionOver,
  dayToCome,
  nothingSeen,
  notServed,
  noVisitPlace,
  ownCheck,
  settledAlready,
  tooLongAgo,
  tooManySpawned,
} from './errors.ts';
import { answerObjection, type Happened } from './happened.ts';
import { checkInput, correctInput, type LogInput, logInput, spawnedInput, voidInput } from './inputs.ts';
import { checkOf, type Seen, VISIT_STATES, type VisitDoc, type VisitState } from './model.ts';

/** What a decision needs besides the words. */
export interface VisitFacts {
  place?: { areas: string[]; community: string; grid?: string };
  /** Those of the persons named whom the speaker goes to see. */
  served?: ReadonlySet<string>;
  photos?: PhotoRef[];
  /** What happened that it answers; absent as well when nothing of that name is known. */
  happened?: Happened;
  /** What was found, sealed. */
  found?: string;
}

type Context = MoveContext<VisitFacts>;

/** A visit may be logged this long after its day. */
export const LOGGED_WITHIN_DAYS = 30;
/** And corrected this long after it was logged. */
export const CORRECTED_WITHIN_DAYS = 30;
const MOST_SPAWNED = 10;
const MOST_CHECKS = 20;
/** So often somebody checks one and the same log on a day: each doubt comes to its maker's phone. */
const MOST_CHECKS_A_DAY = 5;
/** Every wording is kept, the first one above all: so there are not any number of them. */
const MOST_CORRECTIONS = 20;

const { move, start, lifecycle } = lifecycleOf<VisitDoc, VisitState, VisitFacts>();

const dayOfIt = (day: Day | undefined, { now }: Context): Day => day ?? dayOf(now);

function dayObjection(day: Day, { now }: Context) {
  if (day > dayOf(now)) return dayToCome();
  return day < addDays(dayOf(now), -LOGGED_WITHIN_DAYS) ? tooLongAgo(LOGGED_WITHIN_DAYS) : undefined;
}

const servesAll = (persons: readonly string[], { facts }: Context) =>
  persons.every((person) => facts.served?.has(person)) ? undefined : notServed();

const isSomething = ({
  kind,
  persons,
  households,
  found,
}: Pick<LogInput, 'kind' | 'persons' | 'households' | 'found'>) =>
  kind !== 'visit' || persons.length > 0 || households > 0 || found !== undefined ? undefined : nothingSeen();

const recent = ({ createdAt }: VisitDoc, { now }: Context) =>
  dayOf(now) <= addDays(dayOf(createdAt), CORRECTED_WITHIN_DAYS) ? undefined : correctionOver(CORRECTED_WITHIN_DAYS);

function checkedEnough({ history }: VisitDoc, checker: string, now: Date) {
  const today = dayOf(now);
  const made = history.filter(({ move, by, at }) => move === 'check' && by.id === checker && dayOf(at) === today);
  return made.length < MOST_CHECKS_A_DAY ? undefined : checkedOften();
}

const seenOf = ({ kind, day, place, persons, households, well, found }: VisitDoc): Seen => ({
  kind,
  day,
  ...(place !== undefined && { place }),
  persons,
  households,
  well,
  ...(found !== undefined && { found }),
});

/** A visit or inspection as it was made: `logged`, and `void` when it should not have been. */
export const visitLifecycle = lifecycle({
  name: 'visit',
  states: VISIT_STATES,
  start: {
    log: start({
      to: 'logged',
      by: can('log'),
      input: logInput,
      guard: (input, ctx) =>
        dayObjection(dayOfIt(input.day, ctx), ctx) ??
        servesAll(input.persons, ctx) ??
        isSomething(input) ??
        (input.event === undefined
          ? undefined
          : answerObjection(ctx.facts.happened, ctx.actor, {
              community: ctx.facts.place?.community,
              day: dayOfIt(input.day, ctx),
            })) ??
        (input.photos.length === (ctx.facts.photos ?? []).length ? undefined : photoMissing()),
      build(input, ctx) {
        const { place, photos = [], found } = ctx.facts;
        if (!place) throw noVisitPlace();
        const day = dayOfIt(input.day, ctx);
        return {
          ...place,
          by: { id: ctx.actor.id, name: ctx.actor.name },
          kind: input.kind,
          day,
          ...(input.place !== undefined && { place: input.place }),
          persons: [...new Set(input.persons)],
          households: Math.max(input.households, new Set(input.persons).size),
          well: input.well,
          ...(found !== undefined && { found }),
          ...(input.unmet !== undefined && input.unmet > 0 && { unmet: input.unmet }),
          items: input.items,
          ...(input.event !== undefined && { event: input.event }),
          photos,
          photoIds: photos.map(({ id }) => id),
          spawned: [],
          checks: [],
          before: [],
          ...(day < dayOf(ctx.now) && { late: true }),
          ...(input.persons.length > 0 && { unsettled: true }),
        };
      },
    }),
  },
  moves: {
    /** What was logged wrong stands right from now on; how it stood is kept. */
    correct: move({
      from: ['logged'],
      to: 'logged',
      by: can('correct'),
      input: correctInput,
      when: (visit, ctx) =>
        recent(visit, ctx) ?? (visit.before.length < MOST_CORRECTIONS ? undefined : correctedOften(MOST_CORRECTIONS)),
      guard(visit, input, ctx) {
        return (
          (input.day === undefined ? undefined : dayObjection(input.day, ctx)) ??
          // Who was named when they were still one's own stays so.
          servesAll(
            (input.persons ?? []).filter((one) => !visit.persons.includes(one)),
            ctx,
          ) ??
          isSomething({
            kind: input.kind ?? visit.kind,
            persons: input.persons ?? visit.persons,
            households: input.households ?? visit.households,
            found: input.found ?? visit.found,
          })
        );
      },
      apply(visit, { reason: _reason, found: _found, ...input }, ctx) {
        const persons = input.persons && [...new Set(input.persons)];
        const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
        const households = Math.max(input.households ?? visit.households, (persons ?? visit.persons).length);
        return {
          ...given,
          ...(persons && { persons }),
          households,
          ...(ctx.facts.found !== undefined && { found: ctx.facts.found }),
          before: [...visit.before, { ...seenOf(visit), until: ctx.now }],
          ...(visit.persons.length > 0 || persons ? { unsettled: true } : {}),
        };
      },
      // What was checked is not what stands now: whoever checked it looks again.
      tell({ _id: id, day, by }, _ctx, _input, before) {
        const last = before.checks.at(-1);
        return last === undefined || checkOf(before) === 'changed'
          ? []
          : [to(last.by.id, 'visit.corrected', { id, day, who: by.name })];
      },
    }),
    void: move({
      from: ['logged'],
      to: 'void',
      by: can('void'),
      input: voidInput,
      when: recent,
      apply: (visit) => (visit.persons.length > 0 ? { unsettled: true } : {}),
    }),
    /** A secretary or supervisor says whether the log is true. */
    check: move({
      from: ['logged'],
      to: 'logged',
      by: can('check'),
      input: checkInput,
      when: (visit, { actor, now }) => (visit.by.id === actor.id ? ownCheck() : checkedEnough(visit, actor.id, now)),
      apply: (visit, { agreed, words }, { actor, now }) => ({
        checks: [
          ...visit.checks,
          { by: { id: actor.id, name: actor.name }, at: now, agreed, ...(words !== undefined && { words }) },
        ].slice(-MOST_CHECKS),
      }),
      tell: (visit, { actor }, { agreed, words }) =>
        agreed ? [] : [to(visit.by.id, 'visit.doubted', { id: visit._id, day: visit.day, who: actor.name, words })],
    }),
    /** A wish or an incident came of it. */
    spawn: move({
      from: ['logged'],
      to: 'logged',
      by: can('spawn'),
      input: spawnedInput,
      when: (visit) => (visit.spawned.length < MOST_SPAWNED ? undefined : tooManySpawned()),
      apply: (visit, made) => ({ spawned: [...visit.spawned.filter(({ id }) => id !== made.id), made] }),
    }),
    /** Those in care it names know of it now. */
    settle: move({
      from: ['logged', 'void'],
      to: { among: ['logged', 'void'], choose: ({ state }) => state },
      by: 'system',
      input: z.object({ version: z.number().int() }),
      guard: (visit, { version }) => (visit.unsettled && visit.version === version ? undefined : settledAlready()),
      apply: () => ({ unsettled: undefined }),
    }),
  },
});

export type VisitMoveName = keyof typeof visitLifecycle.moves;
