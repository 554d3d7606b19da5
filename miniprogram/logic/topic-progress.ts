import type { Topic } from './topic';
import { dateWord, dayWord, momentWord } from './when';

/** How far a topic has come, as its page shows it: the way as a whole, the meeting, the vote, and what came of it. */

type State = Topic['state'];

const STAGES: readonly { label: string; states: readonly State[] }[] = [
  { label: '附议', states: ['proposed'] },
  { label: '受理', states: ['seconded'] },
  { label: '商量', states: ['accepted', 'scheduled', 'discussing'] },
  { label: '决定', states: ['voting', 'resolved'] },
  { label: '公示', states: ['publicised'] },
  { label: '落实', states: ['executing'] },
  { label: '评价', states: ['reviewed'] },
];

export interface Stage {
  label: string;
  standing: 'done' | 'here' | 'ahead';
}

/** The whole way with where the topic is on it; nothing for what went another way. */
export function stagesOf({ state, reviewing }: Topic): Stage[] {
  const at = reviewing ? STAGES.length - 1 : STAGES.findIndex(({ states }) => states.includes(state));
  if (at < 0) return [];
  const over = state === 'reviewed';
  return STAGES.map(({ label }, stage) => ({
    label,
    standing: stage < at || over ? 'done' : stage === at ? 'here' : 'ahead',
  }));
}

/** The same for whoever hears it. */
export function stageWord(stages: readonly Stage[]): string {
  const here = stages.findIndex(({ standing }) => standing === 'here');
  const { label } = stages[here] ?? {};
  return label === undefined ? '走完了全部几步' : `一共${stages.length}步，现在是第${here + 1}步：${label}`;
}

/** What happens next, in one sentence. */
export function nextOfTopic(topic: Topic, now: Date): string {
  const { vote, publicity, reviewing, meeting } = topic;
  switch (topic.state) {
    case 'proposed':
      if (topic.mine) return '把这条议题告诉邻居，请他们来附议。';
      if (topic.seconded) return '您已经附议了，进展会告诉您。';
      return topic.moves.includes('second') ? '觉得该商量，就附议一下。' : '';
    case 'seconded':
      return '附议的人够了，社区会来受理。';
    case 'accepted':
      return topic.facilitator
        ? `${topic.facilitator.name}会定时间地点，请大家来商量。`
        : '社区会请人主持，定好时间地点再告诉大家。';
    case 'scheduled':
      return '时间地点定了，住在这里的都可以来。';
    case 'discussing':
      if (vote) return '表决准备好了，等主持的人宣布开始投票。';
      return meeting?.paused ? '会议在休息，一会儿接着开。' : '正在开会商量，到会的请签到。';
    case 'voting':
      return vote ? voteNext(vote, now) : '';
    case 'resolved':
      return '有结果了，接着社区会公示。';
    case 'publicised':
      if (publicity?.awaits) return '公示期已满，等社区答复意见。';
      return publicity ? `公示到${dayWord(publicity.until, now)}，有不同意见可以提出来。` : '';
    case 'executing':
      return reviewing
        ? `请大家说说满不满意，到${dayWord(reviewing.until, now)}为止。`
        : '正在落实，办好了请大家评价。';
    case 'reviewed':
      return '这件事办完了，谢谢大家。';
    case 'failed':
      return '没有通过，不再办理。';
    case 'shelved':
      return `先放一放：${topic.shelved ?? ''}`;
    case 'merged':
      return `已经和议题${topic.mergedInto?.number ?? ''}号一起商量。`;
    default:
      return '';
  }
}

type Vote = NonNullable<Topic['vote']>;

function voteNext({ phase, opensAt, closesAt }: Vote, now: Date): string {
  if (phase === 'waiting') return `${momentWord(opensAt, now)}开始投票。`;
  return phase === 'open' ? `正在投票，${momentWord(closesAt, now)}截止。` : '投票截止了，等计票。';
}

/** A meeting in words. */
export interface MeetingCard {
  session: number;
  when: string;
  where: string;
  agenda: string[];
  adjourned: string;
}

type Meeting = NonNullable<Topic['meeting']>;
const clockWord = (iso: string, now: Date) => momentWord(iso, now).split(' ')[1] ?? '';

export function meetingCard({ session, venue, startsAt, endsAt, agenda, adjourned }: Meeting, now: Date): MeetingCard {
  return {
    session,
    when: `${dateWord(startsAt, now)} ${clockWord(startsAt, now)}到${clockWord(endsAt, now)}`,
    where: `${venue.name}（${venue.address}）`,
    agenda: agenda.map((line, at) => `${at + 1}. ${line}`),
    adjourned: adjourned === undefined ? '' : `改天接着开：${adjourned}`,
  };
}

/** A meeting as the phone's calendar takes it. */
export function calendarEntry({ number, title, meeting }: Topic): WechatMiniprogram.AddPhoneCalendarOption | undefined {
  if (!meeting) return undefined;
  const { venue, startsAt, endsAt, agenda } = meeting;
  return {
    title: `商量议题${number}号：${title}`,
    startTime: Date.parse(startsAt) / 1_000,
    endTime: String(Date.parse(endsAt) / 1_000),
    location: `${venue.name} ${venue.address}`,
    description: agenda.join('；'),
    alarmOffset: 3_600,
  };
}

/** An objection with its answer. */
export function objectionCards({ objections, moves }: Topic, now: Date) {
  return objections.map(({ id, text, by, mine, at, answer, standing, standingWord }) => ({
    id,
    text,
    // 待答复 the tag says already.
    foot: [mine ? '您提的' : by, momentWord(at, now), standing === 'waiting' ? '' : standingWord]
      .filter(Boolean)
      .join(' · '),
    tag: answer === undefined ? '等答复' : answer.upheld ? '成立' : '答复了',
    answer: answer?.text ?? '',
    answers: answer === undefined && moves.includes('answerObjection'),
  }));
}

/** Something to be done, with who does it until when. */
export function itemCards({ items, moves, facilitator }: Topic, me: string, secretary: boolean, now: Date) {
  const leads = secretary || facilitator?.id === me;
  const may = (move: string, open: boolean) => open && moves.includes(move);
  return items.map(({ id, text, owner, mine, deadline, late, wish, done, dropped, changes }) => ({
    id,
    text,
    foot: dropped ? `原来${mine ? '您' : owner}来办` : `${mine ? '您来办' : owner}，${deadlineWord(deadline, now)}以前`,
    tag: done ? '办好了' : dropped ? '不办了' : late ? '过期了' : '在办',
    tone: done ? 'tag-good' : late ? 'tag-late' : '',
    note: done?.note ?? dropped?.reason ?? '',
    changes: changes.map((one) => changeWord(one, now)),
    wish: wish?.id ?? '',
    wishWord: wish ? `微心愿${wish.number}号` : '',
    reports: may('itemDone', !done && !dropped && (mine || leads)),
    passes: may('passItem', !done && !dropped),
    extends: may('extendItem', !done && !dropped),
    drops: may('dropItem', !done && !dropped),
  }));
}

const deadlineWord = (day: string, now: Date): string => dayWord(`${day}T04:00:00.000Z`, now);

function changeWord({ what, from, reason }: Topic['items'][number]['changes'][number], now: Date): string {
  const said = what === 'passed' ? `原来是${from}来办，换人了` : `原来定在${deadlineWord(from, now)}以前，延期了`;
  return reason === undefined ? `${said}。` : `${said}：${reason}`;
}

const FACES = ['', '很不满意', '不太满意', '一般', '满意', '非常满意'];

/** How those who took part judge it. */
export function reviewWord({ reviews: { count, average, mine } }: Topic): string {
  if (count === 0) return '';
  const all = average === undefined ? `${count}人评价了` : `${count}人评价了，平均${average}分（满分5分）`;
  return mine === undefined ? `${all}。` : `${all}。您评的是“${FACES[mine] ?? mine}”。`;
}

/** The vote, as a banner that leads to the ballot once that can be seen. */
export function voteBanner({ vote, moves }: Topic, now: Date) {
  if (!vote) return null;
  const { ballot, question, packTitle, secrecy, phase, opensAt, closesAt } = vote;
  const prepared = phase === 'prepared';
  // Neighbours see it once it is open; who may open it looks at it before.
  const before = moves.includes('openVote') ? '看看准备好的表决' : '';
  return {
    ballot,
    question,
    words: prepared ? `打算${momentWord(opensAt, now)}开始，${momentWord(closesAt, now)}截止。` : voteNext(vote, now),
    rule: `${packTitle} · ${secrecy === 'secret' ? '不记名' : '记名'}`,
    label: prepared ? before : phase === 'open' ? '去投票' : '看看投票',
    prepared,
    open: phase === 'open',
  };
}
