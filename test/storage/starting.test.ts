import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEnvironment } from '../../src/storage/embedded/disk/environment.ts';
import { openEngine } from '../../src/storage/embedded/engine.ts';
import { KEY as OWNER } from '../../src/storage/embedded/owner.ts';
import { startEngine } from '../../src/storage/embedded/start.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-starting-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('an engine that cannot listen lets the folder go', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  for (let attempt = 0; attempt < 2; attempt++)
    await expect(openEngine({ folder, listen: { port, host: '127.0.0.1' } })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  taken.close();
  const environment = openEnvironment(folder);
  expect(environment.meta.get(OWNER)).toBeUndefined();
  await environment.close();
  await (await openEngine({ folder, listen: { port: 0 } })).close();
});

test.skipIf(process.platform === 'win32')('the folders of sockets that killed processes left are removed', async () => {
  const made = async (name: string) => {
    const room = await mkdtemp(join(tmpdir(), `haolin-store-${name}-`));
    return { room, path: join(room, 'store.sock') };
  };
  const bind = "require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))";
  const left = async (name: string) => {
    const it = await made(name);
    expect(() => execFileSync(process.execPath, ['-e', bind, it.path])).toThrow();
    return it;
  };
  const [old, young, alive, empty] = [await left('old'), await left('young'), await made('alive'), await made('empty')];
  const server = createServer().listen(alive.path);
  await once(server, 'listening');
  for (const { path } of [old, alive]) await utimes(path, 0, 0);
  const engine = await startEngine(join(folder, 'store'));
  expect([old, young, alive, empty].map(({ room }) => existsSync(room))).toEqual([false, true, true, true]);
  await engine.close();
  server.close();
  for (const { room } of [young, alive, empty]) await rm(room, { recursive: true, force: true });
});
