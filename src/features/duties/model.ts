import mongoose from 'mongoose';
import { aggregateSchema } from '../../core/aggregate.ts';
import type { Aggregate } from '../../core/lifecycle.ts';
import type { Named } from '../../core/named.ts';
import { sealPlace } from '../../core/vault.ts';
import type { Pack } from './pack.ts';

/** A version of a pack that an admin of this house put in. Never changed; a later version holds instead of it. */
export interface PackDoc {
  /** `code:area:version`, the area empty where it holds everywhere. */
  _id: string;
  pack: Pack;
  by: Named;
  at: Date;
}

export const packDocSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    pack: { type: mongoose.Schema.Types.Mixed, required: true },
    by: { type: mongoose.Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false, minimize: false, autoIndex: false },
);

/** An admin compared a version of a pack with its source. */
export interface ConfirmationDoc {
  /** As the pack's row: `code:area:version`. */
  _id: string;
  by: Named;
  at: Date;
  note: string;
}

export const confirmationSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    by: { type: mongoose.Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    note: { type: String, required: true },
  },
  { versionKey: false, minimize: false, autoIndex: false },
);

/** Every state of something that happened, with the word people see. Whether it was answered, the logs say. */
export const EVENT_STATES = { open: '等待到场', dropped: '已撤销' } as const;
export type EventState = keyof typeof EVENT_STATES;

/** Something happened that wants somebody to come or to report. */
export interface DutyEventDoc extends Aggregate {
  state: EventState;
  community: string;
  /** Code of what it is, as the packs' items name it. */
  event: string;
  title: string;
  /** When it happened. */
  happenedAt: Date;
  /** Where the rule counts hours, the moment by which; whoever is to come is then called at once. */
  until?: Date;
  /** Who is to come. */
  bearer: Named;
  /** Whom it is about, if it is about somebody in care. */
  person?: string;
  /** Where exactly, under seal: it may be a home. */
  place?: string;
  /** What happened in a few words, under seal. */
  what?: string;
  by: Named;
}

export const doorPlace = (id: string): string => sealPlace('duty_event', id, 'place');
export const whatPlace = (id: string): string => sealPlace('duty_event', id, 'what');

const { Mixed } = mongoose.Schema.Types;

export function dutyEventSchema(): mongoose.Schema {
  return aggregateSchema(
    {
      community: { type: String, required: true },
      event: { type: String, required: true },
      title: { type: String, required: true },
      happenedAt: { type: Date, required: true },
      until: Date,
      bearer: { type: Mixed, required: true },
      person: String,
      place: String,
      what: String,
      by: { type: Mixed, required: true },
    },
    [
      { areas: 1, state: 1, happenedAt: -1, _id: -1 },
      { 'bearer.id': 1, happenedAt: -1 },
    ],
  );
}
