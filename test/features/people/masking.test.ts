import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROLES, type RoleGrant } from '../../../src/core/ability.ts';
import { openVault } from '../../../src/core/vault.ts';
import { areas } from '../../../src/features/areas/index.ts';
import {
  actorOf,
  fieldPlace,
  findPerson,
  maskedPerson,
  type Person,
  people,
  personDocument,
  publicName,
  sentinelOf,
  unmask,
  wardsOf,
} from '../../../src/features/people/index.ts';
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

const SECRETS = { phone: '15400001234', idNumber: '990001194503070021', address: '幸福里3栋2单元501' };

test('a masked person shows the surname and the ends of the numbers', async () => {
  const wang = await makePerson(at.house, {
    name: '王秀英',
    area: here.community,
    gender: 'female',
    birthYear: 1945,
    ...SECRETS,
  });
  expect(maskedPerson(wang, at.house.vault)).toEqual({
    id: wang._id,
    name: '王*',
    gender: 'female',
    birthYear: 1945,
    phone: '154****1234',
    idNumber: '990**************1',
    hasAddress: true,
  });
});

test('neither the stored nor the masked person holds a number or the address in clear', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^1\\d{${length - 1}}$`));
  const given = fc.record({
    name: fc.stringMatching(/^[\u4e00-\u9fa5]{2,4}$/),
    phone: digits(11),
    idNumber: digits(18),
    address: fc.stringMatching(/^[\u4e00-\u9fa5]{6,30}$/),
  });
  fc.assert(
    fc.property(given, (secrets) => {
      const roles: RoleGrant[] = [{ role: 'resident', area: here.community }];
      const person = personDocument(at.house.vault, { ...secrets, area: here.community, roles }, at.clock.now());
      const stored = JSON.stringify(person);
      const shown = JSON.stringify(maskedPerson(person, at.house.vault));
      for (const secret of [secrets.phone, secrets.idNumber, secrets.address]) {
        expect(stored).not.toContain(secret);
        expect(shown).not.toContain(secret);
      }
      expect(shown).not.toContain(secrets.name);
    }),
  );
});

test('names of those on public duty are public, others are not', async () => {
  const { name } = await makePerson(at.house, { name: '李敏', area: here.community });
  for (const role of ROLES) {
    const shown = publicName({ name, roles: [{ role, area: here.community }] });
    const hidden = ['resident', 'household_lead', 'volunteer', 'admin'].includes(role);
    expect([role, shown]).toEqual([role, hidden ? '李*' : '李敏']);
  }
});

test('who may unmask: oneself, one’s sentinel, workers, who keeps care and the secretary of the place; each time on record, else not', async () => {
  const audits = at.house.model('audits');
  const sentinel = await makePerson(at.house, { area: there.community, roles: ['worker'] });
  const wang = await makePerson(at.house, {
    area: here.grids[0] ?? '',
    sentinel: sentinel._id,
    ...SECRETS,
    idNumber: '990001194503070048',
  });
  const ask = (actor: Parameters<typeof unmask>[4]) =>
    unmask(at.house, wang._id, ['phone', 'address'], '上门前联系', actor);
  const clear = { phone: SECRETS.phone, address: SECRETS.address };

  const allowed = [wang, sentinel];
  for (const role of ROLES) {
    for (const area of [here.grids[0], here.community, here.street, here.grids[1], there.community]) {
      const grant = { role, area: area ?? '' };
      const person = await makePerson(at.house, { area: there.community, roles: [grant] });
      const covers =
        wang.areas.includes(grant.area) && ['worker', 'grid_worker', 'care_keeper', 'secretary'].includes(role);
      if (covers) allowed.push(person);
      else {
        const reads = role === 'admin' && wang.areas.includes(grant.area);
        const code = reads ? 'forbidden' : 'not_found';
        await expect(ask(actorOf(person, 'api')), JSON.stringify(grant)).rejects.toMatchObject({ code });
        expect(await audits.countDocuments({ 'by.id': person._id })).toBe(0);
      }
    }
  }
  expect(allowed).toHaveLength(2 + 4 * 3);
  for (const person of allowed) {
    expect(await ask(actorOf(person, 'api'))).toEqual(clear);
    const lines = await audits.find({ 'by.id': person._id }).lean();
    expect(lines).toMatchObject([
      {
        what: 'unmask',
        person: wang._id,
        fields: ['phone', 'address'],
        why: '上门前联系',
        channel: 'api',
        at: at.clock.now(),
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain(SECRETS.phone);
  }
});

test('when the record cannot be written nothing is shown', async () => {
  const wang = await makePerson(at.house, { area: here.community, phone: SECRETS.phone });
  const broken = Object.create(at.house, {
    model: {
      value: (name: string) => {
        if (name === 'audits') throw new Error('no audits today');
        return at.house.model(name);
      },
    },
  });
  await expect(unmask(broken, wang._id, ['phone'], '核对', actorOf(wang, 'api'))).rejects.toThrow('no audits today');
});

test('a sentinel and the wards know each other', async () => {
  const li = await makePerson(at.house, { area: here.community, roles: ['worker'] });
  const wang = await makePerson(at.house, { area: here.community, sentinel: li._id });
  const zhang = await makePerson(at.house, { area: here.community, sentinel: li._id });
  expect(await sentinelOf(at.house, wang._id)).toBe(li._id);
  expect(await sentinelOf(at.house, li._id)).toBeUndefined();
  expect((await wardsOf(at.house, li._id)).map(({ _id }) => _id)).toEqual([wang._id, zhang._id]);
});

test('a number put into another person’s row, or sealed with a lost key, opens for nobody and stops nothing else', async () => {
  const { house } = at;
  const mine = await makePerson(house, {
    name: '王秀英',
    area: here.community,
    ...SECRETS,
    idNumber: '990001194503070063',
  });
  const yours = await makePerson(house, {
    name: '李强',
    area: here.community,
    phone: '15400009999',
    idNumber: '990001194503070055',
    address: '别处1号',
  });
  const elsewhere = openVault(Buffer.alloc(32, 8)).seal('15400000000', fieldPlace(mine._id, 'phone'));
  for (const field of ['phone', 'idNumber', 'address'] as const) {
    for (const sealed of [yours[field] ?? '', elsewhere, house.vault.seal('15400000000'), 'rubbish', '']) {
      await house.model<Person>('people').updateOne({ _id: mine._id }, { $set: { [field]: sealed } });
      const person = await findPerson(house, mine._id);
      if (!person) throw new Error('the person is gone');
      const actor = actorOf(person, 'api');
      await expect(unmask(house, mine._id, [field], '核对', actor)).rejects.toMatchObject({
        code: 'sealed_unreadable',
      });
      const shown = maskedPerson(person, house.vault);
      expect(shown.name).toBe('王*');
      if (field !== 'address') expect(shown[field]).toBe('无法读取');
    }
    await house.model<Person>('people').updateOne({ _id: mine._id }, { $set: { [field]: mine[field] } });
  }
  expect(maskedPerson(mine, house.vault)).toMatchObject({ phone: '154****1234', hasAddress: true });
});
