/** Fills a house with invented people: `npm run seed -- demo|city|x10 [--folder DIR | --uri mongodb://…]`. */
import type { House } from '../src/core/house.ts';
import { runCommand, WHERE, WHERE_USAGE, WRONG_USAGE } from './command-line.ts';
import { inHouse } from './open-house.ts';
import { showProgress } from './progress.ts';
import { seedCity } from './seed/city.ts';
import { seedDemo } from './seed/demo.ts';
import { seedIncidents } from './seed/incidents.ts';

const USAGE = `用法 Usage：npm run seed -- demo|city|x10 ${WHERE_USAGE}
  demo  一个虚构的社区、二十多个有名字的人和各种状态的事件 / an invented community, some twenty people with names, and incidents in every state
  city  真实区划上一座城市的规模，人员全是虚构的 / a city of real areas and invented people
  x10   十座这样的城市 / ten of these cities`;

const SIZES: Record<string, (house: House) => Promise<string>> = {
  demo: async (house) => {
    const { ids } = await seedDemo(house);
    return `幸福里社区已就位：${Object.keys(ids).length}人、${await seedIncidents(house)}个事件`;
  },
  city: (house) => cities(house, 1),
  x10: (house) => cities(house, 10),
};

async function cities(house: House, scale: number): Promise<string> {
  const progress = showProgress('写入');
  const began = performance.now();
  const { areas, people } = await seedCity(house, { scale, progress }).finally(progress.end);
  return `${areas}个区域、${people}人已就位，用时${((performance.now() - began) / 1_000).toFixed(1)}秒`;
}

await runCommand({
  usage: USAGE,
  options: WHERE,
  words: [1, 1],
  async run(values, [size = '']) {
    const fill = SIZES[size];
    if (!fill) return WRONG_USAGE;
    console.log(await inHouse(values, fill));
    return 0;
  },
});
