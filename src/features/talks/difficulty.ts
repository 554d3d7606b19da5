import mongoose from 'mongoose';
import { z } from 'zod';
import { aggregateSchema } from '../../core/aggregate.ts';
import { called } from '../../core/input.ts';
import { type Aggregate, can, lifecycleOf, type MoveContext, to } from '../../core/lifecycle.ts';
import type { Named } from '../../core/named.ts';
import { tooOften } from '../../core/often.ts';
import { addDays, type Day, dayOf } from '../../core/time.ts';
import { deadlineEarlier, deadlineFar, deadlineOver, extendedEnough, ownerStays, ownerUnknown } from './errors.ts';
import { type DifficultyKind, day, difficultyKinds, handOverInput } from './inputs.ts';

/** Every state of a difficulty with the word people see. */
export const DIFFICULTY_STATES = { open: '待解决', solving: '解决中', solved: '已解决', dropped: '不再办理' } as const;
export type DifficultyState = keyof typeof DIFFICULTY_STATES;

export const EXTEND_REASONS = {
  waiting: '等上级答复',
  funds: '等经费',
  others: '需要别的部门配合',
  time: '时间不够',
} as const;
export const DROP_DIFFICULTY = { passed: '困难已经过去', refused: '政策不允许', twice: '重复登记' } as const;

/**
 * An actual difficulty (实际问题) that came up in a talk. It holds no link to the talk or the worker; its words are stored
 * without name and telephone number, and sealed all the same.
 */
export interface DifficultyDoc extends Aggregate {
  state: DifficultyState;
  place: string;
  kind: DifficultyKind;
  text: string;
  owner: Named;
  deadline: Day;
  extended: number;
  /** Whoever answers for it has yet to hear so: the clock tells them, some hours after the talk. */
  untold?: boolean;
}

const { Mixed } = mongoose.Schema.Types;

export function difficultySchema(): mongoose.Schema {
  const schema = aggregateSchema(
    {
      place: { type: String, required: true },
      kind: { type: String, required: true },
      text: { type: String, required: true },
      owner: { type: Mixed, required: true },
      deadline: { type: String, required: true },
      extended: { type: Number, required: true },
      untold: { type: Boolean },
    },
    [
      { areas: 1, createdAt: -1, _id: -1 },
      { 'owner.id': 1, createdAt: -1, _id: -1 },
    ],
  );
  schema.index({ state: 1, deadline: 1 });
  return schema;
}

export interface DifficultyFacts {
  place?: { code: string; areas: string[] };
  /** The anonymised words under seal. */
  sealed?: string;
  owner?: Named;
  /** Whoever writes a new one down, whose name its history leaves out; and on which day that is. */
  recorder?: Named;
  today?: Day;
}

type Context = MoveContext<DifficultyFacts>;

/**
 * Where no deadline is given: the end of the month after the one it was written down in. A nearer count of days would say on
 * which day that was, and where one talk is held a week, whose it is.
 */
function usualDeadline(today: Day): Day {
  const [year = 0, month = 0] = today.split('-').map(Number);
  return new Date(Date.UTC(year, month + 1, 0)).toISOString().slice(0, 10);
}

const { move, start, lifecycle } = lifecycleOf<DifficultyDoc, DifficultyState, DifficultyFacts>();
const keys = <K extends string>(words: Record<K, string>) => Object.keys(words) as [K, ...K[]];
const because = <K extends string>(words: Record<K, string>) =>
  z.object({ because: called('原因', z.enum(keys(words))) });

/** Without its words, which the house is given sealed: what is kept of an input says nothing. */
const recordInput = z.object({
  kind: called('困难类别', z.enum(keys<DifficultyKind>(difficultyKinds))),
  deadline: day.optional(),
});
const extendInput = because(EXTEND_REASONS).extend({ deadline: called('期限', z.iso.date()) });

/** At most: how often and by how much a deadline is put off, and how far away it may be from the beginning. */
const MOST_EXTENDED = 2;
const MOST_DAYS = { extended: 90, given: 366 } as const;

const todayOf = ({ now, facts }: Context): Day => facts.today ?? dayOf(now);

const toCome = (deadline: Day | undefined, ctx: Context) =>
  deadline !== undefined && deadline <= todayOf(ctx) ? deadlineOver() : undefined;

const tooFar = (deadline: Day | undefined, from: Day, days: number) =>
  deadline !== undefined && deadline > addDays(from, days) ? deadlineFar() : undefined;

/** Told to whoever answers for it, unless they took it on themselves. */
function given({ _id: id, owner, kind, deadline }: DifficultyDoc, { actor }: Context) {
  return owner.id === actor.id ? [] : [to(owner.id, 'difficulty.given', { id, kind, deadline })];
}

/** `open → solving → solved`, or dropped: tracked until then. */
export const difficultyLifecycle = lifecycle({
  name: 'difficulty',
  states: DIFFICULTY_STATES,
  start: {
    record: start({
      to: 'open',
      by: can('record'),
      input: recordInput,
      guard: ({ deadline }, ctx) => toCome(deadline, ctx) ?? tooFar(deadline, todayOf(ctx), MOST_DAYS.given),
      build({ kind, deadline }, ctx) {
        const {
          place,
          sealed = '',
          recorder = { id: ctx.actor.id, name: ctx.actor.name },
          owner = recorder,
        } = ctx.facts;
        return {
          areas: place?.areas ?? [],
          place: place?.code ?? '',
          kind,
          text: sealed,
          owner,
          deadline: deadline ?? usualDeadline(todayOf(ctx)),
          extended: 0,
          ...(owner.id !== recorder.id && { untold: true }),
        };
      },
    }),
  },
  moves: {
    /** Somebody sets about it, and answers for it from now on. */
    take: move({
      from: ['open'],
      to: 'solving',
      by: can('take'),
      input: z.object({}),
      apply: (_difficulty, _input, { actor }) => ({ owner: { id: actor.id, name: actor.name }, untold: undefined }),
    }),
    /** Somebody else answers for it from now on. */
    handOver: move({
      from: ['open', 'solving'],
      to: { among: ['open', 'solving'], choose: ({ state }) => state },
      by: can('handOver'),
      input: handOverInput,
      guard(difficulty, _input, ctx) {
        const { owner } = ctx.facts;
        if (!owner) return ownerUnknown();
        return owner.id === difficulty.owner.id ? ownerStays() : tooOften(difficulty, 'handOver', ctx);
      },
      apply: ({ owner }, _input, { facts }) => ({ owner: facts.owner ?? owner, untold: undefined }),
      tell: given,
    }),
    solve: move({ from: ['open', 'solving'], to: 'solved', by: can('solve'), input: z.object({}) }),
    drop: move({ from: ['open', 'solving'], to: 'dropped', by: can('drop'), input: because(DROP_DIFFICULTY) }),
    extend: move({
      from: ['open', 'solving'],
      to: { among: ['open', 'solving'], choose: ({ state }) => state },
      by: can('extend'),
      input: extendInput,
      when: ({ extended }) => (extended >= MOST_EXTENDED ? extendedEnough() : undefined),
      guard(difficulty, { deadline }, ctx) {
        const today = todayOf(ctx);
        const far =
          tooFar(deadline, today, MOST_DAYS.extended) && tooFar(deadline, difficulty.deadline, MOST_DAYS.extended);
        return toCome(deadline, ctx) ?? far ?? (deadline > difficulty.deadline ? undefined : deadlineEarlier());
      },
      apply: ({ extended }, { deadline }) => ({ deadline, extended: extended + 1 }),
    }),
  },
});

export type DifficultyMoveName = keyof typeof difficultyLifecycle.moves;
