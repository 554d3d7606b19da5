import mongoose, { type mongo } from 'mongoose';
import type { House } from '../../core/house.ts';
import type { Named } from '../../core/named.ts';
import type { Day } from '../../core/time.ts';
import type { Hours, Opening } from './hours.ts';

/** What kinds of places there are, with the word people say. */
export const VENUE_KINDS = { hall: '议事厅', courtyard: '说事小院' } as const;
export type VenueKind = keyof typeof VENUE_KINDS;

/** Who did what to a venue, append-only. */
export interface VenueChange {
  version: number;
  change: 'create' | 'edit' | 'close' | 'reopen';
  at: Date;
  by: Named;
  /** Digest of the form, to recognise the same request made again. */
  digest: string;
}

/** Where neighbours meet to talk things over. */
export interface Venue {
  _id: string;
  name: string;
  kind: VenueKind;
  community: string;
  /** Codes from the city down to where it lies. */
  areas: string[];
  address: string;
  /** How many people it seats. */
  capacity: number;
  opening: Opening[];
  /** Days on which it is closed whatever the weekday's hours are. */
  closedDays: Day[];
  /** False while it takes no bookings at all. */
  active: boolean;
  /** Why it is closed. */
  closedBecause?: string;
  version: number;
  history: VenueChange[];
  createdAt: Date;
  updatedAt: Date;
}

/** Hours somebody has a venue for. It stands in the document of its day. */
export interface Booking extends Hours {
  id: string;
  /** Grows with each change: of two places a booking stands in, the one of the greater number is where it is. */
  seq: number;
  purpose: string;
  /** How many people are expected. */
  people?: number;
  by: Named;
  at: Date;
  digest: string;
  cancelled?: { by: Named; at: Date; reason?: string };
}

/**
 * All bookings of a venue on one civil day, in one document: what is free is then decided and taken in one write, by any
 * number of processes and without a transaction. `_id` is `venue:day`.
 */
export interface VenueDay {
  _id: string;
  venue: string;
  day: Day;
  bookings: Booking[];
}

const { Mixed } = mongoose.Schema.Types;

export function venueSchema(): mongoose.Schema {
  const schema = new mongoose.Schema(
    {
      _id: { type: String, required: true },
      name: { type: String, required: true },
      kind: { type: String, required: true, enum: Object.keys(VENUE_KINDS) },
      community: { type: String, required: true },
      areas: { type: [String], required: true },
      address: { type: String, required: true },
      capacity: { type: Number, required: true },
      opening: { type: [Mixed], required: true },
      closedDays: { type: [String], required: true },
      active: { type: Boolean, required: true },
      closedBecause: String,
      version: { type: Number, required: true },
      history: { type: [Mixed], required: true },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
    },
    { versionKey: false, minimize: false, autoIndex: false },
  );
  // Neighbours tell places apart by their names.
  schema.index({ community: 1, name: 1 }, { unique: true });
  schema.index({ areas: 1, community: 1, name: 1 });
  return schema;
}

export function venueDaySchema(): mongoose.Schema {
  const schema = new mongoose.Schema(
    {
      _id: { type: String, required: true },
      venue: { type: String, required: true },
      day: { type: String, required: true },
      bookings: { type: [Mixed], required: true },
    },
    { versionKey: false, minimize: false, autoIndex: false },
  );
  schema.index({ venue: 1, day: 1 });
  schema.index({ 'bookings.id': 1 });
  return schema;
}

/** The driver's collections: what is written is exact already, and nothing is hydrated. */
export const venuesOf = (house: House): mongo.Collection<Venue> =>
  house.model<Venue>('venues').collection as unknown as mongo.Collection<Venue>;
export const daysOf = (house: House): mongo.Collection<VenueDay> =>
  house.model<VenueDay>('venue_days').collection as unknown as mongo.Collection<VenueDay>;
