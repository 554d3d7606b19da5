import mongoose from 'mongoose';
import { z } from 'zod';
import { aggregateSchema } from '../../core/aggregate.ts';
import { called } from '../../core/input.ts';
import { type Aggregate, can, lifecycleOf } from '../../core/lifecycle.ts';
import type { Named } from '../../core/named.ts';
import { addDays, type Day, dayOf } from '../../core/time.ts';
import { careVisitTwice, dayToCome, longAgo, notAWorker } from './errors.ts';
import { day, worker } from './inputs.ts';
import type { TalkFacts } from './tellings.ts';

/** Every state of a care visit with the word people see. */
export const CARE_VISIT_STATES = { recorded: '已登记', void: '已作废' } as const;
export type CareVisitState = keyof typeof CARE_VISIT_STATES;

export const CARE_VISIT_KINDS = {
  illness: '生病住院',
  hardship: '生活困难',
  bereavement: '亲人去世',
  festival: '节日慰问',
  retirement: '退休',
  other: '其他',
} as const;
export type CareVisitKind = keyof typeof CARE_VISIT_KINDS;
export const VOID_REASONS = { mistake: '登记错了', twice: '重复登记' } as const;

/** A care visit to a worker (走访慰问): that it was paid, when and on what account; nothing that was said. */
export interface CareVisitDoc extends Aggregate {
  state: CareVisitState;
  place: string;
  worker: Named;
  by: Named;
  day: Day;
  kind: CareVisitKind;
}

/** What a decision needs besides the care visit. */
export interface CareVisitFacts extends Pick<TalkFacts, 'worker'> {
  /** One on that day and account stands already, by whomever. */
  recorded?: boolean;
}

const { Mixed } = mongoose.Schema.Types;

export function careVisitSchema(): mongoose.Schema {
  const schema = aggregateSchema(
    {
      place: { type: String, required: true },
      worker: { type: Mixed, required: true },
      by: { type: Mixed, required: true },
      day: { type: String, required: true },
      kind: { type: String, required: true },
    },
    [
      { areas: 1, day: -1, _id: -1 },
      { 'worker.id': 1, day: -1, _id: -1 },
    ],
  );
  // Two secretaries who were there together may write it down in one moment.
  const once = { unique: true, partialFilterExpression: { state: 'recorded' }, name: 'once' };
  schema.index({ 'worker.id': 1, day: 1, kind: 1 }, once);
  return schema;
}

const LONGEST_AGO = 120;
const keys = <K extends string>(words: Record<K, string>) => Object.keys(words) as [K, ...K[]];
const { move, start, lifecycle } = lifecycleOf<CareVisitDoc, CareVisitState, CareVisitFacts>();

export const careVisitInput = z.object({
  worker,
  day,
  kind: called('慰问原因', z.enum(keys<CareVisitKind>(CARE_VISIT_KINDS))),
});

/** `recorded`, and void when it was a slip. */
export const careVisitLifecycle = lifecycle({
  name: 'care_visit',
  states: CARE_VISIT_STATES,
  start: {
    record: start({
      to: 'recorded',
      by: can('record'),
      input: careVisitInput,
      guard({ day: on }, { now, facts }) {
        if (facts.recorded) return careVisitTwice();
        if (on > dayOf(now)) return dayToCome();
        return on < addDays(dayOf(now), -LONGEST_AGO) ? longAgo() : undefined;
      },
      build(input, { facts, actor }) {
        if (!facts.worker) throw notAWorker();
        const { id, name, areas, place } = facts.worker;
        return {
          areas,
          place,
          worker: { id, name },
          by: { id: actor.id, name: actor.name },
          day: input.day,
          kind: input.kind,
        };
      },
    }),
  },
  moves: {
    void: move({
      from: ['recorded'],
      to: 'void',
      by: can('void'),
      input: z.object({ because: called('原因', z.enum(keys(VOID_REASONS))) }),
    }),
  },
});

export type CareVisitMoveName = keyof typeof careVisitLifecycle.moves;
