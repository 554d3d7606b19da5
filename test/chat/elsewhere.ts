import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { vi } from 'vitest';
import { bundledOnce } from '../support/bundles.ts';
import { freshDatabase } from '../support/storage.ts';
import type { World } from './world.ts';

/** Where a bot elsewhere stops for good; see crash.child.ts. */
export type Point = 'reading' | 'effect' | 'second effect' | 'decided';

export interface Written {
  contact: string;
  text: string;
  id: string;
}

/** Bots in processes of their own, on the store of a world. */
export interface Elsewhere {
  /** Kills a bot that hangs over the first of these messages, the others written to it while it hung. */
  killedOver(point: Point, messages: readonly Written[]): Promise<void>;
  /** Kills what still runs. */
  end(): void;
}

export function elsewhere(world: World): Elsewhere {
  let child: ChildProcess | undefined;

  async function begun(hangs: Point): Promise<ChildProcess> {
    // One engine serves all databases of a test process.
    const { uri, drop } = await freshDatabase();
    await drop();
    const bundles = await bundledOnce('crash', { crash: 'test/chat/crash.child.ts' });
    const running = fork(join(bundles, 'crash.js'), {
      execArgv: [],
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

  const written = (id: string) =>
    world.house.db.collection('chat_messages').countDocuments({ _id: `web:${id}` as never });

  return {
    async killedOver(point, [first, ...others]) {
      const running = await begun(point);
      const hung = heard(running, 'hung');
      if (first) running.send(first);
      await hung;
      for (const message of others) {
        running.send(message);
        await vi.waitUntil(async () => (await written(message.id)) === 1, { timeout: 10_000 });
      }
      const gone = once(running, 'exit');
      running.kill('SIGKILL');
      await gone;
    },
    end: () => void child?.kill('SIGKILL'),
  };
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
