import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ROLES, type Role, system } from '../../../src/core/ability.ts';
import { MINUTE } from '../../../src/core/time.ts';
import { areas } from '../../../src/features/areas/index.ts';
import {
  actorOf,
  bindContact,
  boundTo,
  grantRole,
  issueBindingCode,
  MINIPROGRAM,
  type Person,
  people,
  revokeRole,
} from '../../../src/features/people/index.ts';
import { makeCommunity, makePerson, type TestCommunity, type TestHouse, testHouse } from '../../support/house.ts';

let at: TestHouse;
let place: TestCommunity;
let wang: Person;
let contacts = 0;
const contact = () => {
  contacts += 1;
  return { puppet: 'mock', id: `contact-${contacts}` };
};
const ownCode = async (person: Person) => (await issueBindingCode(at.house, person._id, actorOf(person, 'api'))).code;

beforeAll(async () => {
  at = await testHouse([areas, people]);
  place = await makeCommunity(at.house);
});
beforeEach(async () => {
  wang = await makePerson(at.house, { name: '王秀英', area: place.grids[0] ?? '' });
});
afterAll(() => at.close());

test('a code is six marks that cannot be mistaken for one another, and the database does not know it', async () => {
  const { code, expiresAt } = await issueBindingCode(at.house, wang._id, actorOf(wang, 'api'));
  expect(code).toMatch(/^[34679ACDEFGHJKMNPQRTWXY]{6}$/);
  expect(expiresAt.getTime() - at.clock.now().getTime()).toBe(30 * MINUTE);
  const kept = await at.house.model('binding_codes').find({ person: wang._id }).lean();
  expect(kept).toHaveLength(1);
  expect(JSON.stringify(kept)).not.toContain(code);
});

test('who sends the code is the person from then on, however it is typed', async () => {
  const code = await ownCode(wang);
  const phone = contact();
  const typed = ` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `;
  expect((await bindContact(at.house, phone, typed))._id).toBe(wang._id);
  expect((await at.house.directory.byContact(phone.puppet, phone.id))?.id).toBe(wang._id);
  expect(await boundTo(at.house, wang._id)).toEqual([{ ...phone, boundAt: at.clock.now() }]);
});

test('of twenty contacts that send one code at once exactly one wins, and its repeat succeeds', async () => {
  for (let round = 0; round < 5; round += 1) {
    const person = await makePerson(at.house, { area: place.community });
    const code = await ownCode(person);
    const rivals = Array.from({ length: 20 }, contact);
    const results = await Promise.allSettled(rivals.map((rival) => bindContact(at.house, rival, code)));
    const winners = rivals.filter((_, n) => results[n]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'binding_code_used', status: 409 });
    }
    const [winner] = winners;
    if (!winner) throw new Error('no winner');
    expect((await bindContact(at.house, winner, code))._id).toBe(person._id);
    expect((await boundTo(at.house, person._id)).map(({ id }) => id)).toEqual([winner.id]);
  }
});

test('one contact that sends two codes at once belongs to one of the two people', async () => {
  const li = await makePerson(at.house, { area: place.community });
  const [a, b] = [await ownCode(wang), await ownCode(li)];
  const phone = contact();
  await Promise.all([bindContact(at.house, phone, a), bindContact(at.house, phone, b)]);
  const owners = [...(await boundTo(at.house, wang._id)), ...(await boundTo(at.house, li._id))];
  expect(owners).toHaveLength(1);
});

test('a bound contact moves to the person whose code it sends, and both are told to everyone who remembers them', async () => {
  const li = await makePerson(at.house, { area: place.community });
  const phone = contact();
  await bindContact(at.house, phone, await ownCode(wang));
  const told: unknown[] = [];
  const stop = await at.house.coordination.subscribe('people', (message) => told.push(message));
  await bindContact(at.house, phone, await ownCode(li));
  await stop();
  expect(told).toEqual([{ id: li._id }, { id: wang._id }]);
  expect(await boundTo(at.house, wang._id)).toEqual([]);
  expect((await at.house.directory.byContact(phone.puppet, phone.id))?.id).toBe(li._id);
});

test('a code ends after half an hour, and when the next one is given out', async () => {
  const first = await ownCode(wang);
  at.clock.shift(30 * MINUTE);
  await expect(bindContact(at.house, contact(), first)).rejects.toMatchObject({ code: 'binding_code_unknown' });
  const second = await ownCode(wang);
  const third = await ownCode(wang);
  await expect(bindContact(at.house, contact(), second)).rejects.toMatchObject({ code: 'binding_code_unknown' });
  at.clock.shift(30 * MINUTE - 1);
  expect((await bindContact(at.house, contact(), third))._id).toBe(wang._id);
});

test('a code that is not taken says where to get another from where one is', async () => {
  const where = { phone: MINIPROGRAM, chat: contact().puppet };
  for (const [from, words] of [
    ['phone', '请向社区或网格员再要一个'],
    ['chat', '请在小程序里重新取一个'],
  ] as const) {
    const code = await ownCode(wang);
    await bindContact(at.house, contact(), code);
    for (const wrong of [code, '333333']) {
      const refused = bindContact(at.house, { ...contact(), puppet: where[from] }, wrong);
      await expect(refused, from).rejects.toThrow(words);
    }
  }
});

test('after five wrong codes a contact must wait, even with the right one; others need not', async () => {
  const guesser = contact();
  const code = await ownCode(wang);
  for (let n = 0; n < 5; n += 1) {
    await expect(bindContact(at.house, guesser, `33333${n + 3}`)).rejects.toMatchObject({
      code: 'binding_code_unknown',
    });
  }
  await expect(bindContact(at.house, guesser, code)).rejects.toMatchObject({ code: 'too_many_requests', status: 429 });
  expect((await bindContact(at.house, contact(), code))._id).toBe(wang._id);
});

test('one person gets five codes an hour', async () => {
  for (let n = 0; n < 5; n += 1) await ownCode(wang);
  await expect(ownCode(wang)).rejects.toMatchObject({ code: 'too_many_requests' });
});

test('a worker takes a code for somebody in the own community, on record; nobody else does', async () => {
  const elsewhere = await makeCommunity(at.house);
  const worker = await makePerson(at.house, { area: place.community, roles: ['worker'] });
  const stranger = await makePerson(at.house, { area: elsewhere.community, roles: ['worker'] });
  const neighbour = await makePerson(at.house, { area: place.community });
  const { code } = await issueBindingCode(at.house, wang._id, actorOf(worker, 'api'));
  expect((await bindContact(at.house, contact(), code))._id).toBe(wang._id);
  expect(await at.house.model('audits').find({ person: wang._id }).lean()).toMatchObject([
    { what: 'binding_code', by: { id: worker._id, name: worker.name }, channel: 'api', at: at.clock.now() },
  ]);
  for (const other of [stranger, neighbour]) {
    await expect(issueBindingCode(at.house, wang._id, actorOf(other, 'api'))).rejects.toMatchObject({
      code: 'not_found',
    });
  }
});

test('nobody helps somebody else to a code who is more than they could grant: every issuer, every holder', async () => {
  const { house } = at;
  const elsewhere = await makeCommunity(house);
  const readers: Role[] = ['worker', 'grid_worker', 'care_keeper', 'secretary', 'admin'];
  const secretaryGrants = ['worker', 'grid_worker', 'volunteer', 'social_worker', 'facilitator', 'care_keeper'];
  for (const issuerRole of ROLES) {
    const issuer = actorOf(await makePerson(house, { area: place.community, roles: [issuerRole] }), 'api');
    for (const role of ROLES) {
      for (const area of [place.community, place.street, elsewhere.community]) {
        const holder = await makePerson(house, { area: place.community, roles: ['resident', { role, area }] });
        const powerless = role === 'resident' || role === 'household_lead';
        const here = area === place.community;
        const allowed =
          issuerRole === 'worker' || issuerRole === 'grid_worker'
            ? powerless
            : issuerRole === 'secretary'
              ? powerless || (here && secretaryGrants.includes(role))
              : issuerRole === 'admin' && (powerless || here);
        const outcome = issueBindingCode(house, holder._id, issuer).then(
          () => true,
          (error: { code?: string }) => error.code,
        );
        const refusal = readers.includes(issuerRole) ? 'forbidden' : 'not_found';
        expect([issuerRole, role, area, await outcome]).toEqual([issuerRole, role, area, allowed || refusal]);
      }
    }
  }
});

test('a code given out for somebody is as good as its giver when it is sent, not when it was given', async () => {
  const { house } = at;
  const admin = actorOf(await makePerson(house, { area: place.community, roles: ['admin'] }), 'api');
  const worker = await makePerson(house, { area: place.community, roles: ['worker'] });
  const issued = await issueBindingCode(house, wang._id, actorOf(worker, 'api'));
  await grantRole(house, wang._id, { role: 'secretary', area: place.community }, admin);
  await expect(bindContact(house, contact(), issued.code)).rejects.toMatchObject({ code: 'binding_code_unknown' });

  const li = await makePerson(house, { area: place.community });
  const second = await issueBindingCode(house, li._id, actorOf(worker, 'api'));
  await revokeRole(house, worker._id, { role: 'worker', area: place.community }, admin);
  await expect(bindContact(house, contact(), second.code)).rejects.toMatchObject({ code: 'binding_code_unknown' });
});

test('the house itself gives the first admin a code, on record', async () => {
  const boss = await makePerson(at.house, { area: place.city, roles: [{ role: 'admin', area: place.city }] });
  const { code } = await issueBindingCode(at.house, boss._id, system('command'));
  expect((await bindContact(at.house, contact(), code))._id).toBe(boss._id);
  expect(await at.house.model('audits').find({ person: boss._id }).lean()).toMatchObject([
    { what: 'binding_code', by: { id: 'system' }, channel: 'command' },
  ]);
});
