import type { mongo } from 'mongoose';
import { gatherById, oneFor, shared } from '../../core/gather.ts';
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
export const citiesOf = (house: House): Promise<readonly string[]> => codesOf(house, 'cities', { parent: null });

/** Codes of all areas of a level. */
export const areasOf = (house: House, level: AreaLevel): Promise<readonly string[]> =>
  codesOf(house, `level:${level}`, { level });

/** Sorts after every code below an area and before its next neighbour: codes go on with digits or G only. */
const AFTER_CODES = 'H';

/** The codes of an area and of everything below it. */
export const subtreeOf = (house: House, code: string): Promise<readonly string[]> =>
  codesOf(house, `below:${code}`, { _id: { $gte: code, $lt: `${code}${AFTER_CODES}` } });

/** Codes in their order. Alike questions of one moment are one; nothing is remembered: what runs once must know the newest. */
const codesOf = (house: House, name: string, filter: mongo.Filter<Area>): Promise<readonly string[]> =>
  askCodesOf(house)({ name, filter });

const askCodesOf = oneFor((house: House) =>
  shared(
    async ({ filter }: { name: string; filter: mongo.Filter<Area> }): Promise<readonly string[]> => {
      const areas = house.model<Area>('areas').collection as unknown as mongo.Collection<Area>;
      const found = areas.find(filter).sort({ _id: 1 }).project<Pick<Area, '_id'>>({ _id: 1 });
      return (await found.toArray()).map(({ _id }) => _id);
    },
    ({ name }) => name,
  ),
);

/** The targets that hold in a place: each from the nearest area that sets it, from the grid upwards, else the default. */
export async function targetsFor(house: House, areas: readonly string[]): Promise<Targets> {
  const found = await Promise.all(areas.map((code) => findArea(house, code)));
  return Object.assign({}, DEFAULT_TARGETS, ...found.map((area) => area?.settings?.targets ?? {})) as Targets;
}
