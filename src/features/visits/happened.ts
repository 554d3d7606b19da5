import type { Actor, Role } from '../../core/ability.ts';
import type { HaolinError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { type Day, dayOf } from '../../core/time.ts';
import { communityOf, lineage } from '../areas/index.ts';
import { beforeItHappened, happenedElsewhere, noHappening } from './errors.ts';

/**
 * Something that happened, as far as a log that answers it has to know. Duties keep it and are built on visits: here it is
 * read by the name of its collection, and where there are no duties nothing ever happened.
 */
export interface Happened {
  state: string;
  community: string;
  areas: readonly string[];
  happenedAt: Date;
  bearer: { id: string };
}

export async function findHappened(house: House, id: string): Promise<Happened | undefined> {
  const found = await house.db
    .collection('duty_event')
    .findOne({ _id: id as never }, { projection: { state: 1, community: 1, areas: 1, happenedAt: 1, bearer: 1 } });
  return (found as unknown as Happened | null) ?? undefined;
}

/** Who may come in place of whoever was called, where they serve. */
const COMING: readonly Role[] = ['worker', 'grid_worker', 'secretary', 'social_worker', 'care_keeper'];

/**
 * Whether somebody answers what happened: whoever was called or serves the community, there and not before it happened. To
 * all others it is as if it were not there. Pure.
 * @param visit where and on which day they were
 */
export function answerObjection(
  happened: Happened | undefined,
  { id, roles }: Pick<Actor, 'id' | 'roles'>,
  visit: { community: string | undefined; day: Day },
): HaolinError | undefined {
  if (happened?.state !== 'open') return noHappening();
  const { areas, community, bearer, happenedAt } = happened;
  const servesThere = roles.some(
    ({ role, area }) => COMING.includes(role) && (areas.includes(area) || communityOf(lineage(area)) === community),
  );
  if (id !== bearer.id && !servesThere) return noHappening();
  if (visit.community !== community) return happenedElsewhere();
  return visit.day < dayOf(happenedAt) ? beforeItHappened() : undefined;
}
