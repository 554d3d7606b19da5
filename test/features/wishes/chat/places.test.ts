import { afterAll, beforeAll, expect, it } from 'vitest';
import { addVersion } from '../../../../src/features/areas/index.ts';
import { actorOf } from '../../../../src/features/people/index.ts';
import { makePerson } from '../../../support/house.ts';
import { openTalk, type Talk } from './talk.ts';

let talk: Talk;
let first: string;
let second: string;
beforeAll(async () => {
  talk = await openTalk();
  const { house, community } = talk.world;
  [first = '', second = ''] = community.grids;
  const admin = actorOf(await makePerson(house, { area: community.community, roles: ['admin'] }), 'api');
  const version = (estates: [string, string[]][]) => ({
    from: '2026-01-01',
    source: '试验',
    places: estates.map(([estate, buildings]) => ({ estate, buildings })),
  });
  await addVersion(
    house,
    first,
    version([
      ['上海城', ['1-6']],
      ['建设路', ['1-48']],
    ]),
    admin,
  );
  await addVersion(
    house,
    second,
    version([
      ['上海城', ['7-12']],
      ['幸福里小区', ['1-3']],
    ]),
    admin,
  );
}, 60_000);
afterAll(() => talk.close());

it('a wish belongs to the grid of the address in it; the address is sealed and not on the wall', async () => {
  expect(await talk.says('granny', '我住上海城九栋二单元五零一，想要一床棉被')).toContain(
    '（物品，为自己，上海城（第2网格））',
  );
  expect(await talk.says('granny', '确认')).toContain('登记好了');
  const wish = await talk.last();
  expect(wish).toMatchObject({ grid: second, place: { label: '幸福里社区 · 第2网格' } });
  expect(JSON.stringify(wish.place)).not.toContain('501');
  expect(JSON.stringify(wish.wall)).not.toMatch(/九栋|二单元|五零一|501/u);
  const { house } = talk.world;
  expect(house.vault.open(wish.place.sealed ?? '', `wish/${wish._id}/address`)).toBe('上海城9栋2单元501');
});

it('asks which place is meant, by number, and takes 都不是', async () => {
  const question = await talk.says('granny', '我住3栋1单元302，想要一台收音机');
  expect(question).toBe(
    '请问是哪一处？回前面的数字就行：\n1. 上海城3栋1单元302（第1网格）\n2. 幸福里小区3栋1单元302（第2网格）\n3. 都不是',
  );
  expect(await talk.says('granny', '2')).toContain('幸福里小区（第2网格）');
  await talk.says('granny', '确认');
  expect(await talk.last()).toMatchObject({ grid: second, text: '我住3栋1单元302，想要一台收音机' });

  await talk.says('granny', '我住2栋1单元301，想要一个书架');
  expect(await talk.says('granny', '3')).toContain('（物品，为自己）');
  await talk.says('granny', '确认');
  expect(await talk.last()).toMatchObject({ grid: first, text: '我住2栋1单元301，想要一个书架' });
  expect((await talk.last()).place.sealed).toBeUndefined();
});

it('what is added to a wish may say where', async () => {
  await talk.says('granny', '想要一把剪刀');
  expect(await talk.says('granny', '送到上海城8栋1单元201')).toContain('上海城（第2网格）');
  await talk.says('granny', '确认');
  expect(await talk.last()).toMatchObject({ grid: second });
});

it.each([
  ['电话13912345678', '139****5678', '13912345678'],
  ['电话一三九 一二三四 五六七八', '139****5678', '一二三四'],
  ['身份证52020119480307123X', '520***', '19480307'],
  ['我叫王桂芳', '我叫王*', '桂芳'],
  ['联系人：李小强', '李*', '小强'],
])('what says who somebody is, is masked when it is read back: %s', async (said, masked, clear) => {
  const back = await talk.says('granny', `想要一台电风扇，${said}`);
  expect(back).toContain(masked);
  expect(back).not.toContain(clear);
  await talk.says('granny', '取消');
});
