import { civil, HOUR } from '../../src/core/time.ts';
import type { Teller } from './teller.ts';

interface Incident {
  id: string;
  number: number;
  state: string;
  urgency: string;
  stepWord: string;
}

const GRANNY = '王秀英';
const WORKER = '李敏';
const SECRETARY = '陈建国';
const NEIGHBOUR = '张福生';
const GRID_WORKER = '罗志勇';
const COMMUNITY = '990001001001';

/** The story of two problems: a lamp, from a sentence to the reporter's word, and a danger that waits for nobody. @throws Surprise */
export async function playIncident(teller: Teller): Promise<void> {
  const { stage, must, scene, says, call, signIn, moves, wasTold, mark } = teller;
  for (const name of [WORKER, SECRETARY, GRID_WORKER]) await signIn(name);
  async function seen(number: number): Promise<Incident> {
    const { status, body } = await call<Incident>(SECRETARY, 'GET', `/areas/${COMMUNITY}/incidents/${number}`);
    must(status === 200, `书记看不到事件${number}号：${JSON.stringify(body)}`);
    return body;
  }

  // What was told today already leaves the new messages to the evening's list.
  await stage.pass(22 * HOUR);
  scene('楼道的灯坏了');
  await says(NEIGHBOUR, '我们3单元楼道的灯坏了好几天了，晚上黑得很', /要报告问题/, /确认/);
  let from = mark();
  await says(NEIGHBOUR, '确认', /事件1号/);
  wasTold(GRID_WORKER, from, /事件1号/);

  scene('网格员核实，分给李敏');
  from = mark();
  const lamp = await seen(1);
  await moves(GRID_WORKER, `/incidents/${lamp.id}`, 'triage', '核实事件1号', { urgency: 'soon' }, 'triaged');
  await moves(
    GRID_WORKER,
    `/incidents/${lamp.id}`,
    'dispatch',
    `把事件1号派给${WORKER}`,
    { to: stage.people[WORKER] },
    'dispatched',
  );
  wasTold(WORKER, from, /事件1号/);
  wasTold(NEIGHBOUR, from, new RegExp(WORKER, 'u'));
  await says(NEIGHBOUR, '我报的灯修到哪一步了', /处置中/);

  scene('换好了，报的人说了算');
  from = mark();
  await says(WORKER, '事件1号办好了，灯泡和开关都换了新的', /确认/);
  wasTold(NEIGHBOUR, from, /事件1号/);
  await says(NEIGHBOUR, '满意', /办结/);
  const over = await seen(1);
  must(over.state === 'confirmed' && over.stepWord === '结果反馈', `应当已办结：${JSON.stringify(over)}`);

  await stage.pass((26 - civil(stage.now()).hour) * HOUR);
  scene('半夜闻到煤气：先说打什么电话，再叫人');
  from = mark();
  await says(GRANNY, '我家煤气漏了，头昏得很', /119|120/, /已经告诉/);
  wasTold(SECRETARY, from, /事件2号/);
  const danger = await seen(2);
  must(danger.urgency === 'danger', `应当是危及生命：${JSON.stringify(danger)}`);
  await says(GRANNY, '2栋1单元301', /转告/);
  await says(GRANNY, '没事了，是误会', /平安/);
  must((await seen(2)).state === 'withdrawn', '说没事了之后应当撤回');
}
