/** Who may make which move on a ballot: the policy by hand, crossed with every state, every role here and elsewhere. */
import { type Actor, abilityFor, anonymous, ROLES, type Role, system } from '../../src/core/ability.ts';
import { begin, decide, type MoveContext } from '../../src/core/lifecycle.ts';
import { DAY, HOUR } from '../../src/core/time.ts';
import { lineage } from '../../src/features/areas/index.ts';
import {
  BALLOT_STATES,
  type BallotDoc,
  type BallotMoveName,
  type BallotState,
  ballotLifecycle,
  PACKS,
} from '../../src/features/ballots/index.ts';
import type { BallotFacts } from '../../src/features/ballots/lifecycle.ts';
import { ballotRules } from '../../src/features/ballots/rules.ts';
import { COMMUNITY, calendar, granny, idOf, NOW, OTHER_COMMUNITY, person, STREET } from './wishes.ts';

const RUNNING: readonly Role[] = ['secretary', 'facilitator'];

export const BALLOT_POLICY: Record<BallotMoveName, readonly Role[]> = {
  enrol: RUNNING,
  open: RUNNING,
  count: RUNNING,
  void: ['secretary'],
  close: [],
};

const INPUTS: Record<BallotMoveName, unknown> = {
  enrol: { owners: [{ name: '王桂芳', people: [granny.id], area: 8_050 }] },
  open: {},
  close: {},
  count: {},
  void: { reason: '题目写错了' },
};

export interface BallotCase {
  title: string;
  move: BallotMoveName;
  state: BallotState;
  actor: Actor;
  input: unknown;
  allowed: boolean;
}

/** What deciding on a ballot is given besides it. */
export function ballotContext(actor: Actor, now = NOW): MoveContext<BallotFacts> {
  const nothing = { heads: 0, area: 0 };
  const facts: BallotFacts = {
    place: { areas: lineage(COMMUNITY), community: COMMUNITY },
    packs: { all: PACKS, day: '2026-03-01' },
    roll: idOf('roll'),
    electorate: { snapshot: idOf('snapshot'), heads: 1, area: 8_050 },
    count: {
      electorate: { heads: 1, area: 8_050 },
      present: nothing,
      tally: { for: nothing, against: nothing, abstain: nothing },
      outcome: 'failed',
    },
  };
  return { actor, ability: abilityFor(actor, ballotRules), now, calendar, facts };
}

/** A ballot in a state, brought there by its own lifecycle; one that was open ran out two hours ago. */
export function ballotIn(state: BallotState): BallotDoc {
  const keeper = person('书记', ['secretary']);
  const drafting = new Date(NOW.getTime() - 3 * DAY);
  const closesAt = state === 'drafted' ? NOW.getTime() + DAY : NOW.getTime() - 2 * HOUR;
  const draft = {
    title: '要不要装路灯',
    question: '巷子口要不要装路灯？',
    pack: 'courtyard-poll',
    secrecy: 'open',
    opensAt: new Date(drafting.getTime() + HOUR).toISOString(),
    closesAt: new Date(closesAt).toISOString(),
  };
  const drafted = begin(ballotLifecycle, 'draft', draft, ballotContext(keeper, drafting), idOf('ballot'));
  const ways: Record<BallotState, readonly [BallotMoveName, Date][]> = {
    drafted: [],
    open: [['open', drafting]],
    closed: [
      ['open', drafting],
      ['close', NOW],
    ],
    counted: [
      ['open', drafting],
      ['count', NOW],
    ],
    void: [['void', drafting]],
  };
  return ways[state].reduce<BallotDoc>((ballot, [move, now]) => {
    const actor = move === 'close' ? system() : keeper;
    const decision = decide(ballotLifecycle, ballot, move, INPUTS[move], ballotContext(actor, now));
    return decision.kind === 'repeat' ? decision.document : decision.after;
  }, drafted);
}

/** Every move × every state × every role for the community, for the street above it and for another community, and more. */
export function ballotMatrix(): BallotCase[] {
  const grants = { community: COMMUNITY, street: STREET, 'other community': OTHER_COMMUNITY };
  const people: [string, Actor, (move: BallotMoveName) => boolean][] = [
    ...ROLES.flatMap((role) =>
      Object.entries(grants).map(([where, area]): [string, Actor, (move: BallotMoveName) => boolean] => [
        `a ${role} for the ${where}`,
        person(`${role}-${where}`, [role], area),
        (move) => area !== OTHER_COMMUNITY && BALLOT_POLICY[move].includes(role),
      ]),
    ),
    ['a neighbour', person('邻居'), () => false],
    ['nobody', anonymous, () => false],
    ['the house', system(), (move) => ballotLifecycle.moves[move].by === 'system'],
  ];
  const states = Object.keys(BALLOT_STATES) as BallotState[];
  return (Object.keys(BALLOT_POLICY) as BallotMoveName[]).flatMap((move) =>
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
