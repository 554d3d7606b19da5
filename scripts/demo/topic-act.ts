import { addDays, atCivil, DAY, dayOf, HOUR, MINUTE } from '../../src/core/time.ts';
import type { Teller } from './teller.ts';

interface Topic {
  id: string;
  state: string;
  meeting?: { code?: string };
  vote?: { ballot: string };
  arithmetic: string[];
  objections: { id: string }[];
  items: { id: string }[];
  reviews: { average?: number };
}

const COMMUNITY = '990001001001';
const GRANNY = '王秀英';
const NEIGHBOUR = '张福生';
const FACILITATOR = '熊国柱';
const SECRETARY = '陈建国';
const SECONDING = [NEIGHBOUR, '卢明芬', '潘美玲'];
const VOTING = [
  [GRANNY, '1号议题我同意', '同意'],
  [NEIGHBOUR, '议题1号我反对', '反对'],
  ['卢明芬', '1号议题我同意', '同意'],
] as const;

/** The story of a topic, from a sentence in chat to a judged result: heard, talked over, voted on, carried out. @throws Surprise */
export async function playTopic(teller: Teller): Promise<void> {
  const { stage, print, must, scene, says, call, signIn, moves, wasTold, mark } = teller;
  for (const name of [FACILITATOR, SECRETARY, GRANNY, ...SECONDING]) await signIn(name);
  const ids = stage.people;
  const seen = async (name: string): Promise<Topic> => {
    const { status, body } = await call<Topic>(name, 'GET', `/areas/${COMMUNITY}/topics/1`);
    must(status === 200, `${name}看不到议题1号：${JSON.stringify(body)}`);
    return body;
  };
  const until = async (day: string, hour: number, minute = 0): Promise<void> => {
    await stage.pass(atCivil(day, hour, minute).getTime() - stage.now().getTime());
  };

  await until(addDays(dayOf(stage.now()), 1), 9);
  scene('奶奶提了一个议题');
  await says(GRANNY, '我想提个议题：楼下晚上太黑了，装三盏路灯好不好', /路灯/, /确认/);
  await says(GRANNY, '确认', /议题1号/);
  scene('邻居附议');
  let from = mark();
  for (const name of SECONDING) await says(name, '附议1号', /附议/);
  wasTold(GRANNY, from, /附议的人够了|位邻居附议/);
  wasTold(SECRETARY, from, /受理/);
  await says(GRANNY, '议题1号到哪一步了', /待受理/);

  scene('书记受理，请说事长主持');
  from = mark();
  const { id } = await seen(SECRETARY);
  const path = `/topics/${id}`;
  await moves(SECRETARY, path, 'accept', '受理议题1号', { facilitator: ids[FACILITATOR] }, 'accepted');
  wasTold(FACILITATOR, from, /主持/);

  scene('说事长定时间地点，提前三天告诉大家');
  from = mark();
  const day = addDays(dayOf(stage.now()), 4);
  const venues = await call<{ items: { id: string; name: string }[] }>(FACILITATOR, 'GET', '/venues');
  const hall = venues.body.items.find(({ name }) => name === '幸福里议事厅');
  const meeting = { venue: hall?.id, day, from: '19:00', to: '20:30', agenda: ['装几盏、装在哪里', '钱从哪里来'] };
  await moves(FACILITATOR, path, 'schedule', '定下开会的时间地点', meeting, 'scheduled');
  wasTold(NEIGHBOUR, from, /议事厅/);

  await until(day, 18, 50);
  scene('开会：签到、发言');
  await moves(FACILITATOR, path, 'begin', '宣布开会', {}, 'discussing');
  const code = (await seen(FACILITATOR)).meeting?.code ?? '';
  for (const [name] of VOTING) {
    const { status } = await call(name, 'POST', `${path}/sign-in`, { code });
    must(status === 200, `${name}签不了到：${status}`);
  }
  await says(NEIGHBOUR, '发言：灯别正对着我家窗子', /发言|收到|记/);
  const attendance = await call<{ present: number; sentences: string[] }>(FACILITATOR, 'GET', `${path}/attendance`);
  must(attendance.body.present === VOTING.length, `签到的人数不对：${JSON.stringify(attendance.body)}`);
  print(`  ${attendance.body.sentences.join('')}`);

  scene('表决');
  from = mark();
  const ballot = {
    question: '装三盏路灯，从公共收益里出钱，好不好？',
    pack: 'courtyard-poll',
    secrecy: 'open',
    closesAt: new Date(stage.now().getTime() + HOUR + 5 * MINUTE).toISOString(),
  };
  await moves(FACILITATOR, path, 'prepareVote', '准备表决', ballot, 'discussing');
  await moves(FACILITATOR, path, 'openVote', '开始投票', {}, 'voting');
  wasTold(GRANNY, from, /投票/);
  for (const [name, words, choice] of VOTING) {
    await says(name, words, new RegExp(`“${choice}”`, 'u'));
    await says(name, '确认', /投好了/);
  }
  const early = await call<Topic>(SECRETARY, 'GET', path);
  must(early.body.arithmetic.length === 0, '还没有截止，书记就看到结果了');

  scene('到点截止，自动计票');
  from = mark();
  await stage.pass(HOUR + 10 * MINUTE);
  const counted = await seen(GRANNY);
  must(counted.state === 'resolved', `应当有结果了，却是${counted.state}`);
  for (const sentence of counted.arithmetic) print(`  ${sentence}`);
  wasTold(NEIGHBOUR, from, /通过/);

  await until(addDays(dayOf(stage.now()), 1), 9);
  scene('公示五天，有人提异议，书记答复');
  await moves(SECRETARY, path, 'publicise', '公示结果', { resolution: '装三盏路灯，从公共收益里出钱' }, 'publicised');
  from = mark();
  await moves(NEIGHBOUR, path, 'object', '提异议', { text: '灯会照到我家窗子' }, 'publicised');
  wasTold(SECRETARY, from, /异议/);
  const [objection] = (await seen(SECRETARY)).objections;
  const answer = { objection: objection?.id, answer: '往东挪十米，加灯罩', upheld: false };
  await moves(SECRETARY, path, 'answerObjection', '答复异议', answer, 'publicised');
  await stage.pass(6 * DAY);
  must((await seen(GRANNY)).state === 'executing', '公示到期应当开始落实');

  scene('落实，请大家评价');
  const item = { text: '买灯装灯', owner: ids[FACILITATOR], deadline: addDays(dayOf(stage.now()), 10) };
  await moves(SECRETARY, path, 'addItem', '列出要办的事', item, 'executing');
  const [todo] = (await seen(FACILITATOR)).items;
  await moves(FACILITATOR, path, 'itemDone', '报办好了', { item: todo?.id, note: '三盏灯都亮了' }, 'executing');
  from = mark();
  await moves(SECRETARY, path, 'finish', '请大家评价', { summary: '三盏灯都亮了' }, 'executing');
  wasTold(GRANNY, from, /满不满意/);
  for (const [at, name] of [GRANNY, ...SECONDING].entries())
    await moves(name, path, 'review', '评价', { score: at === 1 ? 3 : 5 }, 'executing');
  await stage.pass(8 * DAY);
  const over = await seen(GRANNY);
  must(over.state === 'reviewed' && over.reviews.average === 4.5, `评价之后应当归档：${JSON.stringify(over.reviews)}`);
  await says(GRANNY, '议题1号到哪一步了', /已办结/);
}
