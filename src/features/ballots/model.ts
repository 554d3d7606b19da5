import mongoose from 'mongoose';
import { aggregateSchema } from '../../core/aggregate.ts';
import type { Aggregate } from '../../core/lifecycle.ts';
import type { Choice, Outcome } from './arithmetic.ts';
import type { BallotRule, Secrecy } from './pack.ts';

/** Every state of a ballot with the word people see. */
export const BALLOT_STATES = {
  drafted: '准备中',
  open: '投票中',
  closed: '已截止',
  counted: '已计票',
  void: '已作废',
} as const;
export type BallotState = keyof typeof BALLOT_STATES;

/** So many heads and so much area (0.01 m²), as it is stored. */
export interface StoredWeight {
  heads: number;
  area: number;
}

/** What a count came to. It holds sums only. */
export interface StoredCount {
  electorate: StoredWeight;
  present: StoredWeight;
  tally: Record<Choice, StoredWeight>;
  outcome: Outcome;
}

/** One question put to an electorate under a rule that was fixed when it was drafted (表决). */
export interface BallotDoc extends Aggregate {
  state: BallotState;
  community: string;
  title: string;
  question: string;
  /** What it decides about, as whoever drafted it names that. */
  about?: string;
  pack: { code: string; version: number; title: string; verified: boolean; note?: string; variant?: string };
  rule: BallotRule;
  secrecy: Secrecy;
  opensAt: Date;
  closesAt: Date;
  /** The owners entered so far, as a snapshot of their own. */
  roll?: string;
  /** Who may vote, fixed at opening: see `Elector.snapshot`. */
  snapshot?: string;
  electorate?: StoredWeight;
  count?: StoredCount;
}

/** How somebody voted, which is no secret; never what. */
export type Way = 'phone' | 'paper';

/**
 * One voice of an electorate: a household, a grown-up resident or an owner. All are written at opening and only changed
 * afterwards, so that the order they lie in says nothing of the order people voted in.
 */
export interface Elector extends StoredWeight {
  /** `snapshot:elector` */
  _id: string;
  ballot: string;
  snapshot: string;
  elector: string;
  name: string;
  /** Who may vote for it. */
  people: string[];
  /** Those of them who do not belong to it: sent to the meeting in its stead. */
  proxies?: string[];
  /** At the meeting, by roll call or code. */
  attended?: boolean;
  /** Who wrote down that a paper was handed in; and those that were taken back. */
  handedIn?: Mark;
  handedInBefore?: (Mark & { undone: Mark })[];
  /** A count has begun: no vote by phone goes in any more. */
  closed?: true;
  /** Stored here in an open ballot; of a secret one its urn says it, and it is put here when read. */
  way?: Way;
  /** Open ballots, by phone: what was chosen. */
  vote?: OpenVote;
  /** Secret ballots: the urn it votes into, and its seat there. */
  urn?: number;
  seat?: number;
}

/** Who wrote something down at the door, and when. */
export interface Mark {
  by: { id: string; name: string };
  at: Date;
}

/** A vote of an open ballot, and what was chosen before; all choices under seal until the count. */
export interface OpenVote {
  choice: string;
  by: string;
  at: Date;
  before?: Omit<OpenVote, 'before'>[];
}

/**
 * An urn of a secret ballot: who has voted, and beside that what lies in it. Both lists have all their places from the
 * opening on, and one vote takes one of each by one write: see `urn.ts`.
 */
export interface Urn {
  /** `snapshot:urn` */
  _id: string;
  snapshot: string;
  /** By seat: `paper`, or what only whoever holds the receipt can make again; empty while that voice has not voted. */
  voted: string[];
  /** By place, drawn by lot: by what whoever holds the receipt finds it again, a blank, and the choice under seal. */
  places: string[];
  /** As in `Elector`. */
  closed?: true;
}

/** One paper vote as two people entered it, each for themselves. */
export interface Paper {
  /** `snapshot:paper` */
  _id: string;
  snapshot: string;
  paper: string;
  /** By person; the choices under seal. */
  entries: { by: string; choice: string }[];
  /** Two people entered the same. */
  settled: boolean;
  version: number;
}

const { Mixed } = mongoose.Schema.Types;
const own = { versionKey: false, minimize: false, autoIndex: false } as const;

export function ballotSchema(): mongoose.Schema {
  const schema = aggregateSchema(
    {
      community: { type: String, required: true },
      title: { type: String, required: true },
      question: { type: String, required: true },
      about: String,
      pack: { type: Mixed, required: true },
      rule: { type: Mixed, required: true },
      secrecy: { type: String, required: true },
      opensAt: { type: Date, required: true },
      closesAt: { type: Date, required: true },
      roll: String,
      snapshot: String,
      electorate: Mixed,
      count: Mixed,
    },
    [
      { community: 1, createdAt: -1, _id: -1 },
      { state: 1, closesAt: 1, _id: 1 },
    ],
  );
  schema.index({ about: 1 }, { sparse: true });
  return schema;
}

export function electorSchema(): mongoose.Schema {
  const schema = new mongoose.Schema(
    {
      _id: { type: String, required: true },
      ballot: { type: String, required: true },
      snapshot: { type: String, required: true },
      elector: { type: String, required: true },
      name: { type: String, required: true },
      people: { type: [String], required: true },
      heads: { type: Number, required: true },
      area: { type: Number, required: true },
      proxies: { type: [String], default: undefined },
      attended: Boolean,
      handedIn: Mixed,
      handedInBefore: { type: [Mixed], default: undefined },
      closed: Boolean,
      way: String,
      vote: Mixed,
      urn: Number,
      seat: Number,
    },
    own,
  );
  schema.index({ snapshot: 1, people: 1 });
  // For whom something is open, wherever it is held.
  schema.index({ people: 1, ballot: -1 });
  return schema;
}

export function urnSchema(): mongoose.Schema {
  const schema = new mongoose.Schema(
    {
      _id: { type: String, required: true },
      snapshot: { type: String, required: true },
      voted: { type: [String], required: true },
      places: { type: [String], required: true },
      closed: Boolean,
    },
    own,
  );
  schema.index({ snapshot: 1 });
  return schema;
}

export function paperSchema(): mongoose.Schema {
  const schema = new mongoose.Schema(
    {
      _id: { type: String, required: true },
      snapshot: { type: String, required: true },
      paper: { type: String, required: true },
      entries: { type: [Mixed], required: true },
      settled: { type: Boolean, required: true },
      version: { type: Number, required: true },
    },
    own,
  );
  schema.index({ snapshot: 1, _id: 1 });
  return schema;
}
