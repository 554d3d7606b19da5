import type { mongo } from 'mongoose';
import { gatherById, oneFor } from '../../core/gather.ts';
import type { House } from '../../core/house.ts';
import type { AreaLevel } from './codes.ts';
import { memoryOf } from './memory.ts';
import { type Area, DEFAULT_TARGETS, type Targets } from './model.ts';

/** The area with this code, or `undefined`. Remembered for half a minute; do not change what is returned. */
export async function findArea(house: House, code: string): Promise<Area | undefined> {
  const memory = memoryOf(house);
  const known = memory.areas.get(code);
  if (known) return known;
  const { generation } = memory;
  const area = await readerOf(house)(code);
  if (area && generation === memory.generation) memory.areas.set(code, area);
  return area;
}

const readerOf = oneFor((house: House) =>
  gatherById((codes) =>
    (house.model<Area>('areas').collection as unknown as mongo.Collection<Area>)
      .find({ _id: { $in: codes } })
      .toArray(),
  ),
);

/** The areas directly below one, in the order of their codes. */
export async function childrenOf(house: House, code: string): Promise<Area[]> {
  return house.model<Area>('areas').find({ parent: code }).sort({ _id: 1 }).lean<Area[]>();
}

/** Codes of the areas above all others. */
export async function citiesOf(house: House): Promise<string[]> {
  const cities = await house.model<Area>('areas').find({ parent: null }).select({ _id: 1 }).lean<Pick<Area, '_id'>[]>();
  return cities.map(({ _id }) => _id);
}

/** Codes of all areas of a level, in their order. */
export async function areasOf(house: House, level: AreaLevel): Promise<string[]> {
  const found = await house
    .model<Area>('areas')
    .find({ level })
    .select({ _id: 1 })
    .sort({ _id: 1 })
    .lean<Pick<Area, '_id'>[]>();
  return found.map(({ _id }) => _id);
}

/** Sorts after every code below an area and before its next neighbour: codes go on with digits or G only. */
const AFTER_CODES = 'H';

/** The codes of an area and of everything below it. */
export async function subtreeOf(house: House, code: string): Promise<string[]> {
  const areas = await house
    .model<Area>('areas')
    .find({ _id: { $gte: code, $lt: `${code}${AFTER_CODES}` } })
    .select({ _id: 1 })
    .lean<Pick<Area, '_id'>[]>();
  return areas.map(({ _id }) => _id);
}

/** The targets that hold in a place: each from the nearest area that sets it, from the grid upwards, else the default. */
export async function targetsFor(house: House, areas: readonly string[]): Promise<Targets> {
  const found = await Promise.all(areas.map((code) => findArea(house, code)));
  return Object.assign({}, DEFAULT_TARGETS, ...found.map((area) => area?.settings?.targets ?? {})) as Targets;
}
