import type { Actor, Role } from '../../core/ability.ts';
import type { House } from '../../core/house.ts';
import { communityOf, lineage, streetOf, subtreeOf } from '../areas/index.ts';
import { holdersWithin } from '../people/index.ts';
import type { Bearer } from './due.ts';

const WORKERS: readonly Role[] = ['worker', 'grid_worker'];

/** A worker with the name to say. */
export interface Worker extends Bearer {
  name: string;
  /** Keeps a grid. */
  grid: boolean;
}

/**
 * Where somebody is talked with: the community they serve in. Whoever serves in several is talked with in the one they
 * live in, or else the first by its code: once, not once for each. Undefined for whoever is no worker.
 */
export function placeOf({ roles, areas }: Pick<Actor, 'roles' | 'areas'>): string | undefined {
  const places = roles
    .filter(({ role }) => WORKERS.includes(role))
    .map(({ area }) => communityOf(lineage(area)) ?? area)
    .sort();
  return places.find((place) => areas.includes(place)) ?? places[0];
}

/** More than a street: too many people for one list. */
export const isWide = (area: string): boolean => streetOf(lineage(area)) === undefined;

/** Who is to be talked with in an area and everything below it, and by whom. */
export interface Staff {
  workers: Worker[];
  secretariesOf: (place: string) => readonly string[];
}

export async function staffOf(house: House, under: string): Promise<Staff> {
  const codes = [...new Set([...lineage(under), ...(await subtreeOf(house, under))])];
  const workers: Worker[] = [];
  const secretaries = new Map<string, string[]>();
  for await (const person of holdersWithin(house, [...WORKERS, 'secretary'], codes)) {
    for (const { role, area } of person.roles) {
      const here = secretaries.get(area) ?? [];
      if (role === 'secretary' && !here.includes(person._id)) secretaries.set(area, [...here, person._id].sort());
    }
    const place = placeOf(person);
    if (place === undefined || !lineage(place).includes(under)) continue;
    const grid = person.roles.some(({ role }) => role === 'grid_worker');
    workers.push({ id: person._id, name: person.name, place, grid });
  }
  workers.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { workers, secretariesOf: (place) => nearest(secretaries, place) };
}

/** Those of the place or, where it has none, of the nearest area above. */
function nearest(secretaries: ReadonlyMap<string, readonly string[]>, place: string): readonly string[] {
  const here = lineage(place).findLast((code) => secretaries.has(code));
  return here === undefined ? [] : (secretaries.get(here) ?? []);
}
