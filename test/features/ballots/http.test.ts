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

interface Answer {
  items: object[];
  code?: string;
  version?: number;
}

async function ask(person: Person, method: string, path: string, body?: unknown) {
  const response = await fetch(address + path, {
    method,
    headers: { authorization: `Bearer ${await http.issueToken(person._id)}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer };
}

/** A ballot drafted now. */
async function draftedBy(pack: string) {
  const actor = actorOf(secretary, 'api');
  const now = test.clock.now();
  const caller = { actor, ability: test.house.abilityOf(actor), now };
  const { ballot } = await draftBallot(test.house, caller, community, {
    title: '要不要装路灯',
    question: '巷子口要不要装两盏路灯？',
    pack,
    secrecy: 'open',
    opensAt: now.toISOString(),
    closesAt: new Date(now.getTime() + 72 * HOUR).toISOString(),
  });
  return ballot;
}
/** What a ballot drafted now says of its rule. */
const drafted = async () => (await draftedBy('residents-meeting')).pack;

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

it('owners are read and entered by who prepares the vote, nobody overwrites what somebody else entered, and residents are found by name', async () => {
  const { community: elsewhere } = await makeCommunity(test.house);
  const lives = await makePerson(test.house, { area: community, name: '罗秀英', household: '3-2-501' });
  await makePerson(test.house, { area: elsewhere, name: '罗秀英' });
  const worker = await makePerson(test.house, { area: community, roles: ['worker'] });
  const { _id } = await draftedBy('owners');
  const path = (name: string) => `/ballots/${_id}/${name}`;
  const seen = await ask(secretary, 'GET', path('owners'));
  expect(seen).toMatchObject({ status: 200, body: { owners: [] } });
  const owners = [
    { name: '罗秀英 3-2-501', people: [lives._id], area: 8_050 },
    { name: '陈远 3-2-60', people: [], area: 1 },
  ];
  const enrol = (all: object[], version = seen.body.version) =>
    ask(secretary, 'POST', path('enrol'), { owners: all, version });
  expect(await enrol(owners)).toMatchObject({ status: 200 });
  expect(await enrol([])).toMatchObject({ status: 409, body: { code: 'owners_changed' } });
  const now = await ask(secretary, 'GET', path('owners'));
  expect(now.body).toMatchObject({
    owners: [{ name: '陈远 3-2-60' }, { ...owners[0], people: [{ id: lives._id, name: '罗秀英' }] }],
  });
  expect(await ask(secretary, 'GET', `${path('residents')}?q=秀英`)).toMatchObject({
    body: { items: [{ id: lives._id, name: '罗秀英', household: '3-2-501' }] },
  });
  // One letter would list the street, and a pattern is none.
  expect(await ask(secretary, 'GET', `${path('residents')}?q=罗`)).toMatchObject({ status: 400 });
  expect((await ask(secretary, 'GET', `${path('residents')}?q=.*`)).body.items).toEqual([]);
  for (const [who, name] of [
    [worker, 'owners'],
    [worker, 'residents?q=秀英'],
    [admin, 'owners'],
    [lives, 'owners'],
  ] as const) {
    expect([403, 404]).toContain((await ask(who, 'GET', path(name))).status);
  }
  const { _id: other } = await draftedBy('courtyard-poll');
  for (const name of ['owners', 'residents?q=秀英']) {
    const answer = await ask(secretary, 'GET', `/ballots/${other}/${name}`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'not_owners' } });
  }
  expect(await enrol(owners, now.body.version)).toMatchObject({ status: 200 });
  expect(await ask(secretary, 'POST', path('open'), {})).toMatchObject({ status: 200 });
  for (const name of ['owners', 'residents?q=秀英'])
    expect(await ask(secretary, 'GET', path(name))).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
});
