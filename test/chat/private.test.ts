/** Every intent the house knows, asked in a bound group by people with matters of their own: nothing of them is read there. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { understand } from '../../src/chat/understanding/index.ts';
import type { Understanding } from '../../src/chat/understanding/labels.ts';
import { INTENTS } from '../../src/chat/understanding/labels.ts';
import type { Intent } from '../../src/core/feature.ts';
import { features } from '../../src/features/index.ts';
import { chatWorld, type World } from './world.ts';

let world: World;
let forced: Pick<Understanding, 'intent' | 'slots'> | undefined;
const intents: readonly Intent[] = features.flatMap((feature) => [...feature.intents]);

/** What is said for an intent that names no example, or for more than its example says. */
const SAID: Record<string, string> = {
  'wish.submit': '我是王桂芳，电话13812345678，住3栋2单元501，想要一副假牙',
  'incident.report': '3栋2单元501王桂芳家门口的灯坏了，电话13812345678',
  'topic.propose': '我想提个议题：王桂芳家楼下装扶手，电话13812345678',
  'visit.log': '今天走访了王桂芳家，13812345678，假牙还没配好',
  'talk.done': '和李强谈完了，他家里有病人',
  'talk.ask': '我想找书记谈谈，家里有病人',
  'progress.query': '我的事都到哪一步了',
  'area.officeHours': '社区几点上班',
  handoff: '转人工，我的尿垫没有了，电话13812345678',
  'handoff.help': '求助',
  'handoff.close': '不用人工了',
  'handoff.answer': '回复1号 王桂芳您好，尿垫明天送到3栋2单元501',
  'visit.wish': '给王桂芳登记心愿',
  'visit.incident': '王桂芳家门口的灯坏了，上报事件',
  'topic.unsecond': '不附议1号了',
  'topic.withdraw': '撤回议题1号',
  'topic.agreeMerge': '同意合并1号',
  'topic.refuseMerge': '不同意合并1号',
};
/** Of the people and what is theirs; the title of the one wish that hangs on the wall is anybody's to read. */
const PRIVATE = /王桂芳|刘小燕|李强|赵磊|陈建国|1381234|5678|3栋|2单元|501|假牙|尿垫|扶手|病人/u;
const WHO = { resident: 'granny', worker: 'li', secretary: 'chen', volunteer: 'zhao' } as const;

beforeAll(async () => {
  world = await chatWorld({
    features,
    intents,
    more: {
      understand: (message) => (forced ? { ...forced, confidence: 1, explicit: false } : understand(message)),
    },
  });
  await world.bindGroup('yard');
  const say = (who: string, text: string) => world.says(who, text);
  for (const text of ['我叫王桂芳，电话13812345678，想要一副假牙', '确认', '想要一个轮椅', '确认'])
    await say('granny', text);
  await say('chen', '发布2号');
  world.clock.shift(25 * 3_600_000);
  await say('li', '认领2号');
  await say('li', '确认');
  await say('granny', '转人工，我的尿垫没有了');
}, 60_000);
afterAll(async () => {
  await world.close();
});

async function inGroup(who: string, text: string): Promise<string[]> {
  const from = world.said.length;
  await world.channel.receive(who, `@好邻 ${text}`, { room: 'yard', mention: true });
  return world.said.slice(from).flatMap((one) => ('room' in one.to ? [one.text] : []));
}

/** Whoever may do it, so that it gets as far as it can. */
function whoAsks({ help }: Intent): string {
  const role = (Object.keys(WHO) as (keyof typeof WHO)[]).find((one) => !help?.roles || help.roles.includes(one));
  return WHO[role ?? 'secretary'];
}

it('nothing private is read in a group, whatever is asked there, answered and confirmed there', async () => {
  const asked = [...intents, { name: 'progress.query', effect: 'read' } as Intent];
  const labels = new Set<string>(INTENTS);
  let heard = 0;
  for (const intent of asked) {
    const said = SAID[intent.name] ?? intent.help?.example;
    expect(said, `${intent.name} is asked nowhere: say in SAID how`).toBeDefined();
    const who = whoAsks(intent);
    await world.house.db.collection('chat_dialogues').deleteMany({});
    const slots = {
      number: 2,
      category: 'goods',
      score: 2,
      until: '2026-03-20',
      choice: 'for',
      name: '健在证明',
    } as const;
    forced = labels.has(intent.name) ? { intent: intent.name as Understanding['intent'], slots } : undefined;
    const read = await inGroup(who, (said ?? '').replaceAll('12号', '2号'));
    forced = undefined;
    for (const text of ['1', '确认']) read.push(...(await inGroup(who, text)));
    heard += read.length;
    for (const text of read) expect(text, `${intent.name} by ${who}`).not.toMatch(PRIVATE);
  }
  // The group reads something each time, if only that the answer is elsewhere.
  expect(heard).toBeGreaterThan(asked.length * 2);
  expect(world.log.filter(({ level }) => level === 'error')).toEqual([]);
}, 60_000);
