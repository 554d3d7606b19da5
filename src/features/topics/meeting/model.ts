import mongoose from 'mongoose';
import type { Named } from '../../../core/named.ts';

/** What is written down beside a topic while it is talked over. */

/** How somebody is known to be there. */
export type How = 'code' | 'roll' | 'proxy';

/** One voice that is at a meeting. The id lets each be there once. */
export interface Attendance {
  /** `topic:session:voice` */
  _id: string;
  topic: string;
  session: number;
  voice: string;
  /** Of the household, or of the grown-up. */
  name: string;
  /** Who belongs to it, as the register had it then. */
  people: string[];
  /** Who came and signed in. */
  person?: string;
  how: How;
  by: Named;
  at: Date;
  /** How many voices the place had then: what is over is not counted by a later register. */
  of: number;
  /** Who stands for it. */
  proxy?: string;
  /** Which of those that may be given to one person this is; each is given once. */
  slot?: string;
}

export const STATEMENT_STATES = { waiting: '待审核', visible: '已公开', hidden: '未公开' } as const;
export type StatementState = keyof typeof STATEMENT_STATES;

/** What somebody said of the topic (发言). */
export interface Statement {
  _id: string;
  topic: string;
  session: number;
  by: Named;
  /** As written, and as neighbours read it. */
  text: string;
  posted: string;
  at: Date;
  state: StatementState;
  /** How often it was looked at: each decision is told once. */
  moderations: number;
  moderatedBy?: Named;
  moderatedAt?: Date;
  reason?: string;
}

/** Whether somebody agrees with a statement; the last word counts. Nobody is shown whose it is. */
export interface OpinionRow {
  /** `statement:person` */
  _id: string;
  topic: string;
  statement: string;
  person: string;
  opinion: 'agree' | 'disagree' | 'pass';
  at: Date;
}

/** The written part of the minutes. */
export interface MinutesText {
  points: { agenda: string; words: string }[];
  conclusion: string;
  recorder: string;
}

/** The minutes of one sitting (会议纪要), with what they said before. */
export interface Minutes extends MinutesText {
  /** `topic:session` */
  _id: string;
  topic: string;
  session: number;
  version: number;
  by: Named;
  at: Date;
  /** What was put right after the result was publicised, and why. */
  corrections?: { at: Date; by: Named; reason: string }[];
  history: (MinutesText & { version: number; by: Named; at: Date })[];
}

const { Mixed } = mongoose.Schema.Types;
const own = { versionKey: false, minimize: false, autoIndex: false } as const;
const text = { type: String, required: true } as const;
const when = { type: Date, required: true } as const;
const number = { type: Number, required: true } as const;

function attendanceSchema(): mongoose.Schema {
  const schema = new mongoose.Schema(
    {
      _id: text,
      topic: text,
      session: number,
      voice: text,
      name: text,
      people: { type: [String], required: true },
      person: String,
      how: text,
      by: { type: Mixed, required: true },
      at: when,
      of: number,
      proxy: String,
      slot: String,
    },
    own,
  );
  schema.index({ topic: 1, session: 1 });
  schema.index({ people: 1, at: -1 });
  schema.index({ slot: 1 }, { unique: true, sparse: true });
  return schema;
}

function statementSchema(): mongoose.Schema {
  const schema = new mongoose.Schema(
    {
      _id: text,
      topic: text,
      session: number,
      by: { type: Mixed, required: true },
      text,
      posted: text,
      at: when,
      state: text,
      moderations: number,
      moderatedBy: Mixed,
      moderatedAt: Date,
      reason: String,
    },
    own,
  );
  schema.index({ topic: 1, at: -1, _id: -1 });
  return schema;
}

function opinionSchema(): mongoose.Schema {
  const schema = new mongoose.Schema(
    { _id: text, topic: text, statement: text, person: text, opinion: text, at: when },
    own,
  );
  schema.index({ topic: 1, person: 1 });
  return schema;
}

function minutesSchema(): mongoose.Schema {
  return new mongoose.Schema(
    {
      _id: text,
      topic: text,
      session: number,
      points: { type: [Mixed], required: true },
      conclusion: { type: String },
      recorder: text,
      version: number,
      by: { type: Mixed, required: true },
      at: when,
      corrections: { type: [Mixed], default: undefined },
      history: { type: [Mixed], required: true },
    },
    own,
  );
}

export const meetingModels: Record<string, mongoose.Schema> = {
  topic_attendance: attendanceSchema(),
  topic_statements: statementSchema(),
  topic_opinions: opinionSchema(),
  topic_minutes: minutesSchema(),
};
