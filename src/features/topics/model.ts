import mongoose from 'mongoose';
import { aggregateSchema } from '../../core/aggregate.ts';
import type { Aggregate } from '../../core/lifecycle.ts';
import type { Named } from '../../core/named.ts';

/** Every state of a topic with the word people see. */
export const TOPIC_STATES = {
  proposed: '征集附议',
  seconded: '待受理',
  accepted: '待议',
  scheduled: '已定时间',
  discussing: '商量中',
  voting: '表决中',
  resolved: '已有结果',
  publicised: '公示中',
  executing: '落实中',
  reviewed: '已办结',
  failed: '未通过',
  declined: '不予受理',
  withdrawn: '已撤回',
  merged: '已合并',
  shelved: '暂缓',
} as const;
export type TopicState = keyof typeof TOPIC_STATES;

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

/** One sitting of a meeting (议事会): announced, held, over. */
export interface Meeting {
  /** 1 for the first, 2 when it had to be gone on with another day. */
  session: number;
  venue: { id: string; name: string; address: string };
  booking: string;
  startsAt: Date;
  endsAt: Date;
  agenda: string[];
  /** By whose rule it is seen whether enough are there; none when a talk in a courtyard decides nothing by numbers. */
  pack?: string;
  variant?: string;
  /** When those who live there were told of this hour and place. */
  announcedAt: Date;
  /** How often hour or place were changed since it was first announced. */
  changes: number;
  /** Those who live there were reminded of it. */
  reminded?: boolean;
  begunAt?: Date;
  /** What whoever is there signs in by. */
  code?: string;
  pausedAt?: Date;
  endedAt?: Date;
  /** Why it was adjourned. */
  adjourned?: string;
  /** What it came to, when it came to anything: later sittings may come to something else. */
  outcome?: TopicOutcome;
  arithmetic?: string[];
  resolution?: string;
}

/** The ballot a topic is decided by, as much of it as the clock is asked about. */
export interface TopicVote {
  ballot: string;
  question: string;
  packTitle: string;
  secrecy: 'open' | 'secret';
  opensAt: Date;
  closesAt: Date;
}

/** How it came out: by vote, or because those there agreed. */
export const OUTCOMES = { passed: '通过', failed: '未通过', agreed: '商量一致' } as const;
export type TopicOutcome = keyof typeof OUTCOMES;

/**
 * Whether everybody may read an objection: once it is answered, unless it would hurt somebody. One that waited while another
 * was upheld has lapsed: what it was against is taken down.
 */
export const OBJECTION_STANDINGS = {
  waiting: '待答复',
  visible: '已公开',
  hidden: '未公开',
  lapsed: '已随重新商量一并处理',
} as const;
export type ObjectionStanding = keyof typeof OBJECTION_STANDINGS;

/** A neighbour's word against a result while it is publicised. */
export interface Objection {
  id: string;
  by: Named;
  at: Date;
  /** As written, and as neighbours read it. */
  text: string;
  posted: string;
  standing: ObjectionStanding;
  answer?: { text: string; upheld: boolean; by: Named; at: Date };
  /** When what it was against was taken down before it was answered. */
  lapsedAt?: Date;
}

/** What is to be done so that a decision comes true. */
export interface ExecutionItem {
  id: string;
  text: string;
  owner: Named;
  /** Until the end of this day. */
  deadline: string;
  /** Who listed it. */
  by: Named;
  /** It is to become a wish, and has not yet. */
  asWish?: true;
  /** The wish it became, when it is one. */
  wish?: { id: string; number: number };
  done?: { at: Date; note: string };
  /** Whoever leads the topic gave it up, and why. */
  dropped?: { at: Date; reason: string };
  /** What it was before it was passed on or given more time, the earliest first. */
  changes?: ItemChange[];
  /** The owner was reminded on its day, or it was listed too late for that. */
  toldDue?: boolean;
  /** The owner and who leads the topic were told that it is late. */
  toldLate?: boolean;
}

/** An item was given to somebody else, or more time: by whom, why, and what it was before. */
export interface ItemChange {
  at: Date;
  by: Named;
  owner?: Named;
  deadline?: string;
  reason?: string;
}

/** What somebody who took part thinks of how it was carried out. */
export interface TopicReview {
  by: string;
  score: number;
  words?: string;
  at: Date;
}

/** A result that hung out, and was taken down again because an objection to it was upheld. */
export interface Published {
  outcome?: TopicOutcome;
  arithmetic: string[];
  resolution?: string;
  publicity: { from: Date; until: Date };
  overturnedAt: Date;
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
  /** The one announced or under way. */
  meeting?: Meeting;
  /** Those that are over. */
  meetings?: Meeting[];
  vote?: TopicVote;
  /** Earlier ballots: at a tie it is voted again. */
  votes?: TopicVote[];
  outcome?: TopicOutcome;
  /** The arithmetic of the result in sentences. */
  arithmetic?: string[];
  /** What was decided, in words (决议). */
  resolution?: string;
  publicity?: { from: Date; until: Date };
  /** What hung out before, the latest last: what was public once stays so. */
  published?: Published[];
  objections?: Objection[];
  items?: ExecutionItem[];
  /** Those who took part, by their ids, are asked until then. */
  reviewing?: { until: Date; summary: string; people: string[] };
  reviews?: TopicReview[];
  /** Why it rests, and the state it goes back to. */
  shelved?: { reason: string; from: TopicState };
  /** When it came into its state. */
  since?: Date;
  /** Whoever it waits for was reminded that it does, since then. */
  nudged?: boolean;
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
      meeting: Mixed,
      meetings: { type: [Mixed], default: undefined },
      vote: Mixed,
      votes: { type: [Mixed], default: undefined },
      outcome: String,
      arithmetic: { type: [String], default: undefined },
      resolution: String,
      publicity: Mixed,
      published: { type: [Mixed], default: undefined },
      objections: { type: [Mixed], default: undefined },
      items: { type: [Mixed], default: undefined },
      reviewing: Mixed,
      reviews: { type: [Mixed], default: undefined },
      shelved: Mixed,
      since: Date,
      nudged: Boolean,
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
  // Who leads a meeting when.
  schema.index({ 'facilitator.id': 1, 'meeting.endsAt': 1 }, { sparse: true });
  return schema;
}
