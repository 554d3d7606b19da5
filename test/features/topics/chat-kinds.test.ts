/** A sentence that names a matter of one kind by its number never lands on another kind's of that number. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NUMBERED } from '../../../src/chat/understanding/slots.ts';
import { features } from '../../../src/features/index.ts';
import { type ChatTown, openChatTown } from './chat-town.ts';

let town: ChatTown;
beforeAll(async () => {
  town = await openChatTown();
  await town.says('granny', '心愿：想要一个电饭煲');
  await town.says('granny', '确认');
  await town.says('chen', '发布1号');
  await town.says('li', '认领1号');
  await town.says('granny', '转人工 楼道灯坏了');
  await town.proposed('zhao', '楼道装感应灯');
}, 60_000);
afterAll(() => town.close());

/** By intent, what is said of the number of something else. */
const SAID: Record<string, (called: string) => string[]> = {
  'wish.claim': (x) => [`认领${x}`, `${x}我来办`],
  'wish.contact': (x) => [`${x}已经联系上了`],
  'wish.extend': (x) => [`${x}延期到下周五`],
  'wish.release': (x) => [`${x}的事我办不了，转给赵小燕`, `退回${x}`],
  'wish.done': (x) => [`${x}的事办好了：灯买了`, `办结${x}`, `${x}和2号都办好了`],
  'wish.withdraw': (x) => [`撤回${x}`],
  rate: (x) => [`给${x}打9分`, `${x}很满意，打4分`],
  'wish.publish': (x) => [`发布${x}`, `受理${x}`],
  'wish.decline': (x) => [`不予受理${x}，太贵`],
  'handoff.answer': (x) => [`回复${x}：明天上门看`],
  'handoff.close': (x) => [`取消${x}`],
  'topic.second': (x) => [`附议${x}`],
  'topic.unsecond': (x) => [`撤回附议${x}`],
  'topic.withdraw': (x) => [`撤回我的${x}`],
  'topic.object': (x) => [`对${x}有异议：太贵了`],
  'topic.review': (x) => [`给${x}打5分，办得好`],
  'topic.agreeMerge': (x) => [`${x}同意合并`],
  'topic.refuseMerge': (x) => [`${x}不同意合并`],
  'topic.say': (x) => [`${x}发言：我同意`],
  'ballot.cast': (x) => [`${x}我同意`, `${x}投反对票`],
  // What may be said of wishes in the same words is told apart in incidents/chat/talk.test.ts.
  'incident.add': () => [],
  'incident.decline': (x) => [`${x}不予受理，不归我们管`],
  'incident.dispatch': (x) => [`派${x}给李强`, `${x}让李强去`],
  'incident.merge': (x) => [`${x}和3号是一回事`, `把${x}并到3号`],
  'incident.mistaken': (x) => [`${x}是误报`, `${x}报错了`],
  'incident.look': (x) => [`${x}去看了，是灯泡坏了`],
  'incident.note': () => [],
  'incident.raise': (x) => [`上报${x} 要街道协调`],
  'incident.reject': (x) => [`退单${x} 不在我的网格`],
  'incident.resolve': () => [],
  'incident.take': (x) => [`接办${x}`],
  'incident.triage': (x) => [`核实${x} 较急`],
  'incident.withdraw': (x) => [`撤掉${x}`],
};
const SPEAKERS: Record<string, string> = {
  'wish.withdraw': 'granny',
  'wish.publish': 'chen',
  'wish.decline': 'chen',
  'incident.decline': 'chen',
  'incident.dispatch': 'chen',
  'incident.merge': 'chen',
  'handoff.answer': 'chen',
};
const KINDS = ['心愿', '议题', '求助'];
const kindOf = (intent: string) =>
  intent.startsWith('incident')
    ? '事件'
    : intent.startsWith('handoff')
      ? '求助'
      : /^(?:topic|ballot)/u.test(intent)
        ? '议题'
        : '心愿';

const state = async () => {
  const rows = (name: string) => town.world.house.db.collection(name).find({}).sort({ _id: 1 }).toArray();
  const all = [...(await rows('wish')), ...(await rows('topic')), ...(await rows('ballot'))];
  return all.map(({ _id, state: at, version }) => [_id, at, version]);
};

describe.each(Object.entries(SAID))('%s', (intent, said) => {
  it.each(KINDS.filter((kind) => kind !== kindOf(intent)))('is not done to what is called %s', async (kind) => {
    const before = await state();
    const sentences = kind === '议题' ? said(`${kind}1号`) : said(`1号${kind}`).slice(0, 1);
    for (const [at, text] of sentences.entries()) {
      const who = SPEAKERS[intent] ?? (at % 2 === 0 ? 'li' : 'granny');
      const reply = await town.says(who, text);
      for (const other of KINDS) {
        if (other !== kind) expect(reply, `${who}: ${text}`).not.toMatch(new RegExp(`${other}1号|1号${other}`, 'u'));
      }
      if (reply.includes('确认')) await town.says(who, '算了');
    }
    expect(await state()).toEqual(before);
  });
});

it('says what can be said of it, and where the rest is done', async () => {
  for (const text of ['议题1号的事我办不了，转给赵小燕', '1号议题的事办好了：灯买了', '给1号议题打9分']) {
    const reply = await town.says('li', text);
    expect(reply, text).toMatch(
      /您说的是议题1号.*“附议议题1号”.*“议题1号我同意”.*“议题1号到哪一步了”.*小程序里打开议题1号/u,
    );
  }
  expect(await town.says('li', '附议求助1号')).toMatch(/您说的是求助1号/u);
  expect(await town.says('li', '求助1号到哪一步了')).toMatch(/没有找到求助1号/u);
  expect(await town.says('li', '附议心愿1号')).toMatch(/您说的是心愿1号/u);
});

it('is known of every intent that takes a number', () => {
  const intents = features.flatMap((feature) => [...feature.intents]);
  const numbered = intents.filter(
    ({ name, command = [] }) =>
      (NUMBERED.has(name as never) && name !== 'progress.query') ||
      command.some(({ source }) => source.includes('(?<number>')),
  );
  expect(numbered.filter(({ about }) => about === undefined).map(({ name }) => name)).toEqual([]);
  expect(numbered.map(({ name }) => name).sort()).toEqual(Object.keys(SAID).sort());
});
