import { afterEach, expect, it } from 'vitest';
import { reminderLines } from '../../../miniprogram/logic/reminders';
import { ROLES } from '../../../src/core/ability.ts';
import { features } from '../../../src/features/index.ts';
import { refusedBy } from '../house';
import type { Reply } from '../phone';
import { from, type Me, type Pocket, phoneOf, settle } from '../pocket';

const AREA = '520201001001';
const person = (role: Me['roles'][number]['role'], area = AREA): Me => ({
  id: 'p1',
  name: '陈建国',
  roles: [{ role, area }],
  areas: ['5202', AREA],
});
const worker = { id: 'w', name: '周强' };
const owner = { id: 'p1', name: '陈建国' };
const TEXT = '孩子放学没人接';
const DIFFICULTY = {
  id: 'd1',
  state: 'open',
  stateWord: '待解决',
  community: AREA,
  kind: 'schooling',
  kindWord: '子女上学',
  text: TEXT,
  owner,
  deadline: '2026-04-13',
  late: false,
  extended: 0,
  moves: ['take', 'handOver', 'solve'],
};
const CARE_VISIT = {
  id: 'c1',
  state: 'recorded',
  stateWord: '已登记',
  community: AREA,
  worker,
  by: owner,
  day: '2026-03-13',
  kind: 'illness',
  kindWord: '生病住院',
  moves: ['void'],
};
const ROW = { area: '520201001', name: '街道', workers: 7, done: 1, left: 6, careVisits: 1 };
const COUNTS = { quarter: '2026-Q1', total: ROW, parts: [{ ...ROW, area: AREA, name: '甲社区' }] };
const KINDS = [
  { kind: 'pay', word: '待遇收入', all: 6, solved: null },
  { kind: 'health', word: '身体健康', all: null, solved: null },
];
const PUSH = {
  channel: 'auto',
  mutedUntil: '2999-01-01T00:00:00.000Z',
  reminders: [
    { name: 'talk.list', title: '本季度谈心名单', muted: false },
    { name: 'duties.monday', title: '本周走访排查', muted: true },
  ],
};
const ANSWERS: readonly (readonly [RegExp, unknown])[] = [
  [/\/talks\/due$/u, { quarter: '2026-Q1', quarterWord: '', items: [{ worker }, { worker }, { worker: owner }] }],
  [/\/talks\/counts$/u, COUNTS],
  [/\/difficulties\/counts$/u, { area: AREA, total: 6, kinds: KINDS }],
  [/\/difficulties$/u, { items: [DIFFICULTY] }],
  [/\/difficulties\//u, DIFFICULTY],
  [/\/care-visits\/c1\/void$/u, { ...CARE_VISIT, state: 'void', stateWord: '已作废', moves: [] }],
  [/\/care-visits$/u, { items: [CARE_VISIT] }],
  [/\/people$/u, { items: [{ id: 'w', name: '周强', roles: [{ role: 'worker', area: AREA }] }] }],
  [/\/me\/push$/u, PUSH],
  [/\/talks$/u, { id: 't9' }],
];

let phone: Pocket;
afterEach(() => {
  phone.putAway();
  expect(refusedBy(phone.sent)).toEqual([]);
});

async function open(me: Me, path: string, query: Record<string, string> = {}) {
  phone = await phoneOf(me);
  phone.answer(({ url }): Reply => {
    const { pathname } = new URL(url);
    return { statusCode: 200, data: ANSWERS.find(([pattern]) => pattern.test(pathname))?.[1] ?? {} };
  });
  const page = await phone.visit(path, query);
  await settle();
  return page;
}
/** What changed something: the path after the version, and the body. */
const changes = () =>
  phone.sent
    .filter(({ method }) => method !== 'GET')
    .map(({ url, data }) => [new URL(url).pathname.replace('/api/v1', ''), JSON.parse(String(data))]);

it('a secretary finds what came up in talks, without whose it is, and nothing of it stays on the phone', async () => {
  const page = await open(person('secretary'), 'work/difficulties/difficulties');
  expect(page.data.cards).toMatchObject([{ title: '子女上学', text: TEXT, who: '由您负责', tag: '待解决' }]);
  page.choose?.(from({ state: 'solved' }));
  await settle();
  expect(phone.sent.map(({ url }) => new URL(url).searchParams.get('state'))).toEqual(['open', 'solved']);
  page.look?.(from({ id: 'd1' }));
  expect(phone.did.at(-1)).toMatchObject(['navigateTo', { url: '/work/difficulty/difficulty?id=d1' }]);
  expect(JSON.stringify([...phone.storage])).not.toContain(TEXT);
});

it('a difficulty is handed to somebody who works there, never to whom it is with already', async () => {
  const page = await open(person('secretary'), 'work/difficulty/difficulty', { id: 'd1' });
  await page.choose?.(from({ name: 'handOver' }));
  expect(page.data.fields).toMatchObject([{ name: 'owner', options: [{ value: 'w', label: '周强（社区工作者）' }] }]);
  await page.send?.();
  expect(page.data.wrong).toBe('请选择“请谁来办”。');
  page.fill?.(from({}, { name: 'owner', value: 'w' }));
  await page.send?.();
  expect(changes()).toEqual([['/difficulties/d1/handOver', { owner: 'w' }]]);
});

it('a special occasion is written down for one of the workers, with the day', async () => {
  const page = await open(person('secretary'), 'work/occasion/occasion');
  expect((page.data.fields as { options?: unknown[] }[])[0]?.options).toEqual([{ value: 'w', label: '周强' }]);
  await page.send?.();
  expect(page.data.wrong).toBe('请选择“和谁谈”。');
  page.fill?.(from({}, { name: 'worker', value: 'w' }));
  page.fill?.(from({}, { name: 'occasion', value: 'illness' }));
  page.fill?.(from({}, { name: 'at', value: '2026-03-10' }));
  await page.send?.();
  expect(changes()).toEqual([['/talks', { worker: 'w', occasion: 'illness', at: '2026-03-10' }]]);
  expect(phone.did.at(-1)).toMatchObject(['redirectTo', { url: '/work/talk/talk?id=t9' }]);
});

it('care visits are listed, written down and taken back', async () => {
  const form = await open(person('secretary'), 'work/care-visit/care-visit');
  form.fill?.(from({}, { name: 'worker', value: 'w' }));
  form.fill?.(from({}, { name: 'kind', value: 'illness' }));
  form.fill?.(from({}, { name: 'day', value: '2026-03-13' }));
  await form.send?.();
  expect(changes()).toEqual([['/care-visits', { worker: 'w', kind: 'illness', day: '2026-03-13' }]]);
  phone.putAway();
  const page = await open(person('secretary'), 'work/care-visits/care-visits');
  expect(page.data.cards).toMatchObject([{ title: '慰问周强', why: '生病住院', voids: true }]);
  Object.assign(wx, { showActionSheet: async () => ({ tapIndex: 0 }) });
  await page.take?.(from({ id: 'c1' }));
  expect(changes()).toEqual([['/care-visits/c1/void', { because: 'mistake' }]]);
  expect(page.data.cards).toMatchObject([{ tag: '已作废', voids: false }]);
});

it('those above see numbers only, of difficulties only what may be told', async () => {
  const page = await open(person('supervisor', '520201001'), 'work/talk-counts/talk-counts');
  expect(page.data).toMatchObject({
    totals: [{ words: '7人' }, { words: '1人' }, { words: '6人', late: false }, { words: '1次' }],
    parts: [{ name: '甲社区', tag: '还有6人没谈' }],
    kinds: [{ word: '待遇收入', words: '6件' }],
    deeper: false,
  });
  page.choose?.(from({ before: true }));
  await settle();
  expect(phone.sent.some(({ url }) => url.includes('quarter=2025-Q4'))).toBe(true);
  expect(page.data.totals).toMatchObject([{}, {}, { late: true }, {}]);
});

it('reminders are paused, let in again without losing what is off, and switched by name with a way back', async () => {
  const page = await open(person('secretary'), 'pages/reminders/reminders');
  expect(page.data).toMatchObject({ channel: 'auto', lines: [{ name: 'talk.list', on: true }, { on: false }] });
  expect(page.data.until).toContain('2999年');
  page.pause?.(from({ days: 7 }));
  await settle();
  page.resume?.();
  await settle();
  page.turn?.(from({ name: 'talk.list' }, { value: false }));
  await settle();
  expect(page.data.switched).toMatchObject({ title: '本季度谈心名单', on: false });
  page.undo?.();
  await settle();
  page.chooseChannel?.(from({ channel: 'inbox' }));
  await settle();
  expect(changes()).toEqual([
    ['/me/mute', { days: 7 }],
    ['/me/mute', { days: 0 }],
    ['/me/push', { mute: ['duties.monday'] }],
    ['/me/push', { mute: ['talk.list'] }],
    ['/me/push', { unmute: ['talk.list'] }],
    ['/me/push', { channel: 'inbox' }],
  ]);
  phone.answer(() => 'offline');
  page.turn?.(from({ name: 'talk.list' }, { value: false }));
  await settle();
  expect(page.data).toMatchObject({ lines: [{ name: 'talk.list', on: true }, {}], switched: null });
  expect(page.data.wrong).toContain('网络');
});

it('each reminder of the house says when it comes, and residents are not asked about those of the staff', () => {
  const reminders = features.flatMap(({ messages }) =>
    Object.entries(messages).flatMap(([name, { kind, title }]) =>
      kind === 'reminder' ? [{ name, title, muted: false }] : [],
    ),
  );
  const push = { channel: 'auto', reminders };
  const all: Me = { ...person('admin'), roles: ROLES.map((role) => ({ role, area: AREA })) };
  expect(reminderLines(push, all).filter(({ hint }) => hint === '')).toEqual([]);
  expect(reminderLines(push, all)).toHaveLength(reminders.length);
  const own = reminderLines(push, person('resident')).map(({ name }) => name.split('.')[0]);
  expect([...new Set(own)].sort()).toEqual(['ballot', 'incident', 'topic', 'wish']);
});

it('a resident is asked about no reminders that never come to them', async () => {
  const page = await open(person('resident'), 'pages/reminders/reminders');
  expect(page.data.lines).toMatchObject([{ name: 'duties.monday', on: false }]);
});
