import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addVersion, areas, areasChanged } from '../../../../src/features/areas/index.ts';
import { handoffs } from '../../../../src/features/handoffs/index.ts';
import { type IncidentDoc, incidents } from '../../../../src/features/incidents/index.ts';
import { actorOf, people } from '../../../../src/features/people/index.ts';
import { wishes } from '../../../../src/features/wishes/index.ts';
import { chatWorld, type World } from '../../../chat/world.ts';
import { makeCommunity, makePerson } from '../../../support/house.ts';

const FEATURES = [areas, people, wishes, incidents, handoffs];
let world: World;
let grids: string[];
const says = async (text: string, who = 'granny') => (await world.says(who, text)).join('\n');
const last = () =>
  world.house.db.collection<IncidentDoc>('incident').find({}).sort({ createdAt: -1, _id: -1 }).limit(1).next();

beforeAll(async () => {
  world = await chatWorld({ features: FEATURES, intents: FEATURES.flatMap(({ intents }) => intents) });
  const { house, community } = world;
  grids = community.grids;
  const admin = actorOf(await makePerson(house, { area: community.community, roles: ['admin'] }), 'api');
  for (const [nth, buildings] of [['1-6'], ['7-12']].entries()) {
    const places = [{ estate: '上海城', buildings }];
    await addVersion(house, grids[nth] ?? '', { from: '2026-01-01', source: '试验', places }, admin);
  }
});
afterAll(() => world.close());

describe('where a problem is', () => {
  it('is read back with whom it goes to: the grid of the place, or one’s own', async () => {
    expect(await says('8栋楼道的灯坏了')).toContain('（公共设施，上海城（第2网格）），报给幸福里社区 · 第2网格。');
    await says('取消');
    expect(await says('小区门口的路灯坏了')).toContain('（公共设施），报给幸福里社区 · 第1网格。');
    await says('取消');
  });

  it('in a building nobody knows is asked once, with the nearest ones', async () => {
    const asked = await says('99栋楼道的灯坏了');
    expect(asked).toBe(
      [
        '没有找到99栋，请问是下面哪一处？回前面的数字就行：',
        '1. 上海城9栋（第2网格）',
        '2. 上海城12栋（第2网格）',
        '3. 上海城11栋（第2网格）',
        '4. 上海城10栋（第2网格）',
        '5. 就是99栋，没有说错',
      ].join('\n'),
    );
    expect(await says('1')).toContain('9栋楼道的灯坏了（公共设施，上海城（第2网格）），报给幸福里社区 · 第2网格。');
    expect(await says('确认')).toContain('报上去了');
    expect(await last()).toMatchObject({ grid: grids[1], text: '9栋楼道的灯坏了' });

    await says('上海城99栋电梯停了');
    expect(await says('就是99栋')).toContain('要报告问题：上海城99栋电梯停了');
    expect(await says('不对，是98栋')).not.toContain('没有找到');
    expect(await says('确认')).toContain('报上去了');
  });

  it('of a wish is asked about, too, and of danger never', async () => {
    expect(await says('我住20栋，想要一床棉被')).toContain('没有找到20栋');
    expect(await says('4')).toContain('想要一床棉被');
    await says('取消');
    expect(await says('99栋着火了')).toContain('已经告诉网格员和书记');
    expect(await says('没事了')).toContain('平安就好');
  });

  it('is the community’s when one’s grid is none any more, and nobody’s when the community is gone', async () => {
    const { house } = world;
    const left = await makeCommunity(house, { name: '清水社区', grids: 1 });
    const area = left.grids[0] ?? '';
    await makePerson(house, { area, name: '周德明', contacts: [{ puppet: 'web', id: 'zhou' }] });
    await house.db.collection<{ _id: string }>('areas').deleteOne({ _id: area });
    await areasChanged(house);
    expect(await says('路边的井盖破了', 'zhou')).toContain('报给清水社区。');
    expect(await says('确认', 'zhou')).toContain('报上去了');
    const there = { community: left.community };
    expect(await house.db.collection('incident').findOne(there)).toMatchObject({ place: { label: '清水社区' } });
    expect(await says('想要一把雨伞', 'zhou')).toContain('要登记微心愿');
    expect(await says('确认', 'zhou')).toContain('登记好了');
    await house.db.collection<{ _id: string }>('areas').deleteOne({ _id: left.community });
    await areasChanged(house);
    expect(await says('路边的井盖又破了', 'zhou')).toContain('还不知道您住在哪个社区');
    expect(await says('着火了', 'zhou')).toMatch(/119/u);
  });
});
