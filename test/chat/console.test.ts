import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chat, createChat } from '../../src/chat/index.ts';
import { wishProgress } from '../../src/features/wishes/chat/looking.ts';
import { wishIntents } from '../../src/features/wishes/chat.ts';
import { makePerson } from '../support/house.ts';
import { chatWorld, type World } from './world.ts';

let world: World;
let chat: Chat;
const input = new PassThrough();
const output = new PassThrough();
let speaker = 'granny';
let screen = '';

beforeAll(async () => {
  world = await chatWorld();
  output.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
  });
  const area = world.community.grids[0] ?? '';
  await makePerson(world.house, { area, name: '王桂芳', contacts: [{ puppet: 'console', id: 'granny' }] });
  await makePerson(world.house, {
    area,
    name: '李强',
    roles: ['worker'],
    contacts: [{ puppet: 'console', id: 'li' }],
  });
  chat = createChat({
    house: world.house,
    intents: wishIntents,
    progress: [wishProgress],
    puppet: {
      kind: 'console',
      input,
      output,
      speaker: () => speaker,
      nameOf: (to) => ('contact' in to ? `<${to.contact}>` : to.room),
      command: (line) => {
        if (!line.startsWith('/as ')) return false;
        speaker = line.slice(4);
        return true;
      },
    },
    log: world.house.log,
  });
  await chat.start();
}, 60_000);
afterAll(async () => {
  await chat.stop();
  await world.close();
});

async function types(line: string, until: RegExp): Promise<string> {
  screen = '';
  input.write(`${line}\n`);
  for (let tries = 0; tries < 500 && !until.test(screen); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(screen).toMatch(until);
  return screen;
}

it('is a conversation in this terminal, with as many people as one likes', async () => {
  await types('想要一个电饭煲', /好邻 → <granny>：要登记微心愿：想要一个电饭煲/u);
  await types('确认', /登记好了/u);
  input.write('/as li\n');
  expect(await types('菜单', /<li>：/u)).toContain('\n    · ');
});
