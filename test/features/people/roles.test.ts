import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROLES } from '../../../src/core/ability.ts';
import { areas } from '../../../src/features/areas/index.ts';
import { actorOf, findPerson, grantRole, people, revokeRole } from '../../../src/features/people/index.ts';
import { makeCommunity, makePerson, type TestCommunity, type TestHouse, testHouse } from '../../support/house.ts';

let at: TestHouse;
let here: TestCommunity;
let there: TestCommunity;
beforeAll(async () => {
  at = await testHouse([areas, people]);
  here = await makeCommunity(at.house);
  there = await makeCommunity(at.house);
});
afterAll(() => at.close());

test('every granter, every role, own area and another’s', async () => {
  const secretaryMay = [
    'resident',
    'household_lead',
    'worker',
    'grid_worker',
    'volunteer',
    'social_worker',
    'facilitator',
    'care_keeper',
  ];
  const somebody = await makePerson(at.house, { area: here.community, roles: [] });
  for (const granter of ROLES) {
    const actor = actorOf(await makePerson(at.house, { area: here.community, roles: [granter] }), 'api');
    for (const role of ROLES) {
      for (const area of [here.grids[0] ?? '', here.community, here.street, there.community]) {
        const inside = area === here.community || area === here.grids[0];
        const allowed = inside && (granter === 'admin' || (granter === 'secretary' && secretaryMay.includes(role)));
        const doing = grantRole(at.house, somebody._id, { role, area }, actor).then(
          (person) => person.roles.some((one) => one.role === role && one.area === area),
          (error: { code?: string }) => error.code,
        );
        expect([granter, role, area, await doing]).toEqual([granter, role, area, allowed ? true : 'forbidden']);
      }
    }
  }
});

test('a role is given once, taken once, counted in the version, told and on record', async () => {
  const admin = actorOf(
    await makePerson(at.house, { area: here.street, roles: [{ role: 'admin', area: here.street }] }),
    'api',
  );
  const li = await makePerson(at.house, { area: here.community, roles: [] });
  const told: unknown[] = [];
  const stop = await at.house.coordination.subscribe('people', (message) => told.push(message));
  const worker = { role: 'worker', area: here.community } as const;
  await Promise.all(Array.from({ length: 10 }, () => grantRole(at.house, li._id, worker, admin)));
  expect(await findPerson(at.house, li._id)).toMatchObject({ roles: [worker], version: 2 });
  expect(told).toEqual([{ id: li._id }]);
  expect(await at.house.directory.holders('worker', here.community)).toContain(li._id);
  await revokeRole(at.house, li._id, worker, admin);
  await revokeRole(at.house, li._id, worker, admin);
  await stop();
  expect(await findPerson(at.house, li._id)).toMatchObject({ roles: [], version: 3 });
  expect(told).toHaveLength(2);
  expect(await at.house.model('audits').find({ person: li._id, what: 'revoke' }).lean()).toMatchObject([
    { by: { id: admin.id }, role: worker },
    { by: { id: admin.id }, role: worker },
  ]);
});

test('nobody takes the own role of secretary or admin; an unknown area or person is named', async () => {
  const boss = await makePerson(at.house, { area: here.community, roles: ['admin'] });
  const actor = actorOf(boss, 'api');
  const own = { role: 'admin', area: here.community } as const;
  await expect(revokeRole(at.house, boss._id, own, actor)).rejects.toMatchObject({ code: 'own_role' });
  await expect(grantRole(at.house, boss._id, { role: 'worker', area: '11' }, actor)).rejects.toMatchObject({
    code: 'not_found',
  });
  const nobody = grantRole(at.house, 'nobody', { role: 'worker', area: here.community }, actor);
  await expect(nobody).rejects.toMatchObject({ code: 'not_found' });
});
