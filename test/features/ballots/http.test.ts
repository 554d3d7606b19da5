/** The rules of ballots over HTTP: what everybody is told of them, and that somebody here has checked one. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HOUR } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { ballots, draftBallot } from '../../../src/features/ballots/index.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import { createHttp, type Http } from '../../../src/http/index.ts';
import { makeCommunity, makePerson, type TestHouse, testHouse } from '../../support/house.ts';

const features = [areas, people, ballots];

let test: TestHouse;
let http: Http;
let address: string;
let community: string;
let secretary: Person;
let admin: Person;

beforeAll(async () => {
  test = await testHouse(features);
  ({ community } = await makeCommunity(test.house));
  secretary = await makePerson(test.house, { area: community, roles: ['secretary'] });
  admin = await makePerson(test.house, { area: community, roles: ['admin'], name: '管理员' });
  const routes = features.flatMap((one) => [...one.routes]);
  http = createHttp({ house: test.house, routes, tokenSecret: Buffer.alloc(32, 9), requestsPerMinute: 100_000 });
  address = `http://127.0.0.1:${(await http.listen(0, '127.0.0.1')).port}/api/v1`;
}, 60_000);
afterAll(async () => {
  await http.close(500);
  await test.close();
});

async function ask(person: Person, method: string, path: string, body?: unknown) {
  const response = await fetch(address + path, {
    method,
    headers: { authorization: `Bearer ${await http.issueToken(person._id)}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as { items: object[]; code?: string } };
}

/** What a ballot drafted now says of its rule. */
async function drafted() {
  const actor = actorOf(secretary, 'api');
  const now = test.clock.now();
  const caller = { actor, ability: test.house.abilityOf(actor), now };
  const { ballot } = await draftBallot(test.house, caller, community, {
    title: '要不要装路灯',
    question: '巷子口要不要装两盏路灯？',
    pack: 'residents-meeting',
    secrecy: 'open',
    opensAt: now.toISOString(),
    closesAt: new Date(now.getTime() + HOUR).toISOString(),
  });
  return ballot.pack;
}

it('everybody is told the rules, and an admin may say of one version that it was checked', async () => {
  const { body } = await ask(secretary, 'GET', '/ballot-packs');
  expect(body.items).toHaveLength(3);
  expect(body.items[0]).toMatchObject({
    code: 'residents-meeting',
    verified: false,
    note: expect.any(String),
    proxies: { most: 0 },
  });
  expect(await drafted()).toMatchObject({ verified: false, note: expect.any(String) });

  const path = '/ballot-packs/residents-meeting/verification';
  const checked = { version: 1, note: '对照新法第四章核对过' };
  expect(await ask(secretary, 'POST', path, checked)).toMatchObject({ status: 403 });
  expect(await ask(admin, 'POST', path, { ...checked, version: 2 })).toMatchObject({
    status: 422,
    body: { code: 'no_pack' },
  });
  expect(await ask(admin, 'POST', '/ballot-packs/nothing/verification', checked)).toMatchObject({ status: 422 });
  const confirmed = { by: '管理员', at: test.clock.now().toISOString(), note: checked.note };
  for (const note of [checked.note, '再核对一次']) {
    const { status, body: pack } = await ask(admin, 'POST', path, { ...checked, note });
    expect(status).toBe(200);
    expect(pack).toMatchObject({ code: 'residents-meeting', version: 1, verified: true, confirmed });
    expect(pack).not.toHaveProperty('note');
  }
  expect((await ask(secretary, 'GET', '/ballot-packs')).body.items[0]).toMatchObject({ verified: true, confirmed });
  const after = await drafted();
  expect(after).toMatchObject({ code: 'residents-meeting', version: 1, verified: true });
  expect(after).not.toHaveProperty('note');
});
