/** What pages ask for and say by who looks at them, when they are shown and shown again. */
import { describe, expect, it, vi } from 'vitest';
import { refusedBy } from '../house';
import type { Reply } from '../phone';
import { from, type Me, phoneOf, settle } from '../pocket';

const CITY = '5202';
const COMMUNITY = '520201011001';
const OTHER = '520201011002';
type Role = Me['roles'][number];
const person = (roles: Role[], areas: string[] = [CITY, COMMUNITY]): Me => ({ id: 'p1', name: '李敏', roles, areas });
const ok = (data: unknown): Reply => ({ statusCode: 200, data });

describe('home', () => {
  it.each([
    ['a supervisor of a city', person([{ role: 'supervisor', area: CITY }], [CITY]), {}, 0],
    ['a resident', person([{ role: 'resident', area: COMMUNITY }]), { area: COMMUNITY, column: 'open' }, 6],
  ])('of %s has a wall and the doors to it only where there is a community', async (_who, me, query, doors) => {
    const phone = await phoneOf(me);
    const page = await phone.visit('pages/home/home');
    expect(page.data.query).toEqual(query);
    expect(page.data.doors).toHaveLength(doors);
  });
});

describe('the mark at the inbox', () => {
  const me = person([{ role: 'resident', area: COMMUNITY }]);
  const marks = (did: [string, unknown][]) => did.filter(([name]) => /Badge$/u.test(name));

  it.each(['pages/home/home', 'pages/mine/mine', 'pages/inbox/inbox', 'pages/me/me'])('is set by %s', async (path) => {
    const phone = await phoneOf(me);
    phone.answer(({ url }) => (url.endsWith('/unread') ? ok({ unread: 120 }) : ok({ items: [] })));
    const page = await phone.visit(path);
    await settle();
    expect(marks(phone.did)).toEqual([['setTabBarBadge', { index: 2, text: '99+' }]]);
    phone.answer(({ url }) => (url.endsWith('/unread') ? ok({ unread: 0 }) : ok({ items: [] })));
    page.onShow?.();
    await settle();
    expect(marks(phone.did)[1]).toEqual(['removeTabBarBadge', { index: 2 }]);
  });

  it('is left alone while another page covers the tabs', async () => {
    const phone = await phoneOf(me);
    const answers: ((reply: Reply) => void)[] = [];
    phone.answer(() => new Promise((resolve) => answers.push(resolve)));
    await phone.visit('pages/home/home');
    await phone.visit('pages/wish/wish', { id: 'w1' });
    for (const answer of answers) answer(ok({ unread: 1 }));
    await settle();
    expect(marks(phone.did)).toEqual([]);
  });
});

it('a kept message says its day anew', async () => {
  const me = person([{ role: 'resident', area: COMMUNITY }]);
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-25T12:00:00+08:00') });
  try {
    const phone = await phoneOf(me);
    const message = { key: 'k', title: '有人认领了', text: '…', createdAt: '2026-11-25T01:05:00.000Z', readAt: '…' };
    phone.answer(() => ok({ items: [message], unread: 0 }));
    const when = (page: { data: Record<string, unknown> }) =>
      (page.data.list as { items: { when: string }[] }).items.map((one) => one.when);
    const today = await phone.visit('pages/inbox/inbox');
    await settle();
    expect(when(today)).toEqual(['今天 9:05']);
    phone.back();
    vi.setSystemTime(new Date('2026-11-26T12:00:00+08:00'));
    phone.answer(() => 'offline');
    const later = await phone.visit('pages/inbox/inbox');
    await settle();
    expect(when(later)).toEqual(['昨天 9:05']);
  } finally {
    vi.useRealTimers();
  }
});

describe('work', () => {
  it('near a volunteer without an area of their own is at home', async () => {
    const phone = await phoneOf(
      person([{ role: 'resident', area: COMMUNITY }], [CITY, '520201', '520201011', COMMUNITY]),
    );
    const page = await phone.visit('work/nearby/nearby');
    expect(page.data.area).toBe(COMMUNITY);
  });

  it.each(['work/late/late', 'work/moderate/moderate', 'work/nearby/nearby', 'work/people/people', 'work/board/board'])(
    '%s opens each of somebody’s areas, by questions the house takes',
    async (path) => {
      const roles = [COMMUNITY, OTHER].flatMap((area): Role[] => [
        { role: 'secretary', area },
        { role: 'worker', area },
      ]);
      const phone = await phoneOf(person(roles));
      const report = { total: {}, parts: [], weeks: [], area: COMMUNITY };
      phone.answer(({ url }) => ok({ ...report, items: [], name: url.split('/').at(-1) }));
      const page = await phone.visit(path);
      await settle();
      expect(page.data.areas).toEqual([COMMUNITY, OTHER].map((code) => ({ code, name: code })));
      page.chooseArea?.(from({}, { code: OTHER }));
      expect(page.data.area).toBe(OTHER);
      expect(refusedBy(phone.sent)).toEqual([]);
    },
  );

  it('of today goes on to its end, and says when there is too much of it', async () => {
    const phone = await phoneOf(person([{ role: 'worker', area: COMMUNITY }]));
    const line = (at: number) => ({ view: 'full', id: `w${at}` });
    let pages = 1;
    phone.answer(({ url }) => {
      const query = new URL(url).searchParams;
      const at = Number(query.get('cursor') ?? 0);
      if (query.has('offeredToMe')) return ok({ items: [] });
      return ok({
        items: Array.from({ length: 50 }, (_, n) => line(at * 50 + n)),
        ...(at + 1 < pages && { next: String(at + 1) }),
      });
    });
    for (const [there, shown, more] of [
      [4, 200, false],
      [5, 200, true],
    ] as const) {
      pages = there;
      const page = await phone.visit('work/today/today');
      await settle();
      const sections = page.data.sections as { items: unknown[] }[];
      expect([sections.flatMap(({ items }) => items).length, page.data.more]).toEqual([shown, more]);
    }
    expect(refusedBy(phone.sent)).toEqual([]);
  });

  it('on the board shows the area asked for last, however late the others come', async () => {
    const phone = await phoneOf(person([{ role: 'supervisor', area: CITY }], [CITY]));
    const answers: ((reply: Reply) => void)[] = [];
    phone.answer(({ url }) =>
      url.includes('/report') ? new Promise((resolve) => answers.push(resolve)) : ok({ items: [] }),
    );
    const page = await phone.visit('work/board/board');
    page.down?.(from({}, { code: '520201' }));
    const report = (area: string) => ok({ area, name: area, total: {}, parts: [], weeks: [] });
    answers[1]?.(report('520201'));
    await settle();
    answers[0]?.(report(CITY));
    await settle();
    expect(page.data.report).toMatchObject({ area: '520201' });
  });
});

describe('topics', () => {
  const topics = async (query: Record<string, string>) => {
    const phone = await phoneOf(person([{ role: 'secretary', area: COMMUNITY }]));
    phone.answer(() => ok({ items: [] }));
    const page = await phone.visit('pages/topics/topics', query);
    await settle();
    const asked = phone.sent.map(({ url }) => new URL(url)).find(({ pathname }) => pathname.endsWith('/topics'));
    expect(refusedBy(phone.sent)).toEqual([]);
    return { page, asked: Object.fromEntries(asked?.searchParams ?? []) };
  };

  it('at work are first those that wait to be accepted', async () => {
    const { page, asked } = await topics({ area: COMMUNITY });
    expect([page.data.work, page.data.choice, asked]).toEqual([
      true,
      'seconded',
      { area: COMMUNITY, state: 'seconded' },
    ]);
  });

  it('at home are all of them, and one may be proposed', async () => {
    const { page, asked } = await topics({});
    expect([page.data.work, page.data.choice, asked]).toEqual([false, 'all', {}]);
  });
});

it('a topic is read back before it goes out, once, and is changed first by whoever wants to', async () => {
  const phone = await phoneOf(person([{ role: 'resident', area: COMMUNITY }]));
  phone.answer(({ url }) => ok(url.endsWith('/topics') ? { id: 't1' } : { items: [] }));
  const page = await phone.visit('pages/propose/propose');
  const posted = () =>
    phone.sent.filter(({ url }) => url.endsWith('/topics')).map(({ data }) => JSON.parse(String(data)));
  page.write?.(from({}, { value: '装灯' }));
  page.read?.();
  expect(page.data).toMatchObject({ step: 'write', state: { trouble: expect.stringContaining('想商量什么') } });
  page.write?.(from({}, { value: ' 楼道装个灯' }));
  await page.send?.();
  page.read?.();
  expect(page.data).toMatchObject({ step: 'read', text: '楼道装个灯' });
  page.back?.();
  expect(page.data).toMatchObject({ step: 'write', text: ' 楼道装个灯' });
  expect(posted()).toEqual([]);
  page.read?.();
  await page.send?.();
  await page.send?.();
  expect(posted()).toHaveLength(1);
  phone.putAway();
});

it('a sheet that was opened is followed by how to keep it', async () => {
  const phone = await phoneOf(person([{ role: 'secretary', area: COMMUNITY }]));
  phone.answer(() => ok({ area: COMMUNITY, name: '幸福里', total: {}, parts: [], weeks: [], items: [] }));
  let file: object = { statusCode: 200, tempFilePath: '/t.xlsx' };
  Object.assign(wx, {
    downloadFile: ({ success }: { success(file: object): void }) => success(file),
    openDocument: async () => undefined,
  });
  const page = await phone.visit('work/board/board');
  await settle();
  await page.save?.();
  expect([page.data.opened, page.data.trouble]).toEqual([true, '']);
  file = { statusCode: 503, tempFilePath: '/t.json' };
  await page.save?.();
  expect(page.data.opened).toBe(false);
});

it('whoever plays in a demo is found by name or by what they do', async () => {
  const phone = await phoneOf(person([]));
  const items = ['王秀英 居民', '李敏 社区工作者', ...Array.from({ length: 7 }, (_, at) => `何${at} 网格员`)].map(
    (one) => {
      const [name, title] = one.split(' ');
      return { id: name, name, title };
    },
  );
  phone.answer(() => ok({ items }));
  Object.assign(wx, { getPrivacySetting: () => undefined });
  const page = await phone.visit('pages/sign-in/sign-in');
  await settle();
  const shown = () => (page.data.demo as { name: string }[]).map(({ name }) => name);
  expect([shown().length, page.data.many]).toEqual([9, true]);
  page.find?.(from({}, { value: ' 秀英 ' }));
  expect(shown()).toEqual(['王秀英']);
  page.find?.(from({}, { value: '工作者' }));
  expect(shown()).toEqual(['李敏']);
  page.find?.(from({}, { value: '' }));
  expect(shown()).toHaveLength(9);
});
