import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusedBy } from '../house';
import type { Reply, Sent } from '../phone';
import { from, type OpenPage, type Pocket, phoneOf, settle } from '../pocket';

const AREA = '520201011001';
const ME = { id: 'p1', name: '孙桂芳', roles: [{ role: 'resident' as const, area: AREA }], areas: ['5202', AREA] };
const attendance = {
  session: 1,
  expected: 10,
  present: 4,
  enough: false,
  sentences: ['应到10户，到会4户。'],
  mine: false,
};
const said = (id: string, state: string, more: object = {}) => ({
  id,
  session: 1,
  text: `发言${id}`,
  mine: false,
  state,
  stateWord: { visible: '公开', waiting: '待审核', hidden: '没有公开' }[state],
  ...more,
});
const topic = { id: 't1', number: 5, title: '装灯', state: 'discussing', stateWord: '商量中', moves: [] };
const ok = (data: unknown): Reply => ({ statusCode: 200, data });

let phone: Pocket;
let house: Record<string, (request: Sent) => Reply>;
beforeEach(async () => {
  phone = await phoneOf(ME);
  house = {
    t1: () => ok(topic),
    attendance: () => ok(attendance),
    statements: () => ok({ items: [said('a', 'visible')] }),
    opinions: () => ok({ people: 0, groups: [], common: [], mine: [{ statement: 'a', opinion: 'agree' }] }),
  };
  phone.answer((request) => {
    const [last = ''] = new URL(request.url).pathname.split('/').slice(-1);
    return house[last]?.(request) ?? 'offline';
  });
});
afterEach(() => {
  phone.putAway();
  vi.useRealTimers();
});

async function open(page: string, query: Record<string, string> = { id: 't1' }): Promise<OpenPage> {
  const opened = await phone.visit(`pages/${page}/${page}`, query);
  await settle();
  return opened;
}
const sentTo = (part: string, method = 'POST') =>
  phone.sent.filter((one) => one.method === method && one.url.endsWith(`/${part}`));
const bodies = (part: string, method = 'POST') => sentTo(part, method).map(({ data }) => JSON.parse(String(data)));

describe('a meeting on the phone of a neighbour', () => {
  it('signs in by the code, and shows who is there', async () => {
    const page = await open('topic-meeting');
    expect(page.data).toMatchObject({ going: true, leads: false, code: '', attendance });
    page.write?.(from({}, { value: '12345' }));
    await page.signIn?.();
    expect(sentTo('sign-in')).toEqual([]);
    house['sign-in'] = () => ({ statusCode: 422, data: { code: 'wrong_code', detail: '签到码不对' } });
    page.write?.(from({}, { value: '123456' }));
    await page.signIn?.();
    expect(page.data.signTrouble).toBe('签到码不对');
    house['sign-in'] = () => ok({ ...attendance, mine: true });
    house.attendance = () => ok({ ...attendance, mine: true });
    await page.signIn?.();
    expect(bodies('sign-in')).toEqual([{ code: '123456' }, { code: '123456' }]);
    expect(page.data).toMatchObject({ signTrouble: '', attendance: { mine: true } });
    expect(refusedBy(phone.sent)).toEqual([]);
  });

  it('says something once, also when the first answer got lost', async () => {
    const page = await open('topic-meeting');
    await page.say?.();
    expect(page.data.state).toMatchObject({ trouble: '请先写一句话。' });
    page.speak?.(from({}, { value: '装感应的' }));
    const waiting = said('b', 'waiting', { mine: true });
    const posts: Reply[] = ['offline', { statusCode: 201, data: waiting }];
    house.statements = ({ method }) =>
      method === 'POST' ? (posts.shift() ?? 'offline') : ok({ items: posts.length > 0 ? [] : [waiting] });
    await page.say?.();
    await page.say?.();
    const [first, again] = sentTo('statements').map(({ header }) => header['idempotency-key']);
    expect(again).toBe(first);
    expect(page.data).toMatchObject({ text: '', statements: [{ tag: '待审核', foot: '您说的', asks: false }] });
  });

  it('says what one thinks of a statement', async () => {
    const page = await open('topic-meeting');
    expect(page.data.statements).toMatchObject([{ tag: '', opinion: 'agree', asks: true }]);
    house.opinion = () => ok({ done: true });
    await page.think?.(from({ id: 'a', opinion: 'pass' }));
    expect(bodies('opinion')).toEqual([{ opinion: 'pass' }]);
  });

  it('is asked anew every ten seconds, and not while nobody looks', async () => {
    vi.useFakeTimers();
    const asked = () => phone.sent.filter(({ url }) => url.includes('/attendance')).length;
    const page = await phone.visit('pages/topic-meeting/topic-meeting', { id: 't1' });
    await vi.advanceTimersByTimeAsync(100);
    expect(asked()).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked()).toBe(2);
    page.onHide?.();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(asked()).toBe(2);
  });
});

describe('a meeting on the phone of whoever leads it', () => {
  const voices = { items: [{ voice: 'v1', name: '3-1-102', present: false }] };
  beforeEach(() => {
    house.attendance = () => ok({ ...attendance, code: '249067', proxies: 0, voices });
  });

  it('shows the code, and what waits comes first', async () => {
    house.statements = () =>
      ok({ items: [said('a', 'visible'), said('b', 'waiting', { by: { id: 'x', name: '马德福' } })] });
    const page = await open('topic-meeting');
    expect(page.data).toMatchObject({
      leads: true,
      code: '249 067',
      statements: [{ id: 'b', waits: true }, { id: 'a' }],
    });
    house.moderation = () => ok(said('b', 'visible'));
    await page.publish?.(from({ id: 'b' }));
    phone.say({ confirm: true, content: ' 说了别人家的事 ' });
    await page.hide?.(from({ id: 'b' }));
    phone.say({ confirm: true, content: '' });
    await page.hide?.(from({ id: 'b' }));
    await page.hide?.(from({ id: 'b' }));
    expect(page.data.trouble).toContain('为什么不公开');
    expect(bodies('moderation')).toEqual([{ visible: true }, { visible: false, reason: '说了别人家的事' }]);
  });

  it('calls the roll, takes back what was wrong, and notes who came for whom', async () => {
    const present = { voice: 'v1', name: '3-1-102', present: true, how: 'roll', people: [{ id: 'x', name: '孙桂芳' }] };
    let items: object[] = [{ voice: 'v1', name: '3-1-102', present: false }];
    house.attendance = ({ method }) => {
      if (method === 'POST') items = [present, { voice: 'v2', name: '3-2-501', present: false }];
      return ok({ ...attendance, proxies: 2, calls: true, undoes: true, voices: { items } });
    };
    house.undo = house.attendance;
    const page = await open('topic-roll');
    expect(page.data.fixed).toBe('');
    await page.come?.(from({ voice: 'v1' }));
    expect(page.data.lines).toMatchObject([{ tag: '到会', foot: '点名' }, { tag: '没到' }]);
    page.lookFor?.(from({ voice: 'v2', name: '3-2-501' }));
    await page.stand?.(from({ proxy: 'x' }));
    expect(page.data.proxyFor).toBeNull();
    await page.undo?.(from({ voice: 'v1' }));
    expect(bodies('attendance')).toEqual([{ voice: 'v1' }, { voice: 'v2', proxy: 'x' }]);
    expect(bodies('undo')).toEqual([{ voice: 'v1' }]);
    expect(refusedBy(phone.sent)).toEqual([]);
  });

  it.each([
    [{ calls: true, undoes: true }, [true, true, true], ''],
    [{ calls: true, undoes: false }, [true, true, false], '已经开始投票'],
    [{ calls: false, undoes: false }, [false, false, false], '现在不能点名'],
  ])('shows on the roll only buttons that work: %o', async (may, [comes, standsIn, takesBack], why) => {
    const items = [
      { voice: 'v2', name: '3-2-501', names: ['王秀英', '安国华'], present: false },
      { voice: 'v1', name: '3-1-102', present: true, how: 'code' },
    ];
    house.attendance = () => ok({ ...attendance, proxies: 2, ...may, voices: { items } });
    const page = await open('topic-roll');
    expect(page.data.lines).toMatchObject([
      { names: '王秀英、安国华', comes, standsIn, takesBack: false },
      { names: '', comes: false, standsIn: false, takesBack },
    ]);
    expect(page.data.fixed).toMatch(why === '' ? /^$/u : why);
  });
});

describe('the minutes', () => {
  const minutes = {
    topic: 't1',
    number: 5,
    title: '装灯',
    place: '幸福里社区',
    session: 1,
    over: true,
    venue: { name: '议事厅', address: '二楼' },
    startsAt: '2026-03-07T01:00:00.000Z',
    endsAt: '2026-03-07T02:30:00.000Z',
    agenda: ['装几盏'],
    attendance: { expected: 10, present: 6, sentences: ['应到10户，到会6户。'] },
    statements: [],
    needsReason: false,
    corrections: [] as { at: string; reason: string }[],
    result: [],
    written: { points: [{ agenda: '装几盏', words: '' }], conclusion: '', recorder: '' },
    version: 3,
    mayWrite: true,
  };

  it('are written over the version that was read, kept on the phone until then, and never over another’s unasked', async () => {
    house.minutes = ({ method }) =>
      method === 'PUT' ? { statusCode: 409, data: { code: 'changed_meanwhile', detail: '刚刚被改过' } } : ok(minutes);
    const page = await open('topic-minutes');
    expect(page.data.written).toMatchObject({ recorder: '孙桂芳' });
    page.write?.(from({ field: 'words', at: 0 }, { value: '装六盏' }));
    await page.save?.();
    expect(bodies('minutes', 'PUT')).toEqual([
      { version: 3, points: [{ agenda: '装几盏', words: '装六盏' }], conclusion: '', recorder: '孙桂芳' },
    ]);
    expect(page.data).toMatchObject({ overtaken: true, state: { trouble: '刚刚被改过' } });
    phone.back();
    const again = await open('topic-minutes');
    expect(again.data.written).toMatchObject({ points: [{ words: '装六盏' }] });
    house.minutes = ({ method }) => ok(method === 'PUT' ? { ...minutes, version: 5 } : { ...minutes, version: 4 });
    phone.say({ confirm: true });
    await again.anew?.();
    expect(again.data.written).toMatchObject({ points: [{ words: '' }] });
    again.write?.(from({ field: 'conclusion' }, { value: '同意' }));
    await again.save?.();
    expect(bodies('minutes', 'PUT')[1]).toMatchObject({ version: 4, conclusion: '同意' });
  });

  it('are put right with a reason once the result hangs out, and everybody reads it', async () => {
    const corrections = [{ at: minutes.endsAt, reason: '漏记了' }];
    const versions = [
      { version: 1, at: minutes.endsAt, by: '石满仓', changed: ['装几盏'] },
      { version: 2, at: minutes.endsAt, by: '孙桂芳', changed: [] },
    ];
    house.minutes = () => ok({ ...minutes, needsReason: true, corrections, versions });
    const page = await open('topic-minutes');
    expect(page.data.corrections).toEqual([expect.stringContaining('更正：漏记了')]);
    expect(page.data.versions).toEqual([
      expect.stringContaining('孙桂芳：没有改动'),
      expect.stringContaining('石满仓：改了“装几盏”'),
    ]);
    page.write?.(from({ field: 'words', at: 0 }, { value: '装六盏' }));
    await page.save?.();
    expect(bodies('minutes', 'PUT')).toEqual([]);
    expect(page.data).toMatchObject({ state: { trouble: expect.stringContaining('更正') } });
    page.write?.(from({ field: 'reason' }, { value: '记错了' }));
    await page.save?.();
    expect(bodies('minutes', 'PUT')).toMatchObject([{ reason: '记错了', points: [{ words: '装六盏' }] }]);
  });

  it('are taken along as a Word document', async () => {
    house.minutes = () => ok({ ...minutes, mayWrite: false });
    const fetched: string[] = [];
    const opened: object[] = [];
    Object.assign(wx, {
      downloadFile: ({ url, success }: { url: string; success(reply: object): void }) => {
        fetched.push(url);
        success({ statusCode: 200, tempFilePath: 'wxfile://minutes' });
      },
      openDocument: async (options: object) => void opened.push(options),
    });
    const page = await open('topic-minutes', { id: 't1', session: '1' });
    await page.download?.();
    expect(fetched[0]).toMatch(/\/topics\/t1\/minutes\.docx\?session=1$/u);
    expect(opened).toEqual([{ filePath: 'wxfile://minutes', fileType: 'docx', showMenu: true }]);
    expect(refusedBy(phone.sent)).toEqual([]);
  });
});
