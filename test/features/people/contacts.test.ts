import { afterAll, beforeAll, expect, test } from 'vitest';
import { areas } from '../../../src/features/areas/index.ts';
import { actorOf, contactsOf, type Person, people } from '../../../src/features/people/index.ts';
import { makeCommunity, makePerson, type TestCommunity, type TestHouse, testHouse } from '../../support/house.ts';

let at: TestHouse;
let here: TestCommunity;
beforeAll(async () => {
  at = await testHouse([areas, people]);
  here = await makeCommunity(at.house);
});
afterAll(() => at.close());

const lines = (person: string) => at.house.model('audits').find({ person }).lean();

test('whoever helps people gets their names and telephones, in the order asked, with a line on record for each', async () => {
  const { house } = at;
  const wang = await makePerson(house, { name: '王秀英', area: here.community, phone: '15400000001' });
  const bare = await makePerson(house, { name: '李强', area: here.community });
  await house.model<Person>('people').updateOne({ _id: bare._id }, { $unset: { phone: '' } });
  const gone = await makePerson(house, { name: '赵六', area: here.community });
  await house.model<Person>('people').updateOne({ _id: gone._id }, { $set: { active: false } });
  const helper = actorOf(await makePerson(house, { name: '张敏', area: here.community, roles: ['volunteer'] }), 'chat');

  expect(await contactsOf(house, helper, [bare._id, gone._id, wang._id, 'nobody', bare._id], '上门送米')).toEqual([
    { id: bare._id, name: '李强' },
    { id: wang._id, name: '王秀英', phone: '15400000001' },
  ]);
  const line = {
    by: { id: helper.id, name: '张敏' },
    channel: 'chat',
    what: 'unmask',
    fields: ['name', 'phone'],
    why: '上门送米',
    at: at.clock.now(),
  };
  expect(await lines(wang._id)).toMatchObject([line]);
  expect(await lines(bare._id)).toMatchObject([line]);
  expect(await lines(gone._id)).toEqual([]);
  expect(await contactsOf(house, helper, [], '没有人')).toEqual([]);
});

test('no line, no telephone', async () => {
  const { house } = at;
  const wang = await makePerson(house, { area: here.community });
  const deaf = Object.create(house, {
    model: {
      value: (name: string) => {
        if (name === 'audits') throw new Error('the audits are away');
        return house.model(name);
      },
    },
  }) as typeof house;
  await expect(contactsOf(deaf, actorOf(wang, 'api'), [wang._id], '联系')).rejects.toThrow('the audits are away');
});

test('one whose number does not open is still named', async () => {
  const { house } = at;
  const wang = await makePerson(house, { name: '王秀英', area: here.community });
  await house.model<Person>('people').updateOne({ _id: wang._id }, { $set: { phone: 'rubbish' } });
  expect(await contactsOf(house, actorOf(wang, 'api'), [wang._id], '联系')).toEqual([
    { id: wang._id, name: '王秀英', phone: '无法读取' },
  ]);
});
