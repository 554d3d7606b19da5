import type { mongo } from 'mongoose';
import mongoose from 'mongoose';
import type { House } from '../core/house.ts';

export const DELIVERY_STATES = ['queued', 'leased', 'sent', 'dead'] as const;

/**
 * One message to one person: their inbox entry from the moment it is written, and the record of carrying it to them
 * through a channel as well.
 *
 * `queued` waits for `nextAt`; `leased` is being sent by a process that has until `leaseUntil`; `sent` is settled, through
 * `channel` (which is `inbox` when nothing else was left); `dead` was given up on and lies in the inbox only.
 */
export interface Delivery {
  /** What the message tells of (a move, a notice) and the person: unique for ever, so that one move tells a person once. */
  _id: string;
  to: string;
  message: string;
  title: string;
  text: string;
  link?: string;
  /** What the move told, for channels that fill in a form of their own. */
  data: Record<string, unknown>;
  /** The document to ask whether it still holds, of messages for which that may change. */
  about?: { aggregate: string; id: string };
  /** When it was found that it no longer holds; it then lies in the inbox only, and says so. */
  passedAt?: Date;
  urgent: boolean;
  state: (typeof DELIVERY_STATES)[number];
  createdAt: Date;
  readAt?: Date;
  /** How often a channel was tried. */
  attempts: number;
  /** The channel it waits for; only while queued or leased. */
  via?: string;
  /** Those of a lower rank go first; only while queued or leased. */
  rank?: number;
  /** When somebody has to look at it next: to send it or, once leased, because the lease is over. */
  nextAt?: Date;
  lease?: string;
  leaseUntil?: Date;
  /** Written just before a channel is asked to send, removed when it has answered. Still there later: nobody knows. */
  trying?: { channel: string; target: string; at: Date };
  /** Addresses that will not do, `channel:target`. */
  tried?: string[];
  lastError?: string;
  channel?: string;
  sentAt?: Date;
}

/** Whoever waits for a channel waits behind what is urgent; what is told to a whole place, behind what is meant for one. */
export const RANKS = { urgent: 0, ordinary: 1, broadcast: 2 } as const;

/** The channel of those who have no other. */
export const INBOX = 'inbox';

/** Name of the model and of its collection. */
export const DELIVERIES = 'deliveries';

export const deliverySchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    to: { type: String, required: true },
    message: { type: String, required: true },
    title: { type: String, required: true },
    text: { type: String, required: true },
    link: { type: String },
    data: { type: mongoose.Schema.Types.Mixed, required: true },
    about: { type: mongoose.Schema.Types.Mixed },
    passedAt: { type: Date },
    urgent: { type: Boolean, required: true },
    state: { type: String, enum: DELIVERY_STATES, required: true },
    createdAt: { type: Date, required: true },
    readAt: { type: Date },
    attempts: { type: Number, required: true },
    via: { type: String },
    rank: { type: Number },
    nextAt: { type: Date },
    lease: { type: String },
    leaseUntil: { type: Date },
    trying: { type: mongoose.Schema.Types.Mixed },
    tried: { type: [String], default: undefined },
    lastError: { type: String },
    channel: { type: String },
    sentAt: { type: Date },
  },
  { versionKey: false, minimize: false, autoIndex: false },
);
deliverySchema.index({ to: 1, createdAt: -1, _id: -1 });
deliverySchema.index({ to: 1, readAt: 1 });
// Only what is on its way has any of these fields, so this index stays small however long the inboxes grow.
deliverySchema.index({ via: 1, rank: 1, nextAt: 1 }, { sparse: true });
deliverySchema.index({ createdAt: 1 });

/** The plain collection of deliveries: what is written is already exact, and nothing read needs hydrating. */
export function deliveriesOf({ db }: Pick<House, 'db'>): mongo.Collection<Delivery> {
  return db.collection(DELIVERIES) as unknown as mongo.Collection<Delivery>;
}
