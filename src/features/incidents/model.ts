import mongoose from 'mongoose';
import { aggregateSchema } from '../../core/aggregate.ts';
import type { Aggregate } from '../../core/lifecycle.ts';
import { indexMatters, matterFields } from '../../core/matter-schema.ts';
import type { Follower } from '../../core/merging.ts';
import type { Named } from '../../core/named.ts';
import type { PhotoRef } from '../../core/photos.ts';
import { sealPlace } from '../../core/vault.ts';
import type { IncidentTargets, Urgency } from '../areas/index.ts';

/** Every state of an incident with the word people see. */
export const INCIDENT_STATES = {
  reported: '待核实',
  triaged: '待分办',
  dispatched: '处置中',
  assisting: '协同处置中',
  resolved: '待确认',
  confirmed: '已办结',
  rejected: '退单待定',
  partial: '部分解决',
  reopened: '重办中',
  merged: '已合并',
  referred: '已转办',
  declined: '不予受理',
  withdrawn: '已撤回',
} as const;
export type IncidentState = keyof typeof INCIDENT_STATES;

/** The five steps of the city, in order. */
export const STEPS = ['信息收集', '问题发现', '任务分办', '协同处置', '结果反馈'] as const;

/** At which of the five steps an incident is, from 1. */
export const STEP_OF: Record<IncidentState, 1 | 2 | 3 | 4 | 5> = {
  reported: 1,
  triaged: 2,
  rejected: 2,
  dispatched: 3,
  reopened: 3,
  referred: 3,
  assisting: 4,
  partial: 4,
  resolved: 5,
  confirmed: 5,
  declined: 5,
  withdrawn: 5,
  merged: 5,
};

/** What an incident is about, in the words people choose from. */
export const INCIDENT_CATEGORIES = {
  sanitation: '环境卫生',
  facility: '公共设施',
  safety: '安全隐患',
  dispute: '矛盾纠纷',
  noise: '噪音扰民',
  other: '其他',
} as const;
export type IncidentCategory = keyof typeof INCIDENT_CATEGORIES;

/** Who is to solve it: the grid, else the community, else the street. */
export const LEVELS = { grid: '网格', community: '社区', street: '街道' } as const;
export type Level = keyof typeof LEVELS;

/** The columns of the board: one word for every group of states a list asks for, so that a list is one equality. */
export const COLUMNS = ['waiting', 'handling', 'answered', 'over'] as const;
export type Column = (typeof COLUMNS)[number];

/** What has a deadline: being looked at, being given to somebody, being solved, and the reporter's answer. */
export const STAGES = ['triage', 'dispatch', 'done', 'answer'] as const;
export type Stage = (typeof STAGES)[number];

/** How far the warnings of one deadline have gone. */
export interface Warned {
  step: 'before' | 'secretary' | 'street';
  at: Date;
}

/** What one reporter said at one time. */
export interface Report extends Named {
  at: Date;
  text: string;
  photos: PhotoRef[];
  /** For whom they spoke; `cared`: the register knows that they look after them. */
  proxyFor?: { id?: string; name: string; relation: string; cared: boolean };
}

/** Somebody, or a department, who helps the handler. */
export interface Helper {
  person?: Named;
  unit?: string;
  words: string;
  at: Date;
}

export interface Note {
  by: Named;
  text: string;
  photos: PhotoRef[];
  at: Date;
  /** Whether the reporters read it. */
  toReporters: boolean;
}

export interface IncidentDoc extends Aggregate {
  state: IncidentState;
  /** Counts within the community: 事件12号. */
  number: number;
  community: string;
  grid?: string;
  title: string;
  text: string;
  category: IncidentCategory;
  urgency: Urgency;
  level: Level;
  /** What each said, in order; nobody but those who serve the place sees another's. */
  reporters: Report[];
  /** Everyone who reported it or is spoken for, to find one's own by. */
  authors: string[];
  /** The visit it was found on, for whoever made that. */
  visit?: string;
  /** `label` is what anyone may know; the exact address is sealed by the vault. */
  place: { label: string; sealed?: string };
  /** As it was. */
  before: PhotoRef[];
  /** Ids of every photo that ever belonged to it; absent while there is none. */
  photoIds?: string[];
  handler?: Named;
  helpers: Helper[];
  /** The handler and those persons who help: everyone who has it in hand, to find one's own work by. */
  handlers: string[];
  /** Everyone who ever had it in hand: what they were told of stays open to them. Absent while nobody had. */
  had?: string[];
  /** Who answers for the reporter and was asked to look first. */
  sentinel?: string;
  /** The street was told of it, be it raised there, late or judged badly again and again. */
  toldStreet?: boolean;
  notes: Note[];
  /** Sent back by whoever had it: once, before the street decides. */
  rejections: { by: Named; reason: string; at: Date; level: Level }[];
  /** The street has said who does it: it is not sent back any more. */
  decidedByStreet?: boolean;
  raised: { from: Level; to: Level; reason: string; at: Date; by: Named }[];
  extensions: { until: Date; reason: string; at: Date }[];
  outcome?: { note: string; photos: PhotoRef[]; at: Date };
  /** What a partial outcome leaves open. */
  left?: string;
  rating?: { satisfied: boolean; words?: string; at: Date; by: string };
  /** Who has said since it was last solved that it is: of several reports each has a voice. Absent while nobody has. */
  content?: { by: string; at: Date; words?: string }[];
  reopenings: number;
  referral?: { to: string; number: string };
  mergedInto?: { id: string; number: number };
  /** The incident merged into knows its new followers; until then the clock sees to it. */
  settled?: boolean;
  mergedFrom?: Follower[];
  /** Copied when it is reported, so that the rules do not change under it. */
  targets: IncidentTargets;
  due: Partial<Record<Stage, Date>>;
  /** When to warn before a deadline; absent when the deadline is too close for a warning to have a purpose. */
  warnAt: Partial<Record<Stage, Date>>;
  warned: Partial<Record<Stage, Warned>>;
  /** The deadline that counts now, for lists of what is late; absent when nothing is awaited. */
  dueAt?: Date;
  /** The earliest moment the clock has something to do; absent when never. */
  nextAt?: Date;
  postedAt: Date;
  closedAt?: Date;
  /** Its place among those that are open, the highest first: by urgency, then by when it was reported. */
  rank?: number;
  column: Column;
}

/** Where the sealed address of an incident belongs, for the vault. */
export const addressPlace = (id: string): string => sealPlace('incident', id, 'address');

const { Mixed } = mongoose.Schema.Types;

/** The stored shape of an incident and the indexes its lists and jobs live on. */
export function incidentSchema(): mongoose.Schema {
  const schema = aggregateSchema(
    {
      ...matterFields,
      urgency: { type: String, required: true },
      level: { type: String, required: true },
      reporters: { type: [Mixed], required: true },
      visit: String,
      before: { type: [Mixed], required: true },
      handler: Mixed,
      helpers: { type: [Mixed], required: true },
      handlers: { type: [String], required: true },
      had: { type: [String], default: undefined },
      sentinel: String,
      toldStreet: Boolean,
      notes: { type: [Mixed], required: true },
      rejections: { type: [Mixed], required: true },
      decidedByStreet: Boolean,
      raised: { type: [Mixed], required: true },
      outcome: Mixed,
      content: { type: [Mixed], default: undefined },
    },
    [
      { areas: 1, column: 1, postedAt: -1, _id: -1 },
      { areas: 1, postedAt: -1, _id: -1 },
      { authors: 1, postedAt: -1, _id: -1 },
      { handlers: 1, postedAt: -1, _id: -1 },
    ],
  );
  schema.index({ areas: 1, column: 1, rank: -1, _id: -1 }, { partialFilterExpression: { rank: { $exists: true } } });
  return indexMatters(schema);
}
