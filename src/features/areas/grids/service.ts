import type { mongo } from 'mongoose';
import type { Actor } from '../../../core/ability.ts';
import { namedError, notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { isDuplicate } from '../../../core/insert.ts';
import { addDays, type Day, dayOf } from '../../../core/time.ts';
import { communityOf } from '../codes.ts';
import { areasChanged, memoryOf } from '../memory.ts';
import { gridWords } from '../messages.ts';
import { findArea } from '../service.ts';
import { within } from '../settings.ts';
import { type Gazetteer, gazetteerOf } from './gazetteer.ts';
import type { GridVersion, Place, Polygon } from './model.ts';

export const versionThere = namedError('grid_version_there', 409, gridWords.versionThere);

/** What a new version says; what is left out stays as it was on that day. */
export interface NewVersion {
  from: Day;
  name?: string | undefined;
  boundary?: Polygon | undefined;
  places?: Place[] | undefined;
  source: string;
}

const versionsOf = (house: House) =>
  house.model<GridVersion>('grid_versions').collection as unknown as mongo.Collection<GridVersion>;

export const versionId = (grid: string, from: Day): string => `${grid}@${from}`;

/** All versions of a grid, the first to hold first. */
export async function historyOf(house: House, grid: string): Promise<GridVersion[]> {
  return versionsOf(house).find({ grid }).sort({ from: 1 }).toArray();
}

/** The one of these, in their order, that holds on a day. */
export function heldOn<T extends Pick<GridVersion, 'from'>>(history: readonly T[], on: Day): T | undefined {
  return history.findLast(({ from }) => from <= on);
}

/** The last day each of them holds; the last one has none. */
export function untilOf(history: readonly Pick<GridVersion, 'from'>[], nth: number): Day | undefined {
  const next = history[nth + 1];
  return next && addDays(next.from, -1);
}

/**
 * Makes a version of a grid that holds from a day on. Said again in the same words it stands as it is.
 * @throws HaolinError not_found (also for what is no grid), forbidden, grid_version_there
 */
export async function addVersion(house: House, code: string, given: NewVersion, actor: Actor): Promise<GridVersion> {
  const area = await findArea(house, code);
  if (area?.level !== 'grid') throw notFound('网格');
  await within(house, code, actor, 'configure');
  const history = await historyOf(house, code);
  const version = versionAfter(history, { ...area, by: actor.id, at: house.clock.now() }, given);
  const there = history.find(({ from }) => from === given.from);
  if (there && saysTheSame(there, version)) return there;
  if (there) throw versionThere(given.from);
  try {
    await versionsOf(house).insertOne(version);
  } catch (error) {
    // Two at once: the other was first.
    if (isDuplicate(error)) throw versionThere(given.from);
    throw error;
  }
  await areasChanged(house);
  return version;
}

/** The next version of a grid, on what held on its first day. Pure. */
export function versionAfter(
  history: readonly GridVersion[],
  grid: { _id: string; name: string; areas: readonly string[]; by: string; at: Date },
  { from, name, boundary, places, source }: NewVersion,
): GridVersion {
  const before = heldOn(history, from);
  const outline = boundary ?? before?.boundary;
  return {
    _id: versionId(grid._id, from),
    grid: grid._id,
    community: communityOf(grid.areas) ?? '',
    areas: [...grid.areas],
    version: Math.max(0, ...history.map((one) => one.version)) + 1,
    name: name ?? before?.name ?? grid.name,
    from,
    ...(outline && { boundary: outline }),
    places: places ?? before?.places ?? [],
    source,
    by: grid.by,
    at: grid.at,
  };
}

const saysTheSame = (a: GridVersion, b: GridVersion): boolean =>
  JSON.stringify([a.name, a.boundary, a.places, a.source]) === JSON.stringify([b.name, b.boundary, b.places, b.source]);

/** The places of a community's grids as they are today, remembered with the areas. */
export async function placesIn(house: House, community: string, now: Date): Promise<Gazetteer> {
  const { gazetteers } = memoryOf(house);
  const today = dayOf(now);
  const key = `${community}@${today}`;
  const known = gazetteers.get(key);
  if (known) return known;
  const reading = readPlaces(house, community, today);
  gazetteers.set(key, reading);
  reading.catch(() => gazetteers.delete(key));
  return reading;
}

async function readPlaces(house: House, community: string, today: Day): Promise<Gazetteer> {
  const versions = await versionsOf(house)
    .find({ community, from: { $lte: today } })
    .project<Pick<GridVersion, 'grid' | 'name' | 'places'>>({ grid: 1, name: 1, places: 1 })
    .sort({ from: 1 })
    .toArray();
  const held = new Map(versions.map((version) => [version.grid, version]));
  return gazetteerOf(
    [...held.values()].flatMap(({ grid, name, places }) => places.map((place) => ({ ...place, grid, gridName: name }))),
  );
}
