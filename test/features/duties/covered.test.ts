/** A pack that would leave people in care without anybody who is to see them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import { dayOf } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { care } from '../../../src/features/care/index.ts';
import { duties } from '../../../src/features/duties/index.ts';
import { SHIPPED } from '../../../src/features/duties/packs.ts';
import { putPack } from '../../../src/features/duties/registry.ts';
import { actorOf, people } from '../../../src/features/people/index.ts';
import { visits } from '../../../src/features/visits/index.ts';
import { makeCommunity, makePerson, type TestCommunity, type TestHouse, testHouse } from '../../support/house.ts';

let at: TestHouse;
let place: TestCommunity;
let admin: Caller;
beforeAll(async () => {
  at = await testHouse([areas, people, care, visits, duties]);
  place = await makeCommunity(at.house);
  const person = await makePerson(at.house, { area: place.community, roles: [{ role: 'admin', area: place.city }] });
  const actor = actorOf(person, 'api');
  admin = { actor, ability: at.house.abilityOf(actor), now: at.clock.now() };
}, 60_000);
afterAll(() => at.close());

const shipped = SHIPPED.find(({ code }) => code === 'in-care');
const put = (more: object) =>
  putPack(at.house, admin, { ...shipped, effectiveFrom: dayOf(at.clock.now()), verified: false, ...more });
const items = (everyDays: object, flags?: string[]) => [
  { code: 'seen', title: '走访', kind: 'visit', rule: { everyDays }, ...(flags && { flags }) },
];

it.each([
  ['of one colour', { version: 2, items: items({ red: 3 }) }, '黄色、绿色'],
  ['of those with a flag only', { version: 2, items: items({ red: 3, yellow: 9, green: 20 }, ['disabled']) }, '红色'],
  ['of a place, of two colours', { version: 1, area: 'place', items: items({ red: 3, yellow: 9 }) }, '绿色'],
])('a version %s is refused, and says whom nobody would see', async (_name, more, words) => {
  const area = 'area' in more ? { area: place.community } : {};
  await expect(put({ ...more, ...area })).rejects.toMatchObject({
    code: 'pack_uncovered',
    message: expect.stringContaining(words),
  });
});

it('a version that sees all of them holds, and one of another code covers nobody', async () => {
  expect(await put({ version: 2, items: items({ red: 3, yellow: 9, green: 20 }) })).toMatchObject({ version: 2 });
  expect(await put({ code: 'own', version: 1, items: items({ red: 1 }) })).toMatchObject({ code: 'own' });
});
