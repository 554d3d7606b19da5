import { ask, type Me } from '../api/session';
import { areasOf, type Role } from '../logic/people';

/** A place one may choose. */
export interface Place {
  code: string;
  name: string;
}

/**
 * The places somebody holds these roles for and, of a community, its grids, of a street its communities. Without a
 * network, the codes alone.
 */
export async function placesOf(me: Me, roles: readonly Role[]): Promise<Place[]> {
  const found = await Promise.all(areasOf(me, roles).map((code) => placesIn(code, ['grid', 'community'])));
  return found.flat();
}

/** The places somebody holds these roles for and those right below them, whatever these are. */
export async function placesBelow(me: Me, roles: readonly Role[]): Promise<Place[]> {
  const found = await Promise.all(areasOf(me, roles).map((code) => placesIn(code)));
  return found.flat();
}

/** Areas with their names; without a network, with their codes for names. */
export const named = (codes: readonly string[]): Promise<Place[]> => Promise.all(codes.map(placeOf));

async function placeOf(code: string): Promise<Place> {
  const found = await ask('getAreasByCode', { path: { code } }).catch(() => undefined);
  return { code, name: found?.name ?? code };
}

async function placesIn(code: string, levels?: readonly string[]): Promise<Place[]> {
  const [own, below] = await Promise.all([
    placeOf(code),
    ask('getAreasByCodeChildren', { path: { code } }).catch(() => undefined),
  ]);
  const parts = (below?.items ?? []).filter(({ level }) => levels?.includes(level) ?? true);
  return [own, ...parts.map(({ code: part, name }) => ({ code: part, name }))];
}
