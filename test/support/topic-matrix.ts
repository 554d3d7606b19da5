/** Who may make which move on a topic: the policy by hand, crossed with every state, every role here and elsewhere. */
import { type Actor, abilityFor, anonymous, ROLES, type Role, system } from '../../src/core/ability.ts';
import { begin, decide } from '../../src/core/lifecycle.ts';
import { lineage } from '../../src/features/areas/index.ts';
import { type TopicDoc, type TopicMoveName, type TopicState, topicLifecycle } from '../../src/features/topics/index.ts';
import { topicRules } from '../../src/features/topics/rules.ts';
import type { TopicContext, TopicFacts } from '../../src/features/topics/table.ts';
import { COMMUNITY, calendar, GRID, granny, idOf, li, NOW, OTHER_COMMUNITY, person, secretary } from './wishes.ts';

const SECRETARY: readonly Role[] = ['secretary'];

/** Which roles, whether the proposer, whether everybody who lives there. */
const TOPIC_POLICY: Record<TopicMoveName, { roles?: readonly Role[]; proposer?: true; neighbours?: true }> = {
  second: { neighbours: true },
  unsecond: { neighbours: true },
  withdraw: { proposer: true },
  accept: { roles: SECRETARY },
  decline: { roles: SECRETARY },
  appoint: { roles: SECRETARY },
  shelve: { roles: SECRETARY },
  resume: { roles: SECRETARY },
  askMerge: { roles: SECRETARY },
  agreeMerge: { proposer: true },
  refuseMerge: { proposer: true },
  absorb: {},
  settle: {},
};

const INPUTS: Record<TopicMoveName, unknown> = {
  second: {},
  unsecond: {},
  withdraw: {},
  accept: { facilitator: li.id },
  decline: { reason: '不归社区管' },
  appoint: { facilitator: li.id },
  shelve: { reason: '等规划批下来' },
  resume: {},
  askMerge: { into: idOf('other') },
  agreeMerge: {},
  refuseMerge: {},
  absorb: { merged: [{ id: idOf('third'), number: 9, proposer: { id: idOf('谁'), name: '谁' }, supporters: [] }] },
  settle: {},
};

export const TOPIC_FACTS: TopicFacts = {
  place: { areas: lineage(GRID), community: COMMUNITY, label: '幸福里社区 · 第1网格' },
  terms: { seconds: 2 },
  facilitator: { id: li.id, name: li.name },
  into: {
    _id: idOf('other'),
    number: 1,
    community: COMMUNITY,
    state: 'accepted',
    posted: { title: '旧的', text: '旧的' },
  },
};

export const topicContext = (actor: Actor, extra: Partial<TopicContext> = {}): TopicContext => ({
  actor,
  ability: abilityFor(actor, topicRules),
  now: NOW,
  calendar,
  facts: TOPIC_FACTS,
  ...extra,
});

const WAYS: Partial<Record<TopicState, readonly [Actor, TopicMoveName][]>> = {
  proposed: [],
  seconded: [
    [person('附甲'), 'second'],
    [person('附乙'), 'second'],
  ],
  accepted: [[secretary, 'accept']],
  declined: [[secretary, 'decline']],
  withdrawn: [[granny, 'withdraw']],
  merged: [
    [secretary, 'askMerge'],
    [granny, 'agreeMerge'],
  ],
  shelved: [
    [secretary, 'accept'],
    [secretary, 'shelve'],
  ],
};

/** Makes a move on a topic without a store. */
export function moved(topic: TopicDoc, move: TopicMoveName, actor: Actor, input: unknown = INPUTS[move]): TopicDoc {
  const decision = decide(topicLifecycle, topic, move, input, topicContext(actor));
  return decision.kind === 'repeat' ? decision.document : decision.after;
}

/** The grandmother's topic in a state, brought there by its own lifecycle. */
export function topicIn(state: TopicState): TopicDoc {
  const input = { text: '楼下想装几盏路灯，晚上看不见。电话13812345678' };
  const proposed = begin(topicLifecycle, 'propose', input, topicContext(granny), idOf('topic'), 5);
  return (WAYS[state] ?? []).reduce((topic, [actor, move]) => moved(topic, move, actor), proposed);
}

export interface TopicCase {
  title: string;
  move: TopicMoveName;
  state: TopicState;
  actor: Actor;
  input: unknown;
  allowed: boolean;
}

/** Every move × every state × every role for the community, and for another where they live too, and more. */
export function topicMatrix(): TopicCase[] {
  type Row = [who: string, actor: Actor, may: (move: TopicMoveName) => boolean];
  const people: Row[] = [
    ...ROLES.flatMap((role): Row[] => [
      [
        `a ${role} of the community`,
        person(`h-${role}`, [role]),
        (move) => TOPIC_POLICY[move].neighbours === true || TOPIC_POLICY[move].roles?.includes(role) === true,
      ],
      [
        `a ${role} of another community`,
        person(`t-${role}`, [role], OTHER_COMMUNITY, `${OTHER_COMMUNITY}G01`),
        () => false,
      ],
    ]),
    ['the proposer', granny, (move) => TOPIC_POLICY[move].proposer === true || TOPIC_POLICY[move].neighbours === true],
    ['nobody', anonymous, () => false],
    ['the house', system(), (move) => topicLifecycle.moves[move].by === 'system'],
  ];
  const states = Object.keys(WAYS) as TopicState[];
  return (Object.keys(TOPIC_POLICY) as TopicMoveName[]).flatMap((move) =>
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
