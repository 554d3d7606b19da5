/** Every component of its own, as it stands on the screen and answers a finger. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshPhone } from '../phone';
import { openSimulator, type Shown, type Simulator } from './simulated';

let screen: Simulator;
let heard: unknown[];
beforeAll(async () => {
  screen = await openSimulator();
});
afterAll(() => screen?.close());
beforeEach(() => {
  freshPhone();
  heard = [];
});

const words = (shown: Shown) => shown.dom.textContent?.replace(/\s+/gu, ' ').trim() ?? '';
const listen = (shown: Shown, name: string) => shown.addEventListener(name, ({ detail }) => heard.push(detail));

describe('move-bar', () => {
  it('shows a button for each of the moves and for nothing else, and follows them', async () => {
    const bar = screen.show('move-bar', { moves: ['claim', 'release', 'warn'] });
    expect(bar.querySelectorAll('.one').map(words)).toEqual(['我来帮忙', '退回']);
    bar.setData({ moves: ['rate'] });
    await screen.settle();
    expect(bar.querySelectorAll('.one').map(words)).toEqual(['评价']);
    bar.setData({ moves: [] });
    await screen.settle();
    expect(words(bar)).toBe('');
  });

  it('tells which one was pressed, and nothing while it is busy', async () => {
    const bar = screen.show('move-bar', { moves: ['claim'] });
    listen(bar, 'move');
    await screen.press(bar, '.one');
    expect(heard).toEqual([expect.objectContaining({ move: 'claim', label: '我来帮忙' })]);
    bar.setData({ busy: true });
    await screen.press(bar, '.one');
    expect(heard).toHaveLength(1);
  });
});

describe('wish-card', () => {
  const wish = {
    id: 'w1',
    number: 12,
    title: '想要一个电饭煲',
    state: 'claimed',
    stateWord: '办理中',
    urgent: true,
    place: '幸福里社区',
    postedAt: new Date().toISOString(),
  };

  it('says all in words, is a button to a screen reader, and opens its wish', async () => {
    const card = screen.show('wish-card', { wish });
    await screen.settle();
    expect(words(card)).toMatch(/12号 想要一个电饭煲.*办理中.*幸福里社区.*紧急.*今天发布/u);
    listen(card, 'open');
    await screen.press(card, '.card');
    expect(heard).toEqual([{ id: 'w1' }]);
    card.setData({ wish: { ...wish, urgent: false, title: '想要一床被子' } });
    await screen.settle();
    expect(words(card)).toContain('想要一床被子');
    expect(words(card)).not.toContain('紧急');
  });
});

describe('list-state', () => {
  const nothing = { items: [], more: false, loadingMore: false, trouble: '' };

  it.each([
    ['bones while nothing has come yet', { ...nothing, state: 'first' }, '', ''],
    ['nothing above a list that is there', { ...nothing, state: 'ready', items: [1] }, '', ''],
    [
      'that it was empty when it was seen last',
      { ...nothing, state: 'stale', trouble: '网络不通。' },
      '网络不通。上次看的时候，这里还什么都没有。 再试一次',
      'retry',
    ],
    [
      'that the list is an old one',
      { ...nothing, state: 'stale', items: [1], trouble: '网络不通。' },
      '网络不通。下面是上次看到的。 再试一次',
      'retry',
    ],
    [
      'why there is none',
      { ...nothing, state: 'failed', trouble: '网络不通，请稍后再试。' },
      '网络不通，请稍后再试。 再试一次',
      'retry',
    ],
    ['what to do when there is nothing', { ...nothing, state: 'ready' }, '还没有心愿 说一个', 'act'],
  ])('shows %s', async (_what, list, said, event) => {
    const state = screen.show('list-state', { list, empty: '还没有心愿', action: '说一个' });
    await screen.settle();
    expect(words(state).replace(/(?<=。|愿)(?=再|说)/u, ' ')).toBe(said);
    expect(state.querySelectorAll('.bones')).toHaveLength(list.state === 'first' ? 3 : 0);
    if (event === '') return;
    listen(state, event);
    await screen.press(state, '.again');
    expect(heard).toHaveLength(1);
  });
});

describe('list-end', () => {
  const list = { items: [1, 2, 3, 4, 5, 6], more: false, loadingMore: false, trouble: '' };

  it('says that this was all of a long list, and nothing below a short one', async () => {
    expect(words(screen.show('list-end', { list }))).toBe('没有更多了');
    expect(words(screen.show('list-end', { list: { ...list, items: [1] } }))).toBe('');
  });

  it('offers more, again when it did not come, and nothing to press while it comes', async () => {
    const end = screen.show('list-end', { list: { ...list, more: true } });
    expect(words(end)).toBe('看更多');
    listen(end, 'more');
    await screen.press(end, '.end');
    expect(heard).toHaveLength(1);
    end.setData({ list: { ...list, more: true, trouble: '网络不通' } });
    await screen.settle();
    expect(words(end)).toBe('没取到，再试一次');
    end.setData({ list: { ...list, more: true, loadingMore: true } });
    await screen.settle();
    expect(words(end)).toBe('正在取更多…');
  });
});

describe('timeline', () => {
  it('shows what happened in the order given, with the reasons that were', async () => {
    const line = screen.show('timeline', {
      steps: [
        { key: '2', words: '刘洋认领了', when: '今天 9:00', why: '' },
        { key: '1', words: '登记了', when: '昨天 8:00', why: '家里的坏了' },
      ],
    });
    expect(line.querySelectorAll('.step').map(words)).toEqual(['刘洋认领了今天 9:00', '登记了家里的坏了昨天 8:00']);
    expect(line.querySelectorAll('.latest')).toHaveLength(1);
  });
});

describe('photo-picker', () => {
  /** A phone whose uploads are answered by `answers`, one after the other. */
  function phone(
    paths: readonly string[],
    answers: ((task: { success(reply: object): void; fail(): void }) => void)[],
  ) {
    Object.assign(wx, {
      chooseMedia: async ({ count }: { count: number }) => ({
        tempFiles: paths.slice(0, count).map((tempFilePath) => ({ tempFilePath })),
      }),
      uploadFile(task: { success(reply: object): void; fail(): void }) {
        setTimeout(() => answers.shift()?.(task), 5);
        return { onProgressUpdate: () => undefined };
      },
    });
  }
  const stored = (id: string) => (task: { success(reply: object): void }) =>
    task.success({ statusCode: 201, data: JSON.stringify({ id, width: 1, height: 1 }) });

  it('sends what was chosen, says what did not go through, sends it again when pressed, and lets go of one', async () => {
    phone(['a.jpg', 'b.jpg'], [stored('p1'), (task) => task.fail(), stored('p2')]);
    const picker = screen.show('photo-picker', { most: 3 });
    listen(picker, 'change');
    await screen.press(picker, '.add');
    await screen.settle();
    expect(heard.at(-1)).toEqual({ ids: ['p1'], busy: false, failed: 1 });
    expect(words(picker)).toContain('没传上，点一下再传');
    expect(words(picker)).toContain('网络');
    await screen.press(picker, '.over');
    await screen.settle();
    expect(heard.at(-1)).toEqual({ ids: ['p1', 'p2'], busy: false, failed: 0 });
    expect(words(picker)).not.toContain('网络');
    await screen.press(picker, '.remove');
    expect(heard.at(-1)).toEqual({ ids: ['p2'], busy: false, failed: 0 });
  });

  it('tells its form only what is news to it, and not how far a photo is', async () => {
    phone(['a.jpg'], [stored('p1')]);
    const { uploadFile } = wx;
    const halfway = (heed: (told: { progress: number }) => void) => [10, 50, 90].map((progress) => heed({ progress }));
    Object.assign(wx, {
      uploadFile: (task: Parameters<typeof uploadFile>[0]) => ({ ...uploadFile(task), onProgressUpdate: halfway }),
    });
    const picker = screen.show('photo-picker', { most: 3 });
    listen(picker, 'change');
    await screen.press(picker, '.add');
    await expect.poll(() => heard.length).toBe(2);
    expect(heard).toEqual([
      { ids: [], busy: true, failed: 0 },
      { ids: ['p1'], busy: false, failed: 0 },
    ]);
  });

  it('has those its form had, fetches what the phone has not, and lets go of what the house has not', async () => {
    Object.assign(wx, {
      downloadFile: ({ url, success }: { url: string; success(reply: object): void }) =>
        success(url.endsWith('old1') ? { statusCode: 200, tempFilePath: '/tmp/old1' } : { statusCode: 404 }),
    });
    const picker = screen.show('photo-picker', { most: 3, ids: ['old1', 'old2'] });
    listen(picker, 'change');
    await screen.settle();
    expect(picker.data.photos).toEqual([expect.objectContaining({ id: 'old1', src: '/tmp/old1' })]);
    expect(words(picker)).toContain('请重新加');
  });

  it('says when it may not open the album, and nothing when somebody closed it', async () => {
    for (const [reason, said] of [
      ['auth deny', '没有允许'],
      ['cancel', ''],
    ] as const) {
      Object.assign(wx, { chooseMedia: () => Promise.reject({ errMsg: `chooseMedia:fail ${reason}` }) });
      const picker = screen.show('photo-picker', { most: 3 });
      await screen.press(picker, '.add');
      expect(picker.data.trouble).toEqual(said === '' ? '' : expect.stringContaining(said));
    }
  });

  it('offers no more than there may be', async () => {
    phone(['a.jpg', 'b.jpg'], [stored('p1'), stored('p2')]);
    const picker = screen.show('photo-picker', { most: 1 });
    await screen.press(picker, '.add');
    await screen.settle();
    expect(picker.querySelectorAll('.photo')).toHaveLength(1);
    expect(picker.querySelector('.add')).toBeUndefined();
  });
});

describe('photo-strip', () => {
  it('shows the photos it may see, and says how many it could not get', async () => {
    Object.assign(wx, {
      downloadFile: ({ url, success }: { url: string; success(reply: object): void }) =>
        success(url.endsWith('p1') ? { statusCode: 200, tempFilePath: '/tmp/p1' } : { statusCode: 404 }),
    });
    const strip = screen.show('photo-strip', { photos: [{ id: 'p1' }, { id: 'p2' }] });
    await screen.settle();
    expect(strip.querySelectorAll('.photo')).toHaveLength(1);
    expect(words(strip)).toBe('有1张照片没取到。');
  });
});

describe('wish-list', () => {
  const line = (n: number) => ({
    id: `w${n}`,
    number: n,
    title: `想要第${n}样`,
    state: 'open',
    stateWord: '待认领',
    urgent: false,
    place: '幸福里社区',
    postedAt: new Date().toISOString(),
    moves: [],
  });

  it('asks by its query, shows a card for each wish, and opens the one pressed', async () => {
    const opened: string[] = [];
    const phone = freshPhone();
    Object.assign(wx, { navigateTo: ({ url }: { url: string }) => opened.push(url) });
    phone.answer(() => ({ statusCode: 200, data: { items: [line(1), line(2)] } }));
    const list = screen.show('wish-list', { empty: '还没有', action: '' });
    list.setData({ query: { area: '990001001001', state: 'open' } });
    await screen.settle();
    expect(phone.sent[0]?.url).toContain('/wishes?area=990001001001&state=open');
    expect(words(list)).toMatch(/1号 想要第1样.*2号 想要第2样/u);
    const [card] = list.querySelectorAll('.item');
    card?.dispatchEvent('open', { detail: { id: 'w1' } });
    await screen.settle();
    expect(opened).toEqual(['/pages/wish/wish?id=w1']);
  });
});

describe('fields', () => {
  const options = (many: number) => Array.from({ length: many }, (_, at) => ({ value: `v${at}`, label: `第${at}位` }));
  const fields = [
    { kind: 'many', name: 'who', label: '看了谁', options: options(2) },
    { kind: 'choice', name: 'one', label: '选一位', options: options(20) },
    { kind: 'count', name: 'homes', label: '几户', most: 2 },
    { kind: 'line', name: 'place', label: '在哪里', free: true },
  ];

  it('tell what was chosen, counted and typed, and draw anew only what they are given', async () => {
    const form = screen.show('fields', { fields, values: { homes: 2 } });
    listen(form, 'fill');
    await screen.settle();
    const chips = () => form.querySelectorAll('.chip');
    // Of many only the first are shown, until they are searched for.
    expect(chips().map(words)).toHaveLength(2 + 12);
    expect(words(form)).toContain('在哪里（可以不填）');
    chips()[1]?.dispatchEvent('tap');
    for (const step of form.querySelectorAll('.step')) step.dispatchEvent('tap');
    form
      .querySelectorAll('.input')
      .at(-1)
      ?.dispatchEvent('input', { detail: { value: '2栋' } });
    form.querySelector('.search')?.dispatchEvent('input', { detail: { value: '第19' } });
    await screen.settle();
    expect(heard).toEqual([
      { name: 'who', value: ['v1'] },
      { name: 'homes', value: 1 },
      { name: 'homes', value: 2 },
      { name: 'place', value: '2栋' },
    ]);
    expect(chips().map(words)).toEqual(['第0位', '第1位', '第19位']);
    form.setData({ values: { who: ['v1'], one: 'v0' } });
    await screen.settle();
    expect(chips().map(words)).toEqual(['第0位', '✓ 第1位', '✓ 第0位', '第19位']);
    chips()[1]?.dispatchEvent('tap');
    await screen.settle();
    expect(heard.at(-1)).toEqual({ name: 'who', value: [] });
  });
});
