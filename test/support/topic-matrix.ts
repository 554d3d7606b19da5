/** Who may make which move on a topic: the policy by hand, crossed with every state, every role here and elsewhere. */
import { type Ability, type Actor, abilityFor, anonymous, ROLES, type Role, system } from '../../src/core/ability.ts';
import { begin, decide } from '../../src/core/lifecycle.ts';
import { atCivil } from '../../src/core/time.ts';
import { lineage } from '../../src/features/areas/index.ts';
import {
  TOPIC_STATES,
  type TopicDoc,
  type TopicMoveName,
  type TopicState,
  topicLifecycle,
} from '../../src/features/topics/index.ts';
import { topicRules } from '../../src/features/topics/rules.ts';
import type { TopicContext, TopicFacts } from '../../src/features/topics/table.ts';
import { COMMUNITY, calendar, GRID, granny, idOf, li, NOW, OTHER_COMMUNITY, person, secretary } from './wishes.ts';

const MEETING_DAY = '2026-03-12';
const SECRETARY: readonly Role[] = ['secretary'];

interface Policy {
  roles?: readonly Role[];
  proposer?: true;
  neighbours?: true;
  /** Whoever was asked to lead it, be their role what it may. */
  facilitator?: true;
}

const LEADING: Policy = { roles: SECRETARY, facilitator: true };

/** Which roles, whether the proposer, whether everybody who lives there. */
const TOPIC_POLICY: Record<TopicMoveName, Policy> = {
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
  schedule: LEADING,
  callOff: LEADING,
  remind: {},
  begin: LEADING,
  pause: LEADING,
  goOn: LEADING,
  adjourn: LEADING,
  agree: LEADING,
  prepareVote: LEADING,
  openVote: LEADING,
  dropVote: { roles: SECRETARY },
  count: LEADING,
  publicise: { roles: SECRETARY },
  object: { neighbours: true },
  answerObjection: { roles: SECRETARY },
  endPublicity: {},
  addItem: LEADING,
  itemDone: LEADING,
  passItem: LEADING,
  extendItem: LEADING,
  dropItem: LEADING,
  makeWish: {},
  itemDue: {},
  itemLate: {},
  nudge: {},
  finish: LEADING,
  review: { neighbours: true },
  archive: {},
};

/** What is given with each move, where anything is. */
export const TOPIC_INPUTS: Record<TopicMoveName, unknown> = {
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
  schedule: { venue: idOf('hall'), day: MEETING_DAY, from: '19:00', to: '21:00', agenda: ['先说难处', '再想办法'] },
  callOff: { reason: '停电' },
  remind: {},
  begin: {},
  pause: {},
  goOn: {},
  adjourn: { reason: '还要问物业' },
  agree: { resolution: '先装三盏灯' },
  prepareVote: { question: '装不装', pack: 'courtyard-poll', secrecy: 'open', closesAt: '2026-03-15T04:00:00.000Z' },
  openVote: {},
  dropVote: { reason: '题目写错了' },
  count: {},
  publicise: { resolution: '装三盏路灯' },
  object: { text: '装在我家窗下不行' },
  answerObjection: { objection: idOf('added'), answer: '往东挪十米', upheld: false },
  endPublicity: {},
  addItem: { text: '买灯', owner: li.id, deadline: '2026-05-01' },
  itemDone: { item: idOf('added'), note: '买好了' },
  passItem: { item: idOf('added'), owner: granny.id, reason: '他出远门了' },
  extendItem: { item: idOf('added'), deadline: '2026-06-01', reason: '灯还没到货' },
  dropItem: { item: idOf('added'), reason: '物业已经装了' },
  makeWish: { item: idOf('added') },
  itemDue: { item: idOf('added') },
  itemLate: { item: idOf('added') },
  nudge: {},
  finish: { summary: '三盏灯都亮了' },
  review: { score: 5 },
  archive: {},
};

export const TOPIC_FACTS: TopicFacts = {
  place: { areas: lineage(GRID), community: COMMUNITY, label: '幸福里社区 · 第1网格' },
  terms: { seconds: 2 },
  person: { id: li.id, name: li.name },
  id: idOf('added'),
  pack: { code: 'courtyard-poll' },
  code: '246810',
  booked: {
    booking: idOf('booking'),
    venue: { id: idOf('hall'), name: '幸福里议事厅', address: '1栋一楼' },
    startsAt: atCivil(MEETING_DAY, 19),
    endsAt: atCivil(MEETING_DAY, 21),
  },
  vote: {
    ballot: idOf('ballot'),
    question: '装不装',
    packTitle: '小院意见表决',
    secrecy: 'open',
    opensAt: NOW,
    closesAt: new Date('2026-03-15T04:00:00.000Z'),
  },
  counted: { outcome: 'passed', sentences: ['同意2户，反对1户。', '结果：通过。'] },
  into: {
    _id: idOf('other'),
    number: 1,
    community: COMMUNITY,
    state: 'accepted',
    posted: { title: '旧的', text: '旧的' },
  },
};

/** What is done by one is passed on to another. */
export const factsOf = (move: string): TopicFacts =>
  move === 'passItem' ? { ...TOPIC_FACTS, person: { id: granny.id, name: granny.name } } : TOPIC_FACTS;

const abilities = new Map<Actor, Ability>();

/** What an actor may do; worked out once each, as the running house does too. */
function abilityOf(actor: Actor): Ability {
  const ability = abilities.get(actor) ?? abilityFor(actor, topicRules);
  abilities.set(actor, ability);
  return ability;
}

export const topicContext = (actor: Actor, extra: Partial<TopicContext> = {}): TopicContext => ({
  actor,
  ability: abilityOf(actor),
  now: NOW,
  calendar,
  facts: TOPIC_FACTS,
  ...extra,
});

type Step = readonly [Actor, TopicMoveName];

/** When the moves are made that have a time of their own; the others at NOW. */
const TIMES: Partial<Record<TopicMoveName, Date>> = {
  begin: atCivil(MEETING_DAY, 19),
  pause: atCivil(MEETING_DAY, 20),
  agree: atCivil(MEETING_DAY, 20),
  prepareVote: atCivil(MEETING_DAY, 20),
  openVote: atCivil(MEETING_DAY, 20),
  count: atCivil('2026-03-20', 13),
  publicise: atCivil('2026-03-21', 9),
  object: atCivil('2026-03-22', 9),
  endPublicity: atCivil('2026-03-27', 0),
  addItem: atCivil('2026-03-27', 9),
  itemDone: atCivil('2026-04-10', 9),
  passItem: atCivil('2026-04-10', 9),
  extendItem: atCivil('2026-04-10', 9),
  dropItem: atCivil('2026-04-10', 9),
  itemDue: atCivil('2026-05-01', 9),
  itemLate: atCivil('2026-05-02', 9),
  finish: atCivil('2026-04-11', 9),
  review: atCivil('2026-04-12', 9),
  archive: atCivil('2026-04-19', 9),
};
export const timeOf = (move: TopicMoveName): Date => TIMES[move] ?? NOW;

const SECONDED: readonly Step[] = [
  [person('附甲'), 'second'],
  [person('附乙'), 'second'],
];
const SCHEDULED: readonly Step[] = [...SECONDED, [secretary, 'accept'], [li, 'schedule']];
const DISCUSSING: readonly Step[] = [...SCHEDULED, [li, 'begin']];
const VOTING: readonly Step[] = [...DISCUSSING, [li, 'prepareVote'], [li, 'openVote']];
const RESOLVED: readonly Step[] = [...VOTING, [li, 'count']];
const PUBLICISED: readonly Step[] = [...RESOLVED, [secretary, 'publicise']];
const EXECUTING: readonly Step[] = [...PUBLICISED, [system(), 'endPublicity'], [li, 'addItem']];

const WAYS: Record<TopicState, readonly Step[]> = {
  proposed: [],
  seconded: SECONDED,
  accepted: [[secretary, 'accept']],
  scheduled: SCHEDULED,
  discussing: DISCUSSING,
  voting: VOTING,
  resolved: RESOLVED,
  publicised: PUBLICISED,
  executing: EXECUTING,
  reviewed: [...EXECUTING, [li, 'itemDone'], [li, 'finish'], [granny, 'review'], [system(), 'archive']],
  failed: [],
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
export function moved(
  topic: TopicDoc,
  move: TopicMoveName,
  actor: Actor,
  input: unknown = TOPIC_INPUTS[move],
  extra: Partial<TopicContext> = {},
): TopicDoc {
  const context = topicContext(actor, { now: timeOf(move), facts: factsOf(move), ...extra });
  const decision = decide(topicLifecycle, topic, move, input, context);
  return decision.kind === 'repeat' ? decision.document : decision.after;
}

const made = new Map<TopicState, TopicDoc>();

/** The grandmother's topic in a state, brought there by its own lifecycle. */
export function topicIn(state: TopicState): TopicDoc {
  const topic = made.get(state) ?? broughtTo(state);
  made.set(state, topic);
  return topic;
}

function broughtTo(state: TopicState): TopicDoc {
  const input = { text: '楼下想装几盏路灯，晚上看不见。电话13812345678' };
  const proposed = begin(topicLifecycle, 'propose', input, topicContext(granny), idOf('topic'), 5);
  if (state === 'failed') return failed();
  return WAYS[state].reduce((topic, [actor, move]) => moved(topic, move, actor), proposed);
}

/** Voted down, and publicised as that. */
function failed(): TopicDoc {
  const facts: TopicFacts = { ...TOPIC_FACTS, counted: { outcome: 'failed', sentences: ['结果：没有通过。'] } };
  const counted = moved(topicIn('voting'), 'count', li, {}, { facts });
  return moved(moved(counted, 'publicise', secretary), 'endPublicity', system());
}

export interface TopicCase {
  title: string;
  move: TopicMoveName;
  state: TopicState;
  actor: Actor;
  input: unknown;
  allowed: boolean;
}

/** The states of this cast's topic in which somebody leads it. */
const LED = new Set<TopicState>(
  (Object.keys(TOPIC_STATES) as TopicState[]).filter(
    (state) => !['proposed', 'seconded', 'declined', 'withdrawn', 'merged'].includes(state),
  ),
);

/** Every move × every state × every role for the community, and for another where they live too, and more. */
export function topicMatrix(): TopicCase[] {
  type Row = [who: string, actor: Actor, may: (move: TopicMoveName, state: TopicState) => boolean];
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
    [
      'whoever was asked to lead it',
      { ...person('h-lead', []), id: li.id },
      (move, state) =>
        TOPIC_POLICY[move].neighbours === true || (TOPIC_POLICY[move].facilitator === true && LED.has(state)),
    ],
    ['nobody', anonymous, () => false],
    ['the house', system(), (move) => topicLifecycle.moves[move].by === 'system'],
  ];
  const states = Object.keys(TOPIC_STATES) as TopicState[];
  return (Object.keys(TOPIC_POLICY) as TopicMoveName[]).flatMap((move) =>
    states.flatMap((state) =>
      people.map(([who, actor, may]) => ({
        title: `${move} in ${state} by ${who}`,
        move,
        state,
        actor,
        input: TOPIC_INPUTS[move],
        allowed: may(move, state),
      })),
    ),
  );
}
