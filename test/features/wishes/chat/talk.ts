/** Dialogues about wishes, through real Wechaty and the store. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect } from 'vitest';
import type { WishDoc } from '../../../../src/features/wishes/index.ts';
import { chatWorld, type World } from '../../../chat/world.ts';

export interface Talk {
  world: World;
  /** Writes as somebody, and gives all that the bot said to it. */
  says(contact: string, text: string): Promise<string>;
  /** Sends a photo as somebody. */
  shows(contact: string): Promise<string>;
  last(): Promise<WishDoc>;
  /** A wish of the grandmother as far along as asked; gives its number. */
  wishOf(text: string, until?: 'submitted' | 'published' | 'claimed' | 'done'): Promise<number>;
  close(): Promise<void>;
}

/** Opens a community that chats. Close it when the test is over. */
export async function openTalk(): Promise<Talk> {
  const world = await chatWorld();
  const folder = await mkdtemp(join(tmpdir(), 'haolin-wishes-'));
  const says = async (contact: string, text: string) => (await world.says(contact, text)).join('\n---\n');
  const last = async () => {
    const wish = (await world.wishes()).at(-1);
    if (!wish) throw new Error('no wish yet');
    return wish;
  };
  return {
    world,
    says,
    last,
    async shows(contact) {
      const path = join(folder, 'photo.jpg');
      await sharp({ create: { width: 40, height: 30, channels: 3, background: '#383' } })
        .jpeg()
        .toFile(path);
      return (await world.sends(contact, { picture: path })).join('\n---\n');
    },
    async wishOf(text, until = 'published') {
      // Lists are in the order of the clock.
      world.clock.shift(60_000);
      await says('granny', text);
      await says('granny', '确认');
      const { number, title } = await last();
      expect(text).toContain(title);
      if (until === 'submitted') return number;
      await says('chen', `发布${number}号`);
      if (until === 'published') return number;
      await says('li', `认领${number}号`);
      if (until === 'claimed') return number;
      expect(await says('li', `办结${number}号 已经办好送到家`)).toContain('有办好的照片吗');
      await says('li', '没有');
      expect(await world.wish(number)).toMatchObject({ state: 'done', done: { note: '已经办好送到家', photos: [] } });
      return number;
    },
    async close() {
      await world.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
