/** Who may make which move on a visit and on something that happened: the policy by hand, crossed with every state and role. */
import { type Actor, abilityFor, anonymous, ROLES, type Role, system } from '../../src/core/ability.ts';
import { begin, decide, type MoveContext } from '../../src/core/lifecycle.ts';
import { lineage } from '../../src/features/areas/index.ts';
import { eventLifecycle } from '../../src/features/duties/index.ts';
import { dutyRules } from '../../src/features/duties/rules.ts';
import { type VisitDoc, type VisitMoveName, type VisitState, visitLifecycle } from '../../src/features/visits/index.ts';
import { visitRules } from '../../src/features/visits/rules.ts';
import { COMMUNITY, calendar, GRID, idOf, NOW, OTHER_COMMUNITY, person, STREET } from './wishes.ts';

const CHECKERS: readonly Role[] = ['secretary', 'supervisor'];
/** Which roles, and whether whoever logged it. */
const VISIT_POLICY: Record<VisitMoveName, { roles: readonly Role[]; own?: true }> = {
  correct: { roles: [], own: true },
  void: { roles: [], own: true },
  check: { roles: CHECKERS },
  spawn: { roles: [], own: true },
  settle: { roles: [] },
};
const VISIT_INPUTS: Record<VisitMoveName, unknown> = {
  correct: { households: 3, reason: '少记了一户' },
  void: { reason: '没去成' },
  check: { agreed: true },
  // What the engine is told, and what is asked of people.
  spawn: { kind: 'wish', id: 'f'.repeat(24), number: 1, text: '楼道灯坏了' },
  settle: { version: 1 },
};

const INCIDENT = { kind: 'incident', id: 'e'.repeat(24), number: 1, what: 'incident', text: '楼道灯坏了' };

export interface VisitCase {
  title: string;
  move: string;
  state: string;
  actor: Actor;
  input: unknown;
  allowed: boolean;
}

const place = { areas: lineage(GRID), community: COMMUNITY };
export const visitor = person('走访的人', ['worker']);
const contextOf = <F>(actor: Actor, rules: typeof visitRules, facts: F): MoveContext<F> => ({
  actor,
  ability: abilityFor(actor, rules),
  now: NOW,
  calendar,
  facts,
});
export const visitContext = (actor: Actor) => contextOf(actor, visitRules, { place, served: new Set<string>() });
export const eventContext = (actor: Actor) =>
  contextOf(actor, dutyRules, {
    place,
    bearer: { id: visitor.id, name: visitor.name },
    known: { title: '到场', kind: 'arrive' as const, by: '2026-03-12' },
  });

/** A visit to two households, brought into a state by its own lifecycle. */
export function visitIn(state: VisitState): VisitDoc {
  const logged = begin(visitLifecycle, 'log', { households: 2 }, visitContext(visitor), idOf('visit'));
  return state === 'void'
    ? after(decide(visitLifecycle, logged, 'void', VISIT_INPUTS.void, visitContext(visitor)))
    : logged;
}
const reporter = person('报事的人', ['grid_worker']);
export function eventIn(state: 'open' | 'dropped') {
  const input = { event: 'fire', area: GRID };
  const open = begin(eventLifecycle, 'open', input, eventContext(reporter), idOf('event'));
  const dropping = { reason: '看错了' };
  return state === 'open' ? open : after(decide(eventLifecycle, open, 'drop', dropping, eventContext(reporter)));
}
const after = <D>(decision: { kind: string; document?: D; after?: D }): D => (decision.after ?? decision.document) as D;

const grants = { community: COMMUNITY, street: STREET, 'other community': OTHER_COMMUNITY };
function crossed(
  name: string,
  moves: readonly string[],
  states: readonly string[],
  inputs: Record<string, unknown>,
  may: (move: string, who: { role?: Role; own?: boolean; house?: boolean }) => boolean,
  owner: Actor,
): VisitCase[] {
  const those: [string, Actor, (move: string) => boolean][] = [
    ...ROLES.flatMap((role) =>
      Object.entries(grants).map(([where, area]): [string, Actor, (move: string) => boolean] => [
        `a ${role} for the ${where}`,
        person(`${name}-${role}-${where}`, [role], area),
        (move) => area !== OTHER_COMMUNITY && may(move, { role }),
      ]),
    ),
    ['whose it is', owner, (move) => may(move, { own: true })],
    ['nobody', anonymous, () => false],
    ['the house', system(), (move) => may(move, { house: true })],
  ];
  return moves.flatMap((move) =>
    states.flatMap((state) =>
      those.map(([who, actor, allowed]) => ({
        title: `${move} in ${state} by ${who}`,
        move,
        state,
        actor,
        input: inputs[move],
        allowed: allowed(move),
      })),
    ),
  );
}

export const visitMatrix = (): VisitCase[] => [
  ...visitsCrossed(Object.keys(VISIT_POLICY), VISIT_INPUTS),
  ...visitsCrossed(['spawn'], { spawn: INCIDENT }).map((one) => ({ ...one, title: `${one.title}, an incident` })),
];

const visitsCrossed = (moves: readonly string[], inputs: Record<string, unknown>): VisitCase[] =>
  crossed(
    'visit',
    moves,
    ['logged', 'void'],
    inputs,
    (move, { role, own, house }) => {
      const { roles, own: owners } = VISIT_POLICY[move as VisitMoveName];
      return house ? move === 'settle' : own ? owners === true : role !== undefined && roles.includes(role);
    },
    visitor,
  );

export const eventMatrix = (): VisitCase[] =>
  crossed(
    'event',
    ['drop'],
    ['open', 'dropped'],
    { drop: { reason: '看错了' } },
    (_move, { role, own }) => own === true || role === 'secretary',
    reporter,
  );
