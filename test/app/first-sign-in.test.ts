import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { areas } from '../../src/features/areas/index.ts';
import { issueBindingCode, people } from '../../src/features/people/index.ts';
import { createHttp, type Http } from '../../src/http/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../support/house.ts';

/** WeChat's code2session, as far as a first sign-in needs it: every code is some openid. */
let wechat: Server;
let test: TestHouse;
let http: Http;
let address: string;

beforeAll(async () => {
  wechat = createServer((req, res) => {
    const code = new URL(req.url ?? '', 'http://wechat').searchParams.get('js_code');
    res.end(JSON.stringify({ openid: `openid-of-${code?.split('-')[0]}`, session_key: 'k' }));
  });
  await new Promise<void>((resolve) => wechat.listen(0, '127.0.0.1', resolve));
  const features = [areas, people];
  test = await testHouse(features);
  http = createHttp({
    house: test.house,
    routes: features.flatMap((feature) => [...feature.routes]),
    tokenSecret: Buffer.alloc(32, 9),
    wechat: {
      appid: 'wx0123456789abcdef',
      secret: 'app-secret',
      baseUrl: `http://127.0.0.1:${(wechat.address() as AddressInfo).port}`,
    },
  });
  const { port } = await http.listen(0, '127.0.0.1');
  address = `http://127.0.0.1:${port}/api/v1/session/wechat`;
});
afterAll(async () => {
  await http.close(500);
  await test.close();
  wechat.close();
});

async function signIn(body: object) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as { code?: string; person?: { id: string } } };
}

it('ties a phone to a person once, by the code the community gave out, and knows it afterwards', async () => {
  const { house } = test;
  const { grids } = await makeCommunity(house);
  const granny = await makePerson(house, { area: grids[0] ?? '', name: '王秀英' });
  const actor = await house.directory.actor(granny._id, 'api');
  if (!actor) throw new Error('the person just made is not there');

  expect(await signIn({ code: 'wang-1' })).toMatchObject({ status: 404, body: { code: 'not_registered' } });
  const wrong = await signIn({ code: 'wang-2', bindingCode: 'WRONG2' });
  expect(wrong.status).toBeGreaterThanOrEqual(400);
  expect(wrong.status).toBeLessThan(500);

  const { code } = await issueBindingCode(house, granny._id, actor);
  expect(await signIn({ code: 'wang-3', bindingCode: code })).toMatchObject({
    status: 200,
    body: { person: { id: granny._id } },
  });
  expect(await signIn({ code: 'wang-4' })).toMatchObject({ status: 200, body: { person: { id: granny._id } } });

  const used = await signIn({ code: 'thief-1', bindingCode: code });
  expect(used.status).toBeGreaterThanOrEqual(400);
  expect(await signIn({ code: 'thief-2' })).toMatchObject({ status: 404, body: { code: 'not_registered' } });
});
