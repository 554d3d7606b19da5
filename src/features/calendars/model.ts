import mongoose from 'mongoose';
import type { Named } from '../../core/named.ts';
import type { CalendarYear } from '../../core/time.ts';

/** A year an admin loaded. It holds instead of what the house came with for that year. */
export interface LoadedYear extends CalendarYear {
  /** `2027` */
  _id: string;
  /** Where it is written: the announcement's number, say. */
  source: string;
  by: Named;
  at: Date;
}

/** Name of the model and of its collection. */
export const CALENDARS = 'calendars';

export const calendarSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    holidays: { type: mongoose.Schema.Types.Mixed, required: true },
    workdays: { type: mongoose.Schema.Types.Mixed, required: true },
    source: { type: String, required: true },
    by: { type: mongoose.Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false, minimize: false, autoIndex: false },
);
