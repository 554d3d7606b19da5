import { shown } from '../../core/echo.ts';
import { dateWords, dayOf } from '../../core/time.ts';
import { WISH_MOVES } from './messages.ts';
import { WISH_CATEGORIES, WISH_STATES, type WishCategory, type WishState } from './model.ts';

/** What the bot says about wishes. */

/** 3月9日, from a civil day or an instant. */
const day = (at: string): string => dateWords(at.length === 10 ? at : dayOf(new Date(at)));
const short = (text: string, most = 60): string => shown(text, most);
/** 心愿12号“想要一个电饭煲” */
const wish = (number: number, title: string): string => `心愿${number}号“${short(title, 24)}”`;
const photos = (count: number): string => (count > 0 ? `，附${count}张照片` : '');
const asked = (question: string, yes: string, no: string): string => `${question}对吗？回“确认”${yes}，回“取消”${no}。`;

export const HELP = {
  submit: { title: '登记微心愿', example: '想要一个电饭煲' },
  list: { title: '看待认领的心愿', example: '有哪些心愿可以认领' },
  claim: { title: '认领心愿', example: '认领12号' },
  contact: { title: '报已联系', example: '已联系12号' },
  done: { title: '报办结', example: '办结12号 锅已经送到' },
  extend: { title: '申请延期', example: '12号延到下周五，等货' },
  release: { title: '退回认领', example: '退回12号 家里有急事' },
  rate: { title: '评价', example: '满意' },
  withdraw: { title: '撤回心愿', example: '撤回12号' },
  waiting: { title: '看待受理的心愿', example: '待受理' },
  publish: { title: '受理并公开', example: '发布12号' },
  decline: { title: '不予受理', example: '不予受理12号 不在范围内' },
} as const;

export const SUBMIT = {
  askText: '请说说想要什么、需要帮什么忙，一两句话就行。',
  askCategory: '请问是哪一类？',
  askWhom: '请问是替谁许的愿？说个称呼就行，比如“我妈”“楼下王奶奶”。',
  askWhomShorter: '称呼太长了，最多写20个字。请说个短一点的称呼，比如“我妈”“楼下王奶奶”。',
  tooLong: '（话有点长，只记前500个字）',
  readBack: (given: {
    text: string;
    category: WishCategory;
    whom: string | undefined;
    /** As anybody may know it: the estate and the grid. */
    place: string | undefined;
    urgent: boolean;
    photos: number;
    cut: boolean;
    alike: { number: number; title: string; stateWord: string; own: boolean }[];
  }): string => {
    const kind = [
      WISH_CATEGORIES[given.category],
      given.whom ? `替${given.whom}` : '为自己',
      given.place ?? '',
      given.urgent ? '急' : '',
    ]
      .filter((part) => part !== '')
      .join('，');
    const named = (own: boolean): string =>
      given.alike
        .filter((one) => one.own === own)
        .map((one) => `${wish(one.number, one.title)}（${one.stateWord}）`)
        .join('、');
    const [yours, others] = [named(true), named(false)];
    const hints = [
      yours === '' ? '' : `您自己的${yours}和这个相似，同一件事不用再登记，想问进展就说“我的心愿到哪一步了”。`,
      others === '' ? '' : `社区里最近有相似的：${others}。要是同一件事就不用再登记了。`,
    ];
    const line = asked(
      `要登记微心愿：${short(given.text, 80)}（${kind}${photos(given.photos)}）${given.cut ? SUBMIT.tooLong : ''}。`,
      '登记',
      '不登记',
    );
    return [...hints.filter((one) => one !== ''), line].join('\n');
  },
  done: (number: number, title: string): string =>
    `登记好了：${wish(number, title)}。社区会尽快受理，有进展我会告诉您；想问就说“${number}号到哪一步了”。`,
};

export const WHICH = {
  wish: '您说的是哪一个心愿？',
  number: '请告诉我是几号心愿，比如“12号”。',
  label: (number: number, title: string, stateWord: string): string =>
    `${number}号 ${short(title, 24)}（${stateWord}）`,
  called: (number: number, title: string): string => wish(number, title),
  placed: (number: number, title: string, place: string): string => `${number}号 ${short(title, 24)}（${place}）`,
  notFound: (number: number): string => `没有找到心愿${number}号，请检查编号。`,
  none: {
    claim: '现在没有等人认领的心愿，谢谢您的热心。有新的我会告诉您。',
    contact: '您手上没有要联系的心愿。',
    extend: '您手上没有可以延期的心愿。',
    release: '您手上没有认领的心愿，不用退回。',
    done: '您手上没有正在办的心愿。想看看有哪些可以认领，就说“有哪些心愿”。',
    withdraw: '您没有可以撤回的心愿。',
    rate: '您现在没有等评价的心愿，谢谢您。',
    publish: '现在没有等您受理的心愿。',
    decline: '现在没有等您受理的心愿。',
  },
};

/** To somebody whose wish it is not, or who is not helping with it. */
const notInHand = (number: number, claimable: boolean): string =>
  `${number}号不在您手上。${claimable ? `想帮忙就先认领，回“认领${number}号”。` : '看看您手上有哪些，就说“我的心愿到哪一步了”。'}`;
const notTheirs = (number: number): string => `${number}号不是您许的心愿，要由许愿的人来说。`;
export const NOT_YOURS: Partial<Record<string, (number: number, claimable: boolean) => string>> = {
  claim: () =>
    '认领心愿要先登记成志愿者。想帮忙的话，请找社区工作人员登记，或者回“转人工”；书记可以在小程序里指派人来办。',
  contact: notInHand,
  extend: notInHand,
  release: notInHand,
  done: notInHand,
  withdraw: notTheirs,
  rate: notTheirs,
};

/** When a wish has got beyond a move, or not as far. */
const DONE_BEFORE: Partial<Record<string, WishState>> = { withdraw: 'withdrawn', done: 'done', decline: 'declined' };
export const NOT_NOW = (move: keyof typeof WISH_MOVES, number: number, state: WishState): string =>
  DONE_BEFORE[move] === state
    ? `心愿${number}号已经${WISH_MOVES[move]}过了，不用再说一次。`
    : `心愿${number}号现在是“${WISH_STATES[state]}”，${WISH_MOVES[move]}不了。`;

export const LIST = {
  open: (more: boolean): string =>
    `等人帮忙的心愿${more ? '（只列出最新的，更多请看小程序）' : ''}。想帮哪一个，回前面的数字：`,
  looking: (more: boolean): string => `等人帮忙的心愿${more ? '（只列出最新的，更多请看小程序）' : ''}：`,
  line: (one: { number: number; title: string; category: WishCategory; place: string; urgent: boolean }): string =>
    `${one.number}号 ${one.urgent ? '【急】' : ''}${short(one.title, 30)}（${WISH_CATEGORIES[one.category]}，${one.place}）`,
  waiting: '等您受理的心愿。要公开哪一个，回前面的数字；不受理就说“不予受理12号 原因”。',
  noPlace: '还不知道您属于哪个社区，请先请网格员帮您登记。',
};

export const CLAIM = {
  readBack: (number: number, title: string, place: string): string =>
    asked(`要认领${wish(number, title)}（${place}），认领后请在7天内联系对方。`, '认领', '不认领'),
  done: (number: number, title: string, who: string | undefined, place: string, until: string | undefined): string =>
    [
      `认领好了：${wish(number, title)}，谢谢您！`,
      ...(who ? [`许愿人：${who}，${place}。`] : []),
      `请在${until ? day(until) : '7天内'}前联系对方，联系后回“已联系${number}号”；电话和详细地址在小程序里看。`,
    ].join('\n'),
};

export const CONTACT = {
  readBack: (number: number, title: string): string =>
    asked(`要记下您已经联系了${wish(number, title)}的许愿人。`, '记下', '不记'),
  notReached: (number: number): string =>
    `没有联系上就先不记。过会儿再试试，联系上了回“已联系${number}号”；一直联系不上，请告诉书记或网格员。`,
  done: (number: number, until: string | undefined): string =>
    `记下了，心愿${number}号已联系。${until ? `请在${day(until)}前办好，` : ''}办好了回“${number}号办好了”。`,
};

export const EXTEND = {
  askUntil: (number: number): string => `心愿${number}号要延到哪一天？比如“下周五”“3月20号”。`,
  askReason: (number: number): string => `心愿${number}号为什么要延期？说一句就行，会告诉许愿人。`,
  readBack: (number: number, title: string, until: string, weekday: string, reason: string): string =>
    asked(`要把${wish(number, title)}延到${day(until)}（${weekday}），原因：${short(reason)}。`, '延期', '不延'),
  done: (number: number, until: string): string => `好的，心愿${number}号延到${day(until)}，已经告诉许愿人。`,
};

export const RELEASE = {
  askReason: (number: number): string => `心愿${number}号为什么要退回？说一句原因就行。`,
  readBack: (number: number, title: string, reason: string): string =>
    asked(`要退回${wish(number, title)}，原因：${short(reason)}。`, '退回', '不退'),
  done: (number: number): string => `好的，心愿${number}号已退回，会再找别人帮忙。谢谢您。`,
};

export const DONE = {
  askWhetherDone: (number: number): string => `听起来心愿${number}号还没全办完，您是要：`,
  underWay: (progress: string): string => `先记下进展“${short(progress, 30)}”，还在办`,
  finished: '已经办完了，报办结',
  askNote: (number: number): string => `心愿${number}号是怎么办的？说一句就行，比如“已经送到家”，许愿人会看到。`,
  askPhoto: (number: number): string => `有办好的照片吗？发一张来更清楚；没有就回“没有”，心愿${number}号照样办结。`,
  readBack: (number: number, title: string, note: string, count: number): string =>
    asked(`要把${wish(number, title)}报办结：${short(note)}${photos(count)}。`, '办结', '不办结'),
  done: (number: number): string => `好的，心愿${number}号已报办结，等许愿人评价。辛苦您了！`,
};

export const WITHDRAW = {
  readBack: (number: number, title: string): string =>
    asked(`要撤回${wish(number, title)}，撤回后不再办理。`, '撤回', '不撤'),
  done: (number: number): string => `好的，心愿${number}号已撤回。以后有需要随时再说。`,
};

export const RATE = {
  notDone: (number: number): string => `心愿${number}号没办好`,
  askScore: (number: number, title: string): string =>
    `${wish(number, title)}办得怎么样？回“满意”“一般”或“不满意”，也可以打1到5分，顺便说说原因。`,
  readBack: (number: number, title: string, score: number): string =>
    score > 2
      ? `要给${wish(number, title)}评${score}分，对吗？`
      : `${wish(number, title)}没办好，评${score}分，请他们再办一次，对吗？`,
  closed: (number: number, score: number): string =>
    `谢谢您的评价（${score}分）。心愿${number}号办结了，以后有事随时说。`,
  reopened: (number: number, words: string | undefined): string =>
    `对不起，没让您满意。心愿${number}号已经退回重办${words ? `，“${short(words)}”也转告了` : ''}，书记和办理人都知道了，会尽快再给您办。`,
};

export const PROGRESS = {
  nothing: '您现在没有登记的心愿，也没有认领的心愿。想许愿就直接说，比如“想要一个电饭煲”。',
  mine: '您登记的：',
  helping: '您认领的：',
  offered: '先留给您的：',
  line: (one: { number: number; title: string; stateWord: string; dueAt?: string | undefined }): string =>
    `· ${one.number}号 ${short(one.title, 24)}：${one.stateWord}${one.dueAt ? `，${day(one.dueAt)}前` : ''}`,
  detail: (one: { number: number; title: string; stateWord: string }): string =>
    `${wish(one.number, one.title)}：${one.stateWord}。`,
  detailAt: (one: { number: number; title: string; stateWord: string; place: string }): string =>
    `${one.place}的${PROGRESS.detail(one)}`,
  helper: (name: string): string => `帮忙的人：${name}。`,
  contacted: '已经联系过了。',
  referred: (to: string, number: string): string => `转给了${to}，受理编号${number}。`,
  merged: (number: number, stateWord: string | undefined): string =>
    `和心愿${number}号一起办${stateWord ? `，现在是：${stateWord}` : ''}。`,
  left: (left: string): string => `还差：${left}。`,
  note: (note: string): string => `办理情况：${short(note)}。`,
  declined: (why: string): string => `原因：${short(why)}。`,
  due: (until: string): string => `期限：${day(until)}。`,
  next: {
    submitted: '社区正在看，受理后会公开找人帮忙。',
    published: '已经公开，正在找人帮忙。',
    done: '办好了，等您评价：回“满意”或“不满意”，说说原因。',
  } as Partial<Record<string, string>>,
};

export const PUBLISH = {
  readBack: (number: number, title: string, wall: { title: string; text: string }): string =>
    asked(
      `要受理并公开${wish(number, title)}。心愿墙上会写“${short(wall.title, 24)}”：${short(wall.text, 200).replace(/。$/u, '')}。`,
      '公开',
      '不公开',
    ),
  done: (number: number): string => `好的，心愿${number}号已受理并公开。`,
};

export const DECLINE = {
  askReason: (number: number): string => `心愿${number}号为什么不予受理？原因会告诉许愿人。`,
  readBack: (number: number, title: string, reason: string): string =>
    asked(`不予受理${wish(number, title)}，原因：${short(reason)}。`, '不予受理', '再想想'),
  done: (number: number): string => `好的，心愿${number}号不予受理，原因已告诉许愿人。`,
};
