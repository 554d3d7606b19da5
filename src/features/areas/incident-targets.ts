import type { House } from '../../core/house.ts';
import { DEFAULT_INCIDENT_TARGETS, type IncidentTargets, TARGET_LEVELS } from './incident-terms.ts';
import { settingsOf } from './settings.ts';

/** The targets that hold in a place: each from the nearest area that sets it, from the grid upwards, else the default. */
export async function incidentTargetsFor(house: House, areas: readonly string[]): Promise<IncidentTargets> {
  const changes = await settingsOf(house, areas, 'incidentTargets');
  return Object.fromEntries(
    TARGET_LEVELS.map((level) => [
      level,
      Object.assign({}, DEFAULT_INCIDENT_TARGETS[level], ...changes.map((one) => one[level] ?? {})),
    ]),
  ) as IncidentTargets;
}
