/** What was kept back for the night, through the whole house: a push in the morning speaks of what is still so. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DemoName } from '../../scripts/seed/demo.ts';
import { atCivil, HOUR, shiftedClock } from '../../src/core/time.ts';
import { type WholeApp, wholeApp } from '../support/app.ts';

const clock = shiftedClock({ now: () => atCivil('2026-03-09', 22) });
const sent: { to: string; message: string }[] = [];
let whole: WholeApp;
beforeAll(async () => {
  whole = await wholeApp({
    clock,
    channels: [
      {
        name: 'wechaty',
        send: async (_address, { to, message }) => void sent.push({ to, message }),
      },
    ],
  });
}, 60_000);
afterAll(() => whole.close());

const inbox = async (who: DemoName) =>
  ((await whole.ask(whole.ids[who], 'GET', '/inbox')).body as { items: { message: string; text: string }[] }).items;

it('nobody is offered at eight what they claimed at ten, nor asked to take in what they published', async () => {
  const { 张福生: elder, 周强: sentinel, 罗志勇: gridWorker } = whole.ids;
  const made = await whole.ask(elder, 'POST', '/wishes', { text: '想要一个小点的电饭煲', category: 'goods' });
  const { id } = made.body as { id: string };
  expect(await whole.ask(gridWorker, 'POST', `/wishes/${id}/publish`, {})).toMatchObject({ status: 200 });
  await whole.app.push.drain();
  expect(await whole.ask(sentinel, 'POST', `/wishes/${id}/claim`, {})).toMatchObject({ status: 200 });
  await whole.app.push.drain();
  expect(sent).toEqual([]);
  clock.shift(10.5 * HOUR);
  await whole.app.push.drain();
  const told = (person: string) => sent.filter(({ to }) => to === person).map(({ message }) => message);
  expect(told(sentinel)).not.toContain('wish.offered');
  expect(sent.map(({ message }) => message)).not.toContain('wish.toPublish');
  expect(told(elder)).toEqual(['wish.claimed']);
  // It can still be read, and says that it is over.
  expect((await inbox('周强')).find(({ message }) => message === 'wish.offered')?.text).toContain('已经过时');
  expect((await inbox('张福生')).map(({ message }) => message).sort()).toEqual(['wish.claimed', 'wish.published']);
  expect(whole.errors).toEqual([]);
});
