/** The whole house for tests over HTTP: `createApp` with every feature and the demo's people, on a free port. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoName, seedDemo } from '../../scripts/seed/demo.ts';
import { type App, type AppOptions, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Log } from '../../src/core/house.ts';
import { dayOf } from '../../src/core/time.ts';
import { asked } from './asking.ts';
import { withoutQuotas } from './house.ts';

export interface Reply {
  status: number;
  // The tests say what they expect to be in it.
  body: unknown;
}

export interface WholeApp {
  app: App;
  /** `http://127.0.0.1:port` */
  address: string;
  /** Ids of the demo's people by name. */
  ids: Record<DemoName, string>;
  /** All that was logged as an error: nothing a client sends may cause one. */
  errors: unknown[];
  /** Asks under `/api/v1` as the person of this id, or as nobody; the body goes as JSON. */
  ask(person: string | undefined, method: string, path: string, body?: unknown): Promise<Reply>;
  /** Headers that sign a request as this person. */
  signed(person: string): Promise<{ authorization: string }>;
  close(): Promise<void>;
}

/** Opens the house on an embedded store in a folder of its own. Close it when the test is over. */
export async function wholeApp({
  quotas = true,
  ...options
}: AppOptions & { quotas?: boolean } = {}): Promise<WholeApp> {
  const folder = await mkdtemp(join(tmpdir(), 'haolin-app-'));
  const errors: unknown[] = [];
  const silent = () => undefined;
  const log: Log = { debug: silent, info: silent, warn: silent, error: (...said) => void errors.push(said) };
  const config = readConfig({ DATA_DIR: folder, PORT: '0', DEMO: 'true', REQUESTS_PER_MINUTE: '100000000' });
  const app = await createApp(config, { log, ...options }).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  if (!quotas) withoutQuotas(app.house.coordination);
  const { ids } = await seedDemo(app.house);
  const { port } = await app.start();
  const address = `http://127.0.0.1:${port}`;
  const tokens = new Map<string, string>();

  async function signed(person: string): Promise<{ authorization: string }> {
    // A test may move the clock by months: a token does not last so long.
    const key = `${person} ${dayOf(app.house.clock.now())}`;
    const token = tokens.get(key) ?? (await app.http.issueToken(person));
    tokens.set(key, token);
    return { authorization: `Bearer ${token}` };
  }

  return {
    app,
    address,
    ids,
    errors,
    signed,
    async ask(person, method, path, body) {
      const headers = {
        ...(person === undefined ? {} : await signed(person)),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      return asked(method, `${address}/api/v1${path}`, headers, body === undefined ? undefined : JSON.stringify(body));
    },
    async close() {
      await app.stop(500);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One operation of the OpenAPI document, its path without `/api/v1`. */
export interface Operation {
  method: string;
  path: string;
  signed: boolean;
  /** JSON Schema of its JSON body. */
  body: unknown;
  /** Names of what its query takes. */
  query: string[];
}

interface Described {
  security?: unknown[];
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
}

/** Every operation of an OpenAPI document. */
export function operationsOf(document: unknown): Operation[] {
  const { paths } = document as { paths: Record<string, Record<string, Described>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security, parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path: path.replace(/^\/api\/v1/, ''),
      signed: (security ?? []).length > 0,
      body: requestBody?.content['application/json']?.schema,
      query: parameters.filter((one) => one.in === 'query').map(({ name }) => name),
    })),
  );
}

/** A path with every parameter filled in. */
export const filled = (path: string, value: string): string => path.replace(/\{\w+\}/gu, encodeURIComponent(value));
