import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { attach, type Person, people } from '../../../src/features/people/index.ts';
import { makeCommunity, makePerson, type TestCommunity, type TestHouse, testHouse } from '../../support/house.ts';

let at: TestHouse;
let place: TestCommunity;
beforeAll(async () => {
  at = await testHouse([areas, people]);
  place = await makeCommunity(at.house);
});
afterAll(() => at.close());

test('a bound contact is its person, through the channel it came by', async () => {
  const wang = await makePerson(at.house, {
    name: '王秀英',
    area: place.grids[0] ?? '',
    contacts: [{ puppet: 'mock', id: 'contact-1' }],
  });
  expect(await at.house.directory.byContact('mock', 'contact-1')).toMatchObject({
    kind: 'person',
    id: wang._id,
    name: '王秀英',
    channel: 'chat',
    areas: place.areas,
    roles: [{ role: 'resident', area: place.community }],
  });
  expect(await at.house.directory.byContact('web', 'contact-1')).toBeUndefined();
  expect(await at.house.directory.byOpenid('contact-1')).toBeUndefined();
});

test('a role is held for exactly an area, or for the nearest above it', async () => {
  const [first = '', second = ''] = place.grids;
  const street = await makePerson(at.house, {
    area: place.street,
    roles: [{ role: 'grid_worker', area: place.street }],
  });
  expect(await at.house.directory.holders('grid_worker', first)).toEqual([street._id]);
  const grid = await makePerson(at.house, { area: first, roles: [{ role: 'grid_worker', area: first }] });
  expect(await at.house.directory.holders('grid_worker', first)).toEqual([grid._id]);
  expect(await at.house.directory.holders('grid_worker', second)).toEqual([street._id]);
  // The same role elsewhere and another role here together are not this role here.
  await makePerson(at.house, {
    area: second,
    roles: [
      { role: 'worker', area: second },
      { role: 'grid_worker', area: first },
    ],
  });
  expect(await at.house.directory.holders('worker', first)).toEqual([]);
  expect(await at.house.directory.holders('secretary', first)).toEqual([]);
});

test('somebody who left the house is nobody: not found, no role, no contact', async () => {
  const gone = await makePerson(at.house, {
    area: place.community,
    roles: ['facilitator'],
    contacts: [{ puppet: 'mock', id: 'gone' }],
  });
  await at.house.model<Person>('people').updateOne({ _id: gone._id }, { $set: { active: false } });
  expect(await at.house.directory.actor(gone._id, 'api')).toBeUndefined();
  expect(await at.house.directory.byContact('mock', 'gone')).toBeUndefined();
  expect(await at.house.directory.holders('facilitator', place.community)).toEqual([]);
  expect(await at.house.directory.addresses(gone._id)).toEqual([]);
});

test('reminders go to bound chats, newest first, and to none while muted', async () => {
  const li = await makePerson(at.house, { area: place.community, contacts: [{ puppet: 'mock', id: 'old' }] });
  at.clock.shift(DAY);
  await attach(at.house, { puppet: 'web', id: 'new' }, li._id, at.clock.now());
  await attach(at.house, { puppet: 'miniprogram', id: 'openid' }, li._id, at.clock.now());
  const both = [
    { channel: 'wechaty', target: 'new' },
    { channel: 'wechaty', target: 'old' },
  ];
  expect(await at.house.directory.addresses(li._id)).toEqual(both);
  const until = new Date(at.clock.now().getTime() + DAY);
  await at.house.model<Person>('people').updateOne({ _id: li._id }, { $set: { mutedUntil: until } });
  expect(await at.house.directory.addresses(li._id)).toEqual([]);
  expect(await at.house.directory.addresses(li._id, { urgent: true })).toEqual(both);
  at.clock.shift(DAY);
  expect(await at.house.directory.addresses(li._id)).toEqual(both);
});
