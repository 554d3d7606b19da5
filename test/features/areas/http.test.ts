import { afterAll, beforeAll, expect, test } from 'vitest';
import { areaOfGroup, areas } from '../../../src/features/areas/index.ts';
import { type Person, people } from '../../../src/features/people/index.ts';
import { type TestApi, testApi } from '../../support/api.ts';
import { makeCommunity, makePerson, type TestCommunity } from '../../support/house.ts';

let at: TestApi;
let here: TestCommunity;
let there: TestCommunity;
let admin: Person;
let resident: Person;
beforeAll(async () => {
  at = await testApi([areas, people]);
  here = await makeCommunity(at.house, { name: '幸福里社区' });
  there = await makeCommunity(at.house, { name: '静安里社区' });
  admin = await makePerson(at.house, { area: here.community, roles: ['admin'] });
  resident = await makePerson(at.house, { area: here.community });
});
afterAll(() => at.close());

test('anybody looks an area up, signed in or not; nothing of its groups is shown', async () => {
  await at.call(admin, 'PUT', `/areas/${here.community}/chat-groups`, { puppet: 'web', room: 'secret@room' });
  const answer = await at.call(undefined, 'GET', `/areas/${here.community}`);
  expect(answer).toEqual({
    status: 200,
    body: {
      code: here.community,
      name: '幸福里社区',
      level: 'community',
      parent: here.street,
      path: [
        { code: here.city, name: '试验市', level: 'city' },
        { code: here.county, name: '试验区', level: 'county' },
        { code: here.street, name: '试验街道', level: 'street' },
        { code: here.community, name: '幸福里社区', level: 'community' },
      ],
      targets: { publish: { workdays: 1 }, claim: { workdays: 5 }, contact: { days: 7 }, done: { workdays: 15 } },
    },
  });
  expect((await at.call(undefined, 'GET', `/areas/${here.community}/children`)).body).toEqual({
    items: [
      { code: here.grids[0], name: '第1网格', level: 'grid' },
      { code: here.grids[1], name: '第2网格', level: 'grid' },
    ],
  });
  expect(
    (await at.call(undefined, 'GET', `/areas?name=${encodeURIComponent('静安里')}&under=${here.street}`)).body,
  ).toEqual({
    items: [{ code: there.community, name: '静安里社区', level: 'community' }],
  });
});

test('an unknown area is 404, a malformed code or an empty name 400', async () => {
  for (const path of ['/areas/110101', '/areas/110101/children']) {
    expect(await at.call(undefined, 'GET', path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
  }
  for (const path of ['/areas/abc', '/areas?name=', '/areas']) {
    expect(await at.call(undefined, 'GET', path)).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  }
});

test('only an admin of the place sets its targets and groups', async () => {
  const path = `/areas/${here.community}/targets`;
  expect(await at.call(admin, 'PUT', path, { claim: { workdays: 3 } })).toMatchObject({
    status: 200,
    body: { targets: { claim: { workdays: 3 }, done: { workdays: 15 } } },
  });
  expect(await at.call(admin, 'PUT', path, { claim: { workdays: 0 } })).toMatchObject({ status: 400 });
  expect(await at.call(admin, 'PUT', path, { claims: { workdays: 3 } })).toMatchObject({ status: 400 });
  for (const [who, where, status] of [
    [undefined, here.community, 401],
    [resident, here.community, 403],
    [admin, there.community, 403],
  ] as const) {
    expect((await at.call(who, 'PUT', `/areas/${where}/targets`, {})).status).toBe(status);
    const group = { puppet: 'web', room: 'another@room' };
    expect((await at.call(who, 'PUT', `/areas/${where}/chat-groups`, group)).status).toBe(status);
    expect((await at.call(who, 'DELETE', `/areas/${where}/chat-groups/web/another@room`)).status).toBe(status);
  }
});

test('a group is bound and freed again', async () => {
  const group = { puppet: 'web', room: 'ours@room', prefix: '小邻' };
  expect((await at.call(admin, 'PUT', `/areas/${here.community}/chat-groups`, group)).status).toBe(200);
  expect(await areaOfGroup(at.house, 'web', 'ours@room')).toMatchObject({ group });
  expect((await at.call(admin, 'DELETE', `/areas/${here.community}/chat-groups/web/ours@room`)).status).toBe(200);
  expect(await areaOfGroup(at.house, 'web', 'ours@room')).toBeUndefined();
});
