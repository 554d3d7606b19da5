import type { Feature } from '../../core/feature.ts';
import { incidentProgress } from './chat/looking.ts';
import { incidentIntents } from './chat.ts';
import { messagesWhileTheyHold } from './holds.ts';
import { incidentRoutes } from './http.ts';
import { deadlines } from './jobs.ts';
import { incidentLifecycle } from './lifecycle.ts';
import { incidentSchema } from './model.ts';
import { incidentPhotos } from './photos.ts';
import { incidentRules } from './rules.ts';
import { numbers, told } from './upgrades.ts';

export { runIncidentDeadlines } from './jobs.ts';
export { type IncidentMoveName, incidentLifecycle } from './lifecycle.ts';
export { type IncidentQuery, listIncidents } from './lists.ts';
export { INCIDENT_MOVES } from './messages.ts';
export {
  INCIDENT_CATEGORIES,
  INCIDENT_STATES,
  type IncidentCategory,
  type IncidentDoc,
  type IncidentState,
} from './model.ts';
export {
  findByNumber as findIncidentByNumber,
  getIncident,
  incidentStatesOf,
  moveIncident,
  reportIncident,
  viewOf as incidentViewOf,
} from './service.ts';
export type { IncidentView, ListedIncident } from './views.ts';

/** Incidents 网格事件: problems people report, solved in the grid, else the community, else the street. */
export const incidents: Feature = {
  name: 'incidents',
  uses: ['areas', 'people'],
  models: { incident: incidentSchema() },
  rules: incidentRules,
  lifecycles: [incidentLifecycle],
  routes: incidentRoutes,
  intents: incidentIntents,
  progress: incidentProgress,
  photos: incidentPhotos,
  jobs: [deadlines],
  upgrades: [numbers, told],
  messages: messagesWhileTheyHold,
};
