import type { Actor } from '../../core/ability.ts';
import type { House } from '../../core/house.ts';
import {
  DEFAULT_INCIDENT_TARGETS,
  type IncidentTargetChanges,
  type IncidentTargets,
  TARGET_LEVELS,
} from './incident-terms.ts';
import { areasChanged } from './memory.ts';
import type { Area } from './model.ts';
import { findArea } from './service.ts';
import { within } from './settings.ts';

/** The targets that hold in a place: each from the nearest area that sets it, from the grid upwards, else the default. */
export async function incidentTargetsFor(house: House, areas: readonly string[]): Promise<IncidentTargets> {
  const found = await Promise.all(areas.map((code) => findArea(house, code)));
  const changes = found.map((area) => area?.settings?.incidentTargets ?? {});
  return Object.fromEntries(
    TARGET_LEVELS.map((level) => [
      level,
      Object.assign({}, DEFAULT_INCIDENT_TARGETS[level], ...changes.map((one) => one[level] ?? {})),
    ]),
  ) as IncidentTargets;
}

/**
 * Sets an area's own targets of incidents; those left out hold as the area above has them.
 * @throws HaolinError not_found, forbidden
 */
export async function setIncidentTargets(
  house: House,
  code: string,
  targets: IncidentTargetChanges,
  actor: Actor,
): Promise<void> {
  await within(house, code, actor, 'configure');
  await house.model<Area>('areas').updateOne({ _id: code }, { $set: { 'settings.incidentTargets': targets } });
  await areasChanged(house);
}
