import { beforeEach, describe, expect, it, vi } from 'vitest';
import { freshPhone, type Phone } from '../phone';

let phone: Phone;
const session = (person: string, token = `${person}-1`) => ({
  token,
  person: { id: person, name: person, roles: [], areas: [] },
});
const refused = { statusCode: 401, data: { code: 'session_expired', detail: '登录过期了。' } };

/** A phone on which granny is signed in, and the mini-program just begun. */
async function begun() {
  phone = freshPhone();
  phone.storage.set('session', session('granny', 'old'));
  vi.resetModules();
  return import('../../../miniprogram/api/session');
}

/** A house that takes `token` alone, and knows this WeChat as `person`. */
function house(token: string, person: string) {
  phone.answer(({ url, header }) => {
    if (url.endsWith('/session/wechat')) return { statusCode: 200, data: session(person, token) };
    return header.authorization === `Bearer ${token}` ? { statusCode: 200, data: { id: person } } : refused;
  });
}

beforeEach(() => vi.restoreAllMocks());

describe('a session', () => {
  it('is renewed for its person, who notices nothing', async () => {
    const { ask, me } = await begun();
    house('new', 'granny');
    expect(await ask('getMe', {})).toEqual({ id: 'granny' });
    expect(me()?.id).toBe('granny');
    expect(phone.storage.get('session')).toMatchObject({ token: 'new' });
  });

  it('ends, and nothing is done in the name of another, when this WeChat has become theirs', async () => {
    const { ask, me, whenEnded } = await begun();
    let ended = 0;
    whenEnded(() => {
      ended += 1;
    });
    house('new', 'neighbour');
    await expect(ask('postWishes', { body: { text: '想要', category: 'goods' }, key: 'k' })).rejects.toMatchObject({
      status: 401,
    });
    expect([me(), ended, phone.storage.has('session')]).toEqual([undefined, 1, false]);
    expect(phone.sent.filter(({ url }) => url.endsWith('/wishes'))).toHaveLength(1);
  });

  it('outlives a time without a network, so that what was seen last stays in reach', async () => {
    const { ask, me } = await begun();
    phone.answer(() => refused);
    phone.login(() => Promise.reject({ errMsg: 'login:fail network error', errno: 5 }));
    await expect(ask('getMe', {})).rejects.toMatchObject({ code: 'offline' });
    expect(me()?.id).toBe('granny');
    expect(phone.storage.has('session')).toBe(true);
  });

  it('that was left is ended in the house too, and no renewal under way brings it back', async () => {
    const { ask, me, signOut } = await begun();
    let signIn = (_: { code: string }) => {};
    phone.login(
      () =>
        new Promise((resolve) => {
          signIn = resolve;
        }),
    );
    house('new', 'granny');
    const asked = ask('getMe', {});
    await vi.waitUntil(() => phone.sent.length === 1);
    await new Promise((resolve) => setTimeout(resolve));
    signOut();
    signIn({ code: 'c' });
    await expect(asked).rejects.toMatchObject({ status: 401 });
    expect([me(), [...phone.storage.keys()]]).toEqual([undefined, []]);
    const left = phone.sent.find(({ method }) => method === 'DELETE');
    expect(left).toMatchObject({ header: { authorization: 'Bearer old' } });
  });
});
