/**
 * Who may make which move on an incident: the policy of issue 7 written down by hand, crossed with every state, every role,
 * grants for the incident's own area and for others, and every relation a person can have to it.
 */
import { type Actor, anonymous, ROLES, type Role } from '../../src/core/ability.ts';
import {
  INCIDENT_STATES,
  type IncidentMoveName,
  type IncidentState,
  incidentLifecycle,
} from '../../src/features/incidents/index.ts';
import { INCIDENT_INPUTS, incidentIn } from './incidents.ts';
import {
  COMMUNITY,
  clockwork,
  daughter,
  GRID,
  granny,
  li,
  OTHER_COMMUNITY,
  OTHER_GRID,
  person,
  STREET,
  sun,
} from './wishes.ts';

type Relation = 'author' | 'handler' | 'helper' | 'system';
interface Policy {
  roles?: readonly Role[];
  relations?: readonly Relation[];
}

const KEEPERS: Policy = { roles: ['secretary', 'grid_worker'] };
const AUTHORS: Policy = { relations: ['author'] };
const HANDLER: Policy = { relations: ['handler'] };
const HOUSE: Policy = { relations: ['system'] };

/** Of an incident the grid is to solve; nothing has come up to the street. */
export const INCIDENT_POLICY: Record<IncidentMoveName, Policy> = {
  look: { roles: ['household_lead'] },
  add: AUTHORS,
  withdraw: AUTHORS,
  confirm: AUTHORS,
  triage: KEEPERS,
  decline: KEEPERS,
  merge: KEEPERS,
  refer: KEEPERS,
  conclude: KEEPERS,
  dispatch: KEEPERS,
  take: { roles: ['worker', 'grid_worker'] },
  reject: HANDLER,
  raise: { ...KEEPERS, ...HANDLER },
  assist: { roles: ['secretary'], ...HANDLER },
  note: { relations: ['handler', 'helper'] },
  extend: HANDLER,
  resolve: HANDLER,
  partial: HANDLER,
  warn: HOUSE,
  escalate: HOUSE,
  autoConfirm: HOUSE,
  absorb: HOUSE,
  settle: HOUSE,
};

export interface IncidentCase {
  title: string;
  move: IncidentMoveName;
  state: IncidentState;
  actor: Actor;
  input: unknown;
  allowed: boolean;
}

const GRANTS = {
  city: '5202',
  street: STREET,
  community: COMMUNITY,
  grid: GRID,
  otherGrid: OTHER_GRID,
  otherCommunity: OTHER_COMMUNITY,
};
type Grant = keyof typeof GRANTS;
const OWN = new Set<string>(['city', 'street', 'community', 'grid']);

/** Every case; `grants` limits which areas roles are granted for. */
export function incidentMatrix(grants: readonly Grant[] = Object.keys(GRANTS) as Grant[]): IncidentCase[] {
  const moves = Object.keys(incidentLifecycle.moves) as IncidentMoveName[];
  return moves.flatMap((move) =>
    (Object.keys(INCIDENT_STATES) as IncidentState[]).flatMap((state) => [
      ...roleCases(move, state, grants),
      ...relationCases(move, state),
    ]),
  );
}

const caseOf = (move: IncidentMoveName, state: IncidentState, who: string, actor: Actor, allowed: boolean) => ({
  title: `${move} in ${state} by ${who}`,
  move,
  state,
  actor,
  input: INCIDENT_INPUTS[move],
  allowed,
});

function roleCases(move: IncidentMoveName, state: IncidentState, grants: readonly Grant[]): IncidentCase[] {
  return ROLES.flatMap((role) =>
    grants.map((grant) => {
      const actor = person(`${role}-${grant}`, [role], GRANTS[grant]);
      const allowed = OWN.has(grant) && (INCIDENT_POLICY[move].roles ?? []).includes(role);
      return caseOf(move, state, `a ${role} for the ${grant}`, actor, allowed);
    }),
  );
}

function relationCases(move: IncidentMoveName, state: IncidentState): IncidentCase[] {
  const { handler, handlers } = incidentIn(state);
  const people: [string, Actor, Relation[]][] = [
    ['a neighbour', person('邻居'), []],
    ['nobody', anonymous, []],
    ['the house', clockwork, ['system']],
    ['who it is reported for', granny, ['author']],
    ['who reported it', daughter, ['author']],
    ['the handler', { ...li, roles: [] }, handler?.id === li.id ? ['handler'] : []],
    ['a helper', { ...sun, roles: [] }, handlers.includes(sun.id) ? ['helper'] : []],
  ];
  return people.map(([who, actor, relations]) =>
    caseOf(
      move,
      state,
      who,
      actor,
      relations.some((relation) => (INCIDENT_POLICY[move].relations ?? []).includes(relation)),
    ),
  );
}
