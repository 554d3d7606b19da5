/** Who may make which move on a talk, a difficulty and a care visit: the policy by hand, crossed with every state and role. */
import { type Actor, abilityFor, anonymous, ROLES, type Role, system } from '../../src/core/ability.ts';
import { type Aggregate, begin, type Decision, decide, type MoveContext } from '../../src/core/lifecycle.ts';
import { lineage } from '../../src/features/areas/index.ts';
import {
  CARE_VISIT_STATES,
  careVisitLifecycle,
  DIFFICULTY_STATES,
  difficultyLifecycle,
  TALK_STATES,
  talkLifecycle,
} from '../../src/features/talks/index.ts';
import { talkRules } from '../../src/features/talks/rules.ts';
import { COMMUNITY, calendar, li, NOW, OTHER_COMMUNITY, person } from './wishes.ts';

export interface TalkCase {
  title: string;
  move: string;
  state: string;
  actor: Actor;
  input: unknown;
  allowed: boolean;
}

type Relation = 'worker' | 'host' | 'owner';
interface Policy {
  secretary: boolean;
  /** The clock makes it. */
  house?: true;
  relations: readonly Relation[];
  input: unknown;
}

const TODAY = '2026-03-09';
const TOMORROW = '2026-03-10';
const SECRETARY = { secretary: true, relations: [] } as const;
const WORKER = { secretary: false, relations: ['worker'] } as const;
const OWNER = { secretary: true, relations: ['owner'] } as const;

const POLICY = {
  talk: {
    schedule: { ...SECRETARY, input: { day: TOMORROW, time: '10:00', place: '二楼' } },
    agree: { ...WORKER, input: {} },
    another: { ...WORKER, input: { day: TOMORROW } },
    claim: { ...WORKER, input: { day: TODAY } },
    notYet: { ...SECRETARY, input: {} },
    done: { ...SECRETARY, input: { day: TODAY, topics: ['work'] } },
    addRecord: { secretary: false, relations: ['host'], input: { record: '他想换个网格' } },
    drop: { secretary: true, relations: ['worker'], input: { because: 'settled' } },
    moved: { secretary: false, relations: [], house: true, input: {} },
    forgo: { secretary: false, relations: [], house: true, input: {} },
  },
  difficulty: {
    take: { ...OWNER, input: {} },
    handOver: { ...OWNER, input: { owner: li.id } },
    solve: { ...OWNER, input: {} },
    drop: { ...SECRETARY, input: { because: 'passed' } },
    extend: { ...OWNER, input: { because: 'funds', deadline: '2026-05-20' } },
  },
  care_visit: { void: { ...SECRETARY, input: { because: 'mistake' } } },
} as const satisfies Record<string, Record<string, Policy>>;
export type TalkKind = keyof typeof POLICY;

const STATES = { talk: TALK_STATES, difficulty: DIFFICULTY_STATES, care_visit: CARE_VISIT_STATES } as const;
const secretary = person('记', ['secretary']);
const worker = person('谈', ['worker']);
const owner = person('责', ['supervisor'], OTHER_COMMUNITY);

/** What deciding is given besides the document. */
export function talkContext(actor: Actor): MoveContext<object> {
  const facts = {
    worker: { id: worker.id, name: worker.name, place: COMMUNITY, areas: lineage(COMMUNITY) },
    purpose: `own_request:${TODAY}:1`,
    secretaries: [secretary.id],
    sealed: 'v2.sealed',
    place: { code: COMMUNITY, areas: lineage(COMMUNITY) },
    owner: { id: owner.id, name: owner.name },
  };
  return { actor, ability: abilityFor(actor, talkRules), now: NOW, calendar, facts };
}

const LIFECYCLES = { talk: talkLifecycle, difficulty: difficultyLifecycle, care_visit: careVisitLifecycle } as const;

/** As the engine decides it; a record is a fingerprint there. */
export function decideTalk(kind: TalkKind, document: Aggregate, move: string, input: unknown, actor: Actor) {
  const { record, ...rest } = input as { record?: string };
  const given = record === undefined ? rest : { ...rest, recordMark: 'mark' };
  const ctx = talkContext(actor);
  const facts = move === 'handOver' ? { owner: { id: li.id, name: li.name } } : ctx.facts;
  return decide(LIFECYCLES[kind] as never, document, move, given, { ...ctx, facts }) as Decision<Aggregate>;
}

type Step = readonly [move: string, actor: Actor];
const WAYS: Record<TalkKind, Record<string, readonly Step[]>> = {
  talk: {
    asked: [
      ['schedule', secretary],
      ['another', worker],
      ['claim', worker],
    ],
    scheduled: [
      ['schedule', secretary],
      ['claim', worker],
    ],
    done: [
      ['done', secretary],
      ['addRecord', secretary],
    ],
    dropped: [
      ['schedule', secretary],
      ['drop', worker],
    ],
  },
  difficulty: { open: [], solving: [['take', owner]], solved: [['solve', owner]], dropped: [['drop', secretary]] },
  care_visit: { recorded: [], void: [['void', secretary]] },
};
const BEGUN = {
  talk: ['ask', worker, { occasion: 'own_request' }],
  difficulty: ['record', secretary, { kind: 'health' }],
  care_visit: ['record', secretary, { worker: worker.id, day: TODAY, kind: 'illness' }],
} as const;

/** One of them in a state, brought there by its own lifecycle. */
export function talkIn(kind: TalkKind, state: string): Aggregate {
  // What its quarter left behind: that takes months.
  if (kind === 'talk' && state === 'missed') return { ...talkIn(kind, 'asked'), state };
  const [start, by, input] = BEGUN[kind];
  const begun = begin(LIFECYCLES[kind] as never, start, input, talkContext(by), 't1') as Aggregate;
  return (WAYS[kind][state] ?? []).reduce<Aggregate>((one, [move, actor]) => {
    const policy = POLICY[kind] as Record<string, Policy>;
    const decision = decideTalk(kind, one, move, policy[move]?.input, actor);
    return decision.kind === 'repeat' ? decision.document : decision.after;
  }, begun);
}

/** Every move × every state × every role here and elsewhere, and whoever has to do with it. */
export function talkMatrix(kind: TalkKind): TalkCase[] {
  const grants = { community: COMMUNITY, 'other community': OTHER_COMMUNITY };
  const people: [string, Actor, (policy: Policy) => boolean][] = [
    ...ROLES.flatMap((role: Role) =>
      Object.entries(grants).map(([where, area]): [string, Actor, (policy: Policy) => boolean] => [
        `a ${role} for the ${where}`,
        person(`${role}-${where}`, [role], area),
        (policy) => area === COMMUNITY && role === 'secretary' && policy.secretary,
      ]),
    ),
    ['the worker', worker, ({ relations }) => relations.includes('worker')],
    ['the secretary who was', { ...secretary, roles: [] }, ({ relations }) => relations.includes('host')],
    ['the owner', owner, ({ relations }) => relations.includes('owner')],
    ['the owner without a role', { ...owner, roles: [] }, ({ relations }) => relations.includes('owner')],
    ['a neighbour', person('邻居'), () => false],
    ['nobody', anonymous, () => false],
    ['the house', system(), ({ house }) => house === true],
  ];
  const policies = Object.entries(POLICY[kind]) as [string, Policy][];
  return policies.flatMap(([move, policy]) =>
    Object.keys(STATES[kind]).flatMap((state) =>
      people.map(([who, actor, may]) => ({
        title: `${move} in ${state} by ${who}`,
        move,
        state,
        actor,
        input: policy.input,
        allowed: may(policy),
      })),
    ),
  );
}
