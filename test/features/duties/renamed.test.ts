/** A pack that is called otherwise now: what was stored under its first name goes on holding. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import { dayOf } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { care } from '../../../src/features/care/index.ts';
import { duties } from '../../../src/features/duties/index.ts';
import { inForce } from '../../../src/features/duties/pack.ts';
import { SHIPPED } from '../../../src/features/duties/packs.ts';
import { confirmPack, packsOf, putPack } from '../../../src/features/duties/registry.ts';
import { calledFirst, calledNow } from '../../../src/features/duties/renamed.ts';
import { planOf } from '../../../src/features/duties/views.ts';
import { actorOf, type Person, people } from '../../../src/features/people/index.ts';
import { logVisit, visits } from '../../../src/features/visits/index.ts';
import { makeCommunity, makePerson, type TestCommunity, type TestHouse, testHouse } from '../../support/house.ts';

let at: TestHouse;
let place: TestCommunity;
let admin: Caller;
const callerFor = (person: Person): Caller => {
  const actor = actorOf(person, 'api');
  return { actor, ability: at.house.abilityOf(actor), now: at.clock.now() };
};
beforeAll(async () => {
  at = await testHouse([areas, people, care, visits, duties]);
  place = await makeCommunity(at.house);
  const person = await makePerson(at.house, {
    area: place.community,
    roles: [{ role: 'admin', area: place.city }],
  });
  admin = callerFor(person);
}, 60_000);
afterAll(() => at.close());

it('a name is read as it is now and marked as it was first, of a pack, a duty and a version', () => {
  expect(
    ['care-visits', 'care-visits/red', 'care-visits::2', 'liang-zoufang/visit', 'my-care-visits'].map(calledNow),
  ).toEqual(['in-care', 'in-care/red', 'in-care::2', 'liang-zoufang/visit', 'my-care-visits']);
  expect(['in-care/red', 'care-visits/red', 'liang-zoufang/visit'].map(calledFirst)).toEqual([
    'care-visits/red',
    'care-visits/red',
    'liang-zoufang/visit',
  ]);
});

it('an admin’s own version and its confirmation hold, and the next one follows it under either name', async () => {
  const shipped = SHIPPED.find(({ code }) => code === 'in-care');
  const today = dayOf(at.clock.now());
  const own = { ...shipped, code: 'care-visits', version: 2, title: '自己的', effectiveFrom: today };
  const stored = { _id: 'care-visits::2', pack: own, by: { id: 'x', name: '管理' }, at: at.clock.now() };
  await at.house.model('duty_packs').collection.insertOne(stored as never);
  const confirmed = { _id: 'care-visits::2', by: stored.by, at: stored.at, note: '核对过' };
  await at.house.model('duty_pack_confirmations').collection.insertOne(confirmed as never);
  const holding = async () => inForce(await packsOf(at.house), [], today).filter(({ code }) => /care/u.test(code));
  expect(await holding()).toMatchObject([{ code: 'in-care', version: 2, title: '自己的', verified: true }]);
  for (const [nth, code] of ['care-visits', 'in-care'].entries()) {
    const next = { ...own, code, version: 3 + nth, verified: false };
    expect(await putPack(at.house, admin, next)).toMatchObject({ code: 'in-care', version: 3 + nth });
  }
  const confirm = { code: 'care-visits', version: 4, note: '核对过' };
  expect(await confirmPack(at.house, admin, confirm)).toMatchObject({ code: 'in-care', verified: true });
  expect(await holding()).toMatchObject([{ code: 'in-care', version: 4, verified: true }]);
});

it('what was logged by the first name of a duty counts for it', async () => {
  const today = dayOf(at.clock.now());
  const worker = callerFor(await makePerson(at.house, { area: place.community, roles: ['worker'] }));
  const item = { code: 'files', title: '看档案', kind: 'inspection', who: ['worker'], rule: { times: 1, per: 'week' } };
  const pack = { code: 'in-care', title: '关爱对象走访', source: '测试', verified: false, effectiveFrom: today };
  const seen = { code: 'seen', title: '走访', kind: 'visit', rule: { everyDays: { red: 7, yellow: 15, green: 30 } } };
  await putPack(at.house, admin, { ...pack, version: 5, items: [seen, item] });
  const done = async () =>
    (await planOf(at.house, worker, today)).items.find((one) => one.item === 'in-care/files')?.done;
  expect(await done()).toBe(false);
  await logVisit(at.house, worker, { households: 1, items: ['care-visits/files'] });
  expect(await done()).toBe(true);
});
