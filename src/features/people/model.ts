import mongoose from 'mongoose';
import type { RoleGrant } from '../../core/ability.ts';

export type Gender = 'female' | 'male';

/** One person the house knows. Numbers and the address are sealed; fingerprints find a person by number. */
export interface Person {
  _id: string;
  name: string;
  gender?: Gender;
  birthYear?: number;
  phone?: string;
  phoneFingerprint?: string;
  idNumber?: string;
  idNumberFingerprint?: string;
  address?: string;
  /** Where they live or serve: codes from the city down. */
  areas: string[];
  roles: RoleGrant[];
  /** The worker who answers one-to-one for this elder or child (守望哨). */
  sentinel?: string;
  skills?: string[];
  household?: string;
  /** Until when reminders stay out of their chats. */
  mutedUntil?: Date;
  /** Since when: what is about their own matters comes again a week later. */
  mutedSince?: Date;
  /** Reminders they want none of, by the names of the messages, until they say otherwise. */
  mutedMessages?: string[];
  /** The channel they like best; `inbox` when only what is urgent may come to a chat. */
  channel?: string;
  /** How often their sign-ins were ended: those from before are no longer good. */
  signInsEnded?: number;
  active: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export const personSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    gender: { type: String, enum: ['female', 'male'] },
    birthYear: { type: Number },
    phone: { type: String },
    phoneFingerprint: { type: String },
    idNumber: { type: String },
    idNumberFingerprint: { type: String },
    address: { type: String },
    areas: { type: [String], required: true },
    roles: { type: [mongoose.Schema.Types.Mixed], required: true },
    sentinel: { type: String },
    skills: { type: [String], default: undefined },
    household: { type: String },
    mutedUntil: { type: Date },
    mutedSince: { type: Date },
    mutedMessages: { type: [String], default: undefined },
    channel: { type: String },
    signInsEnded: { type: Number },
    active: { type: Boolean, required: true },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false, autoIndex: false },
);
personSchema.index({ 'roles.area': 1, 'roles.role': 1 });
personSchema.index({ areas: 1, _id: 1 });
personSchema.index({ sentinel: 1 }, { sparse: true });
// A household shares a telephone; an identity number is one person's.
personSchema.index({ phoneFingerprint: 1 }, { sparse: true });
personSchema.index({ idNumberFingerprint: 1 }, { unique: true, sparse: true });

/**
 * A way to recognise a person: a puppet's contact, or an openid under the puppet `miniprogram`. The `_id` is puppet and
 * contact id together, so one contact is one person's, and moving it to another person is one atomic write.
 */
export interface Contact {
  _id: string;
  puppet: string;
  contact: string;
  person: string;
  boundAt: Date;
}

/** The puppet name under which a mini-program openid is kept among a person's contacts. */
export const MINIPROGRAM = 'miniprogram';

export const contactKey = (puppet: string, contact: string): string => `${puppet}\n${contact}`;

export const contactSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    puppet: { type: String, required: true },
    contact: { type: String, required: true },
    person: { type: String, required: true },
    boundAt: { type: Date, required: true },
  },
  { versionKey: false, autoIndex: false },
);
contactSchema.index({ person: 1 });

/** A binding code given out. The `_id` is its keyed hash; the code itself is nowhere. */
export interface BindingCode {
  _id: string;
  person: string;
  issuedBy: string;
  expiresAt: Date;
  /** Key of the contact that used it. */
  usedBy?: string;
}

export const bindingCodeSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    person: { type: String, required: true },
    issuedBy: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    usedBy: { type: String },
  },
  { versionKey: false, autoIndex: false },
);
bindingCodeSchema.index({ person: 1 });
bindingCodeSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 86_400 });

/** One line of who looked at, or changed, what of a person. Never the value itself. */
export interface Audit {
  _id: string;
  at: Date;
  by: { id: string; name: string };
  channel: string;
  person: string;
  what: 'unmask' | 'grant' | 'revoke' | 'binding_code' | 'care' | 'visits' | 'talk';
  fields?: string[];
  role?: RoleGrant;
  why?: string;
}

export const auditSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: mongoose.Schema.Types.Mixed, required: true },
    channel: { type: String, required: true },
    person: { type: String, required: true },
    what: { type: String, required: true },
    fields: { type: [String], default: undefined },
    role: { type: mongoose.Schema.Types.Mixed },
    why: { type: String },
  },
  { versionKey: false, minimize: false, autoIndex: false },
);
auditSchema.index({ person: 1, at: -1 });
