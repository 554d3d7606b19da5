import { atCivil, DAY, HOUR } from '../../src/core/time.ts';
import type { Stage } from '../demo/stage.ts';
import { type FurnishedBallots, furnishBallots } from './furnish-ballots.ts';
import { type FurnishedCare, furnishCare } from './furnish-care.ts';
import { type FurnishedIncidents, furnishIncidents } from './furnish-incidents.ts';
import { type FurnishedTalks, furnishRules, furnishTalks } from './furnish-talks.ts';
import { type FurnishedTopics, furnishTopics } from './furnish-topics.ts';

/** When the stage opens that is furnished: some days before the Monday morning the rest of it begins. */
export const OPENS = atCivil('2026-03-03', 9);
/** Where strangers would read of topics. */
export const PUBLIC_URL = 'https://haolin.example.cn';
const MONDAY = atCivil('2026-03-09', 9);

/** Ids of wishes in the states the pictures show. */
export interface Furnished extends FurnishedTalks {
  waiting: string;
  open: string;
  claimed: string;
  done: string;
  /** Talks with the community: one that nobody has answered yet, one that somebody has. */
  asked: string;
  answered: string;
  care: FurnishedCare;
  incidents: FurnishedIncidents;
  topic: string;
  seconded: string;
  ballots: FurnishedBallots;
  topics: FurnishedTopics;
}

const WISHES = [
  ['王秀英', '想要一个小点的电饭煲，家里的坏了', 'goods'],
  ['王秀英', '厨房的灯泡坏了，想请人帮忙换一下', 'repair'],
  ['孙桂芳', '想请人教教怎么用手机挂号', 'study'],
  ['马德福', '每周想有人陪着去一趟医院', 'care'],
  ['安国华', '想要一副老花镜，300度的', 'goods'],
  ['吴永贵', '巷口的路灯下想放一把长椅', 'other'],
] as const;

/** Gives the demo's community a fortnight of ordinary life, through the API as its people would. */
export async function furnish(stage: Stage): Promise<Furnished> {
  const tokens = new Map<string, string>();

  async function ask<T>(who: string, method: string, path: string, body?: object): Promise<T> {
    const token = tokens.get(who) ?? (await stage.app.http.issueToken(stage.people[who] ?? ''));
    tokens.set(who, token);
    const answer = await fetch(`${stage.address}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const found = await answer.json();
    if (!answer.ok) throw new Error(`${who} ${path}: ${JSON.stringify(found)}`);
    return found as T;
  }
  const move = (who: string, id: string, name: string, body: object = {}) =>
    ask(who, 'POST', `/wishes/${id}/${name}`, body);

  const topics = furnishTopics(stage, ask);
  await topics.early();
  await stage.pass(MONDAY.getTime() - stage.now().getTime());

  const ids: string[] = [];
  for (const [who, text, category] of WISHES) {
    ids.push((await ask<{ id: string }>(who, 'POST', '/wishes', { text, category })).id);
    await stage.pass(HOUR);
  }
  const [done = '', claimed = '', closed = '', open = '', another = '', waiting = ''] = ids;
  for (const id of [done, claimed, closed, open, another]) await move('陈建国', id, 'publish');
  await stage.pass(2 * DAY);
  await move('李敏', done, 'claim', { promise: '明天给您送去' });
  await move('赵小燕', closed, 'claim');
  await move('周强', claimed, 'claim', { promise: '周末上门' });
  await stage.pass(5 * HOUR);
  await move('李敏', done, 'contact', { note: '约好第二天上午' });
  await move('李敏', done, 'done', { note: '新电饭煲送到了，教会了怎么煮粥' });
  await move('赵小燕', closed, 'done', { note: '在家里教了两遍，还写了一张纸条' });
  await move('孙桂芳', closed, 'rate', { score: 5, words: '教得很耐心' });
  await stage.pass(3 * DAY);
  const call = async (who: string, text: string) => (await ask<{ id: string }>(who, 'POST', '/handoffs', { text })).id;
  const answered = await call('王秀英', '楼道的灯坏了三天了，想问问什么时候修');
  await ask('何春梅', 'POST', `/handoffs/${answered}/answer`, { text: '物业明天上午来换，我也在' });
  const asked = await call('孙桂芳', '想问问老年卡怎么办，要带什么去');
  const propose = async (who: string, text: string) => (await ask<{ id: string }>(who, 'POST', '/topics', { text })).id;
  const topic = await propose('王秀英', '楼道想装感应灯，晚上老人上下楼看不见。电费大家分摊');
  await ask('孙桂芳', 'POST', `/topics/${topic}/second`, {});
  const seconded = await propose('马德福', '小区门口的花坛能不能改成停电动车的地方');
  for (const who of ['王秀英', '孙桂芳', '安国华']) await ask(who, 'POST', `/topics/${seconded}/second`, {});
  const ballots = await furnishBallots(stage, ask);
  const onTheirWay = await topics.late();
  const talks = await furnishTalks(stage, ask);
  await furnishRules(ask);
  const care = await furnishCare(stage, ask);
  const incidents = await furnishIncidents(stage, ask);
  await stage.settle();
  return {
    care,
    incidents,
    ...talks,
    waiting,
    open,
    claimed,
    done,
    asked,
    answered,
    topic,
    seconded,
    ballots,
    topics: onTheirWay,
  };
}
