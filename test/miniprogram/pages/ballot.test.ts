import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ballot } from '../../../miniprogram/logic/ballot';
import { paperLines } from '../../../miniprogram/logic/papers';
import { refusedBy } from '../house';
import type { Reply, Sent } from '../phone';
import { from, type OpenPage, type Pocket, phoneOf, settle } from '../pocket';

const AREA = '520201011001';
const ME = { id: 'p1', name: '孙桂芳', roles: [{ role: 'resident' as const, area: AREA }], areas: ['5202', AREA] };
const RECEIPT = '0123456789abcdef0123456789abcdef';
const NAME = 'receipt:p1:b1:e1';
const sentence = '一共10户，参加表决1户。';

const ballot = (change: Partial<Ballot> = {}): Ballot => ({
  id: 'b1',
  state: 'open',
  stateWord: '投票中',
  community: AREA,
  title: '装路灯',
  question: '巷子口装两盏路灯，同意吗？',
  pack: { code: 'courtyard-poll', version: 1, title: '小院意见表决', verified: true },
  secrecy: 'secret',
  opensAt: '2026-03-01T00:00:00.000Z',
  closesAt: '2099-03-01T00:00:00.000Z',
  mine: [{ elector: 'e1', name: '3-1-102', voted: false }],
  turnout: { electorate: { heads: 10, area: 0 }, present: { heads: 1, area: 0 }, enough: true, sentences: [sentence] },
  createdAt: '2026-03-01T00:00:00.000Z',
  updatedAt: '2026-03-01T00:00:00.000Z',
  version: 1,
  moves: [],
  ...change,
});
const voted = { elector: 'e1', name: '3-1-102', voted: true, way: 'phone' as const };
const ok = (data: unknown): Reply => ({ statusCode: 200, data });
const refused = (status: number, code: string): Reply => ({
  statusCode: status,
  data: { code, detail: `因为${code}` },
});

let phone: Pocket;
/** What the house answers, by the last part of the address. */
let house: Record<string, (request: Sent) => Reply>;
beforeEach(async () => {
  phone = await phoneOf(ME);
  house = {
    'ballot-packs': () => ok({ items: [] }),
    b1: () => ok(ballot()),
    receipt: () => ok({ receipt: RECEIPT }),
    vote: () => ok({ done: true }),
    check: () => ok({ inUrn: true }),
  };
  phone.answer((request) => {
    const [last = ''] = new URL(request.url).pathname.split('/').slice(-1);
    return house[last]?.(request) ?? 'offline';
  });
  phone.say({ confirm: true });
});
afterEach(() => phone.putAway());

async function open(): Promise<OpenPage> {
  const page = await phone.visit('pages/ballot/ballot', { id: 'b1' });
  await settle();
  return page;
}
async function vote(page: OpenPage, choice: string) {
  await page.vote?.(from({ choice }));
  await settle();
}
const sentTo = (part: string) => phone.sent.filter(({ url }) => url.endsWith(`/${part}`));
const bodies = (part: string) =>
  sentTo(part).flatMap(({ data }) => (data === undefined ? [] : [JSON.parse(String(data))]));
const choiceInStorage = () => JSON.stringify([...phone.storage]).includes('against');

describe('a secret vote', () => {
  it('keeps its receipt before it goes out, and never what was chosen', async () => {
    house.vote = () => {
      expect(phone.storage.get(NAME)).toMatchObject({ receipt: RECEIPT });
      expect(choiceInStorage()).toBe(false);
      house.b1 = () => ok(ballot({ mine: [voted] }));
      return ok({ done: true });
    };
    const page = await open();
    expect(page.data.standing).toMatchObject({ asks: true });
    await vote(page, 'against');
    expect(bodies('vote')).toEqual([{ choice: 'against', elector: 'e1', receipt: RECEIPT }]);
    expect(page.data).toMatchObject({
      receipt: '0123 4567 89ab cdef 0123 4567 89ab cdef',
      standing: { asks: false },
      unfinished: '',
      checked: { found: 'in', words: expect.stringContaining('您的票在票箱里') },
    });
    expect(choiceInStorage()).toBe(false);
    expect(refusedBy(phone.sent)).toEqual([]);
  });

  it('is finished under the same receipt when its answer got lost and the choice with it', async () => {
    house.vote = () => 'offline';
    const page = await open();
    await vote(page, 'against');
    expect(page.data.voteTrouble).toContain('票没有送到，请再投一次');
    phone.back();
    // The list of voters has it, the urn has not.
    house = {
      ...house,
      b1: () => ok(ballot({ mine: [voted] })),
      check: () => ok({ inUrn: false }),
      vote: () => ok({ done: true }),
    };
    const again = await open();
    expect(again.data.unfinished).toContain('请再选一次，把票投完');
    phone.say({ confirm: true });
    house.check = () => ok({ inUrn: true });
    await vote(again, 'against');
    expect(bodies('vote').map(({ receipt }) => receipt)).toEqual([RECEIPT, RECEIPT]);
    expect(sentTo('receipt')).toHaveLength(1);
    expect(again.data).toMatchObject({ unfinished: '', voteTrouble: '' });
  });

  it('is no trouble when only its answer got lost, and nobody knows while the house is not reached', async () => {
    house.vote = () => {
      house.b1 = () => ok(ballot({ mine: [voted] }));
      return 'offline';
    };
    const page = await open();
    await vote(page, 'for');
    expect(page.data).toMatchObject({ voteTrouble: '', checked: { found: 'in' }, standing: { asks: false } });
    phone.back();
    house.b1 = () => ok(ballot());
    house.vote = () => {
      house.b1 = () => 'offline';
      return 'offline';
    };
    const other = await open();
    phone.say({ confirm: true });
    await vote(other, 'for');
    expect(other.data.voteTrouble).toContain('还不知道票送到没有');
  });

  it.each<[what: string, house: Record<string, () => Reply>, said: string, kept: boolean]>([
    ['no network for a receipt', { receipt: () => 'offline' }, '票没有投出去', false],
    ['another of the household was faster', { vote: () => refused(409, 'already_voted') }, 'already_voted', false],
    ['its receipt is not good', { vote: () => refused(422, 'receipt_not_yours') }, 'receipt_not_yours', false],
    ['it is over by now', { vote: () => refused(409, 'ballot_over') }, 'ballot_over', true],
  ])('says what became of it: %s', async (_what, answers, said, kept) => {
    Object.assign(house, answers);
    const page = await open();
    await vote(page, 'for');
    expect(page.data).toMatchObject({ voteTrouble: expect.stringContaining(said), trouble: '', busy: false });
    expect(phone.storage.has(NAME)).toBe(kept);
    expect(sentTo('vote')).toHaveLength(said === '票没有投出去' ? 0 : 1);
  });

  it('does not go out where its receipt cannot be kept', async () => {
    const page = await open();
    const full = () => {
      throw new Error('setStorageSync:fail exceed storage max size');
    };
    Object.assign(wx, { setStorageSync: full });
    await vote(page, 'for');
    expect(page.data.voteTrouble).toContain('存不下回执');
    expect(sentTo('vote')).toEqual([]);
  });

  it('is read back first, and does not go out unless they are sure', async () => {
    const asked: object[] = [];
    const showModal = async (asks: object) => {
      asked.push(asks);
      return { confirm: false };
    };
    Object.assign(wx, { showModal });
    await vote(await open(), 'abstain');
    expect(asked).toEqual([expect.objectContaining({ title: '您投“弃权”', content: '不记名，投了不能改。确定吗？' })]);
    expect(sentTo('receipt')).toEqual([]);
  });

  it('says after closing as what it counts, also by a receipt that was copied', async () => {
    house.b1 = () => ok(ballot({ state: 'counted', mine: [voted] }));
    house.check = () => ok({ inUrn: true, choice: 'for' });
    const page = await open();
    expect(page.data).toMatchObject({ receipt: '', checked: null });
    page.write?.(from({}, { value: '0123' }));
    await page.check?.();
    expect(sentTo('check')).toEqual([]);
    page.write?.(from({}, { value: ' 0123 4567 89AB cdef 0123 4567 89ab cdef ' }));
    await page.check?.();
    expect(bodies('check')).toEqual([{ receipt: RECEIPT }]);
    expect(page.data.checked).toEqual({ found: 'in', words: '您的票在票箱里，算的是“同意”。' });
  });
});

describe('an open vote', () => {
  it('shows what it is and can be changed, for each of those one votes for', async () => {
    const other = { elector: 'e2', name: '3-1-201', voted: false };
    const mine: Ballot['mine'] = [{ ...voted, choice: 'for' }, other];
    house.b1 = () => ok(ballot({ secrecy: 'open', mine }));
    const page = await open();
    expect(page.data).toMatchObject({ elector: 'e2', standing: { asks: true, choice: '' } });
    page.choose?.(from({ elector: 'e1' }));
    await settle();
    expect(page.data.standing).toMatchObject({ asks: true, choice: 'for', words: expect.stringContaining('可以改') });
    await vote(page, 'against');
    expect(bodies('vote')).toEqual([{ choice: 'against', elector: 'e1' }]);
    expect(sentTo('receipt')).toEqual([]);
  });
});

describe('what a ballot says', () => {
  it.each<[what: string, change: Partial<Ballot>, shown: object]>([
    [
      'that nobody checked its rule',
      { pack: { code: 'x', version: 1, title: '居民会议表决', verified: false, note: '请对照新法' } },
      { facts: { warning: '这份规则还没有核对过。', note: '请对照新法', rule: '居民会议表决' } },
    ],
    ['that somebody is not listed', { mine: [] }, { standing: null, notListed: expect.stringContaining('没有您') }],
    [
      'that a paper was handed in',
      { mine: [{ ...voted, way: 'paper' }] },
      { standing: { asks: false }, checked: null },
    ],
    [
      'when it begins',
      { opensAt: '2099-02-01T00:00:00.000Z' },
      { standing: { asks: false, words: expect.stringContaining('还没有开始') } },
    ],
    ['how many take part', {}, { facts: { sentences: [sentence], outcome: '', tally: [] } }],
    [
      'what came out',
      {
        state: 'counted',
        result: {
          outcome: 'tie',
          tally: { for: { heads: 2, area: 0 }, against: { heads: 2, area: 0 }, abstain: { heads: 0, area: 0 } },
          sentences: ['结果：同意和反对一样多。'],
        },
      },
      {
        standing: { asks: false, words: '这一票没有投。' },
        facts: { outcome: '同意和反对一样多', sentences: ['结果：同意和反对一样多。'], tally: { 0: { heads: 2 } } },
      },
    ],
  ])('%s', async (_what, change, shown) => {
    house.b1 = () => ok(ballot(change));
    expect((await open()).data).toMatchObject(shown);
  });
});

describe('whoever runs a ballot', () => {
  const WORKER = { ...ME, roles: [{ role: 'worker' as const, area: AREA }] };
  const elector = (id: string, change: object = {}) => ({
    elector: id,
    name: `3-1-${id}`,
    heads: 1,
    area: 0,
    voted: false,
    ...change,
  });
  beforeEach(async () => {
    phone.putAway();
    phone = await phoneOf(WORKER);
    house.electors = () => ok({ items: [elector('e1', { attended: false }), elector('e2', { attended: true })] });
    phone.answer((request) => {
      const [last = ''] = new URL(request.url).pathname.split('/').slice(-1);
      return house[last]?.(request) ?? 'offline';
    });
  });

  it('counts once they are sure', async () => {
    house.b1 = () => ok(ballot({ state: 'closed', moves: ['count', 'void'] }));
    house.count = () => refused(409, 'papers_unresolved');
    const page = await open();
    expect(page.data).toMatchObject({
      runs: true,
      buttons: { main: [{ label: '计票' }], careful: [{ move: 'void' }] },
    });
    await page.move?.(from({ move: 'count' }));
    expect(sentTo('count')).toEqual([]);
    phone.say({ confirm: true });
    await page.move?.(from({ move: 'count' }));
    expect(page.data.trouble).toBe('因为papers_unresolved');
  });

  it('marks who is there and who handed in a paper', async () => {
    house.attending = () => ok({ done: true });
    house['handed-in'] = () => ok({ done: true });
    const page = await phone.visit('pages/electors/electors', { id: 'b1' });
    await settle();
    const lines = () => page.data.lines as { attended: boolean; voted: string; waits: boolean }[];
    await page.attend?.(from({ elector: 'e1' }));
    phone.say({ confirm: true });
    await page.paper?.(from({ elector: 'e2', name: '3-1-e2' }));
    expect(lines()).toMatchObject([
      { attended: true, voted: '还没投' },
      { voted: '交了纸质票', waits: false },
    ]);
    page.choose?.(from({ way: 'none' }));
    await settle();
    expect(sentTo('electors?way=none')).toHaveLength(1);
    expect(refusedBy(phone.sent)).toEqual([]);
  });

  it('takes back that a paper was handed in until the count', async () => {
    house.electors = () => ok({ items: [elector('e1', { attended: true, voted: true, way: 'paper' })] });
    house.undo = () => ok({ done: true });
    house.b1 = () => ok(ballot({ state: 'closed' }));
    const page = await phone.visit('pages/electors/electors', { id: 'b1' });
    await settle();
    expect(page.data).toMatchObject({ undoes: true, lines: [{ handedIn: true }] });
    await page.undo?.(from({ elector: 'e1', name: '3-1-e1' }));
    expect(sentTo('undo')).toEqual([]);
    phone.say({ confirm: true });
    await page.undo?.(from({ elector: 'e1', name: '3-1-e1' }));
    expect(bodies('undo')).toEqual([{ elector: 'e1' }]);
    expect(page.data.lines).toMatchObject([{ voted: '还没投', handedIn: false }]);
    house.b1 = () => ok(ballot({ state: 'counted' }));
    await page.count?.();
    expect(page.data.undoes).toBe(false);
  });

  it('takes its entry of a paper back, and nobody else’s unless it is the secretary', async () => {
    house.b1 = () => ok(ballot({ state: 'closed' }));
    const paper = (name: string, mine: boolean) => ({ paper: name, entered: 1, settled: false, differs: false, mine });
    house.papers = () => ok({ items: [paper('1', true), paper('2', false)] });
    house['take-back'] = () => ok(paper('1', false));
    const page = await phone.visit('pages/papers/papers', { id: 'b1' });
    await settle();
    expect(page.data.lines).toMatchObject([{ takesBack: '撤回我录的' }, { takesBack: '' }]);
    await page.takeBack?.(from({ paper: '1', name: '1号' }));
    expect(sentTo('take-back')).toEqual([]);
    phone.say({ confirm: true });
    await page.takeBack?.(from({ paper: '1', name: '1号' }));
    expect(sentTo('papers/1/take-back')).toHaveLength(1);
    expect(page.data).toMatchObject({ said: '1号，撤回了。', busy: false });
    const [mine, other] = [paper('1', true), paper('2', false)];
    expect(paperLines([mine, other], [], false, true).map(({ takesBack }) => takesBack)).toEqual([
      '撤回我录的',
      '撤回别人录的',
    ]);
  });

  it('is not told of a counted secret vote that whoever voted handed in a paper', async () => {
    house.b1 = () => ok(ballot({ state: 'counted' }));
    house.papers = () => ok({ items: [{ paper: '1', entered: 2, settled: true, differs: false, mine: true }] });
    const page = await phone.visit('pages/papers/papers', { id: 'b1' });
    await settle();
    expect(page.data.progress).toBe('票已经数好了，一共录了1张纸质票。');
    expect(phone.sent.some(({ url }) => url.includes('/electors'))).toBe(false);
  });

  it.each<[voice: { signInFirst?: true }, about: { about?: string }, signs: boolean]>([
    [{ signInFirst: true }, { about: 't1' }, true],
    [{ signInFirst: true }, {}, false],
    [{}, { about: 't1' }, false],
  ])('leads to the meeting whoever signs in before they vote: %o, %o', async (voice, about, signs) => {
    house.b1 = () => ok(ballot({ ...about, mine: [{ elector: 'e1', name: '3-1-102', voted: false, ...voice }] }));
    const page = await open();
    expect(page.data.standing).toMatchObject({ signs, asks: voice.signInFirst !== true });
    if (!signs) return;
    page.attend?.();
    expect(phone.did).toContainEqual(['navigateTo', { url: '/pages/topic-meeting/topic-meeting?id=t1' }]);
  });

  it('says of who voted secretly that they did', async () => {
    house.electors = () => ok({ items: [elector('e1', { attended: false, voted: true })] });
    const page = await phone.visit('pages/electors/electors', { id: 'b1' });
    await settle();
    expect(page.data.lines).toMatchObject([{ voted: '投过了', waits: false }]);
  });

  it('enters papers, and is told when the other one entered something else', async () => {
    house.b1 = () => ok(ballot({ state: 'closed' }));
    const paper = { paper: '12', entered: 2, settled: false, differs: true, mine: true };
    let entered: object[] = [];
    house.papers = ({ method }) => {
      if (method === 'GET') return ok({ items: entered });
      entered = [paper];
      return ok(paper);
    };
    const page = await phone.visit('pages/papers/papers', { id: 'b1' });
    await settle();
    page.write?.(from({}, { value: '十二' }));
    await page.enter?.();
    expect(page.data.trouble).toContain('编号');
    page.write?.(from({}, { value: ' 12 ' }));
    page.pick?.(from({ choice: 'for' }));
    await page.enter?.();
    expect(bodies('papers')).toContainEqual({ paper: '12', choice: 'for' });
    expect(page.data).toMatchObject({
      said: expect.stringContaining('和另一个人录的不一样'),
      choice: '',
      lines: [{ name: '12号', tag: '两个人录得不一样', act: '看着票再录一遍' }],
      progress: '登记交了2张，录了1张，两个人对上了0张。',
    });
    page.take?.(from({ paper: '12' }));
    expect(page.data).toMatchObject({ paper: '12', said: '' });
  });
});
