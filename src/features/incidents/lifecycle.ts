import type { Table } from '../../core/aggregate.ts';
import { sparing } from '../../core/deriving.ts';
import type { House } from '../../core/house.ts';
import { takerOf } from '../../core/quota.ts';
import { nextNumber } from '../areas/index.ts';
import { INCIDENT_STATES, type IncidentDoc, type IncidentState } from './model.ts';
import { absorb, autoConfirm, escalate, settle, warn } from './moves/clock.ts';
import { raise, reject } from './moves/levels.ts';
import { add, confirm, withdraw } from './moves/own.ts';
import { alarm, report } from './moves/report.ts';
import { dispatch, look, take } from './moves/take.ts';
import { conclude, decline, merge, refer, triage } from './moves/triage.ts';
import { assist, extend, note, partial, resolve } from './moves/work.ts';
import { enoughOf, type IncidentFacts, lifecycle } from './table.ts';

/**
 * The life of an incident: `reported → triaged → dispatched → (assisting) → resolved → confirmed`, beside rejected, partial,
 * reopened, merged, referred, declined and withdrawn. Everything that can ever happen to one is in this table and nowhere
 * else.
 */
export const incidentLifecycle = lifecycle({
  name: 'incident',
  states: INCIDENT_STATES,
  start: { report, alarm },
  moves: sparing(
    {
      // the neighbours
      look,
      // those who reported it
      add,
      withdraw,
      confirm,
      // the grid worker, the secretary, the street
      triage,
      decline,
      merge,
      refer,
      conclude,
      dispatch,
      // those who have it in hand
      take,
      reject,
      raise,
      assist,
      note,
      extend,
      resolve,
      partial,
      // the house itself
      warn,
      escalate,
      autoConfirm,
      absorb,
      settle,
    },
    enoughOf,
  ),
});

export type IncidentMoveName = keyof typeof incidentLifecycle.moves;

/** More than anybody meets with; in the API and in chat together. */
const MOST_INCIDENTS = { points: 20, seconds: 3_600 };

/** What the engine needs of a house to write incidents. */
export function incidentTable(house: House): Table<IncidentDoc, IncidentState, IncidentFacts> {
  return {
    lifecycle: incidentLifecycle,
    model: house.model<IncidentDoc>('incident'),
    announce: (change) => house.announce(change),
    vault: house.vault,
    // Whoever calls for help is never told to wait.
    spend: async ({ urgency }, { id }) =>
      urgency === 'danger' ? undefined : takerOf(house)(`incident:${id}`, MOST_INCIDENTS),
    number: ({ community }) => nextNumber(house, 'incident', community),
  };
}
