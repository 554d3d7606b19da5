import mongoose from 'mongoose';
import type { Named } from '../../core/named.ts';
import type { CertificateList } from './list.ts';

/** A version of a list that an admin of this house put in. Never changed; a later version holds instead of it. */
export interface ListDoc {
  /** `code:version` */
  _id: string;
  list: CertificateList;
  by: Named;
  at: Date;
}

export const listDocSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    list: { type: mongoose.Schema.Types.Mixed, required: true },
    by: { type: mongoose.Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false, minimize: false, autoIndex: false },
);
