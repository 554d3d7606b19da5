import mongoose from 'mongoose';
import { aggregateSchema } from '../../core/aggregate.ts';
import type { Aggregate } from '../../core/lifecycle.ts';

/** Every state of a topic with the word people see. */
export const TOPIC_STATES = {
  proposed: '征集附议',
  seconded: '待受理',
  accepted: '待议',
  declined: '不予受理',
  withdrawn: '已撤回',
  merged: '已合并',
  shelved: '暂缓',
} as const;
export type TopicState = keyof typeof TOPIC_STATES;

/** A person as a document remembers them. */
export interface Named {
  id: string;
  name: string;
}

/** The numbers a topic goes by, copied when it is proposed so that they do not change under it. */
export interface Terms {
  /** How many neighbours besides the proposer must second it before the community has to look at it. */
  seconds: number;
}

/** A topic whose proposer agreed to have it talked about together with another. */
export interface MergedTopic {
  id: string;
  number: number;
  proposer: Named;
  supporters: string[];
}

/** Something neighbours want to talk over and decide together (议题). */
export interface TopicDoc extends Aggregate {
  state: TopicState;
  /** Counts within the community: 议题5号. */
  number: number;
  community: string;
  /** Names of community and grid, for anyone. */
  place: string;
  title: string;
  text: string;
  /** The title and words as neighbours read them; numbers that say who somebody is are left out. */
  posted: { title: string; text: string };
  proposer: Named;
  /** Ids of those who seconded it; the proposer is not among them. */
  supporters: string[];
  terms: Terms;
  /** Who leads it (说事长). */
  facilitator?: Named;
  /** The topic whose meeting it could share, once the community has asked its proposer. */
  mergeAsked?: { id: string; number: number; title: string };
  mergedInto?: { id: string; number: number };
  /** The topic merged into knows its new supporters; until then the clock sees to it. */
  settled?: boolean;
  mergedFrom?: MergedTopic[];
  /** Why it rests, and the state it goes back to. */
  shelved?: { reason: string; from: TopicState };
  /** The earliest moment the clock has something to do; absent when never. */
  nextAt?: Date;
}

const { Mixed } = mongoose.Schema.Types;

/** The stored shape of a topic and the indexes its lists and jobs live on. */
export function topicSchema(): mongoose.Schema {
  const schema = aggregateSchema(
    {
      number: { type: Number, required: true },
      community: { type: String, required: true },
      place: { type: String, required: true },
      title: { type: String, required: true },
      text: { type: String, required: true },
      posted: { type: Mixed, required: true },
      proposer: { type: Mixed, required: true },
      supporters: { type: [String], required: true },
      terms: { type: Mixed, required: true },
      facilitator: Mixed,
      mergeAsked: Mixed,
      mergedInto: Mixed,
      settled: Boolean,
      mergedFrom: { type: [Mixed], default: undefined },
      shelved: Mixed,
      nextAt: Date,
    },
    [
      { areas: 1, state: 1, createdAt: -1, _id: -1 },
      { 'proposer.id': 1, createdAt: -1, _id: -1 },
      { supporters: 1, createdAt: -1, _id: -1 },
    ],
  );
  schema.index({ community: 1, number: 1 }, { unique: true });
  schema.index({ nextAt: 1 }, { sparse: true });
  return schema;
}
