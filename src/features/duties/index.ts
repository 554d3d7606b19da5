import type { Feature } from '../../core/feature.ts';
import { arrived } from './arrival.ts';
import { today } from './chat.ts';
import { eventLifecycle } from './events.ts';
import { dutyRoutes } from './http.ts';
import { dutyJobs } from './jobs.ts';
import { dutyMessages } from './messages.ts';
import { confirmationSchema, dutyEventSchema, packDocSchema } from './model.ts';
import { dutyRules } from './rules.ts';

export { type Due, type DutyFacts, dueOf } from './due.ts';
export { eventLifecycle } from './events.ts';
export { EVENT_MOVES } from './messages.ts';
export type { DutyKind, Pack } from './pack.ts';
export { SHIPPED } from './packs.ts';

/** What those who serve a place have to do when: 每周两走访两排查, 必到, 必访, 必报, and seeing those in care. */
export const duties: Feature = {
  name: 'duties',
  uses: ['visits', 'care', 'people', 'areas'],
  models: { duty_packs: packDocSchema, duty_pack_confirmations: confirmationSchema, duty_event: dutyEventSchema() },
  rules: dutyRules,
  lifecycles: [eventLifecycle],
  routes: dutyRoutes,
  intents: [today, arrived],
  jobs: dutyJobs,
  messages: dutyMessages,
};
