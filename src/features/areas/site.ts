import type { House } from '../../core/house.ts';
import { communityOf, gridOf, levelOf } from './codes.ts';
import { findArea } from './service.ts';

/** Where something is, as the register of areas knows it. */
export interface Site {
  /** Codes from the city down to the grid, or to the community when the grid is not known. */
  areas: string[];
  community: string;
  grid?: string;
  /** What anyone may know of it: the names of community and grid. */
  label: string;
}

/** Where whoever lives there is at home: the community alone when the grid they were put in is none any more. */
export const homeSite = async (house: House, areas: readonly string[]): Promise<Site | undefined> =>
  (await siteAt(house, areas)) ??
  siteAt(
    house,
    areas.filter((code) => levelOf(code) !== 'grid'),
  );

/** The place with these codes; `undefined` when there is no such community, or no such grid in it. */
export async function siteAt(house: House, areas: readonly string[]): Promise<Site | undefined> {
  const community = communityOf(areas);
  if (community === undefined) return undefined;
  const grid = gridOf(areas);
  const [here, gridHere] = await Promise.all([
    findArea(house, community),
    grid === undefined ? undefined : findArea(house, grid),
  ]);
  if (!here || (grid !== undefined && !gridHere)) return undefined;
  return {
    areas: [...areas],
    community,
    ...(grid !== undefined && { grid }),
    label: [here.name, gridHere?.name].filter((name) => name !== undefined).join(' · '),
  };
}
