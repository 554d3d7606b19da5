import mongoose from 'mongoose';
import type { Day } from '../../../core/time.ts';

/** The outline of a grid (GeoJSON, RFC 7946): longitude before latitude, WGS 84, the first ring outside. */
export interface Polygon {
  type: 'Polygon';
  coordinates: number[][][];
}

/** An estate, or a street, with those of its buildings (or house numbers) that lie in the grid: 1, 3-6, A. All when none is named. */
export interface Place {
  estate: string;
  buildings?: string[];
}

/** What a grid was from a day on, until the next version. It is never changed: a boundary that held is history. */
export interface GridVersion {
  /** `grid@from`: one version a day. */
  _id: string;
  grid: string;
  community: string;
  areas: string[];
  version: number;
  name: string;
  /** The first day it holds. */
  from: Day;
  boundary?: Polygon;
  places: Place[];
  source: string;
  by: string;
  at: Date;
}

const { Mixed } = mongoose.Schema.Types;

export const gridVersionSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    grid: { type: String, required: true },
    community: { type: String, required: true },
    areas: { type: [String], required: true },
    version: { type: Number, required: true },
    name: { type: String, required: true },
    from: { type: String, required: true },
    boundary: { type: Mixed },
    places: { type: [Mixed], required: true },
    source: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false, minimize: false, autoIndex: false },
);
gridVersionSchema.index({ grid: 1, version: 1 }, { unique: true });
gridVersionSchema.index({ community: 1, from: 1 });
