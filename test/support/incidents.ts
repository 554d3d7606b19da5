/** Incidents for tests without a store: the people of test/support/wishes.ts, and an incident brought into any state by its own lifecycle. */
import { type Ability, type Actor, abilityFor } from '../../src/core/ability.ts';
import { begin, decide } from '../../src/core/lifecycle.ts';
import { DEFAULT_INCIDENT_TARGETS, lineage } from '../../src/features/areas/index.ts';
import {
  type IncidentDoc,
  type IncidentMoveName,
  type IncidentState,
  incidentLifecycle,
} from '../../src/features/incidents/index.ts';
import { incidentRules } from '../../src/features/incidents/rules.ts';
import type { IncidentContext, IncidentFacts } from '../../src/features/incidents/table.ts';
import {
  COMMUNITY,
  calendar,
  daughter,
  GRID,
  granny,
  gridWorker,
  idOf,
  li,
  NOW,
  person,
  secretary,
  sun,
} from './wishes.ts';

export const lead = person('韦联户', ['household_lead'], GRID);

const abilities = new Map<string, Ability>();

/** What an actor may do; made once each, as the running house does too. */
function abilityOf(actor: Actor): Ability {
  const key = [actor.id, actor.areas, ...actor.roles.map(({ role, area }) => `${role}:${area}`)].join(' ');
  const ability = abilities.get(key) ?? abilityFor(actor, incidentRules);
  abilities.set(key, ability);
  return ability;
}

export function contextOf(actor: Actor, extra: Partial<IncidentContext> = {}): IncidentContext {
  return { actor, ability: abilityOf(actor), now: NOW, calendar, facts: {}, ...extra };
}

export const PLACE: NonNullable<IncidentFacts['place']> = {
  areas: lineage(GRID),
  community: COMMUNITY,
  grid: GRID,
  label: '幸福里社区 · 第1网格',
  targets: DEFAULT_INCIDENT_TARGETS,
};
export const REPORT = { text: '3栋楼下的路灯坏了，晚上看不见路', category: 'facility' };

/** An incident just reported, by the grandmother unless told otherwise. */
export function reported(
  input: Record<string, unknown> = {},
  actor: Actor = granny,
  extra: Partial<IncidentContext> = {},
): IncidentDoc {
  const ctx = contextOf(actor, { ...extra, facts: { place: PLACE, photos: [], ...extra.facts } });
  const start = input.danger === true ? 'alarm' : 'report';
  return begin(incidentLifecycle, start, { ...REPORT, ...input }, ctx, idOf('incident'), 12);
}

/** The incident after a move, which must succeed. */
export function moved(
  incident: IncidentDoc,
  actor: Actor,
  move: IncidentMoveName,
  input: unknown = INCIDENT_INPUTS[move],
  extra: Partial<IncidentContext> = {},
): IncidentDoc {
  const decision = decide(
    incidentLifecycle,
    incident,
    move,
    input,
    contextOf(actor, { facts: INCIDENT_FACTS, ...extra }),
  );
  return decision.kind === 'repeat' ? decision.document : decision.after;
}

/** Facts that let every move succeed: whoever is asked for is there. */
export const INCIDENT_FACTS: IncidentFacts = {
  photos: [],
  assignee: { id: li.id, name: li.name, serves: true },
  into: { _id: idOf('other'), number: 7, community: COMMUNITY, state: 'triaged', urgency: 'usual' },
};

/** An input every move accepts in some state. */
export const INCIDENT_INPUTS: Record<IncidentMoveName, unknown> = {
  look: { words: '灯杆还在，灯不亮' },
  add: { text: '旁边那盏也不亮了' },
  triage: { urgency: 'usual' },
  decline: { reason: '不在本社区范围' },
  merge: { into: idOf('other') },
  withdraw: { reason: '没事了，是误报' },
  take: {},
  dispatch: { to: li.id },
  reject: { reason: '不归物业管' },
  raise: { reason: '要供电所来' },
  assist: { unit: '供电所', words: '请来看线路' },
  note: { text: '已经约了电工' },
  extend: { until: '2026-04-10', reason: '等配件' },
  resolve: { note: '换了新灯泡，亮了' },
  partial: { note: '先接了临时灯', left: '新灯还没到' },
  confirm: { satisfied: true },
  refer: { to: '12345', number: 'GZ-001' },
  conclude: { note: '12345 已经办好' },
  warn: { stage: 'done' },
  escalate: { stage: 'done', to: 'secretary' },
  autoConfirm: {},
  absorb: { followers: [{ id: idOf('dup'), number: 3, authors: [idOf('张')] }] },
  settle: {},
};

const helping: Partial<IncidentContext> = {
  facts: { photos: [], assignee: { id: sun.id, name: sun.name, serves: true } },
};

/** An incident of the grandmother (reported by her daughter) in a state, in 李强's hands with 孙静's help where it is in hands. */
export function incidentIn(state: IncidentState): IncidentDoc {
  const known = brought.get(state) ?? bring(state);
  brought.set(state, known);
  return known;
}

/** Brought there once: nobody changes one. */
const brought = new Map<IncidentState, IncidentDoc>();

function bring(state: IncidentState): IncidentDoc {
  const made = reported({ for: { person: granny.id, relation: '女儿' } }, daughter, {
    facts: { subject: { id: granny.id, name: granny.name, cared: true } },
  });
  const triaged = () => moved(made, gridWorker, 'triage');
  const dispatched = () => moved(triaged(), secretary, 'dispatch');
  const assisting = () => moved(dispatched(), li, 'assist', { person: sun.id, words: '一起去看' }, helping);
  const resolved = () => moved(assisting(), li, 'resolve');
  const ways: Record<IncidentState, () => IncidentDoc> = {
    reported: () => made,
    triaged,
    dispatched,
    assisting,
    resolved,
    confirmed: () => moved(resolved(), granny, 'confirm'),
    rejected: () => moved(dispatched(), li, 'reject', { reason: '这里归物业管' }),
    partial: () => moved(assisting(), li, 'partial'),
    reopened: () => moved(resolved(), granny, 'confirm', { satisfied: false, words: '又不亮了' }),
    merged: () => moved(made, secretary, 'merge'),
    referred: () => moved(triaged(), secretary, 'refer'),
    declined: () => moved(made, secretary, 'decline'),
    withdrawn: () => moved(made, granny, 'withdraw'),
  };
  return ways[state]();
}
