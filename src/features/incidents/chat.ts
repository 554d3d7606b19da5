import type { Intent } from '../../core/feature.ts';
import { extend, look, note, raise, reject, resolve, take, triage } from './chat/handling.ts';
import { list } from './chat/looking.ts';
import { add, confirm, withdraw } from './chat/own.ts';
import { report } from './chat/report.ts';

/** Incidents end to end in chat, in the order the menu shows them. */
export const incidentIntents: readonly Intent[] = [
  report,
  add,
  confirm,
  withdraw,
  look,
  list,
  triage,
  take,
  note,
  resolve,
  extend,
  raise,
  reject,
];
