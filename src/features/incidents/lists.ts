import { type Conditions, scope } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { type Filter, pageOf } from '../../core/listing.ts';
import { noArea } from '../../core/matter-errors.ts';
import { communityOf, levelOf, lineage, type Urgency } from '../areas/index.ts';
import type { Column, IncidentCategory, IncidentDoc, IncidentState } from './model.ts';
import { type ListedIncident, listedView, mayKnow, movesOf } from './views.ts';

/** What a list asks for: one of `mine`, `handling`, or an `area`. */
export interface IncidentQuery {
  mine?: boolean | undefined;
  /** What one has in hand or helps with. */
  handling?: boolean | undefined;
  /** Code of any level. */
  area?: string | undefined;
  column?: Column | undefined;
  state?: IncidentState | undefined;
  category?: IncidentCategory | undefined;
  urgency?: Urgency | undefined;
  level?: IncidentDoc['level'] | undefined;
  /** By the number people call it: one in each community of the area. */
  number?: number | undefined;
  /** Past the deadline that counts now, the longest overdue first. */
  late?: boolean | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** What neither a line nor the moves on it look at. */
const NOT_ON_A_LINE = {
  history: 0,
  outbox: 0,
  sealedWords: 0,
  text: 0,
  reporters: 0,
  helpers: 0,
  targets: 0,
  due: 0,
  warnAt: 0,
  warned: 0,
  before: 0,
  photoIds: 0,
  outcome: 0,
  left: 0,
  notes: 0,
  closedAt: 0,
  nextAt: 0,
  createdAt: 0,
  updatedAt: 0,
  reopenings: 0,
  settled: 0,
  mergedInto: 0,
  referral: 0,
  rating: 0,
} as const satisfies Partial<Record<keyof IncidentDoc, 0>>;
const PAGE = 20;

/** What a list is in the order of: open ones of an area by rank, what is late by its deadline, all else by when it was reported. */
type Order = 'rank' | 'dueAt' | 'postedAt';

/**
 * A page of incidents, newest first (of open ones the more urgent before; or the longest overdue first), each as the caller
 * may see it. One query.
 * @throws HaolinError no_area, invalid_input for a cursor that is not this list's
 */
export async function listIncidents(house: House, caller: Caller, query: IncidentQuery): Promise<Page<ListedIncident>> {
  const filter = filterOf(caller, query);
  const field = orderOf(query, filter);
  const { page, next } = await pageOf(house, {
    model: house.model<IncidentDoc>('incident'),
    filter,
    field,
    direction: query.late ? 1 : -1,
    limit: query.limit ?? PAGE,
    cursor: query.cursor,
    placeOf: (incident) => incident[field] ?? incident.postedAt,
    without: NOT_ON_A_LINE,
  });
  const items = page.map((incident) => listedView(caller, incident, movesOf(house, caller, incident)));
  return next === undefined ? { items } : { items, next };
}

function orderOf({ late }: IncidentQuery, { areas, column }: Conditions): Order {
  if (late) return 'dueAt';
  return areas !== undefined && (column === 'waiting' || column === 'handling') ? 'rank' : 'postedAt';
}

function filterOf(caller: Caller, query: IncidentQuery): Filter {
  const { column, state, category, urgency, level, number, late } = query;
  const narrowed = {
    ...(column && { column }),
    ...(state && { state }),
    ...(category && { category }),
    ...(urgency && { urgency }),
    ...(level && { level }),
    ...(number !== undefined && { number }),
    ...(late && { dueAt: { $lt: caller.now } }),
  };
  if (query.mine) return { authors: caller.actor.id, ...narrowed };
  if (query.handling) return { handlers: caller.actor.id, ...narrowed };
  const { area } = query;
  if (area === undefined || levelOf(area) === undefined) throw noArea();
  const place = late ? { ...communitiesIn(area), areas: area } : { areas: area };
  return { ...place, ...narrowed, $and: readable(caller, area) };
}

/** What of an area the caller may see in a list: all of it, or else what is theirs. */
function readable({ ability }: Caller, area: string): Conditions[] {
  if (mayKnow(ability, { areas: lineage(area) })) return [];
  return [scope(ability, 'read', 'incident') ?? { _id: { $in: [] } }];
}

/** Communities in an area by code, since codes nest: what is late is indexed by community. */
export function communitiesIn(area: string): Conditions {
  const community = communityOf(lineage(area));
  return { community: community ?? { $gte: area, $lt: `${area}~` } };
}
