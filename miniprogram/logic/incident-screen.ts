import { moveIncident } from '../api/incident-moves';
import { ask } from '../api/session';
import type { IncidentMove } from './incident-buttons';
import { type Incident, type IncidentFacts, incidentFacts } from './incident-facts';
import { type Moving, movingScreen } from './moving-screen';

/** An incident as its page shows it. */
export interface IncidentScreen extends Moving {
  incident: Incident | null;
  facts: IncidentFacts | null;
}

/**
 * One incident on the screen.
 * @param show what is to be set
 */
export const incidentScreen = (id: string, show: (change: Partial<IncidentScreen>) => void) =>
  movingScreen<Incident, IncidentMove>({
    read: () => ask('getIncidentsById', { path: { id } }),
    perform: (move, key) => moveIncident(id, move, {}, key),
    put: (incident) => show({ incident, facts: incidentFacts(incident, new Date()), trouble: '' }),
    show,
  });
