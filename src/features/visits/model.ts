import mongoose from 'mongoose';
import { aggregateSchema } from '../../core/aggregate.ts';
import type { Aggregate } from '../../core/lifecycle.ts';
import type { Named } from '../../core/named.ts';
import type { PhotoRef } from '../../core/photos.ts';
import type { Day } from '../../core/time.ts';
import { sealPlace } from '../../core/vault.ts';

/** Every state of a logged visit with the word people see. */
export const VISIT_STATES = { logged: '已记录', void: '已作废' } as const;
export type VisitState = keyof typeof VISIT_STATES;

/** What a log is of: going to see people, checking a place, being there when something happened, reporting it. */
export const VISIT_KINDS = { visit: '走访', inspection: '排查', arrive: '到场', report: '报告' } as const;
export type VisitKind = keyof typeof VISIT_KINDS;

/** What was seen, as it stands or as it stood before a correction. */
export interface Seen {
  kind: VisitKind;
  /** The Shanghai day it was made on. */
  day: Day;
  /** Where, as whoever was there says; nobody is tracked. */
  place?: string;
  /** Ids of those in care who were seen. */
  persons: string[];
  /** How many households in all. */
  households: number;
  /** Nothing was out of order. */
  well: boolean;
  /** What was found, under seal: it is about somebody's life. */
  found?: string;
}

/** What came of a visit. */
export interface Spawned {
  kind: 'wish' | 'incident';
  id: string;
  number: number;
  /** Its words told of danger: it was alarmed at once. */
  danger?: true | undefined;
}

/** Somebody looked at a log to see whether it is true. */
export interface Check {
  by: Named;
  at: Date;
  agreed: boolean;
  words?: string;
}

/** What the latest check says of a log as it stands: nothing when it was changed since. Pure. */
export function checkOf({
  checks,
  before,
}: Pick<VisitDoc, 'checks' | 'before'>): 'agreed' | 'doubted' | 'changed' | undefined {
  const last = checks.at(-1);
  const changed = before.at(-1)?.until;
  if (!last) return undefined;
  if (changed && changed >= last.at) return 'changed';
  return last.agreed ? 'agreed' : 'doubted';
}

/** One visit or inspection as whoever made it logged it. */
export interface VisitDoc extends Aggregate, Seen {
  state: VisitState;
  community: string;
  grid?: string;
  by: Named;
  /** Duties it was made for by name, `pack/item`. */
  items: string[];
  /** At how many of the households nobody was met, as it was logged. */
  unmet?: number;
  /** What happened that it answers. */
  event?: string;
  photos: PhotoRef[];
  photoIds: string[];
  spawned: Spawned[];
  checks: Check[];
  /** How it stood before each correction, oldest first. */
  before: (Seen & { until: Date })[];
  /** It was written without a network and sent later than its day. */
  late?: boolean;
  /** Those in care it names have not been told of it yet, or not of the correction. */
  unsettled?: boolean;
}

/** Where what was found is sealed to. */
export const foundPlace = (id: string): string => sealPlace('visit', id, 'found');

const { Mixed } = mongoose.Schema.Types;

export function visitSchema(): mongoose.Schema {
  const schema = aggregateSchema(
    {
      community: { type: String, required: true },
      grid: String,
      by: { type: Mixed, required: true },
      kind: { type: String, required: true },
      day: { type: String, required: true },
      place: String,
      persons: { type: [String], required: true },
      households: { type: Number, required: true },
      well: { type: Boolean, required: true },
      found: String,
      unmet: Number,
      items: { type: [String], required: true },
      event: String,
      photos: { type: [Mixed], required: true },
      photoIds: { type: [String], required: true },
      spawned: { type: [Mixed], required: true },
      checks: { type: [Mixed], required: true },
      before: { type: [Mixed], required: true },
      late: Boolean,
      unsettled: Boolean,
    },
    [
      { 'by.id': 1, day: -1, _id: -1 },
      { areas: 1, day: -1, _id: -1 },
      { persons: 1, day: -1, _id: -1 },
      { photoIds: 1 },
    ],
  );
  schema.index({ event: 1 }, { sparse: true });
  schema.index({ unsettled: 1, _id: 1 }, { sparse: true });
  return schema;
}
