import { rawCollection } from '../../core/aggregate.ts';
import type { PhotoUse } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import type { IncidentDoc } from './model.ts';
import { mayRead } from './views.ts';

/** Photos are seen by those who may read an incident they were put to. */
export const incidentPhotos: PhotoUse = {
  used: async (house, ids) => (await incidentsWith(house, ids)).flatMap(({ photoIds = [] }) => photoIds),
  maySee: async (house, { ability }, id) =>
    (await incidentsWith(house, [id])).some((incident) => mayRead(ability, incident)),
};

/** What tells who may read an incident, and which photos it has. */
const READERS = { areas: 1, authors: 1, handlers: 1, level: 1, rejections: 1, raised: 1, photoIds: 1 } as const;

/** Every incident one of these photos was put to; it may be several. */
async function incidentsWith(house: House, ids: readonly string[]): Promise<Pick<IncidentDoc, keyof typeof READERS>[]> {
  const found = rawCollection(house.model<IncidentDoc>('incident')).find({ photoIds: { $in: [...ids] } });
  return (await found.project(READERS).toArray()) as unknown as Pick<IncidentDoc, keyof typeof READERS>[];
}
