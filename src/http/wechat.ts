import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { HaolinError } from '../core/errors.ts';
import type { Log } from '../core/house.ts';
import { describeError } from './failures.ts';
import { sentences } from './messages.ts';

/** The mini-program's account with WeChat. */
export interface WechatAccount {
  appid: string;
  secret: string;
  baseUrl?: string;
}

/** Turns a code of `wx.login` into the openid of whoever is holding the phone. */
export type CodeToOpenid = (code: string) => Promise<string>;

const WECHAT = 'https://api.weixin.qq.com';
const TIMEOUT_MS = 5_000;
/** WeChat asks to try again when it is busy (-1); waiting longer than this, a person presses the button again anyway. */
const BUSY_PAUSES_MS = [200, 600];

const answer = z.union([
  z.object({ openid: z.string().min(1), errcode: z.literal(0).optional() }),
  z.object({ errcode: z.number().int() }),
]);

const BUSY = -1;
/** What WeChat documents for code2session, in our words. Codes used up or too old come as 40029 or 40163. */
const REFUSALS: Record<number, () => HaolinError> = {
  40029: () => new HaolinError('wechat_code_invalid', 400, sentences.wechatCode),
  40163: () => new HaolinError('wechat_code_invalid', 400, sentences.wechatCode),
  45011: () => new HaolinError('wechat_too_frequent', 429, sentences.wechatFrequent, { retryAfterSeconds: 60 }),
  40226: () => new HaolinError('wechat_risk', 403, sentences.wechatRisk),
};

const away = (cause?: unknown) =>
  new HaolinError('wechat_unavailable', 503, sentences.wechatAway, { retryAfterSeconds: 10, cause });

/**
 * Asks WeChat's `auth.code2Session`. The session key it also answers with is not kept: nothing here decrypts what a
 * phone sends.
 */
export function codeToOpenid(
  { appid, secret, baseUrl = WECHAT }: WechatAccount,
  log: Log,
  timeoutMs = TIMEOUT_MS,
): CodeToOpenid {
  return async (code) => {
    for (const wait of [...BUSY_PAUSES_MS, undefined]) {
      const url = new URL('/sns/jscode2session', baseUrl);
      url.search = new URLSearchParams({ appid, secret, js_code: code, grant_type: 'authorization_code' }).toString();
      const said = await ask(url, timeoutMs);
      if ('openid' in said) return said.openid;
      const refusal = REFUSALS[said.errcode];
      if (refusal) throw refusal();
      if (said.errcode !== BUSY) {
        // Wrong app id or secret, an address not on the list …: nobody signs in until an operator sees to it.
        log.error({ errcode: said.errcode }, 'WeChat refuses code2session');
        throw away();
      }
      if (wait !== undefined) await pause(wait);
    }
    throw new HaolinError('wechat_busy', 503, sentences.wechatBusy, { retryAfterSeconds: 5 });
  };

  async function ask(url: URL, withinMs: number): Promise<z.infer<typeof answer>> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(withinMs), redirect: 'error' });
      // WeChat labels its JSON text/plain.
      const text = await response.text();
      if (response.ok) return answer.parse(JSON.parse(text));
      log.error({ status: response.status }, 'WeChat did not answer code2session');
    } catch (error) {
      log.error({ err: describeError(error) }, 'WeChat did not answer code2session');
    }
    throw away();
  }
}
