import { ask, type Me } from '../api/session';
import { areasOf, type Role } from '../logic/people';

/** A place one may choose. */
export interface Place {
  code: string;
  name: string;
}

/**
 * The places somebody holds these roles for and, of a community, its grids. Without a network, the codes alone.
 */
export async function placesOf(me: Me, roles: readonly Role[]): Promise<Place[]> {
  const found = await Promise.all(areasOf(me, roles).map(placesIn));
  return found.flat();
}

async function placesIn(code: string): Promise<Place[]> {
  const [own, below] = await Promise.all([
    ask('getAreasByCode', { path: { code } }).catch(() => undefined),
    ask('getAreasByCodeChildren', { path: { code } }).catch(() => undefined),
  ]);
  const grids = (below?.items ?? []).filter(({ level }) => level === 'grid');
  return [{ code, name: own?.name ?? code }, ...grids.map((grid) => ({ code: grid.code, name: grid.name }))];
}
