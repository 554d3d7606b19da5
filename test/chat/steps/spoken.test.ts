import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areas } from '../../../src/features/areas/index.ts';
import { type IncidentDoc, incidents } from '../../../src/features/incidents/index.ts';
import { people } from '../../../src/features/people/index.ts';
import { chatWorld, type World } from '../world.ts';

const FEATURES = [areas, people, incidents];
let server: Server;
let world: World;
let folder: string;
let heard = '';
const says = async (text: string) => (await world.says('granny', text)).join('\n');
const speaks = async (words: string) => {
  heard = words;
  return (await world.sends('granny', { voice: join(folder, 'said.mp3') })).join('\n');
};
const rows = () => world.house.db.collection<IncidentDoc>('incident').find({}).sort({ number: -1 }).toArray();

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ text: heard }));
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  folder = await mkdtemp(join(tmpdir(), 'haolin-spoken-'));
  await writeFile(join(folder, 'said.mp3'), 'a sound');
  world = await chatWorld({
    features: FEATURES,
    intents: FEATURES.flatMap(({ intents }) => intents),
    more: { speech: { url: `http://127.0.0.1:${port}/v1/`, key: 'k-1', model: 'm-1' } },
  });
}, 60_000);
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
  server.closeAllConnections();
  server.close();
});

describe('danger in a voice message', () => {
  it('that began with it can be called off as misheard', async () => {
    expect(await speaks('我家着火了')).toContain('我听到的是：“我家着火了”。听错了就回“误报”');
    expect(await says('误报')).toContain('平安就好');
    expect((await rows())[0]).toMatchObject({ state: 'withdrawn' });
  });

  it.each(['我老伴倒在地上喊不应', '楼上着火了'])(
    'that is known already is added, and nobody is told to call off the whole: %s',
    async (words) => {
      world.clock.shift(3 * 60 * 60_000);
      await says('3栋着火了');
      const answer = await speaks(words);
      expect(answer).toContain(`我听到的是：“${words}”`);
      expect(answer).toContain('已经转告他们');
      expect(answer).not.toContain('误报');
      const [incident] = await rows();
      expect(incident?.reporters.map(({ text }) => text)).toEqual(['3栋着火了', words]);
      expect(await says('听错了，是我老伴在喊我')).toContain('已经转告他们');
      expect((await rows())[0]).toMatchObject({ number: incident?.number, state: 'triaged' });
      await says('没事了');
    },
  );
});
