import mongoose from 'mongoose';
import { aggregateSchema } from '../../core/aggregate.ts';
import type { Aggregate } from '../../core/lifecycle.ts';
import { indexMatters, matterFields } from '../../core/matter-schema.ts';
import type { Follower } from '../../core/merging.ts';
import type { Named } from '../../core/named.ts';
import type { PhotoRef } from '../../core/photos.ts';
import { sealPlace } from '../../core/vault.ts';
import type { Targets } from '../areas/index.ts';

/** Every state of a wish with the word people see. */
export const WISH_STATES = {
  submitted: '待受理',
  published: '待认领',
  claimed: '办理中',
  done: '待评价',
  partial: '部分解决',
  reopened: '重办中',
  closed: '已办结',
  declined: '不予受理',
  withdrawn: '已撤回',
  merged: '已合并',
  referred: '已转办',
} as const;
export type WishState = keyof typeof WISH_STATES;

/** What a wish asks for, in the words people choose from. */
export const WISH_CATEGORIES = {
  goods: '物品',
  repair: '家中维修',
  care: '陪伴照护',
  errand: '代办跑腿',
  study: '学习辅导',
  service: '便民服务',
  other: '其他',
} as const;
export type WishCategory = keyof typeof WISH_CATEGORIES;

/** The columns of the board: one word for every group of states a list asks for, so that a list is one equality. */
export const COLUMNS = ['waiting', 'open', 'helping', 'answered', 'over'] as const;
export type Column = (typeof COLUMNS)[number];

/** What has a deadline. `rate` is how long the requester has to answer before the wish closes by itself. */
export type Stage = keyof Targets | 'rate';

/** How far the warnings of one deadline have gone. */
export interface Warned {
  step: 'before' | 'secretary' | 'street';
  at: Date;
}

/** What the helper says was done. */
export interface Outcome {
  note: string;
  photos: PhotoRef[];
  /** In yuan. */
  cost?: number;
  at: Date;
}

/** More time, asked for with a reason. */
export interface Extension {
  until: Date;
  reason: string;
  at: Date;
}

export interface WishDoc extends Aggregate {
  state: WishState;
  /** Counts within the community: 心愿12号. */
  number: number;
  community: string;
  grid?: string;
  title: string;
  text: string;
  /** The title and words as strangers may read them; nothing personal is left in them. */
  wall: { title: string; text: string };
  category: WishCategory;
  urgent: boolean;
  /** Higher goes first; set when published and kept through every release. */
  priority: number;
  /** Whose wish it is. Of somebody without an account, the person who spoke for them answers for it. */
  requester: Named;
  /** Who spoke for an elder or child. */
  proxy?: Named;
  /** The elder or child. `cared`: the register knows that the proxy looks after them. */
  beneficiary?: { name: string; relation: string; under14: boolean; cared: boolean };
  /** Of a child under 14, whoever wished: the wall then shows nothing but the kind of help. */
  child: boolean;
  /** Everyone who made the wish, to find one's own by. */
  authors: string[];
  /** `label` is what anyone may know; the exact address is sealed by the vault. */
  place: { label: string; sealed?: string };
  photos: PhotoRef[];
  /** Ids of every photo that ever belonged to it; absent while there is none. */
  photoIds?: string[];
  claimant?: Named;
  /** A claim taken on together; the claimant leads. */
  group?: { name: string; members: Named[] };
  /** The claimant and the group: everyone who is helping, to find one's own work by. */
  helpers: string[];
  /** The sentinel who may take it before anyone else does. */
  offeredTo?: string;
  offerUntil?: Date;
  claimedAt?: Date;
  contactedAt?: Date;
  contactNote?: string;
  extensions: Extension[];
  /** How far the last claim had come when it was given back; whoever claims again goes on from there. */
  lastClaim?: { by: string; done: Date; extensions: Extension[] };
  /** Copied when the wish is made, so that the rules do not change under it. */
  targets: Targets;
  due: Partial<Record<Stage, Date>>;
  /** When to warn before a deadline; absent when the deadline was too close for a warning to have a purpose. */
  warnAt: Partial<Record<Stage, Date>>;
  /** The deadline that counts now, for lists of what is late; absent when nothing is awaited. */
  dueAt?: Date;
  /** The earliest moment the clock has something to do; absent when never. */
  nextAt?: Date;
  warned: Partial<Record<Stage, Warned>>;
  /** How often nobody made contact and the wish went back by itself. */
  lapses: number;
  done?: Outcome;
  /** What a partial outcome leaves open. */
  left?: string;
  rating?: { score: number; words?: string; at: Date; by: string };
  reopenings: number;
  mergedInto?: { id: string; number: number };
  /** The wish merged into knows its new followers; until then the clock sees to it. */
  settled?: boolean;
  mergedFrom?: Follower[];
  referral?: { to: string; number: string };
  publishedAt?: Date;
  closedAt?: Date;
  /** When it took its place on the board: published, or else made. Never changes after publication. */
  postedAt: Date;
  /** Its place among the open wishes of the wall, the highest first: by priority, then by when it was posted. */
  rank?: number;
  column: Column;
}

/** Where the sealed address of a wish belongs, for the vault. */
export const addressPlace = (id: string): string => sealPlace('wish', id, 'address');

const { Mixed } = mongoose.Schema.Types;

/** The stored shape of a wish and the indexes its lists and jobs live on. */
export function wishSchema(): mongoose.Schema {
  const schema = aggregateSchema(
    {
      ...matterFields,
      wall: { type: Mixed, required: true },
      urgent: { type: Boolean, required: true },
      priority: { type: Number, required: true },
      requester: { type: Mixed, required: true },
      proxy: Mixed,
      beneficiary: Mixed,
      child: { type: Boolean, required: true },
      photos: { type: [Mixed], required: true },
      claimant: Mixed,
      group: Mixed,
      helpers: { type: [String], required: true },
      offeredTo: String,
      offerUntil: Date,
      claimedAt: Date,
      contactedAt: Date,
      contactNote: String,
      lastClaim: Mixed,
      lapses: { type: Number, required: true },
      done: Mixed,
      publishedAt: Date,
    },
    [
      { areas: 1, column: 1, postedAt: -1, _id: -1 },
      { authors: 1, postedAt: -1, _id: -1 },
      { helpers: 1, postedAt: -1, _id: -1 },
    ],
  );
  schema.index({ areas: 1, rank: -1, _id: -1 }, { partialFilterExpression: { column: 'open' } });
  schema.index({ offeredTo: 1 }, { sparse: true });
  return indexMatters(schema);
}
