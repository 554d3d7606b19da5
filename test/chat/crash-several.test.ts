import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { type Elsewhere, elsewhere } from './elsewhere.ts';
import { chatWorld, type World } from './world.ts';

/** A bot killed with SIGKILL in the middle of a message of several matters: all of them are done once, and answered once. */

let world: World;
let bots: Elsewhere;
beforeAll(async () => {
  world = await chatWorld({ now: new Date() });
  bots = elsewhere(world);
}, 120_000);
afterAll(async () => {
  bots.end();
  await world.close();
});

/** Three wishes that can be claimed. */
async function published(): Promise<number[]> {
  const numbers: number[] = [];
  for (const what of ['台灯', '雨伞', '热水壶']) {
    await world.says('granny', `想要一个${what}`);
    const [answer = ''] = await world.says('granny', '确认');
    const number = Number(/心愿(\d+)号/u.exec(answer)?.[1]);
    await world.says('chen', `发布${number}号`);
    await world.says('chen', '确认');
    numbers.push(number);
  }
  world.clock.shift(25 * 3_600_000);
  return numbers;
}

it.each(['effect', 'second effect'] as const)(
  'killed after the %s: none is lost and none done twice',
  async (point) => {
    const [a = 0, b = 0, c = 0] = await published();
    const id = `several-${point.length}`;
    await bots.killedOver(point, [{ contact: 'li', text: `认领${a}号、${b}号和${c}号`, id }]);
    const from = world.said.length;
    world.clock.shift(11_000);
    await world.restart();
    await until(
      async () =>
        (await world.house.db.collection('chat_messages').findOne({ _id: `web:${id}` as never }))?.state === 'answered',
    );
    const said = world.said.slice(from).map((one) => one.text);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/3件事/u);
    for (const number of [a, b, c]) {
      // Answered once for each, apart from the line that says which is next.
      expect(said[0]?.split('\n').filter((line) => line.includes(`心愿${number}号`))).toHaveLength(1);
      const wish = await world.wish(number);
      expect(wish.state).toBe('claimed');
      expect(wish.history.filter(({ move }) => move === 'claim')).toHaveLength(1);
    }
    expect(await world.says('li', '确认')).toEqual([expect.stringContaining('现在没有等您确认的事')]);
  },
  180_000,
);
