import { afterEach, expect, it } from 'vitest';
import { quarterBefore } from '../../../miniprogram/work/talks/line';
import { refusedBy } from '../house';
import { from, type Me, type Pocket, phoneOf, settle } from '../pocket';

const AREA = '520201001001';
const SECRET = '家里老人病了，想调岗';
const secretary: Me = { id: 's', name: '陈建国', roles: [{ role: 'secretary', area: AREA }], areas: ['5202', AREA] };
const worker = { id: 'w', name: '周强' };
const DONE = {
  id: 't1',
  state: 'done',
  stateWord: '已谈',
  worker,
  purposeWord: '2026年第一季度',
  late: false,
  heldOn: '2026-03-10',
  hasRecord: true,
  mayRead: true,
  moves: ['addRecord'],
};
const DUE = { key: 'k', worker, community: AREA, by: '2026-03-31', why: '2026年第一季度', done: false, late: false };

let phone: Pocket;
afterEach(() => phone.putAway());

async function open(query: Record<string, string>, due: object = DUE, path = 'work/talk/talk', rest: object = {}) {
  phone = await phoneOf(secretary);
  phone.answer(({ url }) => {
    const { pathname } = new URL(url);
    const data = pathname.endsWith('/due')
      ? { quarter: '2026-Q1', quarterWord: '2026年第一季度', wide: false, items: [due], ...rest }
      : pathname.endsWith('/topics')
        ? { items: [{ code: 'work', word: '工作情况' }] }
        : pathname.endsWith('/read')
          ? { record: SECRET }
          : DONE;
    return { statusCode: 200, data };
  });
  const page = await phone.visit(path, query);
  await settle();
  return page;
}
const posts = () => phone.sent.filter(({ method }) => method === 'POST');
const onDisk = () => JSON.stringify([...phone.storage]);

it('a record is read on a press only, goes when somebody looks away and never stays on the phone', async () => {
  const page = await open({ id: 't1' });
  expect(posts()).toEqual([]);
  await page.read?.();
  expect(posts().map(({ url }) => new URL(url).pathname)).toEqual(['/api/v1/talks/t1/read']);
  expect(page.data.opened).toBe(SECRET);
  page.onHide?.();
  expect(page.data.opened).toBeNull();
  expect(onDisk()).not.toContain(SECRET);
});

it('a quarter’s talk of which there is nothing yet is written down, and its words stay out of the phone’s storage', async () => {
  const page = await open({ worker: 'w', quarter: '2026-Q1' });
  expect(page.data).toMatchObject({ facts: { title: '和周强谈' }, actions: [{ name: 'done' }, { name: 'schedule' }] });
  await page.choose?.(from({ name: 'done' }));
  page.fill?.(from({}, { name: 'topics', value: ['work'] }));
  page.fill?.(from({}, { name: 'record', value: SECRET }));
  page.onHide?.();
  expect(onDisk()).not.toContain(SECRET);
  await page.send?.();
  expect(posts().map(({ url, data }) => [new URL(url).pathname, JSON.parse(String(data))])).toMatchObject([
    ['/api/v1/talks/held', { worker: 'w', topics: ['work'], record: SECRET }],
  ]);
  expect(page.data).toMatchObject({ form: '', facts: { tag: '已谈' } });
  expect(onDisk()).not.toContain(SECRET);
  expect(refusedBy(phone.sent)).toEqual([]);
});

it('what was held in another community is said to be, and nothing of it is to be opened or done again', async () => {
  const page = await open({ worker: 'w', quarter: '2026-Q1' }, { ...DUE, done: true });
  expect(page.data).toMatchObject({ facts: { tag: '谈过了' }, actions: [], trouble: '' });
});

it('whoever is secretary of more than a street is told that there is no list of it', async () => {
  const page = await open({}, DUE, 'work/talks/talks', { wide: true, items: [] });
  expect(page.data).toMatchObject({ wide: true, progress: '', lines: [] });
});

it('a form says what is missing before it is sent', async () => {
  const page = await open({ worker: 'w', quarter: '2026-Q1' });
  await page.choose?.(from({ name: 'schedule' }));
  await page.send?.();
  expect(page.data.wrong).toBe('请选择“哪天”。');
  expect(posts()).toEqual([]);
});

it('knows the quarter before', () => {
  expect(['2026-Q1', '2026-Q3'].map(quarterBefore)).toEqual(['2025-Q4', '2026-Q2']);
});
