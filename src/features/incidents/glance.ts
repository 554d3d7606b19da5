import { may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import type { IncidentDoc } from './model.ts';
import { unnamed } from './unnamed.ts';
import { type IncidentView, listedView } from './views.ts';

/**
 * Whether somebody who reads no incidents there was told of this one and may look at it. Where a community has no
 * secretary, what would be told to one is told to those who supervise above.
 */
export async function mayGlance(house: House, { actor, ability }: Caller, incident: IncidentDoc): Promise<boolean> {
  if (may(ability, 'glance', 'incident', incident)) return true;
  if (!actor.roles.some(({ role, area }) => role === 'supervisor' && incident.areas.includes(area))) return false;
  const { holders } = house.directory;
  if ((await holders('secretary', incident.community)).length > 0) return false;
  return (await holders('supervisor', incident.community)).includes(actor.id);
}

/** What such a person is shown: what and where it is and how it stands, as the message said; nothing of who reported it. */
export const glanceView = (caller: Caller, incident: IncidentDoc): IncidentView => ({
  ...listedView(caller, incident, []),
  text: unnamed(incident, incident.text),
  unmask: false,
  reports: [],
  before: [],
  after: [],
  helpers: [],
  notes: [],
  rejections: [],
  raised: [],
  extensions: [],
  due: {},
  reopenings: incident.reopenings,
  history: [],
});
