import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { areas } from '../../src/features/areas/index.ts';
import {
  actorOf,
  bindContact,
  fieldPlace,
  findPerson,
  importPeople,
  issueBindingCode,
  MINIPROGRAM,
  type Person,
  people,
  personChanged,
} from '../../src/features/people/index.ts';
import { createHttp, type Http } from '../../src/http/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../support/house.ts';

/** WeChat's code2session, as far as a first sign-in needs it: every code is some openid. */
let wechat: Server;
let test: TestHouse;
let http: Http;
let root: string;
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
  root = `http://127.0.0.1:${port}/api/v1`;
  address = `${root}/session/wechat`;
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
  return {
    status: answer.status,
    body: (await answer.json()) as { code?: string; token?: string; person?: { id: string } },
  };
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

it('signs a phone out as the one person when it becomes another’s, and everybody’s phones when they say so', async () => {
  const { house } = test;
  const { grids } = await makeCommunity(house);
  const [granny, aunt] = [
    await makePerson(house, { area: grids[0] ?? '', name: '王秀英' }),
    await makePerson(house, { area: grids[0] ?? '', name: '李桂花' }),
  ];
  const codeOf = async ({ _id }: Person) => (await issueBindingCode(house, _id, actorOf(await fresh(_id), 'api'))).code;
  const fresh = async (id: string) => {
    const person = await findPerson(house, id);
    if (!person) throw new Error('the person just made is not there');
    return person;
  };
  const tokenOf = async (body: object) => (await signIn(body)).body.token ?? '';
  const me = async (token: string, method = 'GET', path = '/me') =>
    (await fetch(`${root}${path}`, { method, headers: { authorization: `Bearer ${token}` } })).status;

  const shared = await tokenOf({ code: 'shared-1', bindingCode: await codeOf(granny) });
  const own = await tokenOf({ code: 'own-1', bindingCode: await codeOf(granny) });
  expect([await me(shared), await me(own)]).toEqual([200, 200]);

  // The shared phone becomes the aunt's: what it holds of granny's is no longer good.
  await bindContact(house, { puppet: MINIPROGRAM, id: 'openid-of-shared' }, await codeOf(aunt));
  expect([await me(shared), await me(own)]).toEqual([401, 401]);
  const again = await tokenOf({ code: 'own-2' });
  const aunts = await tokenOf({ code: 'shared-2' });
  expect([await me(again), await me(aunts)]).toEqual([200, 200]);
  // A chat that changes hands signs nobody out.
  await bindContact(house, { puppet: 'mock', id: 'chat' }, await codeOf(granny));
  await bindContact(house, { puppet: 'mock', id: 'chat' }, await codeOf(aunt));
  expect([await me(again), await me(aunts)]).toEqual([200, 200]);

  expect(await me(again, 'DELETE', '/session')).toBe(204);
  expect([await me(again), await me(aunts)]).toEqual([401, 200]);
  expect(await me(await tokenOf({ code: 'own-3' }))).toBe(200);

  // Who left and comes back with the next register signs in anew.
  await house.model<Person>('people').updateOne({ _id: aunt._id }, { $set: { active: false } });
  await personChanged(house, aunt._id);
  expect(await me(aunts)).toBe(401);
  const file = join(house.settings.folder, 'register.csv');
  await writeFile(
    file,
    `姓名,手机号,区域编码\n李桂花,${house.vault.open(aunt.phone ?? '', fieldPlace(aunt._id, 'phone'))},${grids[0]}\n`,
  );
  const report = await importPeople(house, file, { dryRun: false, by: 'tester', covers: () => true });
  expect(report).toMatchObject({ imported: true, updated: 1 });
  expect(await me(aunts)).toBe(401);
  expect(await me(await tokenOf({ code: 'shared-3' }))).toBe(200);
});
