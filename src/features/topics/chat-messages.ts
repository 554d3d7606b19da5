import { shown } from '../../core/echo.ts';
import { clockWords, dayWords } from '../../core/time.ts';
import type { TopicState } from './model.ts';

/** What the bot says about topics and votes. */

const short = (text: string, most = 60): string => shown(text, most);
/** 议题5号“小区要不要装电梯” */
const topic = (number: number, title: string): string => `议题${number}号“${short(title, 24)}”`;
const asked = (question: string, yes: string, no: string): string => `${question}对吗？回“确认”${yes}，回“取消”${no}。`;

/** 3月12日（星期四）19:00, Shanghai's. */
const moment = (at: Date | string): string => {
  const then = new Date(at);
  return `${dayWords(then)}${clockWords(then)}`;
};

export const HELP = {
  propose: { title: '提议题', example: '我想提个议题：小区装电梯' },
  list: { title: '看议题', example: '有哪些议题' },
  second: { title: '附议', example: '附议5号' },
  vote: { title: '投票', example: '5号议题我同意' },
  object: { title: '公示期提异议', example: '对5号议题有异议：费用没有说清楚' },
  judge: { title: '评价议题办得怎么样', example: '给5号议题打5分，办得好' },
} as const;

export const WHICH = {
  called: topic,
  topic: '您说的是哪一条议题？',
  label: (number: number, title: string, stateWord: string): string =>
    `${number}号 ${short(title, 24)}（${stateWord}）`,
  placed: (number: number, title: string, place: string): string => `${number}号 ${short(title, 24)}（${place}）`,
  notFound: (number: number): string => `没有找到议题${number}号，请检查编号。`,
  none: {
    second: '现在没有可以附议的议题。想请大家商量什么，就说“我想提个议题：…”。',
    unsecond: '您没有可以撤回的附议。',
    withdraw: '您没有可以撤回的议题。',
    object: '现在没有在公示的议题，不用提异议。',
    review: '现在没有等您评价的议题。',
    agreeMerge: '社区没有问过您要不要合并议题。',
    refuseMerge: '社区没有问过您要不要合并议题。',
  },
};

export const LIST = {
  /** `left`: how many are not shown. */
  head: (left: number): string =>
    `社区正在商量的议题${left > 0 ? `（还有${left}个，在小程序“议题”里看）` : ''}，想看哪一条，回前面的数字：`,
  none: '社区现在没有正在商量的议题。想请大家商量什么，就说“我想提个议题：…”。',
  line: (number: number, title: string, stateWord: string): string =>
    `议题${number}号 ${short(title, 30)}（${stateWord}）`,
};

export const PROPOSE = {
  ask: '想请大家一起商量什么事？一两句话说说就行。',
  askMore: (text: string): string => `“${short(text)}”有点短，邻居看不明白。再说具体一点，比如在哪里、怎么办。`,
  cut: (most: number): string => `（话有点长，只记前${most}个字）`,
  alike: '社区里已经有差不多的议题，一起附议更快：',
  secondThat: (number: number, title: string, stateWord: string): string =>
    `附议${topic(number, title)}（${stateWord}）`,
  lookAt: (number: number, title: string, stateWord: string): string =>
    `看看${topic(number, title)}到哪一步了（${stateWord}）`,
  anew: '不一样，就提新的',
  readBack: (text: string, place: string, hidden: boolean, cut: string): string =>
    asked(
      `要在${place}提议题，请大家商量：${short(text, 120)}${cut}。${hidden ? '里面能认出是谁的号码、门牌，给邻居看时会略去。' : ''}`,
      '提出',
      '不提',
    ),
  done: (number: number, title: string, seconds: number): string =>
    `提好了：${topic(number, title)}。请邻居说“附议${number}号”，有${seconds}位邻居附议，社区就来受理；有进展我会告诉您。`,
};

export const SECOND = {
  readBack: (number: number, title: string): string => asked(`要附议${topic(number, title)}。`, '附议', '不附议'),
  done: (number: number, title: string, count: number, needed: number, undo: boolean): string =>
    [
      `附议好了：${topic(number, title)}，已经有${count}位邻居附议`,
      count >= needed ? '，社区会来受理。' : `，满${needed}位社区就来受理。`,
      undo ? `改主意了就说“撤回附议${number}号”。` : '',
    ].join(''),
  elsewhere: '只能附议自己社区的议题。',
  notNow: (number: number, stateWord: string): string => `议题${number}号现在是“${stateWord}”，不用再附议了。`,
  undone: (number: number): string => `好的，议题${number}号的附议撤回了。`,
  fixed: (number: number, stateWord: string): string => `议题${number}号现在是“${stateWord}”，附议不能再撤回了。`,
};

export const WITHDRAW = {
  readBack: (number: number, title: string): string =>
    asked(`要撤回${topic(number, title)}，撤回后不再商量。`, '撤回', '不撤'),
  done: (number: number): string => `好的，议题${number}号已经撤回，也告诉了附议的邻居。`,
  notTheirs: (number: number): string => `议题${number}号不是您提的，要由提议题的人来撤。`,
  notNow: (number: number, stateWord: string): string => `议题${number}号现在是“${stateWord}”，不能撤回了。`,
};

export const OBJECT = {
  ask: (number: number, title: string): string => `您对${topic(number, title)}的结果有什么异议？一两句话说说就行。`,
  askMore: (text: string): string => `“${short(text)}”有点短，社区看不明白。再说具体一点，为什么不同意。`,
  cut: (most: number): string => `（话有点长，只记前${most}个字）`,
  readBack: (number: number, title: string, text: string, cut: string): string =>
    asked(
      `要对${topic(number, title)}公示的结果提异议：${short(text, 120)}${cut}。社区会答复；答复以后邻居也能看到，不写名字。`,
      '提出',
      '不提',
    ),
  done: (number: number): string => `好的，您对议题${number}号的异议交给社区了，有了答复会告诉您。`,
  notNow: (number: number, stateWord: string): string =>
    `议题${number}号现在是“${stateWord}”，公示的时候才提异议。有话请直接告诉社区。`,
  speak: (number: number): string =>
    `议题${number}号正在商量，还没有结果。要说意见，就发“${number}号议题发言：”加上要说的话。`,
};

export const REVIEW = {
  ask: (number: number, title: string): string => `${topic(number, title)}办得怎么样，您打几分？`,
  scores: { 5: '5分，很满意', 4: '4分，满意', 3: '3分，一般', 2: '2分，不太满意', 1: '1分，不满意' },
  readBack: (number: number, title: string, score: number, words: string | undefined): string =>
    asked(
      `要给${topic(number, title)}打${score}分（满分5分）${words === undefined ? '' : `：${short(words, 120)}`}。评了就不能改。`,
      '评价',
      '不评',
    ),
  done: (number: number, score: number): string => `评好了：议题${number}号，您打了${score}分。谢谢您。`,
  notNow: (number: number, stateWord: string): string =>
    `议题${number}号现在是“${stateWord}”，还没有到评价的时候。办好了会请您评价。`,
};

export const MERGE = {
  readBack: (number: number, title: string, into: string): string =>
    asked(
      `要把您的${topic(number, title)}并到${into}一起商量，附议您的邻居也一起转过去，合并以后不能再分开。`,
      '合并',
      '不合并',
    ),
  into: topic,
  done: (number: number, into: number): string => `好的，议题${number}号和议题${into}号一起商量，有进展照样告诉您。`,
  apart: (number: number): string => `好的，议题${number}号单独商量，已经告诉社区。`,
  notTheirs: (number: number): string => `议题${number}号不是您提的，要由提议题的人来答复。`,
};

export const CHOICE_WORDS = { for: '同意', against: '反对', abstain: '弃权' } as const;
type ChoiceWord = keyof typeof CHOICE_WORDS;

/** A vote as it is called: by its topic's number, or by its title when it is about none. */
export interface CalledVote {
  number: number | undefined;
  title: string;
}
const called = ({ number, title }: CalledVote): string =>
  number === undefined ? `“${short(title, 24)}”` : topic(number, title);
const SECRECY = { open: '记名', secret: '不记名' } as const;

export const VOTE = {
  notInGroup: '投票是自己的事，群里不收。请私下跟我说，或者在小程序里投。',
  none: '现在没有等您投的票。',
  which: '现在有几个投票，您要投哪一个？',
  label: (vote: CalledVote, secrecy: 'open' | 'secret', until: Date): string =>
    `${called(vote)}（${SECRECY[secrecy]}，${moment(until)}截止）`,
  /** A secret vote leaves no trace that way only. */
  secret: (vote: CalledVote, until: Date): string =>
    `${called(vote)}是不记名投票。为了不留下您投了什么，请在小程序“议题”里打开它来投，别在聊天里说怎么投。${moment(until)}截止。`,
  secretDone: (vote: CalledVote): string =>
    `${called(vote)}是不记名投票，您已经投过了，不能再改。想查自己的票在不在票箱里，请在小程序里用回执查。`,
  signInFirst: (vote: CalledVote): string =>
    `请先签到：${called(vote)}只算到会的。到了会场，主持人会念6位数字的签到码，发“签到”加上这6位数字，再来投票。`,
  whose: '您可以替不止一户投票，这次替哪一户投？',
  forVoice: (name: string): string => `替“${name}”投`,
  ask: (vote: CalledVote, question: string, until: Date, now: ChoiceWord | undefined): string =>
    `${called(vote)}：${short(question, 200)}\n记名投票，${moment(until)}截止，截止前可以改。${now ? `您现在投的是“${CHOICE_WORDS[now]}”。` : ''}您怎么投？`,
  readBack: (
    vote: CalledVote,
    question: string,
    choice: ChoiceWord,
    until: Date,
    voice: string | undefined,
    now: ChoiceWord | undefined,
  ): string =>
    asked(
      `${called(vote)}：${short(question, 120)}\n${voice === undefined ? '您' : `您替“${voice}”`}${now ? `从“${CHOICE_WORDS[now]}”改投` : '投'}“${CHOICE_WORDS[choice]}”。记名投票，${moment(until)}截止前可以改。`,
      '投出',
      '不投',
    ),
  same: (vote: CalledVote, choice: ChoiceWord): string =>
    `${called(vote)}您投的就是“${CHOICE_WORDS[choice]}”，不用再投。`,
  oneAtATime: '一次请说一个投票，比如“5号我同意”，投好了再说下一个。',
  left: '好的，先不投。想投的时候随时说。',
  done: (vote: CalledVote, choice: ChoiceWord, until: Date): string =>
    `投好了：${called(vote)}，您投了“${CHOICE_WORDS[choice]}”。${moment(until)}前想改，再说一次就行。`,
  notYet: (number: number, from: string): string => `议题${number}号还没有开始投票，${moment(from)}开始。`,
  over: (number: number): string => `议题${number}号的投票已经截止。想知道结果，就说“议题${number}号到哪一步了”。`,
  publicised: (number: number): string =>
    `议题${number}号正在公示结果，不再投票。对结果有不同意见，就发“对${number}号议题有异议：”加上原因，社区会答复。`,
  noVote: (number: number, stateWord: string): string => `议题${number}号现在是“${stateWord}”，没有在投票。`,
  secondFirst: (number: number): string => `议题${number}号还没有到投票，正在征集附议。想让大家来商量，可以先附议：`,
};

export const PROGRESS = {
  mine: '您提的议题：',
  seconded: '您附议的议题：',
  votes: '等您投票的：',
  nothing: '您现在没有提过、附议过的议题。想请大家商量什么，就说“我想提个议题：小区装电梯”这样的话。',
  line: (number: number, title: string, stateWord: string): string =>
    `· 议题${number}号 ${short(title, 24)}：${stateWord}`,
  voteLine: (vote: CalledVote, until: Date): string => `· ${called(vote)}，${moment(until)}截止`,
  detail: (number: number, title: string, stateWord: string): string => `${topic(number, title)}：${stateWord}。`,
  detailAt: (number: number, title: string, stateWord: string, place: string): string =>
    `${place}的${PROGRESS.detail(number, title, stateWord)}`,
  seconds: (count: number, needed: number): string => `已经有${count}位邻居附议，满${needed}位社区就来受理。`,
  toSecond: (number: number): string => `想附议就说“附议${number}号”。`,
  facilitator: (name: string): string => `说事长：${name}。`,
  meeting: (at: string, venue: string, address: string): string =>
    `商量的时间：${moment(at)}，地点：${venue}（${address}）。`,
  voteToCome: (from: string, until: string): string => `投票从${moment(from)}开始，到${moment(until)}截止。`,
  voting: (question: string, secrecy: 'open' | 'secret', until: string): string =>
    `正在表决：${short(question, 120)}\n${SECRECY[secrecy]}投票，${moment(until)}截止。`,
  toVote: (number: number): string => `您还没有投，要投就说“${number}号投票”。`,
  toVoteSecretly: '您还没有投，请在小程序里投。',
  voted: '您已经投过了。',
  result: (outcome: string): string => `结果：${outcome}。`,
  paused: '先休息，过一会儿接着商量。',
  toCount: '投票已经截止，正在计票。',
  toDo: (text: string, until: string): string =>
    `等您办的：${short(text)}，${dayWords(new Date(`${until}T00:00:00+08:00`))}前。`,
  satisfied: (average: number, count: number): string => `${count}位邻居评价，满意度${average}分（满分5分）。`,
  resolution: (text: string): string => `决议：${short(text, 200)}`,
  awaits: '公示期已满，等社区答复意见。',
  publicity: (until: string): string => `公示到${moment(until)}，有不同意见就说“对议题有异议：…”，在小程序里提也行。`,
  items: (done: number, all: number): string => `要落实的${all}件事，办好了${done}件。`,
  reviewing: (until: string): string => `办得怎么样，请参加的人在${moment(until)}前到小程序里评一评。`,
  page: (url: string): string => `公开页（谁都能看，没有邻居的名字）：${url}`,
  why: (reason: string): string => `原因：${short(reason)}。`,
  merged: (number: number): string => `和议题${number}号一起商量了，想知道进展就说“议题${number}号到哪一步了”。`,
  next: {
    seconded: '附议的人够了，等社区受理。',
    accepted: '社区已经受理，正在定大家商量的时间、地点。',
    discussing: '正在商量，还没有结果。',
    resolved: '接下来会公示。',
  } as Partial<Record<TopicState, string>>,
};
