/** Who may make which move on a person in care: the policy by hand, crossed with every state, every role here and elsewhere. */
import { type Actor, abilityFor, anonymous, ROLES, type Role, system } from '../../src/core/ability.ts';
import { begin, decide, type MoveContext } from '../../src/core/lifecycle.ts';
import { lineage } from '../../src/features/areas/index.ts';
import {
  CARE_STATES,
  type CareDoc,
  type CareFacts,
  type CareMoveName,
  type CareState,
  careLifecycle,
} from '../../src/features/care/index.ts';
import { careRules } from '../../src/features/care/rules.ts';
import { COMMUNITY, calendar, GRID, granny, idOf, li, NOW, OTHER_COMMUNITY, person, STREET } from './wishes.ts';

const KEEPERS: readonly Role[] = ['care_keeper', 'secretary'];

/** Which roles, and whether the sentinel of the person in care. */
export const CARE_POLICY: Record<CareMoveName, { roles: readonly Role[]; sentinel?: true }> = {
  flag: { roles: KEEPERS },
  unflag: { roles: KEEPERS },
  recolour: { roles: KEEPERS },
  review: { roles: KEEPERS },
  assign: { roles: KEEPERS },
  assignLead: { roles: KEEPERS },
  handOver: { roles: KEEPERS },
  note: { roles: KEEPERS, sentinel: true },
  end: { roles: KEEPERS },
  visited: { roles: [] },
  relocated: { roles: [] },
  unvisited: { roles: [] },
  lost: { roles: [] },
  found: { roles: [] },
};

const consent = { by: 'self', at: '2026-03-01' } as const;
export const OPENING = {
  person: granny.id,
  kind: 'living_alone',
  reason: '独居，腿脚不便',
  consent,
  reviewBy: '2026-09-01',
  colour: 'red',
} as const;

/** A worker and a lead whom inputs name, and the lead who looks in so far. */
export const LEAD = person('包联的联户长', ['household_lead']);
export const NEXT_LEAD = person('接着的联户长', ['household_lead']);
export const sentinel = person('照看的人', ['worker']);

export const CARE_INPUTS: Record<CareMoveName, unknown> = {
  flag: { kind: 'hardship', reason: '低保家庭', consent, reviewBy: '2026-09-01' },
  unflag: { kind: 'veteran', reason: '登记错了' },
  recolour: { colour: 'green', reason: '身体好多了' },
  review: { kind: 'living_alone', reviewBy: '2026-12-01', note: '还是一个人住' },
  assign: { sentinel: li.id },
  assignLead: { lead: NEXT_LEAD.id },
  handOver: { to: li.id, words: '血压药在床头' },
  note: { text: '今天精神好' },
  end: { reason: '搬去和女儿住了' },
  visited: { visit: 'v1', day: '2026-03-08' },
  relocated: {
    areas: lineage(OTHER_COMMUNITY),
    community: OTHER_COMMUNITY,
    keeper: 'secretary',
    leadStays: false,
  },
  unvisited: { visit: 'v1', day: '2026-03-08' },
  lost: { day: '2026-03-09' },
  found: { day: '2026-03-09' },
};

export function careContext(actor: Actor, more: Partial<MoveContext<CareFacts>> = {}): MoveContext<CareFacts> {
  const facts: CareFacts = {
    seal: (field, text) => `${JSON.stringify(field)} ${Buffer.from(text).toString('hex')}`,
    who: '王*',
    birthYear: 1945,
    place: { areas: lineage(GRID), community: COMMUNITY },
    workers: new Set([li.id, sentinel.id]),
    leads: new Set([LEAD.id, NEXT_LEAD.id]),
  };
  return { actor, ability: abilityFor(actor, careRules), now: NOW, calendar, facts, ...more };
}

const keeper = person('关爱专员', ['care_keeper']);

/** The grandmother in care for two reasons, brought into a state by the lifecycle itself. */
export function careIn(state: CareState, given: object = {}): CareDoc {
  const opening = { ...OPENING, sentinel: sentinel.id, lead: LEAD.id, ...given };
  const opened = begin(careLifecycle, 'open', opening, careContext(keeper), idOf('care'));
  const veteran = { kind: 'veteran', reason: '当过兵', consent, reviewBy: '2026-09-01' };
  const way: [CareMoveName, unknown][] = [
    ['flag', veteran],
    ...(state === 'ended' ? [['end', CARE_INPUTS.end] as [CareMoveName, unknown]] : []),
  ];
  return way.reduce<CareDoc>((care, [move, input]) => {
    const decision = decide(careLifecycle, care, move, input, careContext(keeper));
    return decision.kind === 'repeat' ? decision.document : decision.after;
  }, opened);
}

export interface CareCase {
  title: string;
  move: CareMoveName;
  state: CareState;
  actor: Actor;
  input: unknown;
  allowed: boolean;
}

const GRANTS = { grid: GRID, community: COMMUNITY, street: STREET, 'other community': OTHER_COMMUNITY };

/**
 * Every move × every state × every role for the grid, the community, the street above it and another community, and more.
 * @param grants which areas roles are granted for, all by default
 */
export function careMatrix(
  grants: readonly (keyof typeof GRANTS)[] = Object.keys(GRANTS) as (keyof typeof GRANTS)[],
): CareCase[] {
  type Judge = (move: CareMoveName, state: CareState) => boolean;
  const people: [string, Actor, Judge][] = [
    ...ROLES.flatMap((role) =>
      grants.map((where): [string, Actor, Judge] => [
        `a ${role} for the ${where}`,
        person(`${role}-${where}`, [role], GRANTS[where]),
        (move) => where !== 'other community' && CARE_POLICY[move].roles.includes(role),
      ]),
    ),
    ['the sentinel', sentinel, (move, state) => state === 'kept' && CARE_POLICY[move].sentinel === true],
    ['the sentinel who is no worker any more', { ...sentinel, roles: [] }, () => false],
    ['the household lead', LEAD, () => false],
    ['the person in care', granny, () => false],
    ['a neighbour', person('邻居'), () => false],
    ['nobody', anonymous, () => false],
    ['the house', system(), (move) => careLifecycle.moves[move].by === 'system'],
  ];
  return (Object.keys(CARE_POLICY) as CareMoveName[]).flatMap((move) =>
    (Object.keys(CARE_STATES) as CareState[]).flatMap((state) =>
      people.map(([who, actor, may]) => ({
        title: `${move} in ${state} by ${who}`,
        move,
        state,
        actor,
        input: CARE_INPUTS[move],
        allowed: may(move, state),
      })),
    ),
  );
}
