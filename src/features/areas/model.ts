import mongoose from 'mongoose';
import type { Span } from '../../core/time.ts';
import { type AreaLevel, LEVELS } from './codes.ts';
import type { IncidentTargetChanges } from './incident-terms.ts';

/** How long each step of a wish may take (design, section 4). */
export interface Targets {
  publish: Span;
  claim: Span;
  contact: Span;
  done: Span;
}

/** What holds until an area says otherwise. */
export const DEFAULT_TARGETS: Targets = {
  publish: { workdays: 1 },
  claim: { workdays: 5 },
  contact: { days: 7 },
  done: { workdays: 15 },
};

/** When a community's people are in their office. Times are Shanghai's, `HH:MM`. */
export interface OfficeHours {
  /** Workdays by the State Council's calendar, every day, or these days of the week (1 is Monday), holidays or not. */
  days: 'workdays' | 'everyday' | number[];
  /** One after the other, without overlap. */
  times: { from: string; to: string }[];
}

export interface AreaSettings {
  targets?: Partial<Targets>;
  officeHours?: OfficeHours;
  /** The number somebody answers day and night: said to whoever is in danger. */
  dutyPhone?: string;
  incidentTargets?: IncidentTargetChanges;
}

/** A chat group bound to an area, and the word that calls the bot there without a mention. */
export interface ChatGroup {
  puppet: string;
  room: string;
  prefix?: string;
}

export interface Area {
  /** Its code. */
  _id: string;
  name: string;
  level: AreaLevel;
  parent: string | null;
  /** Codes from the city down to its own. */
  areas: string[];
  settings?: AreaSettings;
  chatGroups?: ChatGroup[];
}

export const areaSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    level: { type: String, required: true, enum: LEVELS },
    parent: { type: String, default: null },
    areas: { type: [String], required: true },
    settings: { type: mongoose.Schema.Types.Mixed },
    chatGroups: { type: [mongoose.Schema.Types.Mixed], default: undefined },
  },
  { versionKey: false, minimize: false, autoIndex: false },
);
areaSchema.index({ parent: 1, _id: 1 });
areaSchema.index({ level: 1 });
areaSchema.index({ 'chatGroups.room': 1 }, { sparse: true });

/** The last human number given in a community for a kind of thing; `_id` is `kind:community`. */
export interface Counter {
  _id: string;
  last: number;
}

export const counterSchema = new mongoose.Schema(
  { _id: { type: String, required: true }, last: { type: Number, required: true } },
  { versionKey: false, autoIndex: false },
);
