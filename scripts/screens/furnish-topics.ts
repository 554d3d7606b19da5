import { addDays, atCivil, dayOf, HOUR, MINUTE } from '../../src/core/time.ts';
import type { Stage } from '../demo/stage.ts';
import { demo } from '../seed/demo.ts';
import type { Ask } from './furnish-ballots.ts';

/** Ids of topics on their way, and of ballots: the one that is `voting`, and the one a topic was decided by. */
export interface FurnishedTopics {
  scheduled: string;
  discussing: string;
  publicised: string;
  executing: string;
  /** Voted on, and only those who were at its meeting vote. */
  voting: string;
  counted: string;
}

const SECRETARY = '陈建国';
const LEADER = '熊国柱';
const SAID = [
  ['孙桂芳', '建在东门空地吧，离住户远，着火也不怕。'],
  ['马德福', '电费按充了多少算，不充的不摊。'],
  ['蒋国强', '我家在一楼，怕吵，能不能离窗户远点。'],
] as const;
const NEIGHBOURS = ['孙桂芳', '安国华', '卢明芬', '蒋国强'];

/**
 * Brings topics as far as the pictures show them. `early` comes first, since announcing and publicising take days;
 * `late` after the rest of the neighbourhood's life.
 */
export function furnishTopics(stage: Stage, ask: Ask) {
  const move = (who: string, id: string, name: string, body: object = {}) =>
    ask<{ vote?: { ballot: string }; items: { id: string }[] }>(who, 'POST', `/topics/${id}/${name}`, body);

  async function accepted(who: string, text: string): Promise<string> {
    const { id } = await ask<{ id: string }>(who, 'POST', '/topics', { text, area: demo.community });
    for (const one of NEIGHBOURS.filter((other) => other !== who).slice(0, 3)) await move(one, id, 'second');
    await move(SECRETARY, id, 'accept', { facilitator: stage.people[LEADER] });
    return id;
  }
  const announce = (id: string, from: string, to: string, agenda: string[], pack?: string) =>
    move(LEADER, id, 'schedule', {
      venue: demo.venues[0],
      day: addDays(dayOf(stage.now()), 4),
      from,
      to,
      agenda,
      ...(pack && { pack }),
    });
  const putToVote = async (id: string, pack: string, secrecy: string, question: string, hours: number) => {
    const now = stage.now().getTime();
    const span = { opensAt: new Date(now).toISOString(), closesAt: new Date(now + hours * HOUR).toISOString() };
    const { vote } = await move(LEADER, id, 'prepareVote', { question, pack, secrecy, ...span });
    await move(LEADER, id, 'openVote');
    return vote?.ballot ?? '';
  };

  async function signIn(id: string, people: readonly string[]): Promise<void> {
    const { code } = await ask<{ code: string }>(LEADER, 'GET', `/topics/${id}/attendance`);
    for (const who of people) await ask(who, 'POST', `/topics/${id}/sign-in`, { code });
  }

  /** Whoever is at the meeting signs in, says something, and says what they think of what was said. */
  async function meet(id: string): Promise<void> {
    await signIn(id, ['孙桂芳', '马德福', '安国华', '蒋国强']);
    const said: string[] = [];
    for (const [who, text] of SAID) {
      said.push((await ask<{ id: string }>(who, 'POST', `/topics/${id}/statements`, { text })).id);
    }
    const [first = '', second = ''] = said;
    for (const statement of [first, second]) {
      await ask(LEADER, 'POST', `/topics/${id}/statements/${statement}/moderation`, { visible: true });
    }
    await ask('孙桂芳', 'POST', `/topics/${id}/statements/${first}/opinion`, { opinion: 'agree' });
    await ask(LEADER, 'PUT', `/topics/${id}/minutes`, {
      version: 0,
      points: [
        { agenda: '充电棚建在哪里', words: '多数人说建在东门空地，离住户远。' },
        { agenda: '费用怎么分', words: '' },
      ],
      conclusion: '',
      recorder: '熊国柱',
    });
  }

  /** The minutes of what hangs out already. */
  const write = (id: string, version: number, words: string, reason: string) =>
    ask(LEADER, 'PUT', `/topics/${id}/minutes`, {
      version,
      points: [
        { agenda: '大门几点关', words },
        { agenda: '晚归的人怎么进来', words: '上夜班的人走小门。' },
      ],
      conclusion: '夜里十一点关。',
      recorder: LEADER,
      reason,
    });

  const ids: Record<string, string> = {};
  return {
    /** Four days pass. */
    async early(): Promise<void> {
      ids.discussing = await accepted('马德福', '小区里能不能建个电动车充电棚，飞线充电太危险');
      ids.publicised = await accepted('安国华', '小区大门夜里十一点关，大家看行不行');
      ids.executing = await accepted('卢明芬', '楼顶平台漏水，想一起商量怎么修');
      ids.voting = await accepted('孙桂芳', '楼下的晾衣架挡了路，想挪个地方');
      await announce(ids.discussing, '09:00', '10:30', ['充电棚建在哪里', '费用怎么分'], 'residents-meeting');
      await announce(ids.publicised, '10:30', '11:30', ['大门几点关', '晚归的人怎么进来']);
      await announce(ids.executing, '13:30', '15:00', ['怎么修', '钱从哪里来']);
      await announce(ids.voting, '15:00', '16:00', ['挪到哪里'], 'residents-meeting');
      const day = addDays(dayOf(stage.now()), 4);
      const until = (hour: number, minute = 0) =>
        stage.pass(atCivil(day, hour, minute).getTime() - stage.now().getTime());
      await until(9);
      await move(LEADER, ids.discussing, 'begin');
      await until(10, 30);
      await move(LEADER, ids.publicised, 'begin');
      await signIn(ids.publicised, ['王秀英', '孙桂芳', '安国华', '马德福', '卢明芬', '蒋国强']);
      await until(13, 30);
      await move(LEADER, ids.executing, 'begin');
      await signIn(ids.executing, ['卢明芬', '孙桂芳']);
      await until(15);
      await move(LEADER, ids.voting, 'begin');
      await signIn(ids.voting, ['王秀英', '孙桂芳', '安国华', '马德福', '蒋国强', '吴永贵']);
      await until(16);
      await move(LEADER, ids.executing, 'agree', { resolution: '请物业来修，三楼以上每户出两百元。' });
      await move(SECRETARY, ids.executing, 'publicise', { resolution: '请物业来修，三楼以上每户出两百元。' });
    },
    async late(): Promise<FurnishedTopics> {
      const { discussing = '', publicised = '', executing = '', voting: hanging = '' } = ids;
      const task = (who: string, text: string, days: number) =>
        move(SECRETARY, executing, 'addItem', {
          text,
          owner: stage.people[who],
          deadline: addDays(dayOf(stage.now()), days),
        });
      const { items } = await task('李敏', '请物业来看，出个价', 2);
      await move('李敏', executing, 'itemDone', { item: items[0]?.id, note: '物业看过了，八千元，下周动工。' });
      const late = (await task('周强', '收齐各户的钱，列出明细', 7)).items[1]?.id;
      const reason = '有两户出门了，要等他们回来';
      await move(SECRETARY, executing, 'extendItem', { item: late, deadline: addDays(dayOf(stage.now()), 9), reason });
      const needless = (await task('李敏', '请人看看三楼的水管', 5)).items[2]?.id;
      await move(SECRETARY, executing, 'dropItem', { item: needless, reason: '物业顺便看过了，没有漏' });

      await meet(discussing);
      const scheduled = await accepted('孙桂芳', '广场舞音响声音大，能不能定个时间');
      await announce(scheduled, '19:00', '20:30', ['音响几点以后不开', '换个地方跳行不行']);
      const voting = await putToVote(hanging, 'residents-meeting', 'open', '晾衣架挪到车棚后面，同意吗？', 48);
      const counted = await putToVote(
        publicised,
        'residents-meeting',
        'open',
        '小区大门夜里十一点关、早上五点半开，同意吗？',
        1,
      );
      for (const who of ['王秀英', '孙桂芳', '安国华', '马德福', '卢明芬']) {
        await ask(who, 'POST', `/ballots/${counted}/vote`, { choice: 'for' });
      }
      await ask('蒋国强', 'POST', `/ballots/${counted}/vote`, { choice: 'against' });
      await stage.pass(HOUR + 2 * MINUTE);
      await move(SECRETARY, publicised, 'publicise', { resolution: '大门夜里十一点关，早上五点半开。' });
      await write(publicised, 0, '都说夜里十一点关。', '会后才写');
      await write(publicised, 1, '多数人说夜里十一点关。', '写漏了“多数人”');
      await move('蒋国强', publicised, 'object', { text: '上夜班的人十二点才回来，请留一个小门。' });
      return { scheduled, discussing, publicised, executing, voting, counted };
    },
  };
}
