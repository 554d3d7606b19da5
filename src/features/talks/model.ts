import mongoose from 'mongoose';
import { aggregateSchema } from '../../core/aggregate.ts';
import type { Aggregate } from '../../core/lifecycle.ts';
import type { Named } from '../../core/named.ts';
import type { Day } from '../../core/time.ts';
import topics from './topics.json' with { type: 'json' };

/** Every state of a talk with the word people see. */
export const TALK_STATES = {
  asked: '约谈中',
  scheduled: '已约时间',
  done: '已谈',
  dropped: '不谈了',
  missed: '没有谈',
} as const;
export type TalkState = keyof typeof TALK_STATES;

/** What a talk may have touched on: a checklist as data, `topics.json`. */
export const TOPICS: Readonly<Record<string, string>> = topics;
export const TOPIC_CODES: readonly string[] = Object.keys(topics);

/** What calls for a talk beside the quarter (design, section 4 of issue 6). */
export const OCCASIONS = {
  transfer: '岗位调动',
  commendation: '受到表彰',
  setback: '遇到挫折',
  illness: '生病',
  family: '家里有事',
  conflict: '有矛盾纠纷',
  own_request: '本人要求',
} as const;
export type OccasionKind = keyof typeof OCCASIONS;

/** Why a talk that was asked for is not held. Codes, for words might tell what nobody is to read. */
export const DROP_REASONS = {
  settled: '事情已经解决',
  left: '本人已经离开',
  moved: '换到别的社区',
  mistake: '登记错了',
} as const;
export type DropReason = keyof typeof DROP_REASONS;

/** When and where both mean to meet. */
export interface Meeting {
  day: Day;
  /** `15:30`, by the clocks of Shanghai. */
  time: string;
  place?: string;
  agreed: boolean;
}

/** One talk with one worker for one purpose: a quarter, or an occasion (谈心谈话). */
export interface TalkDoc extends Aggregate {
  state: TalkState;
  /** The community whose secretary talks. */
  place: string;
  worker: Named;
  /** `2026-Q4`, or `illness:2026-11-02:1`. Of one worker's talks no two have the same. */
  purpose: string;
  occasion?: { kind: OccasionKind; at: Day };
  /** Of an occasion: the last workday for it. */
  by?: Day;
  /** The secretary who proposed the time or held the talk. */
  host?: Named;
  meeting?: Meeting;
  /** The worker says it took place that day; the secretary has not said so yet. */
  claimed?: Day;
  heldOn?: Day;
  /** Quarter of `heldOn`. */
  heldIn?: string;
  topics?: string[];
  /** What was said, under seal. Readable by `author` and the worker, and by nobody else. */
  record?: string;
  /** Id of whoever wrote the record. */
  author?: string;
}

const { Mixed } = mongoose.Schema.Types;

export function talkSchema(): mongoose.Schema {
  const schema = aggregateSchema(
    {
      place: { type: String, required: true },
      worker: { type: Mixed, required: true },
      purpose: { type: String, required: true },
      occasion: Mixed,
      by: String,
      host: Mixed,
      meeting: Mixed,
      claimed: String,
      heldOn: String,
      heldIn: String,
      topics: { type: [String], default: undefined },
      record: String,
      author: String,
    },
    [
      { areas: 1, createdAt: -1, _id: -1 },
      { 'worker.id': 1, createdAt: -1, _id: -1 },
    ],
  );
  schema.index({ heldIn: 1 }, { sparse: true });
  schema.index({ state: 1, 'meeting.day': 1 });
  return schema;
}
