import type { Change } from '../../core/aggregate.ts';
import { changesIn } from '../../core/board.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { lineage } from '../areas/index.ts';
import type { IncidentState } from './model.ts';
import { mayKnow } from './views.ts';

/** One change of an incident on a board, without anything personal. */
export interface BoardEvent {
  id: string;
  state: IncidentState;
  version: number;
  move: string;
}

/**
 * The changes of an area's incidents as they happen, until `signal` ends it; for those who serve the area.
 * @param area code of any level
 * @throws HaolinError forbidden, before the first
 */
export function incidentEvents(
  house: House,
  { ability }: Caller,
  area: string,
  signal: AbortSignal,
): AsyncGenerator<{ event: string; data: BoardEvent; id: string }> {
  if (!mayKnow(ability, { areas: lineage(area) })) throw forbidden();
  return events(house, area, signal);
}

async function* events(house: House, area: string, signal: AbortSignal) {
  const ours = ({ aggregate }: Change) => aggregate === 'incident';
  for await (const { id, state, version, move } of changesIn(house, area, ours, signal)) {
    yield { event: 'incident', data: { id, state: state as IncidentState, version, move }, id: `${id}:${version}` };
  }
}
