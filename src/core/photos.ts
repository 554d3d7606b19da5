import type { House } from './house.ts';

/** A stored photo as documents keep it; the file's place follows from the id. */
export interface PhotoRef {
  id: string;
  width: number;
  height: number;
}

/** A photo as it was received: who sent it and when. */
interface PhotoDoc {
  _id: string;
  by: string;
  at: Date;
  width: number;
  height: number;
  bytes: number;
}

const photosOf = (house: House) => house.db.collection<PhotoDoc>('photos');

/** Those of the photos with these ids that `by` sent, in the order asked. */
export async function findPhotos(house: House, ids: readonly string[], by: string): Promise<PhotoRef[]> {
  const found = await photosOf(house)
    .find({ _id: { $in: [...ids] }, by })
    .toArray();
  const byId = new Map(found.map(({ _id, width, height }) => [_id, { id: _id, width, height }]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
