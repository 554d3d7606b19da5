import mongoose from 'mongoose';
import { aggregateSchema } from '../../core/aggregate.ts';
import type { Aggregate } from '../../core/lifecycle.ts';
import type { Named } from '../../core/named.ts';
import type { Day } from '../../core/time.ts';
import { sealPlace } from '../../core/vault.ts';
import type { Colour, FlagKind } from './kinds.ts';

/** Every state of a person in care with the word people see. */
export const CARE_STATES = { kept: '在册', ended: '已退出' } as const;
export type CareState = keyof typeof CARE_STATES;

/** Who agreed that somebody is kept in care for a reason: they themselves, a child's guardian, or the law says so. */
export const CONSENTS = { self: '本人同意', guardian: '监护人同意', statutory: '依法登记' } as const;
export type ConsentBy = keyof typeof CONSENTS;

export interface Consent {
  by: ConsentBy;
  at: Day;
}

/** One reason why somebody is in care. */
export interface Flag {
  kind: FlagKind;
  since: Day;
  /** By then somebody looks again whether it still holds. */
  reviewBy: Day;
  consent: Consent;
  /** Under seal. */
  reason: string;
  by: Named;
}

/** What somebody wrote about a person in care: a note, or why a move was made. */
export interface Note {
  /** The move it was written with. */
  move: string;
  /** Under seal. */
  text: string;
  by: Named;
  at: Date;
}

/** A sentinel who handed somebody over. */
export interface Served {
  sentinel: string;
  from: Day;
  to: Day;
}

/** A person in care (关爱对象). At most one document of a person is `kept`. */
export interface CareDoc extends Aggregate {
  state: CareState;
  person: string;
  community: string;
  flags: Flag[];
  colour: Colour;
  /** The worker who answers one-to-one (守望哨). People's register keeps a copy. */
  sentinel?: string;
  /** Since when that one does. */
  sentinelSince?: Day;
  /** The household lead who looks in (包格联户). */
  lead?: string;
  since: Day;
  /** The latest days they were seen on, newest first. */
  visits: Day[];
  notes: Note[];
  /** Sentinels before the present one, oldest first. */
  served: Served[];
  /** Since when the register has them no more: nobody has to see them until somebody has looked into it. */
  missing?: Day;
  /** The day they were last seen on or, failing that, taken into care: nothing about them is due before it is long past. */
  seenOn?: Day;
  /** The days before that one, newest first, each as `yymmdd`; see `listing`. */
  seenBefore?: string;
  /** All that a plan of the whole city says of them, in one line; see `listing`. */
  line?: string;
}

/** Everybody of an area, one sentinel's people after the other. */
export const BY_AREA = { areas: 1, state: 1, sentinel: 1, _id: 1 } as const;

/** Of a whole city whom somebody has to see, and who was seen; no field of it is an array, so that it answers without the documents. */
export const WHOM_TO_SEE = { community: 1, state: 1, colour: 1, seenOn: 1, seenBefore: 1, line: 1 } as const;

/** More days than any rule about visits looks back on. */
export const VISITS_KEPT = 12;

/** Where what somebody wrote belongs: it opens nowhere else. */
export const reasonPlace = (id: string, kind: FlagKind): string => sealPlace('care', id, `flags/${kind}`);
export const notePlace = (id: string, nth: number): string => sealPlace('care', id, `notes/${nth}`);

const { Mixed } = mongoose.Schema.Types;

export function careSchema(): mongoose.Schema {
  const schema = aggregateSchema(
    {
      person: { type: String, required: true },
      community: { type: String, required: true },
      flags: { type: [Mixed], required: true },
      colour: { type: String, required: true },
      sentinel: String,
      sentinelSince: String,
      lead: String,
      since: { type: String, required: true },
      visits: { type: [String], required: true },
      notes: { type: [Mixed], required: true },
      served: { type: [Mixed], required: true },
      missing: String,
      seenOn: String,
      seenBefore: String,
      line: String,
    },
    [
      // A whole area by sentinel, as plans are made; and its lists, by the first two.
      BY_AREA,
      { state: 1, sentinel: 1, _id: 1 },
      WHOM_TO_SEE,
      { person: 1, createdAt: -1 },
      { 'flags.reviewBy': 1 },
    ],
  );
  schema.index({ person: 1 }, { name: 'kept_once', unique: true, partialFilterExpression: { state: 'kept' } });
  schema.index({ lead: 1 }, { sparse: true });
  return schema;
}
