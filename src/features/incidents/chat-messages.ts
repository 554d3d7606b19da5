import { shown } from '../../core/echo.ts';
import { shortened } from '../../core/letters.ts';
import { dateWords, dayOf } from '../../core/time.ts';
import { INCIDENT_MOVES } from './messages.ts';
import { INCIDENT_CATEGORIES, INCIDENT_STATES, type IncidentCategory, type IncidentState } from './model.ts';

/** What the bot says about incidents. */

/** 3月9日, from a civil day or an instant. */
const day = (at: string): string => dateWords(at.length === 10 ? at : dayOf(new Date(at)));
/** 事件12号“路灯坏了” */
export const incident = (number: number, title: string): string => `事件${number}号“${shortened(title, 24)}”`;
const photos = (count: number): string => (count > 0 ? `，附${count}张照片` : '');
export const asked = (question: string, yes: string, no: string): string =>
  `${question}对吗？回“确认”${yes}，回“取消”${no}。`;

export const HELP = {
  report: { title: '报告问题', example: '3单元楼道的灯坏了' },
  add: { title: '补充报告的问题', example: '事件12号补充：今天又漏水了' },
  confirm: { title: '说说问题办得怎么样', example: '事件12号满意' },
  withdraw: { title: '撤回报告的问题', example: '撤回事件12号' },
  look: { title: '先去看了', example: '事件12号去看了，是灯泡坏了' },
  list: { title: '看待办事件', example: '待办事件' },
  triage: { title: '核实事件', example: '核实事件12号 较急' },
  take: { title: '接办事件', example: '事件12号我来办' },
  note: { title: '记事件进展', example: '事件12号进展：配件到了' },
  resolve: { title: '报事件办好', example: '事件12号办好了，灯换了' },
  extend: { title: '事件延期', example: '事件12号延到下周五，等配件' },
  raise: { title: '上报事件', example: '上报事件12号 要街道协调' },
  dispatch: { title: '派人办事件', example: '派事件12号给周强' },
  decline: { title: '不予受理事件', example: '事件12号不予受理，不归我们管' },
  merge: { title: '合并事件', example: '事件12号和3号是一回事' },
  arrived: { title: '说到了现场', example: '到现场了，火灭了' },
  mistaken: { title: '说事件报错了', example: '事件12号报错了' },
  reject: { title: '退单', example: '退回事件12号 不在我的网格' },
} as const;

export const REPORT = {
  askText: '请说说是什么问题、在什么地方，一两句话就行，也可以发照片。',
  askWhere: '请问在什么地方？说小区、楼栋或者附近的店名就行；说不清就回“不清楚”。',
  tooLong: '（话有点长，只记前1000个字）',
  yours: (which: string, number: number): string =>
    `您自己报过的${which}和这个相近，同一件事不用再报，要补充就说“补充事件${number}号：…”。`,
  theirs: (stateWord: string): string =>
    `这里已经有邻居报过相近的问题（${stateWord}）。是同一件也请报上来，网格员会合在一起办，办到哪一步都告诉您。`,
  readBack: (given: {
    text: string;
    category: IncidentCategory;
    place: string | undefined;
    /** Whose it will be: the names of community and grid. */
    site: string;
    photos: number;
    danger: boolean;
    cut: boolean;
    /** What is being done already: of others' nothing but how it stands. */
    alike: ({ own: true; number: number; title: string; stateWord: string } | { own: false; stateWord: string })[];
  }): string => {
    const about = [
      INCIDENT_CATEGORIES[given.category],
      ...(given.place === undefined ? [] : [given.place]),
      ...(given.danger ? ['很急'] : []),
    ].join('，');
    const cut = given.cut ? REPORT.tooLong : '';
    const mine = given.alike.find((one) => one.own);
    const theirs = given.alike.find((one) => !one.own);
    const hints = [
      ...(mine ? [REPORT.yours(`${incident(mine.number, mine.title)}（${mine.stateWord}）`, mine.number)] : []),
      ...(theirs && !mine ? [REPORT.theirs(theirs.stateWord)] : []),
    ];
    const line = asked(
      `要报告问题：${shown(given.text, 80)}（${about}${photos(given.photos)}）${cut}，报给${given.site}。`,
      '上报',
      '不报',
    );
    return [...hints, line].join('\n');
  },
  done: (number: number, title: string): string =>
    `报上去了：${incident(number, title)}。网格员会尽快去看，有进展我会告诉您；想问就说“事件${number}号到哪一步了”。`,
};

export const DANGER = {
  alarmed: (number: number, phone: string | undefined): string =>
    [
      `已经告诉网格员和书记，马上有人联系您（事件${number}号）。`,
      ...(phone === undefined ? [] : [`社区值班电话：${phone}。`]),
      '请告诉我：在哪一栋哪一户、有没有人受伤。没事了就回“没事了”。',
    ].join('\n'),
  added: (number: number): string => `好的，已经转告他们（事件${number}号）。还有什么情况，接着说就行。`,
  stillComing: (number: number): string =>
    `您说的已经转告他们（事件${number}号），他们还会来看您。真的没事了，就只回“没事了”三个字。`,
  comingAnyway: (number: number): string =>
    `知道了，也转告他们了（事件${number}号）。他们还是会来看看您，当面见到您好好的，大家才放心。`,
  othersToo: (number: number): string =>
    `知道了，也转告他们了（事件${number}号）。还有邻居也报了这件事，他们还是会去看看，大家才放心。`,
  afterwards: (number: number, stateWord: string): string =>
    `事件${number}号已经登记为“${stateWord}”，您说的也马上转告他们了。要是又有危险，直接说出了什么事，我会重新叫人。`,
  over: (number: number): string => `好的，知道了（事件${number}号）。平安就好。`,
  ended: (number: number, stateWord: string): string =>
    `事件${number}号${stateWord}，没有人再赶来了。又有危险，直接说出了什么事，我马上叫人。刚才说的要报上去，请回“1”：`,
  arrived: (number: number, title: string): string =>
    `收到，记在${incident(number, title)}上，也告诉书记和处置的人了。注意安全；有新情况接着说。要是另一处的事，请说清楚在哪里、出了什么事。`,
  nod: '有什么变化马上说，我会转告他们。',
  allClear: (number: number): string => `好的，已经告诉他们没事了（事件${number}号）。平安就好。`,
};

export const WHICH = {
  which: '您说的是哪一件事？',
  label: (number: number, title: string, stateWord: string): string =>
    `事件${number}号 ${shortened(title, 24)}（${stateWord}）`,
  placed: (number: number, title: string, place: string): string =>
    `事件${number}号 ${shortened(title, 24)}（${place}）`,
  called: (number: number, title: string): string => incident(number, title),
  notFound: (number: number): string => `没有找到事件${number}号，请检查编号。`,
  none: {
    add: '您没有还在办的问题可以补充。要报新的，直接说是什么问题就行。',
    confirm: '您现在没有等您确认的问题，谢谢您。',
    withdraw: '您没有可以撤回的问题。',
    look: '现在没有要您去看的事件，谢谢您。',
    triage: '现在没有等您核实的事件。',
    take: '现在没有等人接办的事件，谢谢您。',
    note: '您手上没有正在办的事件。',
    resolve: '您手上没有正在办的事件。想看看有哪些，就说“待办事件”。',
    extend: '您手上没有可以延期的事件。',
    raise: '您手上没有可以上报的事件。',
    reject: '您手上没有可以退回的事件。',
    dispatch: '现在没有等您派人的事件。',
    decline: '现在没有可以不予受理的事件。',
    merge: '现在没有可以合并的事件。',
  },
};
export type ChatMove = keyof typeof WHICH.none;

/** When an incident has got beyond a move, or not as far. */
const DONE_BEFORE: Partial<Record<ChatMove, IncidentState>> = { withdraw: 'withdrawn', resolve: 'resolved' };
export const NOT_NOW = (move: ChatMove, number: number, state: IncidentState): string =>
  DONE_BEFORE[move] === state
    ? `事件${number}号已经${INCIDENT_MOVES[move]}过了，不用再说一次。`
    : `事件${number}号现在是“${INCIDENT_STATES[state]}”，${INCIDENT_MOVES[move]}不了。`;
const notInHand = (number: number): string => `事件${number}号不在您手上。看看您手上有哪些，就说“我的事件到哪一步了”。`;
const notTheirs = (number: number): string => `事件${number}号不是您报的，要由报的人来说。`;
export const NOT_YOURS: Partial<Record<ChatMove, (number: number) => string>> = {
  add: notTheirs,
  confirm: notTheirs,
  withdraw: notTheirs,
  note: notInHand,
  resolve: notInHand,
  extend: notInHand,
  reject: notInHand,
};

interface Line {
  number: number;
  title: string;
  urgency: string;
  urgencyWord: string;
  place: string;
}
const lineOf = (one: Line): string =>
  `事件${one.number}号 ${one.urgency === 'usual' || one.urgency === 'long' ? '' : `【${one.urgencyWord}】`}${shortened(one.title, 30)}（${one.place}）`;

export const LIST = {
  waiting: (more: boolean): string =>
    `等人处置的事件${more ? '（只列出最急的，更多请看小程序）' : ''}。要接办哪一件，回前面的数字：`,
  deciding: (more: boolean): string =>
    `等您安排的事件${more ? '（只列出最急的，更多请看小程序）' : ''}。要定哪一件，回前面的数字：`,
  looking: (more: boolean): string => `等人处置的事件${more ? '（只列出最急的，更多请看小程序）' : ''}：`,
  line: lineOf,
  /** With how far it has come: for those who decide what is next. */
  undecided: (one: Line & { stateWord: string }): string => `${lineOf(one)}${one.stateWord}`,
  none: '现在没有等人处置的事件。',
  noPlace: '还不知道您属于哪个社区，请先请网格员帮您登记。',
};

/** What a move with words of one's own asks for, reads back and says once it is done. */
export interface Worded {
  ask(number: number): string;
  readBack(number: number, title: string, words: string, photos: number): string;
  done(number: number): string;
}

export const ADD: Worded = {
  ask: (number) => `事件${number}号要补充什么？说一两句就行，也可以发照片。`,
  readBack: (number, title, words, count) =>
    asked(`要给${incident(number, title)}补充：${shown(words, 60)}${photos(count)}。`, '补充', '不补'),
  done: (number) => `好的，已经补充到事件${number}号，处置的人会看到。`,
};
export const LOOK: Worded = {
  ask: (number) => `事件${number}号那里是什么情况？说一句就行，也可以发照片。`,
  readBack: (number, title, words, count) =>
    asked(`要记下${incident(number, title)}您去看的情况：${shown(words, 60)}${photos(count)}。`, '记下', '不记'),
  done: (number) => `记下了，事件${number}号的情况已经转告网格员，谢谢您跑这一趟。`,
};
export const NOTE: Worded = {
  ask: (number) => `事件${number}号有什么进展？说一句就行。`,
  readBack: (number, title, words, count) =>
    asked(
      `要记${incident(number, title)}的进展：${shown(words, 60)}${photos(count)}，也会告诉报告的人。`,
      '记下',
      '不记',
    ),
  done: (number) => `记下了，事件${number}号的进展已经告诉报告的人。`,
};
export const RESOLVE: Worded = {
  ask: (number) =>
    `事件${number}号是怎么办的？说一句就行，比如“灯已经换好”，报告的人会看到；有办好的照片也可以一起发。`,
  readBack: (number, title, words, count) =>
    asked(`要报${incident(number, title)}办好了：${shown(words, 60)}${photos(count)}。`, '上报', '不报'),
  done: (number) => `好的，事件${number}号已报办好，等报告的人确认。辛苦您了！`,
};
export const RAISE: Worded = {
  ask: (number) => `事件${number}号为什么要上报？说一句原因就行。`,
  readBack: (number, title, words) =>
    asked(`要把${incident(number, title)}上报一级：${shown(words, 60)}。`, '上报', '不报'),
  done: (number) => `好的，事件${number}号已上报，由上一级安排。`,
};
export const REJECT: Worded = {
  ask: (number) => `事件${number}号为什么要退回？说一句原因就行。`,
  readBack: (number, title, words) =>
    asked(`要退回${incident(number, title)}，原因：${shown(words, 60)}。`, '退回', '不退'),
  done: (number) => `好的，事件${number}号已退回，会另外安排人。`,
};
export const WITHDRAW = {
  askWhy: (number: number): string =>
    `事件${number}号很急，已经有人在赶去。请说一句为什么不用来了，比如“没事了，是误报”。`,
  readBack: (number: number, title: string): string =>
    asked(`要撤回${incident(number, title)}，撤回后不再处置。`, '撤回', '不撤'),
  done: (number: number): string => `好的，事件${number}号已撤回。以后有问题随时再说。`,
};

export const TAKE = {
  readBack: (number: number, title: string, place: string): string =>
    asked(`要接办${incident(number, title)}（${place}）。`, '接办', '不接'),
  done: (number: number, title: string, until: string | undefined): string =>
    `好的，${incident(number, title)}由您来办${until ? `，请在${day(until)}前办好` : ''}。办好了回“事件${number}号办好了”，报告人的电话和地址在小程序里看。`,
};

export const TRIAGE = {
  askUrgency: (number: number): string => `事件${number}号有多急？`,
  readBack: (number: number, title: string, urgencyWord: string): string =>
    asked(`要核实${incident(number, title)}：属实，${urgencyWord}。`, '核实', '不核实'),
  done: (number: number): string =>
    `好的，事件${number}号已核实。您来办就回“事件${number}号我来办”，派给别人就说“派事件${number}号给”谁。`,
};

export const EXTEND = {
  askUntil: (number: number): string => `事件${number}号要延到哪一天？比如“下周五”“3月20号”。`,
  askReason: (number: number): string => `事件${number}号为什么要延期？说一句就行，会告诉报告的人。`,
  readBack: (number: number, title: string, until: string, weekday: string, reason: string): string =>
    asked(
      `要把${incident(number, title)}延到${day(until)}（${weekday}），原因：${shown(reason, 60)}。`,
      '延期',
      '不延',
    ),
  done: (number: number, until: string): string => `好的，事件${number}号延到${day(until)}，已经告诉报告的人。`,
};

export const CONFIRM = {
  notDone: (number: number): string => `事件${number}号没办好`,
  ask: (number: number, title: string): string =>
    `${incident(number, title)}办得怎么样？回“满意”或“不满意”，顺便说说原因。`,
  readBack: (number: number, title: string, satisfied: boolean, words: string | undefined): string => {
    const said = words === undefined ? '' : `：${shown(words, 60)}`;
    return satisfied
      ? asked(`${incident(number, title)}算办好了${said}。`, '办结', '不办结')
      : asked(`${incident(number, title)}没办好，要请他们再办一次${said}。`, '重办', '不用');
  },
  confirmed: (number: number): string => `谢谢您！事件${number}号办结了，以后有事随时说。`,
  others: (number: number): string =>
    `谢谢您，事件${number}号记下您满意了。还有邻居也报了这件事，等他们也说了，或者过几天没人说不好，就办结。`,
  reopened: (number: number, words: string | undefined): string =>
    `对不起，没给您办好。事件${number}号已经退回重办${words ? `，“${shown(words, 60)}”也转告了` : ''}，书记和处置的人都知道了。`,
};

const ASK_CONFIRM = '办好了，等您确认：回“满意”或“不满意”，说说原因。';

export const PROGRESS = {
  askConfirm: ASK_CONFIRM,
  nothing: '您现在没有报告过问题。看到路灯坏、垃圾没人收这样的事，直接告诉我就行。',
  mine: '您报告的问题：',
  handling: '您手上的事件：',
  line: (one: { number: number; title: string; stateWord: string; dueAt?: string | undefined }): string =>
    `· 事件${one.number}号 ${shortened(one.title, 24)}：${one.stateWord}${one.dueAt ? `，${day(one.dueAt)}前` : ''}`,
  detail: (one: { number: number; title: string; stateWord: string; step: number; stepWord: string }): string =>
    `${incident(one.number, one.title)}：${one.stateWord}（第${one.step}步，共5步：${one.stepWord}）。`,
  detailAt: (place: string, detail: string): string => `${place}的${detail}`,
  handler: (name: string): string => `处置的人：${name}。`,
  referred: (to: string, number: string): string => `转给了${to}，受理编号${number}。`,
  merged: (number: number, stateWord: string | undefined): string =>
    `和事件${number}号一起办${stateWord ? `，现在是：${stateWord}` : ''}。`,
  left: (left: string): string => `还差：${left}。`,
  outcome: (note: string): string => `处置结果：${shortened(note, 60)}。`,
  noted: (text: string): string => `最新进展：${shortened(text, 60)}。`,
  declined: (why: string): string => `原因：${shortened(why, 60)}。`,
  due: (until: string): string => `期限：${day(until)}。`,
  next: {
    reported: '网格员正在核实。',
    triaged: '已经核实，正在安排人。',
    resolved: ASK_CONFIRM,
  } as Partial<Record<IncidentState, string>>,
};
