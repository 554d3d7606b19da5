/** An API to try the HTTP side on: a few routes of every kind on a real socket, a handful of people, a log to look into. */
import { mkdir, writeFile } from 'node:fs/promises';
import { request as rawRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { tellsOfDanger } from '../../src/chat/understanding/emergency.ts';
import type { Actor, Rule } from '../../src/core/ability.ts';
import { abilityFor, allow, own } from '../../src/core/ability.ts';
import { forbidden, HaolinError, namedError } from '../../src/core/errors.ts';
import { Raw, type Route, route } from '../../src/core/feature.ts';
import type { House, Log } from '../../src/core/house.ts';
import { createHttp, type Http, type HttpOptions } from '../../src/http/index.ts';
import { type TestClock, testHouse } from '../support/house.ts';

export interface Line {
  level: string;
  fields: Record<string, unknown>;
  message: string;
}

export interface Api {
  http: Http;
  house: House;
  clock: TestClock;
  port: number;
  url: string;
  people: Map<string, Actor>;
  /** How often each person's sign-ins were ended. */
  ended: Map<string, number>;
  lines: Line[];
  /** How often each thing with an effect took effect. */
  effects: Map<string, number>;
  /** What the last handler was given; `held` lets each that waits go on. */
  seen: {
    key?: string | undefined;
    aborted?: boolean;
    held: (() => void)[];
    uploads: { path: string; bytes: number }[];
  };
  /** Sends as 王敏, a worker, unless told otherwise. */
  call(method: string, path: string, options?: CallOptions): Promise<Response>;
  close(): Promise<void>;
}

export interface CallOptions {
  token?: string | null;
  json?: unknown;
  body?: string | FormData | Uint8Array;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export const SECRET = Buffer.alloc(32, 1);
export const WORKER = '65f0c0ffee65f0c0ffee0001';
export const NEIGHBOUR = '65f0c0ffee65f0c0ffee0002';

const rules: Rule[] = [allow('anyone', ['read'], 'note', own('author'))];
const alreadyTaken = namedError('already_taken', 409, () => '已经有人先做了，请看看别的。');

const person = (id: string, name: string): Actor => ({
  kind: 'person',
  id,
  name,
  roles: [{ role: 'worker', area: '990001001001' }],
  areas: ['9900', '990001', '990001001', '990001001001'],
  channel: 'api',
});

export async function openApi(
  options: Partial<Omit<HttpOptions, 'house' | 'routes'>> & {
    demo?: boolean;
    routes?: Route[];
    house?: (house: House) => House;
  } = {},
): Promise<Api> {
  const { demo = false, routes = [], house: furnish = (house: House) => house, ...rest } = options;
  const lines: Line[] = [];
  const at = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields: fields as Record<string, unknown>, message });
  };
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  const opened = await testHouse([], { log, demo });
  const people = new Map([
    [WORKER, person(WORKER, '王敏')],
    [NEIGHBOUR, person(NEIGHBOUR, '李强')],
  ]);
  const ended = new Map<string, number>();
  const house = furnish({
    ...opened.house,
    directory: {
      ...opened.house.directory,
      actor: async (id) => people.get(id),
      signInsEnded: async (id) => ended.get(id) ?? 0,
      async endSignIns(id) {
        ended.set(id, (ended.get(id) ?? 0) + 1);
        await opened.house.coordination.publish('people', { id });
      },
      byOpenid: async (openid) => (openid === 'openid-of-wang' ? people.get(WORKER) : undefined),
    },
    abilityOf: (actor) => abilityFor(actor, rules),
    tellsOfDanger,
  });
  const effects = new Map<string, number>();
  const seen: Api['seen'] = { held: [], uploads: [] };
  const made = { house, routes: [...sampleRoutes(effects, seen), ...routes], tokenSecret: SECRET, ...rest };
  let http: Http;
  try {
    http = createHttp({ requestsPerMinute: 100_000, ...made });
  } catch (error) {
    await opened.close();
    throw error;
  }
  const { port } = await http.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  const token = await http.issueToken(WORKER);
  return {
    http,
    house,
    clock: opened.clock,
    port,
    url,
    people,
    ended,
    lines,
    effects,
    seen,
    call: (method, path, given = {}) => {
      const bearer = given.token === undefined ? token : given.token;
      const body = given.json === undefined ? given.body : JSON.stringify(given.json);
      return fetch(url + path, {
        method,
        headers: {
          ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
          ...(given.json === undefined ? {} : { 'content-type': 'application/json' }),
          ...given.headers,
        },
        ...(body === undefined ? {} : { body }),
        ...(given.signal ? { signal: given.signal } : {}),
      });
    },
    close: async () => {
      await http.close(1_000);
      await opened.close();
    },
  };
}

export const note = z.object({
  title: z.string().min(1).max(200),
  tags: z.array(z.string().max(20)).max(10).optional(),
  extra: z.record(z.string(), z.unknown()).optional(),
  due: z.coerce.date().optional(),
});

function sampleRoutes(effects: Map<string, number>, seen: Api['seen']): Route[] {
  const effect = (name: string) => effects.set(name, (effects.get(name) ?? 0) + 1);
  const byId = z.object({ id: z.string().max(50) });
  const tag = '便条';
  return [
    route({
      method: 'post',
      path: '/notes',
      summary: '写便条',
      tag,
      status: 201,
      body: note,
      response: z.object({ id: z.string(), title: z.string(), author: z.string() }),
      async handle({ body, actor, key }) {
        seen.key = key;
        if (body.title === '忙') await new Promise<void>((resolve) => seen.held.push(resolve));
        if (body.title === '坏') throw new Error('丢了 "13812345678" 的便条');
        if (body.title === '抢') throw alreadyTaken();
        if (body.title === '等等') {
          throw new HaolinError('in_the_way', 409, '有人在用，请稍后再试。', { retryAfterSeconds: 1 });
        }
        if (body.title === '再填') throw new HaolinError('invalid_input', 400, '请再填一次。');
        effect(body.title);
        return { id: `${effects.get(body.title)}`, title: body.title, author: actor.name };
      },
    }),
    route({
      method: 'get',
      path: '/notes',
      summary: '翻便条',
      tag,
      query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20), tag: z.string().optional() }),
      handle: async ({ query }) => query,
    }),
    route({
      method: 'get',
      path: '/notes/{id}',
      summary: '看便条',
      tag,
      params: byId,
      handle: async ({ params, ability }) => ({ id: params.id, may: ability.can('read', 'note') }),
    }),
    route({
      method: 'post',
      path: '/notes/{id}/secret',
      summary: '看秘密',
      tag,
      params: byId,
      keep: false,
      async handle({ params, actor }) {
        if (actor.roles.length === 0) throw forbidden();
        if (params.id === '抢') throw alreadyTaken();
        if (params.id === '忙') await new Promise<void>((resolve) => seen.held.push(resolve));
        effect(`secret ${params.id}`);
        return { phone: '13912345678' };
      },
    }),
    route({ method: 'delete', path: '/notes/{id}', summary: '撕便条', tag, handle: async () => undefined }),
    route({
      method: 'get',
      path: '/wall',
      summary: '公开墙',
      tag,
      auth: 'public',
      handle: async ({ actor }) => ({ who: actor.kind }),
    }),
    route({
      method: 'get',
      path: '/limited',
      summary: '限两次',
      tag,
      limit: { points: 2, seconds: 60 },
      handle: async () => ({}),
    }),
    route({ method: 'get', path: '/demo/only', summary: '演示', tag, auth: 'demo', handle: async () => ({}) }),
    route({
      method: 'get',
      path: '/away',
      summary: '库不在',
      tag,
      async handle() {
        throw Object.assign(new Error('connect ECONNREFUSED'), { name: 'MongoServerSelectionError' });
      },
    }),
    route({
      method: 'get',
      path: '/slow',
      summary: '慢',
      tag,
      async handle({ signal }) {
        await new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => resolve());
          seen.held.push(resolve);
        });
        seen.aborted = signal.aborted;
        return { done: true };
      },
    }),
    route({
      method: 'post',
      path: '/notes/{id}/photo',
      summary: '贴照片',
      tag,
      params: byId,
      upload: { maxBytes: 100_000 },
      body: z.object({ caption: z.string().max(20).optional() }),
      async handle({ upload, body }) {
        if (upload) seen.uploads.push(upload);
        effect('photo');
        return { bytes: upload?.bytes, caption: body.caption };
      },
    }),
    route({
      method: 'get',
      path: '/file/{name}',
      summary: '文件',
      tag,
      async handle({ params }, house) {
        const folder = join(house.settings.folder, 'files');
        await mkdir(folder, { recursive: true });
        const path = join(folder, 'photo.jpg');
        if ((params as { name: string }).name === 'missing') {
          return new Raw({ kind: 'file', path: join(folder, 'none'), type: 'image/jpeg', cacheSeconds: 60 });
        }
        await writeFile(path, 'jpeg bytes', { flag: 'wx' }).catch(() => undefined);
        return new Raw({ kind: 'file', path, type: 'image/jpeg', cacheSeconds: 3_600 });
      },
    }),
  ];
}

/** Sends bytes as they are and returns all that comes back until the server closes. */
export function sendBytes(port: number, text: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}

/** A GET whose path goes out untouched, which fetch would tidy. */
export function getRaw(port: number, path: string, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    rawRequest({ port, host: '127.0.0.1', path, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    })
      .on('error', reject)
      .end();
  });
}
