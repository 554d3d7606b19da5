import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A WeChat that the demo's house can ask who holds a phone, and its account there. */
export interface PlayedWechat {
  appid: string;
  secret: string;
  baseUrl: string;
  close(): void;
}

const APPID = 'wx00000000000demo';
const SECRET = 'only-for-the-demo';
/** What `wx.login` of the preview gives: the phone's name, then something used only once. */
const CODE = /^preview:([^:]{1,60}):\w+$/u;
/** As WeChat's documents have them. */
const INVALID = { errcode: 40029, errmsg: 'invalid code' };
const USED = { errcode: 40163, errmsg: 'code been used' };

/**
 * Plays `auth.code2Session` on a port of this machine, so that the mini-program of the demo signs in as everywhere else:
 * every phone of the page has an openid of its own, and a code is good once.
 */
export async function playWechat(): Promise<PlayedWechat> {
  const used = new Set<string>();
  const answerTo = (code: string): object => {
    const [, phone] = CODE.exec(code) ?? [];
    if (phone === undefined) return INVALID;
    if (used.has(code)) return USED;
    used.add(code);
    return { openid: `preview-${phone}`, session_key: 'demo' };
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://wechat');
    response.setHeader('content-type', 'text/plain');
    if (url.pathname !== '/sns/jscode2session') response.writeHead(404).end();
    else response.end(JSON.stringify(answerTo(url.searchParams.get('js_code') ?? '')));
  });
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    appid: APPID,
    secret: SECRET,
    baseUrl: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
