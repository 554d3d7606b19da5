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

test('office hours: the nearest area’s hold, set by its secretary or admin; all others are refused', async () => {
  const read = async (code: string | undefined) =>
    (await at.call(undefined, 'GET', `/areas/${code}/office-hours`)).body as Record<string, unknown>;
  const [grid] = here.grids;
  // A Monday at nine.
  expect(await read(grid)).toMatchObject({ words: '工作日 09:00–17:00', open: true });
  const secretary = await makePerson(at.house, { area: here.community, roles: ['secretary'] });
  const hours = {
    days: [1, 2, 6],
    times: [
      { from: '10:00', to: '12:00' },
      { from: '14:00', to: '17:30' },
    ],
  };
  const put = (who: Person | undefined, officeHours: unknown, code = here.community) =>
    at.call(who, 'PUT', `/areas/${code}/office-hours`, { officeHours });
  expect((await put(secretary, hours)).status).toBe(200);
  expect(await read(grid)).toMatchObject({
    words: '星期一、星期二、星期六 10:00–12:00、14:00–17:30',
    open: false,
    opensAt: '2026-03-09T02:00:00.000Z',
  });
  expect((await put(admin, { ...hours, days: 'everyday' }, grid)).status).toBe(200);
  expect(await read(grid)).toMatchObject({ words: expect.stringMatching(/^每天/u) });
  expect((await put(admin, undefined, grid)).status).toBe(200);
  expect(await read(grid)).toMatchObject({ words: expect.stringMatching(/^星期一/u) });
  expect((await put(resident, hours)).status).toBe(403);
  expect((await put(secretary, hours, there.community)).status).toBe(403);
  for (const wrong of [
    { days: [1, 1] },
    { days: [8] },
    { days: 'never' },
    { days: [] },
    { times: [] },
    { times: [{ from: '9:00', to: '17:00' }] },
    { times: [{ from: '17:00', to: '09:00' }] },
    {
      times: [
        { from: '09:00', to: '12:00' },
        { from: '11:00', to: '17:00' },
      ],
    },
  ]) {
    expect((await put(secretary, { ...hours, ...wrong })).body).toMatchObject({
      code: 'invalid_input',
      detail: expect.not.stringMatching(/[A-Za-z]/u),
    });
  }
});

test('a group is bound and freed again', async () => {
  const group = { puppet: 'web', room: 'ours@room', prefix: '小邻' };
  expect((await at.call(admin, 'PUT', `/areas/${here.community}/chat-groups`, group)).status).toBe(200);
  expect(await areaOfGroup(at.house, 'web', 'ours@room')).toMatchObject({ group });
  expect((await at.call(admin, 'DELETE', `/areas/${here.community}/chat-groups/web/ours@room`)).status).toBe(200);
  expect(await areaOfGroup(at.house, 'web', 'ours@room')).toBeUndefined();
});

test('the duty phone: the nearest area’s holds, set by its secretary or admin; all others are refused', async () => {
  const read = async (code: string | undefined) => (await at.call(undefined, 'GET', `/areas/${code}/duty-phone`)).body;
  const [grid] = here.grids;
  const secretary = await makePerson(at.house, { area: here.community, roles: ['secretary'] });
  const put = async (who: Person | undefined, phone?: string, code = here.community) =>
    (await at.call(who, 'PUT', `/areas/${code}/duty-phone`, phone === undefined ? {} : { phone })).status;
  expect(await read(grid)).toEqual({});
  expect(await put(secretary, '0858-8200000')).toBe(200);
  expect(await read(grid)).toEqual({ phone: '0858-8200000' });
  expect(await put(admin, '12345')).toBe(200);
  expect(await put(secretary, undefined)).toBe(200);
  expect(await read(grid)).toEqual({});
  expect(await put(secretary, '不知道')).toBe(400);
  expect(await put(resident, '12345')).toBe(403);
  expect(await put(secretary, '12345', there.community)).toBe(403);
});
