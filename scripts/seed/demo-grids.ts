import { communityOf, type GridVersion, lineage, type Place, versionId } from '../../src/features/areas/index.ts';

/** What lies in each grid of the demo, in their order: estates and streets with their buildings. */
const PLACES: readonly Place[] = [
  { estate: '幸福里', buildings: ['1-4'] },
  { estate: '幸福里', buildings: ['5-8'] },
  { estate: '幸福里', buildings: ['9-12'] },
  { estate: '清溪巷' },
];
/** Since when the grids are what they are. */
const SINCE = '2026-01-01';

/** The first version of each of these grids, by code and name. @param at when it is put down */
export function gridVersions(grids: readonly (readonly [code: string, name: string])[], at: Date): GridVersion[] {
  return grids.map(([grid, name], nth) => {
    const areas = lineage(grid);
    return {
      _id: versionId(grid, SINCE),
      grid,
      community: communityOf(areas) ?? '',
      areas,
      version: 1,
      name,
      from: SINCE,
      places: PLACES.slice(nth, nth + 1),
      source: '演示',
      by: 'system',
      at,
    };
  });
}
