import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openEnvironment } from '../../src/storage/embedded/disk/environment.ts';
import { openEngine } from '../../src/storage/embedded/engine.ts';
import { KEY as OWNER } from '../../src/storage/embedded/owner.ts';
import { privateSocket } from '../../src/storage/embedded/private-socket.ts';
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

test.skipIf(process.platform === 'win32')(
  'the socket is private, however long the path of the temporary folder',
  async () => {
    const place = join(folder, 'a'.repeat(200));
    await mkdir(place);
    vi.stubEnv('TMPDIR', place);
    const socket = await privateSocket(folder).finally(() => vi.unstubAllEnvs());
    expect((await stat(dirname(socket.path))).mode & 0o777).toBe(0o700);
    const engine = await openEngine({ folder: join(folder, 'store'), listen: { path: socket.path } });
    const client = new MongoClient(`mongodb://${engine.host}/`);
    expect(await client.db('t').command({ ping: 1 })).toMatchObject({ ok: 1 });
    await client.close();
    await engine.close();
    await socket.remove();
    expect(existsSync(dirname(socket.path))).toBe(false);
  },
);

test.skipIf(process.platform === 'win32')('where no place will do for the socket, it is said what to do', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(privateSocket(folder, [join(folder, 'a'.repeat(200)), file])).rejects.toMatchObject({
    code: 'store_no_socket',
    message: expect.stringContaining('TMPDIR'),
  });
});

test('on Windows it is a pipe nobody can guess, by a name the driver takes for one', async () => {
  const { platform } = process;
  Object.defineProperty(process, 'platform', { value: 'win32' });
  const [one, other] = await Promise.all([privateSocket(folder), privateSocket(folder)]).finally(() =>
    Object.defineProperty(process, 'platform', { value: platform }),
  );
  expect(one?.path).toMatch(/^\\\\\.\\pipe\\haolin-store-[\da-f-]{36}\.sock$/);
  expect(one?.path).not.toBe(other?.path);
  const [host] = new MongoClient(`mongodb://${encodeURIComponent(one?.path ?? '')}/`).options.hosts;
  expect(host?.socketPath).toBe(one?.path);
});

test('a port is opened for this machine alone unless it is said for whom', async () => {
  const engine = await openEngine({ folder, listen: { port: 0 } });
  const [, port] = engine.host.split(':');
  const answer = (host: string) =>
    new Promise((told) => {
      const socket = connect(Number(port), host, () => {
        socket.destroy();
        told('open');
      }).once('error', (error: NodeJS.ErrnoException) => told(error.code));
    });
  // On Linux the whole of 127 is this machine; what listens everywhere listens there as well.
  const elsewhere = process.platform === 'linux' ? ['127.0.0.2'] : [];
  expect(await Promise.all(['127.0.0.1', ...elsewhere].map(answer))).toEqual([
    'open',
    ...elsewhere.map(() => 'ECONNREFUSED'),
  ]);
  await engine.close();
});
