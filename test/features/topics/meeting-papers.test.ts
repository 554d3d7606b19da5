/** What a topic leaves on paper: minutes, a calendar entry, the yearly ledger, and a page for everybody without anybody. */
import exceljs from 'exceljs';
import fc from 'fast-check';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../src/features/people/index.ts';
import type { TopicDoc } from '../../../src/features/topics/index.ts';
import { calendarText } from '../../../src/features/topics/papers/ics.ts';
import { heldWords } from '../../../src/features/topics/papers/messages.ts';
import { publicOf } from '../../../src/features/topics/papers/public.ts';
import { CODE, ended, meetingOf, meetingTown, type Town } from './meeting-town.ts';

let town: Town;
beforeAll(async () => {
  town = await meetingTown();
}, 60_000);
afterAll(() => town.close());

const path = (topic: TopicDoc, rest: string) => `/topics/${topic._id}/${rest}`;
const nameOf = (headers: Headers) => decodeURIComponent(headers.get('content-disposition') ?? '');
const someone = { id: 'd'.repeat(24), name: '安国华' };
const at = new Date('2026-03-09T02:00:00Z');
const publicity = { from: at, until: new Date('2026-03-14T16:00:00Z') };

/** A topic that has been through everything. */
const decided = (words = ''): Partial<TopicDoc> => ({
  state: 'publicised',
  votes: [
    {
      ballot: 'c'.repeat(24),
      question: '装不装？',
      packTitle: '居民会议表决',
      secrecy: 'open',
      opensAt: at,
      closesAt: at,
    },
  ],
  outcome: 'passed',
  arithmetic: ['应到5户，到会3户，超过一半（至少3户），可以开会。', '同意3户，反对0户，弃权0户。', '结果：通过。'],
  resolution: `在转角装两盏路灯${words}`,
  publicity,
  objections: [
    {
      id: 'o1',
      by: someone,
      at,
      text: '晃眼',
      posted: `灯太亮${words}`,
      standing: 'visible',
      answer: { text: `换暖光${words}`, upheld: false, by: someone, at },
    },
  ],
  items: [
    { id: 'i1', text: `买灯${words}`, owner: someone, by: someone, deadline: '2026-04-01', done: { at, note: '买了' } },
    { id: 'i2', text: '装灯', owner: someone, by: someone, deadline: '2026-05-01' },
  ],
  reviews: [4, 5, 5].map((score, n) => ({ by: String(n), score, at })),
});

describe('the minutes as a document', () => {
  const textOf = async (bytes: Buffer) => {
    const xml = await (await JSZip.loadAsync(bytes)).file('word/document.xml')?.async('string');
    return (xml ?? '').replace(/<\/w:p>/gu, '\n').replace(/<[^>]+>/gu, '');
  };

  it('have title, facts, attendance, agenda, talk, result, resolution and where to sign, and open as Word', async () => {
    const topic = await town.topic();
    await town.ask(town.neighbours[0], 'POST', path(topic, 'sign-in'), { code: CODE });
    const { id } = (await town.ask(town.neighbours[0], 'POST', path(topic, 'statements'), { text: '装转角 <b>&"好' }))
      .body;
    await town.ask(town.secretary, 'POST', path(topic, `statements/${String(id)}/moderation`), { visible: true });
    const points = [{ agenda: '装在哪里', words: '第一行\n第二行' }];
    await town.ask(town.secretary, 'PUT', path(topic, 'minutes'), {
      version: 0,
      points,
      conclusion: '打13812345678',
      recorder: '李敏',
    });
    await town.change(topic, { ...decided(), ...ended(topic) });
    const corrected = { version: 1, points, conclusion: '打13812345678', recorder: '李敏', reason: '漏记了一行' };
    expect((await town.ask(town.secretary, 'PUT', path(topic, 'minutes'), corrected)).status).toBe(200);
    const { status, bytes, headers } = await town.ask(town.facilitator, 'GET', path(topic, 'minutes.docx'));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('wordprocessingml');
    expect(nameOf(headers)).toContain(`会议纪要-议题${topic.number}号-2026-03-09.docx`);
    const text = await textOf(bytes);
    for (const part of [
      '幸福里社区 · 第1网格居民议事会\n会议纪要\n',
      `议题${topic.number}号 装路灯`,
      '2026年3月9日 09:00—11:00',
      '说事小院，天马巷1号',
      '石满仓',
      '一、到会情况\n应到5户，到会1户',
      '二、议程\n1. 装在哪里\n2. 钱从哪里来\n',
      '三、讨论情况\n1. 装在哪里\n第一行\n第二行\n',
      '四、居民发言（不署名）\n1. 装转角 &lt;b&gt;&amp;&quot;好\n',
      '五、结论\n打（号码略）\n',
      '六、表决结果\n',
      '结果：通过。\n七、决议\n在转角装两盏路灯\n',
      '八、公示以后的更正\n更正：漏记了一行（3月9日（星期一））\n',
      '主持人签字：',
    ]) {
      expect(text).toContain(part);
    }
    const read = await town.ask(town.neighbours[1], 'GET', path(topic, 'minutes.docx'));
    expect(await textOf(read.bytes)).toContain('打（号码略）');
    expect((await town.ask(town.stranger, 'GET', path(topic, 'minutes.docx'))).status).toBe(404);
  });
});

it('the hours of a sitting come with their days when it did not end on the one it began', () => {
  const [begun, late, tomorrow] = ['2026-03-09T11:05:00Z', '2026-03-09T15:59:00Z', '2026-03-09T16:00:00Z'];
  expect(heldWords(begun, late)).toBe('19:05—23:59');
  expect(heldWords(begun, tomorrow)).toBe('3月9日（星期一）19:05—3月10日（星期二）00:00');
  expect([heldWords(undefined, late), heldWords(undefined, undefined)]).toEqual(['23:59', '']);
});

describe('the calendar', () => {
  const unfolded = (text: string) => text.replace(/\r\n /gu, '');

  it('has the meeting at its hour in Shanghai, the same entry each time, with a word the day before', async () => {
    const topic = await town.topic({ state: 'scheduled' });
    const { status, bytes, headers } = await town.ask(town.neighbours[0], 'GET', path(topic, 'meeting.ics'));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(nameOf(headers)).toContain(`议事会-议题${topic.number}号.ics`);
    const text = unfolded(bytes.toString());
    for (const line of [
      `UID:topic-${topic._id}-1@haolin`,
      'SEQUENCE:0',
      'DTSTART;TZID=Asia/Shanghai:20260309T090000',
      'DTEND;TZID=Asia/Shanghai:20260309T110000',
      'LOCATION:说事小院（天马巷1号）',
      'TZOFFSETTO:+0800',
      'TRIGGER:-P1D',
    ]) {
      expect(text.split('\r\n')).toContain(line);
    }
    expect(text).toContain('议程：\\n1. 装在哪里\\n2. 钱从哪里来');
    for (const line of bytes.toString().split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const none = await town.topic({ state: 'accepted' });
    await town.change(none, { meeting: undefined });
    expect(await town.ask(town.neighbours[0], 'GET', path(none, 'meeting.ics'))).toMatchObject({ status: 409 });
    expect((await town.ask(town.stranger, 'GET', path(topic, 'meeting.ics'))).status).toBe(404);
  });

  it('takes the place of the one before, whatever was changed and however often', async () => {
    const topic = await town.topic({ state: 'scheduled' });
    const entry = (move: string) => ({ move }) as TopicDoc['history'][number];
    let last = -1;
    for (const moves of [['schedule'], ['schedule', 'schedule'], ['schedule', 'schedule', 'callOff', 'schedule']]) {
      const text = await calendarText({ ...topic, history: moves.map(entry) }, meetingOf(topic));
      const sequence = Number(/SEQUENCE:(\d+)/u.exec(text)?.[1]);
      expect(sequence).toBeGreaterThan(last);
      expect(text).toContain(`UID:topic-${topic._id}-1@haolin`);
      last = sequence;
    }
  });
});

describe('the ledger', () => {
  const sheet = async (bytes: Buffer) => {
    const book = new exceljs.Workbook();
    await book.xlsx.load(bytes as never);
    return (book.worksheets[0]?.getSheetValues() ?? []).slice(1).map((row) => (row as unknown[]).slice(1));
  };

  it('has a line for every topic of the year and the area, and no formula', async () => {
    const topic = await town.topic({ ...decided(), posted: { title: '=1+1', text: '装灯' }, number: 77 });
    await town.topic({ createdAt: new Date('2025-12-31T15:59:59Z'), number: 78 });
    await town.topic({ createdAt: new Date('2025-12-31T16:00:00Z'), number: 79, reviews: [{ by: '1', score: 1, at }] });
    await town.change(topic, { state: 'discussing' });
    await town.ask(town.neighbours[0], 'POST', path(topic, 'sign-in'), { code: CODE });
    await town.change(topic, { state: 'publicised', ...ended(topic) });
    const over = { until: new Date('2026-03-08T16:00:00Z'), summary: '亮了', people: [] };
    await town.topic({ ...decided(), number: 80, state: 'executing', reviewing: over, outcome: 'agreed' });
    const { status, bytes, headers } = await town.ask(
      town.secretary,
      'GET',
      `/reports/topics.xlsx?area=${town.community}`,
    );
    expect(status).toBe(200);
    expect(nameOf(headers)).toContain('议事台账-幸福里社区-2026年.xlsx');
    const rows = await sheet(bytes);
    const byNumber = new Map(rows.map((row) => [row[0], row]));
    expect(byNumber.get(77)).toEqual([
      77,
      "'=1+1",
      '幸福里社区 · 第1网格',
      '2026-02-28',
      0,
      '石满仓',
      '2026-03-09 说事小院 到会1/5',
      '居民会议表决',
      '通过',
      decided().arithmetic?.join('\n'),
      '2026-03-09',
      '2026-03-15',
      1,
      '1/2',
      '—',
      '公示中',
    ]);
    expect(byNumber.get(80)?.slice(14)).toEqual([4.7, '已办结']);
    // What was agreed was not voted, whatever vote there was before.
    expect(byNumber.get(80)?.slice(7, 9)).toEqual(['商量一致，没有表决', '商量一致']);
    expect([byNumber.has(78), byNumber.has(79)]).toEqual([false, true]);
    // One review would say who thought what.
    expect(byNumber.get(79)?.[14]).toBe('—');
    const last = await town.ask(town.secretary, 'GET', `/reports/topics.xlsx?area=${town.community}&year=2025`);
    expect((await sheet(last.bytes)).slice(1).map(([number]) => number)).toEqual([78]);
  });

  it('is for who answers for the area', async () => {
    const ask = (who: Person | undefined, area = town.community) =>
      town.ask(who, 'GET', `/reports/topics.xlsx?area=${area}`);
    const statuses = await Promise.all(
      [town.worker, town.facilitator, town.neighbours[0], town.stranger, undefined].map((who) => ask(who)),
    );
    expect(statuses.map(({ status }) => status)).toEqual([403, 403, 403, 403, 401]);
    expect((await ask(town.secretary, town.community.slice(0, 9))).status).toBe(403);
  });
});

describe('the page for everybody', () => {
  it('is there from the day a decision is publicised, and for no other topic', async () => {
    const topic = await town.topic(decided());
    const { status, body } = await town.ask(undefined, 'GET', `/public/topics/${topic._id}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      number: topic.number,
      title: '装路灯，电话（号码略）',
      text: '巷子太黑，装两盏路灯。电话（号码略）',
      place: '幸福里社区 · 第1网格',
      state: 'publicised',
      stateWord: '公示中',
      meetings: [{ day: '2026-03-09', venue: '说事小院', attendance: [expect.stringContaining('应到5户')] }],
      outcome: '通过',
      result: decided().arithmetic,
      resolution: '在转角装两盏路灯',
      publicity: { from: '2026-03-09', until: '2026-03-15' },
      objectionCount: 1,
      objections: [{ text: '灯太亮', answer: '换暖光', upheld: false }],
      items: [
        { text: '买灯', deadline: '2026-04-01', done: true, dropped: false },
        { text: '装灯', deadline: '2026-05-01', done: false, dropped: false },
      ],
    });
    const [objection] = topic.objections ?? [];
    for (const standing of ['waiting', 'hidden'] as const) {
      const { publicity: hung = publicity } = topic;
      const shown = publicOf({ ...topic, objections: objection ? [{ ...objection, standing }] : [] }, hung, [], at);
      expect([shown.objectionCount, shown.objections]).toEqual([1, []]);
    }
    for (const state of [
      'accepted',
      'scheduled',
      'discussing',
      'voting',
      'resolved',
      'declined',
      'withdrawn',
    ] as const) {
      const other = await town.topic({ ...decided(), state });
      expect((await town.ask(undefined, 'GET', `/public/topics/${other._id}`)).status).toBe(404);
    }
    expect((await town.ask(undefined, 'GET', `/public/topics/${'f'.repeat(24)}`)).status).toBe(404);
  });

  it('names nobody who had to do with it and no number, wherever somebody wrote one', async () => {
    const whole = await town.topic(decided());
    const surname = fc.constantFrom('王', '李', '张', '安', '石', '陈');
    const given = fc.constantFrom('秀英', '国华', '满仓', '建国', '敏', '德福');
    const name = fc.tuple(surname, given).map((parts) => parts.join(''));
    const number = fc.constantFrom(
      '13812345678',
      '520201194803071232',
      '2345678',
      '微信号wxid_abc123',
      '贵A12345',
      'a.b@c.cn',
    );
    const written = fc.tuple(fc.constantFrom('', '找', '邻居', '，问'), fc.constantFrom('', '。'));
    const nameOrNot = fc.record({ people: fc.array(name, { minLength: 7, maxLength: 7 }), number, written });
    fc.assert(
      fc.property(nameOrNot, ({ people, number: digits, written: [before, after] }) => {
        const [proposer, facilitator, objector, answerer, owner, merged, mover] = people.map((one, n) => ({
          id: String(n),
          name: one,
        }));
        if (!proposer || !facilitator || !objector || !answerer || !owner || !merged || !mover) return;
        const said = `${before}${people.join('、')}${after}${digits} `;
        const [objection] = decided(said).objections ?? [];
        const [item] = decided(said).items ?? [];
        if (!objection?.answer || !item) throw new Error('nothing to tell');
        const topic: TopicDoc = {
          ...whole,
          ...decided(said),
          title: said,
          text: said,
          posted: { title: said, text: said },
          proposer,
          facilitator,
          objections: [{ ...objection, by: objector, answer: { ...objection.answer, by: answerer } }],
          items: [{ ...item, owner }],
          mergedFrom: [{ id: 'x', number: 1, proposer: merged, supporters: [] }],
          history: [{ by: mover } as TopicDoc['history'][number]],
        };
        const shown = JSON.stringify(
          publicOf(topic, publicity, [{ day: '2026-03-09', venue: said, attendance: [] }], at),
        );
        for (const one of people) expect(shown).not.toContain(one);
        expect(shown).not.toMatch(/13812345678|520201194803071232|2345678|wxid|A12345|a\.b@/u);
        for (const id of ['proposer', 'owner', 'by', 'supporters']) expect(shown).not.toContain(`"${id}"`);
      }),
      { numRuns: 60 },
    );
  });
});
