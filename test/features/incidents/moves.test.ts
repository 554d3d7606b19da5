import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/core/ability.ts';
import { HaolinError } from '../../../src/core/errors.ts';
import { nameOf, type OutboxEntry } from '../../../src/core/outbox.ts';
import { DAY } from '../../../src/core/time.ts';
import type { IncidentDoc, IncidentMoveName, IncidentState } from '../../../src/features/incidents/index.ts';
import { incidentMessages } from '../../../src/features/incidents/messages.ts';
import type { IncidentContext } from '../../../src/features/incidents/table.ts';
import { INTO } from '../../support/incident-lives.ts';
import { INCIDENT_INPUTS, incidentIn, lead, moved, reported } from '../../support/incidents.ts';
import {
  COMMUNITY,
  clockwork,
  daughter,
  GRID,
  granny,
  gridWorker,
  li,
  STREET,
  secretary,
  sun,
} from '../../support/wishes.ts';

const PEOPLE: Record<string, string> = {
  [granny.id]: '王桂芳',
  [daughter.id]: '刘小燕',
  [li.id]: '李强',
  [sun.id]: '孙静',
};
const told = (before: IncidentDoc | undefined, after: IncidentDoc) =>
  after.outbox
    .slice(before?.outbox.length ?? 0)
    .map(({ message, to }) => `${message.replace('incident.', '')} ${called(to)}`);
const called = (to: OutboxEntry['to']) => ('person' in to ? (PEOPLE[to.person] ?? to.person) : nameOf(to));
/** Those near by who were asked to see to it. */
const near = (message: string) => [
  `${message} grid_worker@${GRID}`,
  `${message} household_lead@${GRID}`,
  `${message} worker@${COMMUNITY}`,
];
const refusal = (
  incident: IncidentDoc,
  actor: Actor,
  move: IncidentMoveName,
  input: unknown = INCIDENT_INPUTS[move],
  extra: Partial<IncidentContext> = {},
): string => {
  try {
    moved(incident, actor, move, input, extra);
    return 'done';
  } catch (error) {
    if (error instanceof HaolinError) return error.code;
    throw error;
  }
};

const isUrgent = (message: string) => {
  const { urgent } = incidentMessages[message as keyof typeof incidentMessages] as { urgent?: boolean };
  return urgent === true;
};

describe('who hears of it', () => {
  const danger = reported({ danger: true }, daughter, {
    facts: { subject: { id: granny.id, name: granny.name, cared: true } },
  });
  it.each<[string, IncidentDoc, string[]]>([
    ['a report', reported(), [`lookFirst household_lead@${GRID}`, `toTriage grid_worker@${GRID}`]],
    [
      'a danger, the nearest first',
      danger,
      [
        `danger grid_worker@${GRID}`,
        `danger household_lead@${GRID}`,
        `danger worker@${COMMUNITY}`,
        `danger secretary@${COMMUNITY}`,
      ],
    ],
  ])('%s', (_what, incident, expected) => {
    expect(told(undefined, incident)).toEqual(expected);
  });

  it.each<[IncidentMoveName, IncidentState, Actor, string[]]>([
    ['look', 'dispatched', lead, ['looked 李强']],
    ['add', 'dispatched', daughter, ['more 李强']],
    [
      'triage',
      'reported',
      gridWorker,
      ['triaged 刘小燕', 'triaged 王桂芳', `open grid_worker@${GRID}`, `open worker@${COMMUNITY}`],
    ],
    ['decline', 'reported', secretary, ['declined 刘小燕', 'declined 王桂芳']],
    ['take', 'triaged', li, ['dispatched 刘小燕', 'dispatched 王桂芳']],
    ['dispatch', 'triaged', secretary, ['assigned 李强', 'dispatched 刘小燕', 'dispatched 王桂芳']],
    ['reject', 'dispatched', li, [`rejected grid_worker@${GRID}`, `rejected secretary@${COMMUNITY}`]],
    [
      'raise',
      'dispatched',
      li,
      [`raised secretary@${COMMUNITY}`, 'raisedReporter 刘小燕', 'raisedReporter 王桂芳', ...near('raisedOn')],
    ],
    [
      'raise',
      'dispatched',
      secretary,
      [
        `raised supervisor@${STREET}`,
        'raisedReporter 刘小燕',
        'raisedReporter 王桂芳',
        'takenOver 李强',
        ...near('raisedOn'),
      ],
    ],
    ['assist', 'dispatched', li, ['help 孙静', 'assisting 刘小燕', 'assisting 王桂芳']],
    ['note', 'assisting', sun, ['noted 李强']],
    ['resolve', 'assisting', li, ['resolved 刘小燕', 'resolved 王桂芳']],
    ['partial', 'assisting', li, ['partial 刘小燕', 'partial 王桂芳', `partialNotice secretary@${COMMUNITY}`]],
    ['confirm', 'resolved', granny, ['thanked 李强', 'thanked 孙静', 'confirmed 刘小燕']],
    [
      'withdraw',
      'assisting',
      granny,
      ['withdrawn 李强', 'withdrawn 孙静', ...near('withdrawn'), 'withdrawnToo 刘小燕'],
    ],
    ['refer', 'triaged', secretary, ['referred 刘小燕', 'referred 王桂芳']],
    ['conclude', 'referred', secretary, ['resolved 刘小燕', 'resolved 王桂芳']],
  ])('%s of one that is %s', (move, state, actor, expected) => {
    const before = incidentIn(state);
    const facts = {
      photos: [],
      assignee:
        move === 'assist' ? { id: sun.id, name: sun.name, serves: true } : { id: li.id, name: li.name, serves: true },
    };
    const input = move === 'assist' ? { person: sun.id, words: '一起去看' } : INCIDENT_INPUTS[move];
    expect(told(before, moved(before, actor, move, input, { facts }))).toEqual(expected);
  });

  it.each<[IncidentMoveName, IncidentState, Actor, unknown]>([
    ['take', 'triaged', li, {}],
    ['dispatch', 'triaged', secretary, { to: li.id }],
    ['assist', 'dispatched', li, { person: sun.id, words: '一起去看' }],
    ['reject', 'dispatched', li, { reason: '不在家，去不了' }],
    ['raise', 'dispatched', li, { reason: '要消防队' }],
    ['add', 'dispatched', daughter, { text: '又烧起来了' }],
    ['confirm', 'resolved', granny, { satisfied: false }],
    ['note', 'assisting', sun, { text: '火灭了' }],
    ['look', 'dispatched', gridWorker, { words: '到场了，火灭了' }],
    ['add', 'declined', granny, { text: '真的烧起来了' }],
    ['add', 'resolved', granny, { text: '又冒烟了' }],
    ['withdraw', 'assisting', granny, { reason: '没事了' }],
  ])('in danger whoever is to act or waits hears of %s at whatever hour', (move, state, actor, input) => {
    const before: IncidentDoc = { ...incidentIn(state), urgency: 'danger' };
    const who = move === 'assist' ? sun : li;
    const facts = { photos: [], assignee: { id: who.id, name: who.name, serves: true } };
    const [first] = moved(before, actor, move, input, { facts }).outbox.slice(before.outbox.length);
    expect(incidentMessages[first?.message as keyof typeof incidentMessages]).toMatchObject({ urgent: true });
  });

  it('whoever waits in danger hears once of each who is there that help has come, and nothing of what was seen', () => {
    const before: IncidentDoc = { ...incidentIn('dispatched'), urgency: 'danger' };
    const look = (from: IncidentDoc, actor: Actor) => moved(from, actor, 'look', { words: '到场了，灶上起的火' });
    const help = (from: IncidentDoc, after: IncidentDoc) =>
      after.outbox.slice(from.outbox.length).filter(({ message }) => message === 'incident.helpThere');
    const once = look(before, gridWorker);
    expect(help(before, once).map(({ to }) => nameOf(to))).toEqual(before.authors);
    expect(JSON.stringify(help(before, once))).not.toContain('灶上');
    expect(help(once, look(once, gridWorker))).toEqual([]);
    expect(help(once, look(once, lead))).toHaveLength(before.authors.length);
    const [own] = before.authors;
    const lives = { ...before, authors: [...before.authors, lead.id] };
    expect(help(lives, look(lives, lead)).map(({ to }) => nameOf(to))).toContain(own);
    expect(help(lives, look(lives, lead)).map(({ to }) => nameOf(to))).not.toContain(lead.id);
  });

  it('where nobody keeps the grid the secretary hears of it, and where there is none the street', () => {
    const all = [reported(), danger].flatMap(({ outbox }) => outbox.map(({ to }) => to));
    const orElse = (role: string) => all.flatMap((to) => ('role' in to && to.role === role ? [to.orElse] : []));
    expect(orElse('grid_worker')).toEqual(Array(2).fill(['secretary', 'supervisor']));
    expect(orElse('secretary')).toEqual([['supervisor']]);
  });

  it('an unsatisfied answer goes back to those who had it, and to the secretary', () => {
    const before = incidentIn('resolved');
    const after = moved(before, granny, 'confirm', { satisfied: false });
    expect(told(before, after)).toEqual(['reopened 李强', 'reopened 孙静', `unsatisfied secretary@${COMMUNITY}`]);
    expect(after).toMatchObject({ state: 'reopened', handler: { id: li.id }, reopenings: 1 });
  });

  it('what was solved in part has a time of its own when it is given out again weeks later', () => {
    const before = incidentIn('partial');
    const now = new Date((before.due.done?.getTime() ?? 0) + 20 * DAY);
    const again = moved(before, secretary, 'dispatch', { to: li.id }, { now });
    expect(again.due.done?.getTime()).toBeGreaterThan(now.getTime());
  });

  it('of a danger taken back everybody hears at once that they need not run, and it is said why', () => {
    expect(refusal(danger, daughter, 'withdraw', {})).toBe('say_all_clear');
    const after = moved(danger, daughter, 'withdraw', { reason: '没事了' });
    expect(told(danger, after).filter((one) => one.startsWith('allClear'))).toHaveLength(4);
  });

  it.each(['活着没意思，不想活了', '有人要跳楼'])(
    'from whoever says %s nobody is called off, by any reporter',
    (text) => {
      const inDespair = reported({ danger: true, text });
      const begun: IncidentDoc = { ...incidentIn('dispatched'), urgency: 'danger' };
      const later = moved(begun, granny, 'add', { text });
      for (const one of [inDespair, later]) {
        for (const actor of [granny, daughter].filter(({ id }) => one.authors.includes(id))) {
          expect(refusal(one, actor, 'withdraw', { reason: '是误报' })).toBe('comes_anyway');
          expect(moved(one, actor, 'add', { text: '是误报' }).reporters.at(-1)).toMatchObject({ text: '是误报' });
        }
      }
      expect(refusal(reported({ text }), granny, 'withdraw', {})).toBe('done');
    },
  );

  it.each<[IncidentMoveName, IncidentState, Actor, unknown]>([
    ['raise', 'assisting', secretary, { reason: '要消防队' }],
    ['withdraw', 'assisting', daughter, { reason: '没事了' }],
    ['merge', 'triaged', secretary, INCIDENT_INPUTS.merge],
    ['decline', 'triaged', secretary, { reason: '是演习' }],
    ['add', 'dispatched', daughter, { text: '又烧起来了' }],
  ])(
    'of a danger everybody who was called hears of %s, each once and at whatever hour',
    (move, state, actor, input) => {
      const before: IncidentDoc = { ...incidentIn(state), urgency: 'danger', sentinel: 'sentinel', toldStreet: true };
      const into = { _id: INTO, number: 7, community: COMMUNITY, state: 'triaged', urgency: 'danger' } as const;
      const after = moved(before, actor, move, input, { facts: { photos: [], into } });
      const entries = after.outbox.slice(before.outbox.length).filter(({ message }) => isUrgent(message));
      const whom = entries.map(({ to }) => nameOf(to));
      const called = [...before.handlers, 'sentinel', `grid_worker@${GRID}`, `household_lead@${GRID}`];
      const all = [...called, `worker@${COMMUNITY}`, `secretary@${COMMUNITY}`, `supervisor@${STREET}`];
      expect(whom.toSorted()).toEqual(all.toSorted());
    },
  );

  it('what tells of danger comes at night too, and nothing else does', () => {
    const urgent = Object.entries(incidentMessages).filter(([, one]) => 'urgent' in one && one.urgent);
    expect(urgent.map(([name]) => name.replace('incident.', '')).sort()).toEqual(
      [
        'allClear',
        'assignedNow',
        'calledOff',
        'coming',
        'helpNow',
        'rejectedNow',
        'reopenedNow',
        'unsatisfiedNow',
        'danger',
        'dangerLate',
        'dangerLateStreet',
        'dangerMore',
        'dangerWaits',
        'doneNow',
        'helpThere',
        'lookedNow',
        'mergedNow',
        'notedNow',
        'progressNow',
        'raisedNow',
        'raisedOnNow',
      ].sort(),
    );
  });
});

describe('what stands in the way', () => {
  it.each<[string, IncidentDoc, Actor, IncidentMoveName, unknown, string]>([
    ['somebody has it', incidentIn('dispatched'), gridWorker, 'take', {}, 'already_taken'],
    [
      'sent back once',
      moved(incidentIn('rejected'), secretary, 'dispatch'),
      li,
      'reject',
      { reason: '再退一次' },
      'rejected_once',
    ],
    [
      'not solved by who says so',
      incidentIn('resolved'),
      { ...granny, id: li.id },
      'confirm',
      { satisfied: true },
      'forbidden',
    ],
    [
      'others reported it too',
      moved(incidentIn('triaged'), clockwork, 'absorb'),
      granny,
      'withdraw',
      {},
      'others_reported_too',
    ],
    [
      'of danger, merged into one that is none',
      { ...reported({ danger: true }), number: 12 },
      secretary,
      'merge',
      INCIDENT_INPUTS.merge,
      'danger_stands_alone',
    ],
    [
      'merged into itself later',
      { ...incidentIn('reported'), number: 3 },
      secretary,
      'merge',
      INCIDENT_INPUTS.merge,
      'merge_into_earlier',
    ],
    [
      'too long',
      incidentIn('dispatched'),
      li,
      'extend',
      { until: '2026-08-01', reason: '等配件' },
      'extension_too_long',
    ],
    [
      'no later',
      incidentIn('dispatched'),
      li,
      'extend',
      { until: '2026-03-10', reason: '等配件' },
      'extension_too_early',
    ],
    [
      'a grid of another community',
      incidentIn('reported'),
      gridWorker,
      'triage',
      { urgency: 'usual', grid: '520201011002G01' },
      'grid_missing',
    ],
    [
      'at the street',
      { ...incidentIn('dispatched'), level: 'street' },
      li,
      'raise',
      { reason: '办不了' },
      'at_the_top',
    ],
  ])('%s', (_what, incident, actor, move, input, code) => {
    expect(refusal(incident, actor, move, input)).toBe(code);
  });

  it('is what nobody needs more than five times a day, save in danger', () => {
    let one = incidentIn('dispatched');
    let danger = reported({ danger: true });
    for (let n = 0; n < 5; n += 1) {
      one = moved(one, granny, 'add', { text: `第${n}句` });
      danger = moved(danger, granny, 'add', { text: `第${n}句` });
    }
    expect([refusal(one, granny, 'add'), refusal(danger, granny, 'add')]).toEqual(['enough_today', 'done']);
  });

  it('extends twice at most', () => {
    const once = moved(incidentIn('dispatched'), li, 'extend', { until: '2026-03-20', reason: '等配件' });
    const twice = moved(once, li, 'extend', { until: '2026-03-30', reason: '还没到' });
    expect(refusal(twice, li, 'extend', { until: '2026-04-05', reason: '又等' })).toBe('no_more_extensions');
  });
});
