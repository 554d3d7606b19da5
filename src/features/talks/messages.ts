import type { Message } from '../../core/feature.ts';
import { addDays, atCivil, type Day, dayOf, dayWords } from '../../core/time.ts';
import { difficultyKinds } from './inputs.ts';
import type { TalkDoc } from './model.ts';
import { quarterWords } from './quarters.ts';
import { stillLeft, stillToMeet } from './standing.ts';

type Data = Record<string, unknown>;
const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const when = (day: unknown): string => (typeof day === 'string' ? dayWords(atCivil(day)) : '');
/** 3月10日（星期二）10:00，在二楼会议室 */
const time = ({ day, time: hour, place }: Data): string =>
  `${when(day)}${words(hour)}${words(place) === '' ? '' : `，在${words(place)}`}`;
const people = (data: Data): string[] => (Array.isArray(data.names) ? data.names.map(words) : []);
const SHOWN = 8;
/** 张敏、李强等12位 */
const list = (data: Data): string => {
  const names = people(data);
  const shown = names.slice(0, SHOWN).join('、');
  return names.length > SHOWN ? `${shown}等${names.length}位` : shown;
};

const message = (title: string, body: (data: Data) => string, rest: Partial<Message> = {}): Message => ({
  title,
  body,
  link: ({ id }) => (typeof id === 'string' ? `/work/talk/talk?id=${id}` : '/work/talks/talks'),
  ...rest,
});

/** What could not be sent on its day says so. */
const made = (body: (data: Data) => string) => (d: Data) => `${d.madeUp === true ? '（补发）' : ''}${body(d)}`;

const HOW = '谈完后回“和某某谈过了”，或在小程序里登记。';

/** The same call four times would be noise: each says it its own way. */
const LEFT: readonly ((data: Data) => string)[] = [
  (d) => `${quarterWords(words(d.quarter))}的谈心还剩${list(d)}没谈，${when(d.by)}前谈完。`,
  (d) => `还有${list(d)}等着您谈心，这季度到${when(d.by)}为止，这几天抽空约一约吧。`,
  (d) => `谈心快到期了：${list(d)}还没谈，最迟${when(d.by)}。`,
  (d) => `今天是本季度谈心的最后期限，还剩${list(d)}。`,
];

/** Every message of talks. None says what was talked about, or what called for it. */
export const talkMessages = {
  'talk.list': message(
    '本季度谈心名单',
    made((d) => `${quarterWords(words(d.quarter))}您要和${list(d)}谈心，${when(d.by)}前谈完。${HOW}`),
    { kind: 'reminder', called: ['谈心名单'] },
  ),
  'talk.progress': message(
    '谈心进度',
    made((d) => `这季度过了一半，谈心已谈${String(d.done)}位，还有${list(d)}没谈，${when(d.by)}前谈完。`),
    { kind: 'reminder', called: ['谈心谈到哪了'], stands: stillLeft },
  ),
  'talk.left': message(
    '还没谈心的',
    made((d) => (LEFT[Number(d.nth) - 1] ?? LEFT[0] ?? String)(d)),
    {
      kind: 'reminder',
      called: ['没谈的提醒', '谈心催办'],
      stands: stillLeft,
    },
  ),
  'talk.last_day': message(
    '谈心今天到期',
    (d) => `和${list(d)}的谈心今天到期，请今天谈完；谈过了回“和${list(d)}谈过了”。`,
    {
      stands: stillLeft,
    },
  ),
  'talk.overdue': message('谈心超期了', (d) => `和${list(d)}的谈心应在${when(d.by)}前谈完，已经超期，请尽快谈。`, {
    stands: stillLeft,
  }),
  'talk.overdue_street': message('有谈心超期', (d) => `${words(d.place)}有一件约谈超期没谈，请督促。`),
  'talk.street': message(
    '上季度谈心情况',
    made(
      (d) =>
        `${words(d.place)}${quarterWords(words(d.quarter))}谈心：应谈${String(d.all)}人，谈了${String(d.done)}人，没谈${String(d.left)}人。`,
    ),
    { kind: 'reminder', called: ['谈心统计'] },
  ),
  'talk.asked': message(
    '有人想找您谈心',
    (d) => `${words(d.who)}想和您谈谈，请在${when(d.by)}前谈，在小程序里定个时间。`,
    whileState('asked'),
  ),
  'talk.occasion': message(
    '有一次谈心要尽快',
    (d) => `请在${when(d.by)}前和${words(d.who)}谈一次心，原因在小程序里看。`,
    whileState('asked'),
  ),
  'talk.proposed': message(
    '约您谈心',
    (d) => `${words(d.who)}约您谈心：${time(d)}。行的话在小程序里点“可以”，不方便就点“换个时间”。`,
    whileMeeting(),
  ),
  'talk.agreed': message('谈心时间说定了', (d) => `${words(d.who)}说可以：${time(d)}。`, whileMeeting()),
  'talk.another': message(
    '想换个谈心时间',
    (d) =>
      `${words(d.who)}那个时间不方便，${typeof d.day === 'string' || typeof d.time === 'string' ? `想改到${time(d)}，` : ''}请另定一个时间。`,
    whileState('asked'),
  ),
  'talk.claimed': message(
    '请确认一次谈心',
    (d) =>
      `${words(d.who)}说${when(d.day)}和您谈过心了。谈过的话回“和${words(d.who)}谈过了”，没谈请在小程序里点“还没谈”。`,
    { holds: ({ state }) => state === 'asked' || state === 'scheduled' },
  ),
  'talk.not_yet': message('这次谈心还没登记', (d) => `${words(d.who)}说${when(d.day)}的谈心还没有谈，请再约时间。`),
  'talk.done': message(
    '谈心登记好了',
    (d) => `${words(d.who)}登记了${when(d.day)}和您的谈心。写了记录的话，您在小程序里能看到，别人看不到。`,
  ),
  'talk.taken_back': message('不用谈了', (d) => `${words(d.who)}说之前约的谈心不用了。`),
  'talk.dropped': message('谈心取消了', (d) => `${words(d.who)}取消了之前约的谈心。`),
  'talk.moved': message('谈心要另约', (d) =>
    words(d.who) === ''
      ? `您换了社区，${when(d.day)}的谈心不用去了，新社区的书记会另约时间。`
      : `${words(d.who)}换了社区，${when(d.day)}的谈心不用谈了，由新社区的书记另约。`,
  ),
  'talk.reminder': message(
    '谈心提醒',
    made((d) => `您和${words(d.who)}约了谈心：${time(d)}。`),
    { stands: stillToMeet },
  ),
  'difficulty.given': message(
    '有个实际问题请您办',
    (d) => `有一件${kindOf(d)}方面的实际问题请您负责，${when(d.deadline)}前办好。`,
    difficultyLink(),
  ),
  'difficulty.overdue': message(
    '实际问题超期了',
    (d) => `您负责的一件${kindOf(d)}方面的实际问题${when(d.deadline)}到期，还没办好。办好了请登记，要延期请说明原因。`,
    difficultyLink(),
  ),
  'difficulty.late': message(
    '实际问题一直没办',
    (d) => `一件${kindOf(d)}方面的实际问题${when(d.deadline)}就到期了，到现在还没办好，请您过问一下。`,
    difficultyLink(),
  ),
} satisfies Record<string, Message>;

export type TalkMessage = keyof typeof talkMessages;

function whileState(wanted: string): Partial<Message> {
  return { holds: ({ state }) => state === wanted };
}
/** As long as it is this very time that was proposed. */
function whileMeeting(): Partial<Message> {
  return {
    holds(document, { data }) {
      const { state, meeting } = document as TalkDoc;
      return state === 'scheduled' && meeting?.day === data.day && meeting?.time === data.time;
    },
  };
}
function difficultyLink(): Partial<Message> {
  return { link: ({ id }) => `/work/difficulty/difficulty?id=${words(id)}` };
}
function kindOf({ kind }: Data): string {
  return difficultyKinds[kind as keyof typeof difficultyKinds] ?? '';
}

/** 今天, 昨天, or the day. */
const spoken = (day: Day, now: Date): string => {
  if (day === dayOf(now)) return '今天';
  return day === addDays(dayOf(now), -1) ? '昨天' : when(day);
};

const NOT_KEPT = '谈了什么不记在聊天里，请在小程序里写，只有您和对方能看。';

/** What the bot says about talks. */
export const CHAT = {
  help: { title: '登记谈心', example: '和小王谈过了' },
  helpAsk: { title: '约书记谈心', example: '我想找书记谈谈' },
  helpLeft: { title: '还有谁没谈心', example: '这季度还有谁没谈' },
  toCome: '还没谈的先不登记。约时间请在小程序“谈心谈话”里点“约时间”，约好会告诉对方；谈完了再跟我说“和小王谈过了”。',
  left: (names: readonly string[]): string => `这个季度还有${names.length}位没谈：${names.join('、')}。`,
  notYours: '谈心由社区书记和工作人员登记。您想找人说说话，可以发“转人工”。',
  tooWide: '您管的地方大，登记和名单请社区书记来，谈了多少请看小程序里的“谈心统计”。',
  inPrivate: '谈心的事请私下跟我说，不在群里登记。',
  which: '您和哪一位谈过了？',
  whichDay: '哪一天谈的？请说日期，比如“昨天”“3月5日”。',
  dayToCome: (day: Day): string => `${when(day)}还没到，先不登记。谈过了再告诉我。`,
  quarterBefore: '上个季度的谈心不能在这里补报了，请直接告诉书记，由书记登记。',
  nobodyLeft: '这个季度的谈心都登记过了。',
  notFound: '没有找到这位工作人员，您和哪一位谈过了？',
  readBack: (who: string, day: Day, now: Date): string =>
    `登记：${spoken(day, now)}和${who}谈过心了，对吗？回“确认”登记。${NOT_KEPT}`,
  already: (who: string, day: Day, now: Date): string => `和${who}的谈心已经登记过了（${spoken(day, now)}）。`,
  done: (who: string): string => `登记好了，和${who}的谈心算完成了。${NOT_KEPT}`,
  claimReadBack: (day: Day, now: Date): string =>
    `您说书记${spoken(day, now)}和您谈过心了，我请书记确认一下，对吗？回“确认”。`,
  claimed: '好的，已经请书记确认，确认后就算完成。',
  claimedBefore: (day: Day, now: Date): string =>
    `已经请书记确认过了（${spoken(day, now)}的谈心），书记登记后就算完成，不用再说。`,
  alreadyHeld: (day: Day, now: Date): string => `您这个季度的谈心已经登记过了（${spoken(day, now)}）。`,
  askReadBack: '帮您约书记谈心，对吗？回“确认”就告诉书记。要谈什么不用在这里说。',
  asked: (by: string): string => `好的，已经告诉书记了，${when(by)}前会和您谈，时间定了告诉您。`,
};

export const TALK_MOVES = {
  schedule: '约一个时间',
  agree: '可以，就这个时间',
  another: '换个时间',
  claim: '说已经谈过了',
  notYet: '还没有谈',
  drop: '不谈了',
} as const;
export const DIFFICULTY_MOVES = {
  take: '我来办',
  handOver: '请别人来办',
  solve: '办好了',
  drop: '不再办理',
  extend: '延期',
} as const;
export const CARE_VISIT_MOVES = { void: '作废' } as const;

/** Why something is told on a day, for whoever looks over what will be sent. */
export const WHY = {
  list: '季度的第一个工作日，给书记本季度要谈的名单',
  progress: '季度过半，告诉书记还有谁没谈',
  left: '季度最后十个工作日，每三个工作日提醒一次没谈的',
  last_day: '因事约谈要在三个工作日内谈，今天是最后一天',
  overdue: '因事约谈过了期限还没谈',
  overdueStreet: '因事约谈过了期限，告诉街道，不说是谁',
  account: '季度结束后第一个工作日，告诉街道谈了多少',
  reminder: '约好谈心的前一个工作日；那时漏了，谈之前补上',
  given: '谈心里提出的实际问题，第二天上午才告诉负责人，免得看出是和谁谈的',
  difficulty: '实际问题过了期限还没办好',
  difficultyLate: '实际问题过了期限三个工作日还没办好，告诉书记',
} as const;
