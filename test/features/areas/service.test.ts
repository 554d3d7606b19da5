import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  type Area,
  areaOfGroup,
  areas,
  areasChanged,
  childrenOf,
  DEFAULT_TARGETS,
  findArea,
  nextNumber,
  placeName,
  searchAreas,
  targetsFor,
} from '../../../src/features/areas/index.ts';
import { bindGroup, setOwn, unbindGroup } from '../../../src/features/areas/settings.ts';
import { actorOf, people } from '../../../src/features/people/index.ts';
import { makeCommunity, makePerson, type TestCommunity, type TestHouse, testHouse } from '../../support/house.ts';

let at: TestHouse;
let happy: TestCommunity;
let quiet: TestCommunity;
beforeAll(async () => {
  at = await testHouse([areas, people]);
  happy = await makeCommunity(at.house, { name: '幸福里社区' });
  quiet = await makeCommunity(at.house, { name: '静安里社区' });
});
afterAll(() => at.close());

const adminOf = async (area: string) =>
  actorOf(await makePerson(at.house, { area, roles: [{ role: 'admin', area }] }), 'api');

test('an area is found by its code, its children in order', async () => {
  expect(await findArea(at.house, happy.community)).toMatchObject({
    name: '幸福里社区',
    areas: happy.areas.slice(0, 4),
  });
  expect(await findArea(at.house, '110000')).toBeUndefined();
  expect((await childrenOf(at.house, happy.community)).map((area) => area._id)).toEqual(happy.grids);
  expect((await childrenOf(at.house, happy.street)).map((area) => area.name)).toEqual(['幸福里社区', '静安里社区']);
});

test('what is remembered of an area is dropped when it changes', async () => {
  expect((await findArea(at.house, happy.county))?.name).toBe('试验区');
  await at.house.model<Area>('areas').updateOne({ _id: happy.county }, { $set: { name: '新区' } });
  expect((await findArea(at.house, happy.county))?.name).toBe('试验区');
  await at.house.coordination.publish('areas', {});
  expect((await findArea(at.house, happy.county))?.name).toBe('新区');
});

test('each target holds from the nearest area that sets it, else by default', async () => {
  const admin = await adminOf(happy.city);
  expect(await targetsFor(at.house, happy.areas)).toEqual(DEFAULT_TARGETS);
  await setOwn(at.house, happy.street, 'targets', { claim: { workdays: 3 }, done: { workdays: 10 } }, admin);
  await setOwn(at.house, happy.community, 'targets', { claim: { days: 2 } }, admin);
  expect(await targetsFor(at.house, happy.areas)).toEqual({
    ...DEFAULT_TARGETS,
    claim: { days: 2 },
    done: { workdays: 10 },
  });
  expect(await targetsFor(at.house, quiet.areas)).toEqual({
    ...DEFAULT_TARGETS,
    claim: { workdays: 3 },
    done: { workdays: 10 },
  });
  await expect(setOwn(at.house, happy.street, 'targets', {}, await adminOf(quiet.community))).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(setOwn(at.house, '110101', 'targets', {}, admin)).rejects.toMatchObject({ code: 'not_found' });
});

test('a hundred who ask for a number at once get 1 to 100, each community and kind counting by itself', async () => {
  const numbers = await Promise.all(Array.from({ length: 100 }, () => nextNumber(at.house, 'wish', happy.community)));
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  expect(await nextNumber(at.house, 'wish', quiet.community)).toBe(1);
  const mixed = await Promise.all(
    [happy, quiet, happy, quiet, happy].map(({ community }) => nextNumber(at.house, 'wish', community)),
  );
  expect(mixed).toEqual([101, 2, 102, 3, 103]);
  expect(await nextNumber(at.house, 'topic', happy.community)).toBe(1);
});

test('names are searched by any part, the best first, without grids', async () => {
  const find = async (...given: Parameters<typeof searchAreas> extends [unknown, ...infer R] ? R : never) =>
    (await searchAreas(at.house, ...given)).map((area) => area.name);
  expect(await find('幸福')).toEqual(['幸福里社区']);
  expect(await find('里社区')).toEqual(['幸福里社区', '静安里社区']);
  expect(await find('幸福里社区居民委员会')).toEqual(['幸福里社区']);
  expect(await find('第1网格')).toEqual([]);
  expect(await find('里社区', { under: quiet.community })).toEqual(['静安里社区']);
  expect(await find('试验', { level: 'street' })).toEqual(['试验街道']);
  expect(await find('试验', { limit: 1 })).toEqual(['试验市']);
  expect(await find('.*')).toEqual([]);
  expect(await find('  ')).toEqual([]);
  await makeCommunity(at.house, { name: '新幸福里社区' });
  expect(await find('幸福里社区')).toEqual(['幸福里社区', '新幸福里社区']);
});

test.each([
  ['曹家湾社区居民委员会', '曹家湾社区'],
  ['岩脚村村民委员会', '岩脚村'],
  ['大寨村民委员会', '大寨'],
  ['德坞社区居委会', '德坞社区'],
  ['岩脚村委会', '岩脚村'],
  ['居民委员会', '居民委员会'],
])('%s is called %s', (title, name) => {
  expect(placeName(title)).toBe(name);
});

test('what fails of one community costs no other its number', async () => {
  const { collection } = at.house.model('counters');
  const failing = vi.spyOn(collection, 'findOneAndUpdate').mockImplementation(function (this: unknown, ...args) {
    const [{ _id }] = args as unknown as [{ _id: string }];
    if (_id === `broken:${happy.community}`) throw new Error('the disk is full');
    return Reflect.apply(original, collection, args);
  } as typeof collection.findOneAndUpdate);
  const original = Object.getPrototypeOf(collection).findOneAndUpdate as typeof collection.findOneAndUpdate;
  const ask = (community: string) => nextNumber(at.house, 'broken', community);
  try {
    const asked = await Promise.allSettled([ask(quiet.community), ask(happy.community), ask(quiet.community)]);
    expect(asked).toMatchObject([{ value: 1 }, { reason: { message: 'the disk is full' } }, { value: 2 }]);
  } finally {
    failing.mockRestore();
  }
  expect(await ask(quiet.community)).toBe(3);
  expect(await ask(happy.community)).toBe(1);
});

test('a chat group belongs to one area; moving it takes the right over both', async () => {
  const admin = await adminOf(happy.street);
  const group = { puppet: 'mock', room: 'room@1', prefix: '小邻' };
  await bindGroup(at.house, happy.community, group, admin);
  expect(await areaOfGroup(at.house, 'mock', 'room@1')).toMatchObject({ area: { _id: happy.community }, group });
  expect(await areaOfGroup(at.house, 'web', 'room@1')).toBeUndefined();
  await bindGroup(at.house, happy.community, { ...group, prefix: '小好' }, admin);
  expect((await areaOfGroup(at.house, 'mock', 'room@1'))?.area.chatGroups).toEqual([{ ...group, prefix: '小好' }]);
  const ofQuiet = await adminOf(quiet.community);
  await expect(bindGroup(at.house, quiet.community, group, ofQuiet)).rejects.toMatchObject({ code: 'forbidden' });
  await bindGroup(at.house, quiet.community, { puppet: 'mock', room: 'room@1' }, admin);
  expect((await areaOfGroup(at.house, 'mock', 'room@1'))?.area._id).toBe(quiet.community);
  await unbindGroup(at.house, quiet.community, 'mock', 'room@1', ofQuiet);
  expect(await areaOfGroup(at.house, 'mock', 'room@1')).toBeUndefined();
});

test('a group is taken from a place only by who may configure that place too, above or below as well as elsewhere', async () => {
  const boss = await adminOf(happy.city);
  const places = [happy.city, happy.street, happy.community, happy.grids[0] ?? '', quiet.community];
  for (const own of [happy.street, happy.community]) {
    const taker = await adminOf(own);
    for (const before of places) {
      for (const to of places) {
        const group = { puppet: 'mock', room: `${own} ${before} ${to}` };
        await bindGroup(at.house, before, group, boss);
        const allowed = before.startsWith(own) && to.startsWith(own);
        const outcome = await bindGroup(at.house, to, group, taker).then(
          () => true,
          (error: { code?: string }) => error.code,
        );
        expect([own, before, to, outcome]).toEqual([own, before, to, allowed || 'forbidden']);
        expect((await areaOfGroup(at.house, 'mock', group.room))?.area._id).toBe(allowed ? to : before);
      }
    }
  }
});

test('a read begun before a change does not bring the old state back', async () => {
  const code = quiet.grids[0] ?? '';
  const reading = findArea(at.house, code);
  await at.house.model<Area>('areas').updateOne({ _id: code }, { $set: { name: '改过的网格' } });
  await areasChanged(at.house);
  await reading;
  expect((await findArea(at.house, code))?.name).toBe('改过的网格');
});
