/** Who may make which move on a handoff: the policy by hand, crossed with every state, every role here and elsewhere. */
import { type Actor, abilityFor, anonymous, ROLES, type Role, system } from '../../src/core/ability.ts';
import { begin, decide, type MoveContext } from '../../src/core/lifecycle.ts';
import { lineage } from '../../src/features/areas/index.ts';
import {
  HANDOFF_STATES,
  type HandoffDoc,
  type HandoffMoveName,
  type HandoffState,
  handoffLifecycle,
} from '../../src/features/handoffs/index.ts';
import { handoffRules } from '../../src/features/handoffs/rules.ts';
import { COMMUNITY, calendar, GRID, granny, NOW, OTHER_COMMUNITY, person, STREET } from './wishes.ts';

const KEEPERS: readonly Role[] = ['worker', 'grid_worker', 'secretary'];

/** Which roles, and whether the resident whose handoff it is. */
export const HANDOFF_POLICY: Record<HandoffMoveName, { roles: readonly Role[]; requester: boolean }> = {
  add: { roles: [], requester: true },
  answer: { roles: KEEPERS, requester: false },
  close: { roles: KEEPERS, requester: true },
  escalate: { roles: [], requester: false },
  lapse: { roles: [], requester: false },
};

const INPUTS: Record<HandoffMoveName, unknown> = {
  add: { text: '还是打不通' },
  answer: { text: '明天上午来看您' },
  close: {},
  escalate: {},
  lapse: {},
};

export interface HandoffCase {
  title: string;
  move: HandoffMoveName;
  state: HandoffState;
  actor: Actor;
  input: unknown;
  allowed: boolean;
}

/** What deciding on a handoff is given besides it. */
export function handoffContext(actor: Actor): MoveContext<{ place?: { areas: string[]; community: string } }> {
  const facts = { place: { areas: lineage(GRID), community: COMMUNITY } };
  return { actor, ability: abilityFor(actor, handoffRules), now: NOW, calendar, facts };
}

/** The grandmother's handoff in a state, brought there by its own lifecycle. */
export function handoffIn(state: HandoffState): HandoffDoc {
  const keeper = person('答', ['worker']);
  const opened = begin(handoffLifecycle, 'open', { text: '电话打不通' }, handoffContext(granny), 'h1', 3);
  const way = ({ opened: [], answered: ['answer'], closed: ['close'] } as const)[state];
  return way.reduce<HandoffDoc>((handoff, move) => {
    const decision = decide(handoffLifecycle, handoff, move, INPUTS[move], handoffContext(keeper));
    return decision.kind === 'repeat' ? decision.document : decision.after;
  }, opened);
}

/** Every move × every state × every role for the community, for the street above it and for another community, and more. */
export function handoffMatrix(): HandoffCase[] {
  const grants = { community: COMMUNITY, street: STREET, 'other community': OTHER_COMMUNITY };
  const people: [string, Actor, (move: HandoffMoveName) => boolean][] = [
    ...ROLES.flatMap((role) =>
      Object.entries(grants).map(([where, area]): [string, Actor, (move: HandoffMoveName) => boolean] => [
        `a ${role} for the ${where}`,
        person(`${role}-${where}`, [role], area),
        (move) => area !== OTHER_COMMUNITY && HANDOFF_POLICY[move].roles.includes(role),
      ]),
    ),
    ['the requester', granny, (move) => HANDOFF_POLICY[move].requester],
    ['a neighbour', person('邻居'), () => false],
    ['nobody', anonymous, () => false],
    ['the house', system(), (move) => handoffLifecycle.moves[move].by === 'system'],
  ];
  const states = Object.keys(HANDOFF_STATES) as HandoffState[];
  return (Object.keys(HANDOFF_POLICY) as HandoffMoveName[]).flatMap((move) =>
    states.flatMap((state) =>
      people.map(([who, actor, may]) => ({
        title: `${move} in ${state} by ${who}`,
        move,
        state,
        actor,
        input: INPUTS[move],
        allowed: may(move),
      })),
    ),
  );
}
