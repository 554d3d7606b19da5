import type { PhotoUse } from '../../core/feature.ts';
import type { VisitDoc } from './model.ts';
import { mayCheckPhotos, mayReadVisit } from './service.ts';
import { visitsOf } from './table.ts';

/** Photos of a visit are seen by whoever may read all of it, and by those who check it where it names nobody in care: that is a home. */
export const visitPhotos: PhotoUse = {
  async used(house, ids) {
    const found = await visitsOf(house)
      .find({ photoIds: { $in: [...ids] } } as never)
      .project({ photoIds: 1 })
      .toArray();
    return (found as unknown as VisitDoc[]).flatMap(({ photoIds }) => photoIds);
  },
  async maySee(house, reader, id) {
    const found = await visitsOf(house)
      .find({ photoIds: id } as never)
      .project({ areas: 1, by: 1, persons: 1 })
      .toArray();
    for (const visit of found as unknown as VisitDoc[]) {
      if (mayCheckPhotos(reader, visit) || (await mayReadVisit(house, reader, visit))) return true;
    }
    return false;
  },
};
