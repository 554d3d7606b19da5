import { HOUSE } from '../config';
import type { Carry } from './carry';
import type { Operations } from './operations';
import { ROUTES } from './routes';
import { OFFLINE, Trouble, troubleOf } from './trouble';

export type Operation = keyof typeof ROUTES & keyof Operations;
type Part<K extends Operation, P extends string> = Operations[K] extends Record<P, infer T> ? T : never;

/** What an operation answers with. */
export type Answer<K extends Operation> = Part<K, 'response'>;
/** What it is told. */
export type Body<K extends Operation> = Part<K, 'body'>;
export type Query<K extends Operation> = Part<K, 'query'>;

type Given<K extends Operation> = ([Part<K, 'path'>] extends [never] ? unknown : { path: Part<K, 'path'> }) &
  ([Query<K>] extends [never] ? unknown : { query?: { [N in keyof Query<K>]?: Query<K>[N] | undefined } }) &
  ([Body<K>] extends [never] ? unknown : { body: Body<K> });

/** Under this key the house does the same request only once, however often it arrives. */
interface Keyed {
  key?: string;
}

const TIMEOUT_MS = 15_000;
/** WeChat encodes nothing in a path. */
const fill = (path: string, values: Record<string, unknown> = {}) =>
  path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(String(values[name])));

/** Makes what asks the house. @param carry under whose name */
export function createAsk(carry: Carry) {
  async function send<K extends Operation>(
    operation: K,
    given: Given<K> & Keyed,
    token: string | undefined,
  ): Promise<Answer<K>> {
    const [method, path] = ROUTES[operation];
    const {
      path: values,
      query,
      body,
      key,
    } = given as Keyed & {
      path?: Record<string, unknown>;
      query?: Record<string, unknown>;
      body?: object;
    };
    const { statusCode, data } = await request({
      url: `${HOUSE}${fill(path, values)}${searchOf(query)}`,
      method,
      timeout: TIMEOUT_MS,
      header: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body !== undefined && { data: JSON.stringify(body) }),
    });
    if (statusCode >= 200 && statusCode < 300) return data as Answer<K>;
    throw troubleOf(statusCode, data);
  }

  /**
   * Asks the house.
   * @param given the operation's `path`, `query` and `body`, and for what changes something a `key`
   * @throws Trouble
   */
  return function ask<K extends Operation>(operation: K, given: Given<K> & Keyed): Promise<Answer<K>> {
    return carry((token) => send(operation, given, token));
  };
}

function searchOf(query: Record<string, unknown> = {}): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

interface Reply {
  statusCode: number;
  data: unknown;
}

function request(options: {
  url: string;
  method: string;
  timeout: number;
  header: Record<string, string>;
  data?: string;
}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    wx.request({
      ...(options as WechatMiniprogram.RequestOption),
      success: resolve,
      fail: () => reject(new Trouble('offline', 0, OFFLINE)),
    });
  });
}
