import { describe, expect, it } from 'vitest';
import { HaolinError } from '../../../src/core/errors.ts';
import { decide, movesFor } from '../../../src/core/lifecycle.ts';
import {
  INCIDENT_MOVES,
  INCIDENT_STATES,
  type IncidentState,
  incidentLifecycle,
} from '../../../src/features/incidents/index.ts';
import { INCIDENT_POLICY, incidentMatrix } from '../../support/incident-matrix.ts';
import { contextOf, INCIDENT_FACTS, incidentIn } from '../../support/incidents.ts';

const outcome = (work: () => { kind: string }): string => {
  try {
    return work().kind;
  } catch (error) {
    if (error instanceof HaolinError) return error.code;
    throw error;
  }
};

describe('who may do what with an incident', () => {
  const cases = incidentMatrix();
  const there = Object.fromEntries(
    (Object.keys(INCIDENT_STATES) as IncidentState[]).map((state) => [state, incidentIn(state)]),
  ) as Record<IncidentState, ReturnType<typeof incidentIn>>;

  it('is the policy of issue 7, and a button is shown for exactly the moves that would succeed', () => {
    const wrong = cases.flatMap(({ title, move, state, actor, input, allowed }) => {
      const ctx = contextOf(actor, { facts: INCIDENT_FACTS });
      const result = outcome(() => decide(incidentLifecycle, there[state], move, input, ctx));
      const shown = actor.kind === 'person' && movesFor(incidentLifecycle, there[state], ctx).includes(move);
      const button = actor.kind === 'person' && shown !== (result === 'change');
      return (result === 'forbidden') === allowed || button ? [`${title}: ${result}${shown ? ', shown' : ''}`] : [];
    });
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(15_000);
    expect(cases.filter((one) => one.allowed).length).toBeGreaterThan(500);
  });

  it('covers the whole table, and every move people make has a word for its button', () => {
    expect(Object.keys(INCIDENT_POLICY).sort()).toEqual(Object.keys(incidentLifecycle.moves).sort());
    const people = Object.entries(incidentLifecycle.moves).flatMap(([name, { by }]) => (by === 'system' ? [] : [name]));
    expect(Object.keys(INCIDENT_MOVES).sort()).toEqual(people.sort());
  });
});
