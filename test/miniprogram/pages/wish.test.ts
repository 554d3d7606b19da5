import { beforeEach, expect, it } from 'vitest';
import type { Reply, Sent } from '../phone';
import { from, type OpenPage, type Pocket, phoneOf, settle } from '../pocket';

const AREA = '520201011001';
const ME = { id: 'v1', name: '赵小燕', roles: [{ role: 'volunteer' as const, area: AREA }], areas: ['5202', AREA] };
const wish = (moves: string[], number = 1) => ({
  statusCode: 200,
  data: { view: 'public', id: 'w1', number, title: '想要一个电饭煲', category: 'goods', state: 'claimed', moves },
});
const JOIN = from({}, { move: 'join', label: '加入小组', form: false, weight: 'main' });
const LEAVE = from({}, { move: 'leave', label: '退出小组', form: false, weight: 'careful' });

let phone: Pocket;
let page: OpenPage;
/** What is asked and not answered yet, in its order. */
let asked: { request: Sent; answer(reply: Reply): void }[];

beforeEach(async () => {
  phone = await phoneOf(ME);
  asked = [];
  phone.answer((request) => new Promise((answer) => asked.push({ request, answer })));
  page = await phone.visit('pages/wish/wish', { id: 'w1' });
});

async function answer(at: number, reply: Reply): Promise<void> {
  asked[at]?.answer(reply);
  await settle();
}
const moves = () => (page.data.wish as { moves: string[] } | null)?.moves;

it('shows what was asked last, however late the rest comes', async () => {
  page.onShow?.();
  await answer(1, wish(['join']));
  await answer(0, wish(['claim']));
  expect(moves()).toEqual(['join']);
  void page.move?.(JOIN);
  page.onShow?.();
  await answer(2, wish(['leave']));
  await answer(3, wish(['join']));
  expect(moves()).toEqual(['leave']);
});

it('makes a move once for two presses, and each later press is another request', async () => {
  await answer(0, wish(['join']));
  phone.say({ confirm: true });
  void page.move?.(JOIN);
  void page.move?.(JOIN);
  await answer(1, wish(['leave']));
  void page.move?.(LEAVE);
  await settle();
  await answer(2, wish(['join']));
  void page.move?.(JOIN);
  await answer(3, wish(['leave']));
  const sent = asked.slice(1).map(({ request }) => [request.url.split('/').at(-1), request.header['idempotency-key']]);
  expect(sent.map(([move]) => move)).toEqual(['join', 'leave', 'join']);
  expect(new Set(sent.map(([, key]) => key)).size).toBe(3);
});

it('says why it was refused, over the wish as it is now', async () => {
  await answer(0, wish(['join']));
  void page.move?.(JOIN);
  await answer(1, { statusCode: 409, data: { code: 'group_full', detail: '小组已经满了。' } });
  await answer(2, wish([]));
  expect([moves(), page.data.trouble, page.data.busy]).toEqual([[], '小组已经满了。', false]);
});
