/** A real Redis for tests: the one at REDIS_URL, or one of our own on a free port with nothing kept on disk. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';

const BINARY = '/usr/bin/redis-server';

/** Why suites on a real Redis are skipped; `undefined` when there is one. Goes into the suite's name. */
export const noRedis: string | undefined =
  process.env.REDIS_URL || existsSync(BINARY) ? undefined : `no REDIS_URL and no ${BINARY}`;

export interface TestRedis {
  url: string;
  stop(): Promise<void>;
}

/** A Redis this test alone has, which may therefore be frozen and killed. */
export interface OwnRedis extends TestRedis {
  /** It keeps its connections but answers nothing any more, as a machine that hangs. */
  freeze(): void;
  kill(): Promise<void>;
  /** The same again, empty, on the same port. */
  restart(): Promise<void>;
}

/** The Redis for tests, or `undefined` when there is none (see `noRedis`). */
export async function redisForTests(): Promise<TestRedis | undefined> {
  const given = process.env.REDIS_URL;
  if (given) return { url: given, stop: async () => undefined };
  return ownRedis();
}

/** Starts a Redis of its own, or `undefined` when none is installed. */
export async function ownRedis(): Promise<OwnRedis | undefined> {
  if (!existsSync(BINARY)) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'haolin-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const start = async () => {
    const started = spawn(BINARY, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder], {
      stdio: 'ignore',
    });
    await answers(url);
    return started;
  };
  let server = await start();
  const mourn = () => void server.kill('SIGKILL');
  process.once('exit', mourn);
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await gone;
  };
  return {
    url,
    freeze: () => void server.kill('SIGSTOP'),
    kill,
    async restart() {
      await kill();
      server = await start();
    },
    async stop() {
      await kill();
      process.off('exit', mourn);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      await redis.connect();
      return;
    } catch {
      await pause(50);
    } finally {
      redis.disconnect();
    }
  }
  throw new Error(`${BINARY} did not answer at ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
