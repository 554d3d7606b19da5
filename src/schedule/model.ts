import type { mongo } from 'mongoose';
import mongoose from 'mongoose';
import type { House } from '../core/house.ts';

export const RUN_STATES = ['running', 'done', 'failed', 'skipped'] as const;

/** One line of the ledger: what became of one slot of one job. */
export interface JobRun {
  /** `job@2026-03-09T01:00:00.000Z`: unique, and all the exactness of the schedule rests on that. */
  _id: string;
  job: string;
  slot: Date;
  state: (typeof RUN_STATES)[number];
  /** Begun more than a minute after its slot. */
  late: boolean;
  /** Started by a person. */
  byHand?: true;
  /** Of a skipped one: all slots after this moment and before it were skipped too, without a line each. */
  skippedSince?: Date;
  attempts: number;
  /** Who runs it, and until when unless renewed. */
  holder?: string;
  leaseUntil?: Date;
  /** When somebody has to look at it: its lease is over, or it failed and may be tried again. */
  nextAt?: Date;
  startedAt?: Date;
  finishedAt?: Date;
  lines?: string[];
  /** How many lines more the report had. */
  moreLines?: number;
  error?: string;
}

/** Up to where a job's slots are accounted for. */
export interface JobMark {
  _id: string;
  seenUntil: Date;
}

/** Names of the models and of their collections. */
export const RUNS = 'job_runs';
export const MARKS = 'job_marks';

const runSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    job: { type: String, required: true },
    slot: { type: Date, required: true },
    state: { type: String, enum: RUN_STATES, required: true },
    late: { type: Boolean, required: true },
    byHand: { type: Boolean },
    skippedSince: { type: Date },
    attempts: { type: Number, required: true },
    holder: { type: String },
    leaseUntil: { type: Date },
    nextAt: { type: Date },
    startedAt: { type: Date },
    finishedAt: { type: Date },
    lines: { type: [String], default: undefined },
    moreLines: { type: Number },
    error: { type: String },
  },
  { versionKey: false, autoIndex: false },
);
runSchema.index({ job: 1, slot: -1 });
runSchema.index({ slot: 1 });
runSchema.index({ nextAt: 1 }, { sparse: true });

const markSchema = new mongoose.Schema(
  { _id: { type: String, required: true }, seenUntil: { type: Date, required: true } },
  { versionKey: false, autoIndex: false },
);

export const scheduleModels = { [RUNS]: runSchema, [MARKS]: markSchema };

/** The plain collections of the schedule. */
export const runsOf = ({ db }: Pick<House, 'db'>) => db.collection(RUNS) as unknown as mongo.Collection<JobRun>;
export const marksOf = ({ db }: Pick<House, 'db'>) => db.collection(MARKS) as unknown as mongo.Collection<JobMark>;
