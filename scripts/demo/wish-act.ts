import sharp from 'sharp';
import { DAY, HOUR } from '../../src/core/time.ts';
import type { Teller } from './teller.ts';

interface Wish {
  id: string;
  number: number;
  state: string;
  moves: string[];
}

const GRANNY = '王秀英';
const SENTINEL = '李敏';
const WORKER = '周强';
const RIVAL = '赵小燕';
const SECRETARY = '陈建国';
const NEIGHBOUR = '张福生';

/** The story of a wish, from an old woman's sentence to a judged result, through the real bot and the real API. @throws Surprise */
export async function playWish(teller: Teller): Promise<void> {
  const { stage, print, must, scene, settled, says, call, signIn, report, moves, wasTold, mark } = teller;
  async function seen(name: string, number: number): Promise<Wish> {
    const { status, body } = await call<Wish>(name, 'GET', `/areas/990001001001/wishes/${number}`);
    must(status === 200, `${name}看不到心愿${number}号：${JSON.stringify(body)}`);
    return body;
  }
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
  let from = mark();
  await says(GRANNY, '确认', /1号/);
  wasTold(SECRETARY, from, /心愿|1号/);

  scene('书记发布，先留给她的守望哨');
  from = mark();
  const wish = await seen(SECRETARY, 1);
  await moves(SECRETARY, `/wishes/${wish.id}`, 'publish', '发布心愿1号', {}, 'published');
  wasTold(SENTINEL, from, /1号/);
  wasTold(GRANNY, from, /1号/);
  const early = await call<Wish>(WORKER, 'POST', `/wishes/${wish.id}/claim`, {});
  report(WORKER, '想认领1号', early);
  must(early.status === 409, `守望哨优先的24小时里别人也认领了：${early.status}`);

  scene('守望哨一天没有认领，大家都可以认领了');
  from = mark();
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
  from = mark();
  await moves(
    helper,
    `/wishes/${wish.id}`,
    'done',
    '办结1号，附照片',
    { note: '电饭煲已送到家，教会奶奶用了', photos: [picture], cost: 129 },
    'done',
  );
  wasTold(GRANNY, from, /1号/);

  scene('奶奶不太满意');
  from = mark();
  await says(GRANNY, '不太满意，盖子是坏的');
  must((await seen(SECRETARY, 1)).state === 'reopened', '不满意的心愿应当重办');
  wasTold(helper, from, /盖子是坏的/);
  wasTold(SECRETARY, from, /1号/);

  scene('换一个好的，再办结');
  await stage.pass(DAY);
  await moves(
    helper,
    `/wishes/${wish.id}`,
    'done',
    '再次办结1号',
    { note: '换了一个新的，盖子严实', photos: [await photo(helper)] },
    'done',
  );
  from = mark();
  await says(GRANNY, '满意');
  must((await seen(SECRETARY, 1)).state === 'closed', '满意之后应当办结');
  wasTold(helper, from, /1号|满意|评价/);

  scene('另一个心愿：认领的人一直没有联系');
  await says(NEIGHBOUR, '我想请个人帮我换一下厨房的灯泡，我爬不上去', /确认/);
  await says(NEIGHBOUR, '确认', /2号/);
  const second = await seen(SECRETARY, 2);
  await moves(SECRETARY, `/wishes/${second.id}`, 'publish', '发布心愿2号', {}, 'published');
  await stage.pass(25 * HOUR);
  await moves(WORKER, `/wishes/${second.id}`, 'claim', '认领2号', {}, 'claimed');
  from = mark();
  for (let day = 0; day < 9; day += 1) await stage.pass(DAY);
  wasTold(WORKER, from, /2号/);
  scene('提醒过了还是没有联系，自动退回');
  const back = await seen(SECRETARY, 2);
  must(back.state === 'published', `没人联系的心愿应当退回，却是${back.state}`);
  await moves(RIVAL, `/wishes/${second.id}`, 'claim', '认领2号', {}, 'claimed');
  await moves(RIVAL, `/wishes/${second.id}`, 'contact', '登记已联系', { note: '电话约好明天上午' }, 'claimed');

  scene('书记的收件箱');
  const inbox = await call<{ items: { title: string; text: string }[] }>(SECRETARY, 'GET', '/inbox?limit=50');
  must(inbox.status === 200, `书记打不开收件箱：${JSON.stringify(inbox.body)}`);
  for (const { title, text } of [...inbox.body.items].reverse()) print(`  · ${title}：${text}`);
  const all = inbox.body.items.map((one) => `${one.title}${one.text}`).join('\n');
  for (const what of [/1号/, /2号/, /盖子是坏的|不满意/, /没有联系|退回/])
    must(what.test(all), `书记的收件箱里没有 ${what}`);
}
