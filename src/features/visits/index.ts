import type { Feature } from '../../core/feature.ts';
import { visitIntents } from './chat.ts';
import { visitRoutes } from './http.ts';
import { visitLifecycle } from './lifecycle.ts';
import { visitMessages } from './messages.ts';
import { visitSchema } from './model.ts';
import { visitPhotos } from './photos.ts';
import { visitRules } from './rules.ts';
import { settling } from './settling.ts';
import { numbers } from './upgrades.ts';

export { type VisitMoveName, visitLifecycle } from './lifecycle.ts';
export { answersTo, type LoggedVisit, listVisits, logsBetween } from './lists.ts';
export { VISIT_MOVES } from './messages.ts';
export { VISIT_KINDS, VISIT_STATES, type VisitDoc, type VisitKind, type VisitState } from './model.ts';
export { logVisit, moveVisit, spawn } from './service.ts';
export type { VisitLine, VisitView } from './views.ts';

/** Visits 走访 and inspections 排查 as whoever made them logged them. */
export const visits: Feature = {
  name: 'visits',
  uses: ['care', 'people', 'areas', 'wishes', 'incidents'],
  models: { visit: visitSchema() },
  rules: visitRules,
  lifecycles: [visitLifecycle],
  routes: visitRoutes,
  photos: visitPhotos,
  intents: visitIntents,
  jobs: [settling],
  upgrades: [numbers],
  messages: visitMessages,
};
