import { beforeEach, describe, expect, it } from 'vitest';
import { createAsk } from '../../../miniprogram/api/ask';
import { createCarry } from '../../../miniprogram/api/carry';
import type { Trouble } from '../../../miniprogram/api/trouble';
import { freshPhone, type Phone } from '../phone';

let phone: Phone;
let token: string | undefined;
let renewed: boolean;
let person: string;
let renewals: number;
const ask = createAsk(
  createCarry({
    token: () => token,
    person: () => person,
    renew: async () => {
      renewals += 1;
      await undefined;
      if (renewed) token = 'new';
      return renewed;
    },
  }),
);

beforeEach(() => {
  phone = freshPhone();
  token = 'old';
  person = 'granny';
  renewals = 0;
  renewed = true;
});

const problem = (status: number, code: string) => ({ statusCode: status, data: { status, code, detail: '一句话。' } });

describe('asking the house', () => {
  it('fills the path, the query without what is not there, and signs', async () => {
    phone.answer(() => ({ statusCode: 200, data: { items: [] } }));
    await ask('getWishes', { query: { area: '5202', q: '电饭煲 &', cursor: undefined } });
    await ask('getWishesById', { path: { id: 'a/b' } });
    expect(phone.sent.map(({ method, url }) => `${method} ${url.replace(/^https:\/\/[^/]+/u, '')}`)).toEqual([
      'GET /api/v1/wishes?area=5202&q=%E7%94%B5%E9%A5%AD%E7%85%B2%20%26',
      'GET /api/v1/wishes/a%2Fb',
    ]);
    expect(phone.sent[0]?.header.authorization).toBe('Bearer old');
  });

  it('sends a body as JSON under the key given', async () => {
    phone.answer(() => ({ statusCode: 201, data: { id: '1' } }));
    await ask('postWishes', { body: { text: '想要一台收音机', category: 'goods' }, key: 'k1' });
    expect(phone.sent[0]).toMatchObject({ header: { 'idempotency-key': 'k1' } });
    expect(JSON.parse(String(phone.sent[0]?.data))).toEqual({ text: '想要一台收音机', category: 'goods' });
  });

  it('tells the house’s own sentence, code and fields', async () => {
    phone.answer(() => ({
      statusCode: 400,
      data: { code: 'invalid_input', detail: '请再看看。', fields: [{ path: 'text', problem: '太短' }] },
    }));
    await expect(ask('getMe', {})).rejects.toMatchObject({
      code: 'invalid_input',
      status: 400,
      message: '请再看看。',
      fields: { text: '太短' },
      passing: false,
    });
  });

  it('says so when the house is not reached, or answers what it never would', async () => {
    await expect(ask('getMe', {})).rejects.toMatchObject({ code: 'offline', passing: true });
    phone.answer(() => ({ statusCode: 502, data: '<html>' }));
    await expect(ask('getMe', {})).rejects.toMatchObject({ code: 'strange_answer', status: 502, passing: true });
  });

  it('signs in afresh once when its token is no longer taken, and asks again', async () => {
    phone.answer(({ header }) =>
      header.authorization === 'Bearer new' ? { statusCode: 200, data: { id: 'me' } } : problem(401, 'session_expired'),
    );
    expect(await ask('getMe', {})).toEqual({ id: 'me' });
    expect(phone.sent).toHaveLength(2);
  });

  it('does not go round in circles when signing in does not help', async () => {
    phone.answer(() => problem(401, 'session_expired'));
    await expect(ask('getMe', {})).rejects.toMatchObject({ status: 401 } satisfies Partial<Trouble>);
    expect(phone.sent).toHaveLength(2);
    renewed = false;
    await expect(ask('getMe', {})).rejects.toMatchObject({ status: 401 });
    expect(phone.sent).toHaveLength(3);
  });

  it('renews once for all that ask at the same time, and for those whose refusal comes late', async () => {
    let late = (_: unknown) => {};
    const held = new Promise((resolve) => {
      late = resolve;
    });
    phone.answer(async ({ header, url }) => {
      if (url.endsWith('/unread') && header.authorization === 'Bearer old') await held;
      return header.authorization === 'Bearer new' ? { statusCode: 200, data: {} } : problem(401, 'session_expired');
    });
    const all = [ask('getMe', {}), ask('getInbox', {}), ask('getInboxUnread', {})];
    await Promise.all(all.slice(0, 2));
    late(undefined);
    expect(await Promise.all(all)).toEqual([{}, {}, {}]);
    expect(renewals).toBe(1);
  });

  it('gives nobody the answer of whoever had the phone before, nor sends their request again', async () => {
    phone.answer(() => {
      person = 'neighbour';
      return { statusCode: 200, data: { id: 'granny' } };
    });
    await expect(ask('getMe', {})).rejects.toMatchObject({ code: 'signed_out' });
    person = 'granny';
    phone.answer(() => {
      person = 'neighbour';
      token = 'hers';
      return problem(401, 'session_expired');
    });
    await expect(ask('postWishes', { body: { text: '想要', category: 'goods' } })).rejects.toMatchObject({
      status: 401,
    });
    expect(phone.sent).toHaveLength(2);
  });
});
