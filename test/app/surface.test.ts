import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDemo } from '../../scripts/seed/demo.ts';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Log } from '../../src/core/house.ts';

const BODIES = Number(process.env.HAOLIN_FUZZ_BODIES ?? 10_000);

interface Operation {
  method: string;
  path: string;
  signed: boolean;
}

let folder: string;
let app: App;
let base: string;
let ids: Record<string, string>;
const errors: unknown[] = [];
const rejections: unknown[] = [];
const note = (error: unknown) => void rejections.push(error);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-surface-'));
  const silent = () => undefined;
  const log: Log = { debug: silent, info: silent, warn: silent, error: (fields) => void errors.push(fields) };
  app = await createApp(readConfig({ DATA_DIR: folder, PORT: '0', DEMO: 'true', REQUESTS_PER_MINUTE: '100000000' }), {
    log,
  });
  ids = { ...(await seedDemo(app.house)).ids };
  const { port } = await app.start();
  base = `http://127.0.0.1:${port}/api/v1`;
  process.on('unhandledRejection', note);
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  await app.stop(500);
  await rm(folder, { recursive: true, force: true });
});

/** Every operation of the OpenAPI document. */
function operations(): Operation[] {
  const { paths } = app.http.openapi() as { paths: Record<string, Record<string, { security?: unknown[] }>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => ({
      method: method.toUpperCase(),
      path: path.replace('/api/v1', ''),
      signed: (security ?? []).length > 0,
    })),
  );
}

const filled = (path: string, value: string): string => path.replace(/\{[^}]+\}/gu, () => encodeURIComponent(value));

describe('the whole surface of the API', () => {
  it(`takes ${BODIES} arbitrary bodies without a 5xx, an error or an unhandled rejection`, async () => {
    const writing = operations().filter(({ method, path }) => method !== 'GET' && !path.startsWith('/demo'));
    const tokens = await Promise.all(
      ['王秀英', '李敏', '陈建国', '方毅'].map((name) => app.http.issueToken(ids[name] ?? '')),
    );
    // Bodies that are nearly right reach further than noise does.
    const word = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('想要一个电饭煲', 'goods', '2026-13-40', '__proto__', '\u0000', '9'.repeat(400)),
    );
    const value = fc.oneof(fc.jsonValue({ maxDepth: 4 }), word, fc.double(), fc.constantFrom(null, [], {}, -1, 1e308));
    const keys = [
      'text',
      'category',
      'reason',
      'note',
      'until',
      'score',
      'words',
      'to',
      'into',
      'number',
      'photos',
      'for',
      'area',
      'code',
      'person',
      'keys',
      'role',
      '__proto__',
      'constructor',
    ];
    const body = fc.oneof(fc.dictionary(fc.constantFrom(...keys), value), value);
    const raw = fc.oneof(
      body.map((one) => JSON.stringify(one) ?? ''),
      fc.string({ unit: 'binary' }),
    );
    const request = fc.record({
      operation: fc.constantFrom(...writing),
      token: fc.constantFrom(...tokens),
      target: fc.oneof(
        fc.constantFrom('a'.repeat(24), ...Object.values(ids)),
        fc.string({ minLength: 1, maxLength: 30 }).map((text) => text.toWellFormed()),
      ),
      raw,
    });
    const sample = fc.sample(request, BODIES);
    const statuses = new Map<number, number>();
    const bad: string[] = [];
    const workers = Array.from({ length: 16 }, async () => {
      for (let one = sample.pop(); one; one = sample.pop()) {
        const { operation, token, target } = one;
        const answer = await fetch(`${base}${filled(operation.path, target)}`, {
          method: operation.method,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: one.raw,
        });
        await answer.arrayBuffer();
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer.status >= 500)
          bad.push(`${operation.method} ${operation.path} ${answer.status} ${one.raw.slice(0, 200)}`);
      }
    });
    await Promise.all(workers);
    console.log(`${BODIES} bodies:`, Object.fromEntries([...statuses].sort(([a], [b]) => a - b)));
    expect(bad.slice(0, 5)).toEqual([]);
    expect(errors).toEqual([]);
    expect(rejections).toEqual([]);
  }, 240_000);
});
