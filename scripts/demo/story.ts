import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { atCivil, civil, DAY, HOUR } from '../../src/core/time.ts';
import { openStage, type Stage } from './stage.ts';

/** Something in the story did not go as it must. */
class Surprise extends Error {
  override readonly name = 'Surprise';
}

interface Wish {
  id: string;
  number: number;
  state: string;
  moves: string[];
  history?: { move: string }[];
}

interface Answered<T> {
  status: number;
  body: T;
}

const GRANNY = '王秀英';
const SENTINEL = '李敏';
const WORKER = '周强';
const RIVAL = '赵小燕';
const SECRETARY = '陈建国';
const NEIGHBOUR = '张福生';

/**
 * Plays the whole story of a wish through the real bot and the real API on a fresh temporary data folder.
 * @param print takes the transcript line by line
 * @throws Surprise at the first thing that is not as it must be
 */
export async function playStory(print: (line: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'haolin-story-'));
  // A Monday morning: an ordinary workday, outside the quiet hours.
  const startsAt = atCivil('2026-03-09', 9);
  const stage = await openStage({ folder, port: 0, startsAt, logLevel: 'error' });
  try {
    // A menu asked for is answered as soon as the bot is there.
    await stage.talk.say(stage.people[GRANNY] ?? '', '你好');
    await tell(stage, print);
  } finally {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function tell(stage: Stage, print: (line: string) => void) {
  const heard: { to: string; text: string }[] = [];
  stage.talk.on(({ person, from, text }) => {
    if (from !== undefined || person === undefined) return;
    const name = stage.nameOf(person);
    heard.push({ to: name, text });
    print(`  好邻 → ${name}：${text.split('\n').join('\n      ')}`);
  });
  const idOf = (name: string): string => {
    const id = stage.people[name];
    if (id === undefined) throw new Surprise(`没有叫${name}的人`);
    return id;
  };
  const must = (holds: boolean, what: string): void => {
    if (!holds) throw new Surprise(what);
  };

  const scene = (title: string) => {
    const { month, day, hour, minute } = civil(stage.now());
    print(`\n【${month}月${day}日 ${hour}:${String(minute).padStart(2, '0')}】${title}`);
  };
  const settled = () => stage.settle();

  async function says(name: string, text: string, ...expected: RegExp[]): Promise<void> {
    print(`  ${name} → 好邻：${text}`);
    const from = heard.length;
    await stage.talk.say(idOf(name), text);
    const answers = heard.slice(from).filter((one) => one.to === name);
    must(answers.length > 0, `好邻没有回答${name}的“${text}”`);
    for (const one of expected) {
      must(
        answers.some((answer) => one.test(answer.text)),
        `好邻对${name}的“${text}”的回答里没有 ${one}`,
      );
    }
    await settled();
  }

  const tokens = new Map<string, string>();
  async function call<T>(name: string, method: string, path: string, body?: unknown, type = 'application/json') {
    const token = tokens.get(name);
    const response = await fetch(`${stage.address}/api/v1${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }
  async function signIn(name: string): Promise<void> {
    const { status, body } = await call<{ token: string }>('', 'POST', '/session/demo', { person: idOf(name) });
    must(status === 200 || status === 201, `${name}不能登录：${status}`);
    tokens.set(name, body.token);
  }
  const report = (name: string, what: string, { status, body }: Answered<unknown>): void => {
    const { detail, state } = body as { detail?: string; state?: string };
    print(`  ${name}在小程序里${what} ⇒ ${status}${detail ? ` ${detail}` : state ? ` ${state}` : ''}`);
  };
  async function moves(name: string, wish: Wish, move: string, what: string, input: unknown, state: string) {
    const answer = await call<Wish>(name, 'POST', `/wishes/${wish.id}/${move}`, input);
    report(name, what, answer);
    must(
      answer.status === 200 && answer.body.state === state,
      `${what}之后应当是${state}，却是${JSON.stringify(answer)}`,
    );
    await settled();
  }
  async function seen(name: string, number: number): Promise<Wish> {
    const { status, body } = await call<Wish>(name, 'GET', `/areas/990001001001/wishes/${number}`);
    must(status === 200, `${name}看不到心愿${number}号：${JSON.stringify(body)}`);
    return body;
  }
  const wasTold = (name: string, from: number, what: RegExp) =>
    must(
      heard.slice(from).some((one) => one.to === name && what.test(one.text)),
      `${name}没有收到 ${what}`,
    );
  async function photo(name: string): Promise<string> {
    const jpeg = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#c96' } })
      .jpeg()
      .toBuffer();
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }), 'done.jpg');
    const { status, body } = await call<{ id: string }>(name, 'POST', '/photos', form);
    must(status === 201, `照片传不上去：${JSON.stringify(body)}`);
    return body.id;
  }

  for (const name of [SENTINEL, WORKER, RIVAL, SECRETARY]) await signIn(name);

  scene('奶奶想要一个电饭煲');
  await says(GRANNY, '同志你好，我屋头的电饭煲坏了，煮不成饭，想要一个小点的电饭煲，要得不', /电饭煲/, /确认/);
  let from = heard.length;
  await says(GRANNY, '确认', /1号/);
  wasTold(SECRETARY, from, /心愿|1号/);

  scene('书记发布，先留给她的守望哨');
  from = heard.length;
  const wish = await seen(SECRETARY, 1);
  await moves(SECRETARY, wish, 'publish', '发布心愿1号', {}, 'published');
  wasTold(SENTINEL, from, /1号/);
  wasTold(GRANNY, from, /1号/);
  const early = await call<Wish>(WORKER, 'POST', `/wishes/${wish.id}/claim`, {});
  report(WORKER, '想认领1号', early);
  must(early.status === 409, `守望哨优先的24小时里别人也认领了：${early.status}`);

  scene('守望哨一天没有认领，大家都可以认领了');
  from = heard.length;
  await stage.pass(25 * HOUR);
  scene('两个人同时认领');
  const claims = await Promise.all(
    [WORKER, RIVAL].map(async (name) => ({
      name,
      answer: await call<Wish>(name, 'POST', `/wishes/${wish.id}/claim`, { promise: '这两天就给您送来' }),
    })),
  );
  for (const { name, answer } of claims) report(name, '认领1号', answer);
  const won = claims.filter(({ answer }) => answer.status === 200);
  const lost = claims.filter(({ answer }) => answer.status === 409);
  must(won.length === 1 && lost.length === 1, '应当一个认领成功，另一个得到409');
  const loser = lost[0]?.answer.body as unknown as { code: string; detail: string };
  must(
    loser.code === 'already_claimed' && /[\u4e00-\u9fff]/u.test(loser.detail),
    `409说得不清楚：${JSON.stringify(loser)}`,
  );
  const helper = won[0]?.name ?? '';
  const again = await call<Wish>(helper, 'POST', `/wishes/${wish.id}/claim`, { promise: '这两天就给您送来' });
  report(helper, '又点了一次认领', again);
  must(again.status === 200, '赢的人再点一次也应当成功');
  await settled();
  wasTold(GRANNY, from, /认领|帮/);

  scene('联系、办结');
  await says(helper, '已联系1号', /1号/);
  await stage.pass(DAY);
  const picture = await photo(helper);
  from = heard.length;
  await moves(
    helper,
    wish,
    'done',
    '办结1号，附照片',
    { note: '电饭煲已送到家，教会奶奶用了', photos: [picture], cost: 129 },
    'done',
  );
  wasTold(GRANNY, from, /1号/);

  scene('奶奶不太满意');
  from = heard.length;
  await says(GRANNY, '不太满意，盖子是坏的');
  must((await seen(SECRETARY, 1)).state === 'reopened', '不满意的心愿应当重办');
  wasTold(helper, from, /盖子是坏的/);
  wasTold(SECRETARY, from, /1号/);

  scene('换一个好的，再办结');
  await stage.pass(DAY);
  await moves(
    helper,
    wish,
    'done',
    '再次办结1号',
    { note: '换了一个新的，盖子严实', photos: [await photo(helper)] },
    'done',
  );
  from = heard.length;
  await says(GRANNY, '满意');
  must((await seen(SECRETARY, 1)).state === 'closed', '满意之后应当办结');
  wasTold(helper, from, /1号|满意|评价/);

  scene('另一个心愿：认领的人一直没有联系');
  await says(NEIGHBOUR, '我想请个人帮我换一下厨房的灯泡，我爬不上去', /确认/);
  await says(NEIGHBOUR, '确认', /2号/);
  const second = await seen(SECRETARY, 2);
  await moves(SECRETARY, second, 'publish', '发布心愿2号', {}, 'published');
  await stage.pass(25 * HOUR);
  await moves(WORKER, second, 'claim', '认领2号', {}, 'claimed');
  from = heard.length;
  for (let day = 0; day < 9; day += 1) await stage.pass(DAY);
  wasTold(WORKER, from, /2号/);
  scene('提醒过了还是没有联系，自动退回');
  const back = await seen(SECRETARY, 2);
  must(back.state === 'published', `没人联系的心愿应当退回，却是${back.state}`);
  await moves(RIVAL, second, 'claim', '认领2号', {}, 'claimed');
  await moves(RIVAL, second, 'contact', '登记已联系', { note: '电话约好明天上午' }, 'claimed');

  scene('书记的收件箱');
  const inbox = await call<{ items: { title: string; text: string }[] }>(SECRETARY, 'GET', '/inbox?limit=50');
  must(inbox.status === 200, `书记打不开收件箱：${JSON.stringify(inbox.body)}`);
  for (const { title, text } of [...inbox.body.items].reverse()) print(`  · ${title}：${text}`);
  const all = inbox.body.items.map((one) => `${one.title}${one.text}`).join('\n');
  for (const what of [/1号/, /2号/, /盖子是坏的|不满意/, /没有联系|退回/])
    must(what.test(all), `书记的收件箱里没有 ${what}`);
  print('\n故事演完，一切如预期。');
}
