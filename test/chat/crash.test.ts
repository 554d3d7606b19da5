import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freshDatabase } from '../support/storage.ts';
import { chatWorld, type World } from './world.ts';

/** A bot killed with SIGKILL in the middle of a message, and what the one that follows makes of it. */

let world: World;
let child: ChildProcess | undefined;
beforeAll(async () => {
  world = await chatWorld({ now: new Date() });
}, 120_000);
afterAll(async () => {
  child?.kill('SIGKILL');
  await world.close();
});

/** Runs a bot elsewhere on the same store. */
async function elsewhere(hangs: 'reading' | 'effect' | 'decided'): Promise<ChildProcess> {
  // One engine serves all databases of a test process.
  const { uri, drop } = await freshDatabase();
  await drop();
  const running = fork(fileURLToPath(new URL('./crash.child.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: {
      ...process.env,
      STORE_URI: uri,
      STORE_NAME: world.house.db.name,
      FOLDER: world.house.settings.folder,
      HANGS: hangs,
      NOW: world.clock.now().toISOString(),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child = running;
  await heard(running, 'ready');
  return running;
}

async function heard(running: ChildProcess, word: string): Promise<void> {
  const gone = once(running, 'exit').then(() => {
    throw new Error(`the bot elsewhere ended before it said ${word}`);
  });
  for (;;) {
    const [said] = (await Promise.race([once(running, 'message'), gone])) as [string];
    if (said === word) break;
  }
  // Killing it later is no failure of this wait.
  gone.catch(() => undefined);
}

async function killed(running: ChildProcess): Promise<void> {
  const gone = once(running, 'exit');
  running.kill('SIGKILL');
  await gone;
}

/** Kills a bot with this message in its hands. */
async function killedOver(point: 'reading' | 'effect' | 'decided', text: string, id: string): Promise<void> {
  const running = await elsewhere(point);
  const hung = heard(running, 'hung');
  running.send({ contact: 'granny', text, id });
  await hung;
  await killed(running);
}

const answered = (id: string) =>
  vi.waitUntil(
    async () =>
      (await world.house.db.collection('chat_messages').findOne({ _id: `web:${id}` as never }))?.state === 'answered',
    { timeout: 10_000 },
  );

for (const point of ['effect', 'decided'] as const) {
  const when = point === 'effect' ? 'the effect' : 'the reply was decided';
  it(`killed after ${when}, the message delivered again: one wish, and its reply exactly once`, async () => {
    const before = (await world.wishes()).length;
    await world.says('granny', `想要一个${point === 'effect' ? '电饭煲' : '收音机'}`);
    await killedOver(point, '确认', `yes-${point}`);
    expect((await world.wishes()).length).toBe(before + 1);

    world.clock.shift(11_000);
    const again = await world.says('granny', '确认', { id: `yes-${point}` });
    expect(again).toHaveLength(1);
    expect(again[0]).toContain('登记好了');
    expect(await world.says('granny', '确认', { id: `yes-${point}` })).toEqual([]);
    expect((await world.wishes()).length).toBe(before + 1);
    expect((await world.says('granny', '确认'))[0]).toContain('现在没有等您确认的事');
  }, 120_000);

  it(`killed after ${when}, and nobody delivers the message again: the same`, async () => {
    const before = (await world.wishes()).length;
    await world.says('granny', `想要一个${point === 'effect' ? '热水袋' : '闹钟'}`);
    await killedOver(point, '确认', `alone-${point}`);
    const from = world.said.length;
    world.clock.shift(11_000);
    await world.restart();
    await answered(`alone-${point}`);
    expect(world.said.slice(from).map((one) => one.text.slice(0, 4))).toEqual(['登记好了']);
    expect((await world.wishes()).length).toBe(before + 1);
    expect((await world.says('granny', '确认'))[0]).toContain('现在没有等您确认的事');
  }, 120_000);
}

it('killed before anything was known of it: the person is told that nothing came of it', async () => {
  await killedOver('reading', '想要一个锅盖', 'unread');
  const from = world.said.length;
  world.clock.shift(11_000);
  await world.restart();
  await answered('unread');
  expect(world.said.slice(from).map((one) => one.text)).toEqual([expect.stringContaining('系统刚才出了点小问题')]);
}, 120_000);
