import type { Actor, Conditions, Role, RoleGrant, Rule } from '../../core/ability.ts';
import { gridOf, lineage } from '../areas/index.ts';
import type { CareDoc } from './model.ts';

/** A sentinel is a worker (design, section 2); in a grid its own worker is one. */
export const SENTINELS: readonly Role[] = ['worker', 'grid_worker'];
/** Whoever keeps the grid sees those there who have no sentinel. */
export const GRID_KEEPER: Role = 'grid_worker';

/**
 * Whether somebody with these roles still bears whom they were made sentinel of: as long as they are a worker somewhere.
 * Whoever moved house is looked after from where they lived until they are handed over.
 */
export const isStillSentinel = (roles: readonly Pick<RoleGrant, 'role'>[]): boolean =>
  roles.some(({ role }) => SENTINELS.includes(role));

/** What has to be known of those who serve to say who is to see somebody. */
export interface Servants {
  isSentinel(person: string): boolean;
  keeperOf(grid: string): string | undefined;
}

/**
 * Who is to see somebody in care: their sentinel or, as long as nobody was made that, whoever keeps the grid they live in.
 * A sentinel who has left is nobody; those who keep the register are told of it, and nobody else may read of the person. Pure.
 */
export function serverOf(
  { sentinel, areas }: Pick<CareDoc, 'sentinel' | 'areas'>,
  { isSentinel, keeperOf }: Servants,
): string | undefined {
  if (sentinel !== undefined) return isSentinel(sentinel) ? sentinel : undefined;
  const grid = gridOf(areas);
  return grid === undefined ? undefined : keeperOf(grid);
}

/** Grids somebody keeps. */
const gridsOf = (roles: readonly RoleGrant[]): string[] =>
  roles.flatMap(({ role, area }) => (role === GRID_KEEPER ? (gridOf(lineage(area)) ?? []) : []));

/** Whether somebody is one's own to see. Pure. */
export const isServedBy = ({ id, roles }: Pick<Actor, 'id' | 'roles'>, { sentinel, areas }: CareDoc): boolean =>
  sentinel === undefined ? gridsOf(roles).some((grid) => areas.includes(grid)) : sentinel === id;

/** The same as a filter of the store. */
export const servedBy = ({ id, roles }: Pick<Actor, 'id' | 'roles'>): Conditions => {
  const grids = gridsOf(roles);
  return grids.length === 0
    ? { sentinel: id }
    : { $or: [{ sentinel: id }, { areas: { $in: grids }, sentinel: { $exists: false } }] };
};

/** The same as conditions of what may be read and logged: of two who keep a grid both may. */
export const AS_SENTINEL: Rule['where'] = (actor) => ({ sentinel: actor.id, state: 'kept' });
export const AS_GRID_KEEPER: Rule['where'] = (_actor, grant) => ({
  areas: gridOf(lineage(grant?.area ?? '')) ?? '',
  sentinel: { $exists: false },
  state: 'kept',
});
