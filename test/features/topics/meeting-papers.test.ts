/** What a topic leaves on paper: minutes, a calendar entry, the yearly ledger. */
import exceljs from 'exceljs';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../src/features/people/index.ts';
import type { TopicDoc } from '../../../src/features/topics/index.ts';
import { calendarText } from '../../../src/features/topics/papers/ics.ts';
import { heldWords } from '../../../src/features/topics/papers/messages.ts';
import { CODE, decided, ended, meetingOf, meetingTown, type Town } from './meeting-town.ts';

let town: Town;
beforeAll(async () => {
  town = await meetingTown();
}, 60_000);
afterAll(() => town.close());

const path = (topic: TopicDoc, rest: string) => `/topics/${topic._id}/${rest}`;
const at = new Date('2026-03-09T02:00:00Z');
const nameOf = (headers: Headers) => decodeURIComponent(headers.get('content-disposition') ?? '');
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

/** What happened to a topic, as `12-30 publicised`. */
const happened = (...steps: string[]): TopicDoc['history'] =>
  steps.map((step) => {
    const [when = '', to = '', move = to] = step.split(' ');
    return { at: new Date(`${when}T12:00:00+08:00`), to, move, from: '', by: { id: 'system', name: '' } } as never;
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
    // Talked over since the year before, and still.
    expect([byNumber.has(78), byNumber.has(79)]).toEqual([true, true]);
    // One review would say who thought what.
    expect(byNumber.get(79)?.[14]).toBe('—');
    const last = await town.ask(town.secretary, 'GET', `/reports/topics.xlsx?area=${town.community}&year=2025`);
    expect((await sheet(last.bytes)).slice(1).map(([number]) => number)).toEqual([78]);
  });

  it('has every topic something went on with in the year, as it stood at its end', async () => {
    const year = async (one: number) => {
      const { bytes } = await town.ask(
        town.secretary,
        'GET',
        `/reports/topics.xlsx?area=${town.community}&year=${one}`,
      );
      return new Map((await sheet(bytes)).slice(1).map((row) => [row[0], [row[8], row[15]]]));
    };
    const [createdAt, silent] = [new Date('2023-12-30T00:00:00+08:00'), { publicity: undefined, outcome: undefined }];
    const proposed = '2023-12-30 proposed';
    const hung = { from: new Date('2023-12-30T00:00:00Z'), until: new Date('2024-01-05T00:00:00+08:00') };
    const failing = { ...decided(), objections: [], createdAt, outcome: 'failed' as const };
    type Kept = [fields: Partial<TopicDoc>, number, in2023: unknown, in2024: unknown, in2025: unknown];
    const all: Kept[] = [
      // It runs through the year and beyond.
      [
        { state: 'discussing', history: happened(proposed, '2024-06-01 accepted', '2025-02-01 discussing') },
        201,
        ['—', '征集附议'],
        ['—', '待议'],
        ['—', '商量中'],
      ],
      // It ended within the year, or the clock said so before any job did.
      [
        {
          state: 'declined',
          since: new Date('2024-01-02T00:00:00Z'),
          history: happened(proposed, '2024-01-02 declined'),
        },
        202,
        ['—', '征集附议'],
        ['—', '不予受理'],
        undefined,
      ],
      [
        { ...failing, state: 'publicised', publicity: hung, history: happened(proposed, '2023-12-30 publicised') },
        203,
        ['未通过', '公示中'],
        ['未通过', '未通过'],
        undefined,
      ],
      // It was over with the year's last moment.
      [
        {
          ...failing,
          state: 'failed',
          since: new Date('2024-03-01T00:00:00Z'),
          publicity: { ...hung, until: new Date('2024-01-01T00:00:00+08:00') },
          history: happened(proposed, '2023-12-30 publicised', '2024-03-01 failed'),
        },
        204,
        ['未通过', '未通过'],
        undefined,
        undefined,
      ],
      // What was overturned later hung out then.
      [
        {
          state: 'accepted',
          published: [
            { outcome: 'passed', arithmetic: [], publicity: hung, overturnedAt: new Date('2024-01-03T00:00:00Z') },
          ],
          history: happened(proposed, '2023-12-30 publicised', '2024-01-03 accepted answerObjection'),
        },
        205,
        ['通过', '公示中'],
        ['—', '待议'],
        ['—', '待议'],
      ],
      // What was objected in time was answered in the next year: until then it hung out.
      ...(['passed', 'failed'] as const).map(
        (outcome, n): Kept => [
          {
            ...failing,
            outcome,
            state: outcome === 'failed' ? 'failed' : 'executing',
            publicity: { from: new Date('2023-12-24T00:00:00Z'), until: new Date('2023-12-30T00:00:00+08:00') },
            objections: (decided().objections ?? []).map((one) => ({
              ...one,
              at: new Date('2023-12-28T00:00:00Z'),
              answer: { text: '不改', upheld: false, by: one.by, at: new Date('2024-01-05T00:00:00Z') },
            })),
            history: happened(
              proposed,
              '2023-12-24 publicised',
              `2024-01-06 ${outcome === 'failed' ? 'failed' : 'executing'} endPublicity`,
            ),
          },
          207 + n,
          [outcome === 'failed' ? '未通过' : '通过', '等答复'],
          outcome === 'failed' ? ['未通过', '未通过'] : ['通过', '落实中'],
          outcome === 'failed' ? undefined : ['通过', '落实中'],
        ],
      ),
      // A result of the next year is the next year's.
      [
        {
          ...decided(),
          state: 'publicised',
          publicity: { from: new Date('2024-02-01T00:00:00Z'), until: new Date('2024-02-08T00:00:00Z') },
          history: happened(proposed, '2024-02-01 publicised'),
        },
        206,
        ['—', '征集附议'],
        ['通过', '落实中'],
        ['通过', '落实中'],
      ],
    ];
    for (const [fields, number] of all) {
      const topic = await town.topic({ createdAt, ...fields, number });
      if (!fields.publicity) await town.change(topic, silent);
    }
    const [first, second, third] = [await year(2023), await year(2024), await year(2025)];
    for (const [, number, ...wanted] of all) {
      expect([number, first.get(number), second.get(number), third.get(number)]).toEqual([number, ...wanted]);
    }
    expect([...(await year(2022)).keys()]).toEqual([]);
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
