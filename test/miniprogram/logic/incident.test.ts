import { describe, expect, it } from 'vitest';
import { incidentCard } from '../../../miniprogram/components/incident-card/card';
import { incidentButtons } from '../../../miniprogram/logic/incident-buttons';
import { dueWord, type Incident, type IncidentLine, incidentFacts } from '../../../miniprogram/logic/incident-facts';
import { INCIDENT_FORMS } from '../../../miniprogram/logic/incident-forms';
import { guessIncidentCategory, INCIDENT_CATEGORIES, URGENCIES } from '../../../miniprogram/logic/incident-words';
import { inputOf, missingIn, type Values } from '../../../miniprogram/logic/move-form';
import {
  EMPTY_REPORT,
  HELP,
  missingInReport,
  reportBody,
  reportReadBack,
  written,
} from '../../../miniprogram/logic/report-form';
import { columnChips, columnQuery, waitingOf } from '../../../miniprogram/work/incidents/columns';
import { INCIDENT_MOVES, INCIDENT_STATES, incidentLifecycle } from '../../../src/features/incidents/index.ts';
import { reportInput } from '../../../src/features/incidents/inputs.ts';
import { INCIDENT_CATEGORIES as CATEGORIES } from '../../../src/features/incidents/model.ts';

const ID = '0'.repeat(24);
const NOW = new Date('2026-11-25T02:00:00Z');

/** Every form filled in as somebody would. */
const FILLED: Record<string, Values> = {
  confirm: { satisfied: false, words: '还是不亮' },
  triage: { urgency: 'soon', category: 'facility', title: '' },
  dispatch: { to: ID, note: '' },
  look: { words: '灯罩掉了', photos: [ID] },
  add: { text: '就在3栋边上', photos: [] },
  note: { text: '明天来换', toReporters: false },
  assist: { person: '', unit: '供电所', words: '来换灯' },
  resolve: { note: '换好了', photos: [ID] },
  partial: { note: '换了灯泡', left: '灯罩还没买' },
  extend: { until: '2026-12-01', reason: '零件没到' },
  raise: { reason: '要吊车' },
  reject: { reason: '不归我们管' },
  decline: { reason: '归公交公司' },
  withdraw: { reason: '' },
  merge: { into: '12' },
  refer: { to: '12345', number: 'A-1' },
  conclude: { note: '已经修好' },
};

describe('the moves of an incident', () => {
  const all = Object.keys(INCIDENT_MOVES);

  it('each have a button, and a form where something is asked for', () => {
    const buttons = incidentButtons(all);
    expect(buttons.map(({ move }) => move).sort()).toEqual([...all].sort());
    const opened = buttons.filter(({ form }) => form).map(({ move }) => move);
    expect(Object.keys(INCIDENT_FORMS).sort()).toEqual(opened.sort());
    // One thing is waited for.
    expect(buttons.filter(({ weight }) => weight === 'main').map(({ move }) => move)).toEqual(['confirm']);
    expect(incidentButtons(['someday', 'take'])).toMatchObject([{ move: 'take', weight: 'main' }]);
  });

  it.each(Object.entries(INCIDENT_FORMS))('%s: what is filled in is what the house takes', (move, form) => {
    const values = FILLED[move] ?? {};
    expect(missingIn(form, values)).toBeUndefined();
    const input = inputOf(move, form, values);
    const sent = move === 'merge' ? { ...input, into: ID } : input;
    const { moves } = incidentLifecycle as { moves: Record<string, { input: { safeParse(given: unknown): object } }> };
    expect(moves[move]?.input.safeParse(sent)).toMatchObject({ success: true });
  });

  it('say what is missing', () => {
    const { confirm, assist } = INCIDENT_FORMS;
    if (!confirm || !assist) throw new Error('a form is gone');
    expect(missingIn(confirm, {})).toBe('请填“办好了吗”。');
    expect(missingIn(assist, { words: '来换灯' })).toBe('请选一个人，或者写一个部门。');
  });

  it('know every kind and urgency the house knows', () => {
    expect(INCIDENT_CATEGORIES.map(({ category }) => category).sort()).toEqual(Object.keys(CATEGORIES).sort());
    expect(URGENCIES.map(({ value }) => value)).toEqual(['danger', 'urgent', 'soon', 'usual', 'long']);
    expect(['路灯坏了', '垃圾没人收', '电线掉下来了', '半夜太吵', '想问个事'].map(guessIncidentCategory)).toEqual([
      'facility',
      'sanitation',
      'safety',
      'noise',
      'other',
    ]);
  });
});

describe('reporting', () => {
  it('goes out with one press where life is in danger, with or without a word', () => {
    const alarm = { ...EMPTY_REPORT, danger: true };
    expect([missingInReport(alarm), missingInReport(EMPTY_REPORT)]).toEqual([undefined, '请写一句出了什么问题。']);
    expect(reportBody(alarm)).toMatchObject({ text: HELP, danger: true });
    expect(reportInput.safeParse(reportBody(alarm)).success).toBe(true);
  });

  it('is read back and sent as it was filled in', () => {
    const form = { ...EMPTY_REPORT, ...written(EMPTY_REPORT, '路灯坏了'), other: true, name: '韦奶奶', address: '3栋' };
    expect(reportReadBack(form, '我家附近')).toBe(
      '替邻居韦奶奶报告一个问题：路灯坏了（公共设施坏了，我家附近，附了详细地址）。',
    );
    expect(reportInput.parse(reportBody(form))).toMatchObject({
      category: 'facility',
      place: { address: '3栋' },
      for: { name: '韦奶奶', relation: '邻居' },
    });
    expect(written({ ...form, chosen: true }, '垃圾').category).toBeUndefined();
    expect(missingInReport({ ...form, name: ' ' })).toBe('请写明是替谁说的。');
  });
});

const line: IncidentLine = {
  id: ID,
  number: 3,
  version: 1,
  title: '路灯坏了',
  category: 'facility',
  categoryWord: '公共设施',
  urgency: 'soon',
  urgencyWord: '较急',
  level: 'grid',
  levelWord: '网格',
  state: 'dispatched',
  stateWord: '处置中',
  step: 3,
  stepWord: '任务分办',
  place: '幸福里社区 · 第一网格',
  community: '990001001001',
  postedAt: '2026-11-25T01:00:00.000Z',
  dueAt: '2026-11-26T15:59:59.999Z',
  late: false,
  handler: { id: 'h', name: '何春梅' },
  own: true,
  others: 0,
  moves: [],
};
const incident: Incident = {
  ...line,
  text: '路灯坏了',
  unmask: false,
  reports: [{ name: '王秀英', at: line.postedAt, text: '路灯坏了', photos: [], own: true }],
  before: [],
  after: [],
  helpers: [],
  notes: [],
  rejections: [],
  raised: [],
  extensions: [],
  due: {},
  reopenings: 0,
  history: [
    { at: line.postedAt, move: 'report', to: 'reported', toWord: '待核实', by: '王秀英', channel: 'api' },
    { at: line.postedAt, move: 'dispatch', to: 'dispatched', toWord: '处置中', by: '陈建国', channel: 'api' },
  ],
};

describe('an incident on the screen', () => {
  it('shows in a list how far it is, who has it and until when', () => {
    expect(incidentCard(line, NOW)).toMatchObject({
      title: '3号 路灯坏了',
      when: '今天报告 · 何春梅在办 · 最晚明天',
      tag: '处置中',
      pressing: '较急',
      parts: [true, true, true, false, false],
      progress: '第3步，一共五步：任务分办',
    });
    const late = { ...line, late: true, dueAt: '2026-11-24T03:00:00.000Z' };
    expect(incidentCard(late, NOW)).toMatchObject({ tag: '处置中 · 超期', tone: 'tag-late' });
    const done: IncidentLine = { ...line, state: 'confirmed', stateWord: '已办结' };
    expect(incidentCard(done, NOW)).toMatchObject({ tone: 'tag-good', pressing: '' });
    expect(dueWord({ dueAt: '2026-11-25T03:15:00.000Z', late: false }, NOW)).toBe('最晚今天 11:15');
  });

  it('tells its reporter what comes next, and once what they said', () => {
    const shown = incidentFacts(incident, NOW);
    expect([shown.next, shown.reports, shown.danger]).toEqual(['何春梅正在办。', [], false]);
    expect(shown.steps.map(({ words }) => words)).toEqual(['陈建国派何春梅去办', '王秀英报告了问题']);
    const alarm = incidentFacts({ ...incident, urgency: 'danger', state: 'triaged' }, NOW);
    expect([alarm.danger, alarm.next]).toEqual([true, '已经告诉附近的人和书记，请他们马上来。']);
  });

  it('has a sentence for every state that is on its way', () => {
    const over = ['confirmed', 'declined', 'withdrawn'];
    for (const state of Object.keys(INCIDENT_STATES) as Incident['state'][])
      for (const own of [true, false])
        expect(incidentFacts({ ...incident, state, own }, NOW).next !== '').toBe(!over.includes(state));
  });
});

it('the board counts what waits, by the states of its columns', () => {
  const none = Object.fromEntries(Object.keys(INCIDENT_STATES).map((state) => [state, 0]));
  const counts = {
    area: '9900',
    from: '2026-01-01',
    to: '2026-03-01',
    total: 6,
    states: { ...none, reported: 1, triaged: 2, rejected: null, dispatched: 1, resolved: 1 },
    categories: {},
    levels: {},
    solved: 1,
    inTimePercent: null,
    late: 2,
    suppressed: false,
  };
  expect(waitingOf(counts)).toBe(3);
  expect(columnChips(counts).map(({ label }) => label)).toEqual([
    '等着办 3',
    '正在办 1',
    '超期的 2',
    '等确认 1',
    '办完的',
  ]);
  expect(columnQuery('9900', 'late', true)).toEqual({ area: '9900', late: 'true', level: 'street' });
});
