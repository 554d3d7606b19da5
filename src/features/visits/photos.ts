import { may } from '../../core/ability.ts';
import type { PhotoUse } from '../../core/feature.ts';
import type { VisitDoc } from './model.ts';
import { visitsOf } from './table.ts';

/** Photos of a visit are seen by those who keep or check its place; they are of places, not of people. */
export const visitPhotos: PhotoUse = {
  async used(house, ids) {
    const found = await visitsOf(house)
      .find({ photoIds: { $in: [...ids] } } as never)
      .project({ photoIds: 1 })
      .toArray();
    return (found as unknown as VisitDoc[]).flatMap(({ photoIds }) => photoIds);
  },
  async maySee(house, ability, id) {
    const found = await visitsOf(house)
      .find({ photoIds: id } as never)
      .project({ areas: 1, by: 1 })
      .toArray();
    return found.some((visit) => may(ability, 'read', 'visit', visit) || may(ability, 'sample', 'visit', visit));
  },
};
