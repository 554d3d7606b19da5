import { rawCollection } from '../../core/aggregate.ts';
import type { PhotoUse } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import type { WishDoc } from './model.ts';
import { mayRead } from './views.ts';

/** Photos are seen by those who may read a wish they were put to. */
export const wishPhotos: PhotoUse = {
  used: async (house, ids) => (await wishesWith(house, ids)).flatMap(({ photoIds = [] }) => photoIds),
  maySee: async (house, { ability }, id) => (await wishesWith(house, [id])).some((wish) => mayRead(ability, wish)),
};

/** What tells who may read a wish, and which photos it has. */
const READERS = { areas: 1, authors: 1, helpers: 1, offeredTo: 1, photoIds: 1 } as const;

/** Every wish one of these photos was put to; it may be several. */
async function wishesWith(house: House, ids: readonly string[]): Promise<Pick<WishDoc, keyof typeof READERS>[]> {
  const found = rawCollection(house.model<WishDoc>('wish')).find({ photoIds: { $in: [...ids] } });
  return (await found.project(READERS).toArray()) as unknown as Pick<WishDoc, keyof typeof READERS>[];
}
