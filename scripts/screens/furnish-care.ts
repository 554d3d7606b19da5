import type { Stage } from '../demo/stage.ts';
import type { Ask } from './furnish-ballots.ts';

/** Ids of people in care and of logged visits. */
export interface FurnishedCare {
  /** In care, handed over once, with a note. */
  kept: string;
  /** A flag of theirs is to be reviewed. */
  due: string;
  /** Of whom a household lead is told a name and a colour. */
  neighbour: string;
  person: string;
  /** Corrected, spot-checked, and a wish came of it. */
  visit: string;
}

interface Row {
  id: string;
  person: { id: string };
}

/** Some weeks of looking after people. */
export async function furnishCare({ people }: Stage, ask: Ask): Promise<FurnishedCare> {
  const careOf = async (who: string): Promise<Row> => {
    const { items } = await ask<{ items: Row[] }>('何静', 'GET', `/care?person=${people[who]}`);
    if (!items[0]) throw new Error(`${who} is not in care`);
    return items[0];
  };
  const [wang, lu, luo] = [await careOf('王秀英'), await careOf('陆开明'), await careOf('罗文贵')];
  await ask('李敏', 'POST', `/care/${wang.id}/note`, { text: '药快吃完了，下周带她去社区医院开。' });
  const words = '周三上午都在家。耳朵不好，敲门要重一点。';
  await ask('何静', 'POST', `/care/${luo.id}/handOver`, { to: people.周强, words });
  const { id: visit } = await ask<{ id: string }>('周强', 'POST', '/visits', {
    day: '2026-03-12',
    place: '9栋2单元',
    persons: [luo.person.id],
    households: 2,
    well: false,
    found: '客厅的灯不亮，换灯泡够不着。',
    wish: { text: '想请人换一个客厅的灯泡', category: 'repair', person: luo.person.id },
  });
  await ask('周强', 'POST', `/visits/${visit}/correct`, { day: '2026-03-13', reason: '日子记错了' });
  await ask('郑海燕', 'POST', `/visits/${visit}/check`, { agreed: true, words: '打过电话，说来过' });
  await ask('李敏', 'POST', '/visits', { kind: 'inspection', households: 4, place: '3栋楼道' });
  return { kept: luo.id, due: lu.id, neighbour: wang.id, person: luo.person.id, visit };
}
