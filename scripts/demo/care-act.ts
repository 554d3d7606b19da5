import { addDays, atCivil, dayOf, weekdayOf, workdayAfter } from '../../src/core/time.ts';
import type { Teller } from './teller.ts';

const WORKER = '李敏';
const SECRETARY = '陈建国';
const COMMUNITY = '990001001001';

interface Plan {
  items: { title: string; person?: { id: string; name: string }; done: boolean; late: boolean; why: string }[];
  left: number;
}

/** The story of those who are looked after: Monday's plan, a visit and what it found, what is late, a quarter's talks. @throws Surprise */
export async function playCare(teller: Teller): Promise<void> {
  const { stage, print, must, scene, says, call, signIn, wasTold, mark } = teller;
  const { calendar } = stage.app.house;
  for (const name of [WORKER, SECRETARY]) await signIn(name);
  const until = async (day: string, hour: number, minute = 0): Promise<void> => {
    await stage.pass(atCivil(day, hour, minute).getTime() - stage.now().getTime());
  };
  /** The morning's messages and, of those who get many, the evening's list. */
  const throughDay = async (day: string): Promise<void> => {
    await until(day, 9, 35);
    await until(day, 17, 35);
  };
  const planOf = async (): Promise<Plan> => {
    const { status, body } = await call<Plan>(WORKER, 'GET', '/duties');
    must(status === 200, `${WORKER}看不到本周任务：${JSON.stringify(body)}`);
    return body;
  };

  const today = dayOf(stage.now());
  const monday = addDays(today, 8 - weekdayOf(today));
  let from = mark();
  await until(monday, 9, 5);
  scene('星期一早上：这周要走访谁');
  wasTold(WORKER, from, /本周走访排查/);
  await says(WORKER, '今天我要走哪几家', /这周一共|还剩/);

  scene('走访回来记一笔，灯坏了顺手登记成心愿');
  const before = (await planOf()).left;
  await says(WORKER, '今天走访了王奶奶，精神好；家里厨房灯坏了', /走访/, /确认/);
  await says(WORKER, '确认', /记下了/, /登记微心愿/);
  await says(WORKER, '1', /心愿\d+号/);
  const after = await planOf();
  must(after.left < before, `走访过了，剩下的应当少了：${before}，${after.left}`);
  print(`  ${WORKER}的本周任务还剩${after.left}项`);

  const visited = dayOf(stage.now());
  const due = addDays(visited, 7);
  from = mark();
  await throughDay(workdayAfter(calendar, atCivil(due), 1));
  scene('红色的老人七天没人去看：先提醒本人');
  wasTold(WORKER, from, /走访过了日子/);
  from = mark();
  await throughDay(workdayAfter(calendar, atCivil(due), 3));
  scene('三个工作日还没去：告诉书记');
  wasTold(SECRETARY, from, /有任务过了日子没有做/);
  const overview = await call<{ workers: { name: string; late: number }[] }>(
    SECRETARY,
    'GET',
    `/areas/${COMMUNITY}/duties`,
  );
  const late = overview.body.workers.find(({ name }) => name === WORKER);
  must((late?.late ?? 0) > 0, `书记应当看到${WORKER}有过了日子的走访`);
  print(`  ${SECRETARY}在小程序里看到：${WORKER}有${late?.late}项过了日子`);

  const quarter = workdayAfter(calendar, atCivil('2026-06-30'), 1);
  from = mark();
  await throughDay(quarter);
  scene('新的一季：该和谁谈心');
  wasTold(SECRETARY, from, /谈心/);
  await says(SECRETARY, `和${WORKER}谈过了`, /谈/, /确认/);
  await says(SECRETARY, '确认', /记下|登记|谈过/);
}
