import type { House } from '../../core/house.ts';
import { normalise } from '../../core/text.ts';
import type { AreaLevel } from './codes.ts';
import { memoryOf, type NamedArea } from './memory.ts';
import type { Area } from './model.ts';

/** A committee's full title names its place: 曹家湾社区居民委员会 is 曹家湾社区, 岩脚村村民委员会 is 岩脚村. */
export function placeName(title: string): string {
  return title.replace(/(?:居民|村民)委员会$|(?<=社区)居委会$|(?<=村)村?委会$/u, '') || title;
}

/**
 * The areas above the grids whose name holds `text`, best first: the very name, names that begin with it, the rest;
 * shorter before longer. `under` keeps to one area's inside, `level` to one level.
 */
export async function searchAreas(
  house: House,
  text: string,
  { under, level, limit = 20 }: { under?: string; level?: AreaLevel; limit?: number } = {},
): Promise<NamedArea[]> {
  const wanted = placeName(normalise(text));
  if (wanted === '') return [];
  const rank = ({ name }: NamedArea) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2);
  return (await namedAreas(house))
    .filter((area) => area.name.includes(wanted))
    .filter(
      (area) => (level === undefined || area.level === level) && (under === undefined || area.areas.includes(under)),
    )
    .sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length || (a._id < b._id ? -1 : 1))
    .slice(0, limit);
}

/** All areas above the grids: a few thousand even for ten cities, so names are searched in memory. */
async function namedAreas(house: House): Promise<NamedArea[]> {
  const memory = memoryOf(house);
  const known = memory.names.get('all');
  if (known) return known;
  const reading = house
    .model<Area>('areas')
    .find({ level: { $in: ['city', 'county', 'street', 'community'] } })
    .select({ name: 1, level: 1, areas: 1 })
    .lean<NamedArea[]>();
  const names = Promise.resolve(reading);
  memory.names.set('all', names);
  names.catch(() => memory.names.delete('all'));
  return names;
}
