import mongoose from 'mongoose';
import { aggregateSchema } from '../../core/aggregate.ts';
import type { Aggregate } from '../../core/lifecycle.ts';
import type { Named } from '../../core/named.ts';

/** Every state of a handoff with the word people see. */
export const HANDOFF_STATES = { opened: '待回复', answered: '已回复', closed: '已结束' } as const;
export type HandoffState = keyof typeof HANDOFF_STATES;

/** One thing said, by the resident or by whoever answered. */
export interface Said {
  by: Named;
  /** True when it is an answer of the community's. */
  answer: boolean;
  text: string;
  at: Date;
  /** It was said that somebody is in danger. */
  urgent?: boolean;
}

/** A resident who wants a human, and what was said between them (转人工). */
export interface HandoffDoc extends Aggregate {
  state: HandoffState;
  /** Counts within the community: 求助3号. */
  number: number;
  community: string;
  requester: Named;
  said: Said[];
  /** Until when it wants an answer (opened) or is held open for another question (answered). */
  nextAt?: Date;
  /** Somebody is in danger and nobody has answered yet. */
  alarm?: boolean;
  /** The secretary was told that nobody answered in time. */
  escalated: boolean;
}

const { Mixed } = mongoose.Schema.Types;

export function handoffSchema(): mongoose.Schema {
  const schema = aggregateSchema(
    {
      number: { type: Number, required: true },
      community: { type: String, required: true },
      requester: { type: Mixed, required: true },
      said: { type: [Mixed], required: true },
      nextAt: Date,
      alarm: Boolean,
      escalated: { type: Boolean, required: true },
    },
    [
      { areas: 1, state: 1, alarm: -1, createdAt: -1, _id: -1 },
      // Those that wait are a queue: whoever called first is answered first.
      { areas: 1, state: 1, alarm: -1, createdAt: 1, _id: 1 },
      { 'requester.id': 1, createdAt: -1, _id: -1 },
    ],
  );
  schema.index({ community: 1, number: 1 }, { unique: true });
  schema.index({ nextAt: 1 }, { sparse: true });
  return schema;
}
