import mongoose from 'mongoose';

/** The stored shape of what wishes and incidents have in common: a number in their community, photos, deadlines, duplicates. */

const { Mixed } = mongoose.Schema.Types;

export const matterFields = {
  number: { type: Number, required: true },
  community: { type: String, required: true },
  grid: String,
  title: { type: String, required: true },
  text: { type: String, required: true },
  category: { type: String, required: true },
  authors: { type: [String], required: true },
  place: { type: Mixed, required: true },
  photoIds: { type: [String], default: undefined },
  extensions: { type: [Mixed], required: true },
  left: String,
  rating: Mixed,
  reopenings: { type: Number, required: true },
  referral: Mixed,
  mergedInto: Mixed,
  settled: Boolean,
  mergedFrom: { type: [Mixed], default: undefined },
  targets: { type: Mixed, required: true },
  due: { type: Mixed, required: true },
  warnAt: { type: Mixed, required: true },
  warned: { type: Mixed, required: true },
  dueAt: Date,
  nextAt: Date,
  postedAt: { type: Date, required: true },
  closedAt: Date,
  rank: Number,
  column: { type: String, required: true },
} as const;

/** What their lists and jobs live on, on top of what each needs alone. */
export function indexMatters(schema: mongoose.Schema): mongoose.Schema {
  schema.index({ community: 1, number: 1 }, { unique: true });
  schema.index({ community: 1, dueAt: 1, _id: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } });
  schema.index({ nextAt: 1 }, { sparse: true });
  schema.index({ photoIds: 1 }, { sparse: true });
  return schema;
}
