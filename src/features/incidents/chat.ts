import type { Intent } from '../../core/feature.ts';
import { arrived } from './chat/arrival.ts';
import { decline, dispatch, merge } from './chat/deciding.ts';
import { extend, look, note, raise, reject, resolve, take, triage } from './chat/handling.ts';
import { list } from './chat/looking.ts';
import { mistaken } from './chat/mistaken.ts';
import { add, confirm, withdraw } from './chat/own.ts';
import { report } from './chat/report.ts';

/** Incidents end to end in chat, in the order the menu shows them. */
export const incidentIntents: readonly Intent[] = [
  report,
  add,
  confirm,
  withdraw,
  mistaken,
  look,
  list,
  triage,
  decline,
  merge,
  dispatch,
  take,
  note,
  arrived,
  resolve,
  extend,
  raise,
  reject,
];
