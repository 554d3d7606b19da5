import type { Message } from '../../core/feature.ts';
import { clockWords, dayOf } from '../../core/time.ts';
import { byWeek } from '../../core/variant.ts';
import type { Why } from './due.ts';
import { PERIODS } from './pack.ts';
import { hasLeft, isLate, isLateThere, isOfLately, isUnanswered } from './standing.ts';
import type { Rung } from './week.ts';

type Data = Record<string, unknown>;

/** What a message of the week says of one person's dues. */
export interface DuesData {
  week: string;
  people: number;
  red: number;
  late: number;
  names: string[];
  /** Of those only who moved to another street and was not handed over yet. */
  elsewhere?: boolean;
  often: { title: string; left: number }[];
  events: { title: string; by: string }[];
}

/** How a community's week came out. */
export interface OutcomeData {
  week: string;
  all: number;
  done: number;
  left: { who: string; count: number }[];
  others: number;
  nobody: number;
}

const dues = (data: Data): DuesData => data as unknown as DuesData;
const outcome = (data: Data): OutcomeData => data as unknown as OutcomeData;

/** 3月9日, of a day. */
export const dayIn = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

function seeing({ people, red, late, names }: DuesData): string[] {
  if (people === 0) return [];
  const who = names.length === 0 ? '' : `（${names.join('、')}${people > names.length ? '等' : ''}）`;
  const first = [red > 0 ? `红色${red}人要先去` : '', late > 0 ? `${late}人已经过了日子` : ''].filter(
    (one) => one !== '',
  );
  return [`走访${people}位关爱对象${who}${first.length > 0 ? `，${first.join('，')}` : ''}`];
}

/** Whom to see first, where there is somebody. */
const first = ({ red, late }: DuesData): string => {
  if (red === 0 && late === 0) return '';
  return `先去${[red > 0 ? '红色' : '', late > 0 ? '过了日子' : ''].filter((one) => one !== '').join('和')}的，`;
};

/** All of it in one sentence: 走访5位关爱对象（陈*、李*等），红色1人要先去；每周走访还差2次；每周排查还差1次 */
const inOneSentence = (data: DuesData): string =>
  (data.elsewhere ? '已经搬走、还没有交接的，' : '') +
  [
    ...data.events.map(({ title, by }) => `${title}（最晚${dayIn(by)}）`),
    ...seeing(data),
    ...data.often.map(({ title, left }) => `${title}还差${left}次`),
  ].join('；');

const who = ({ left, others }: OutcomeData): string =>
  left.map((one) => `${one.who}${one.count}项`).join('、') + (others > 0 ? `，另有${others}人` : '');

const WORK = '/work/duties/duties';
const mine = () => WORK;
const community = (data: Data) => `${WORK}?area=${String(data.community ?? data.area ?? '')}`;
/** May be muted: what it says is in the mini-program at any time. */
const reminder = (
  title: string,
  called: readonly string[],
  body: (data: Data) => string,
  link: (data: Data) => string,
  stands: NonNullable<Message['stands']>,
): Message => ({ title, kind: 'reminder', called, body, link, stands });
/** What one's post makes one answer for cannot be muted. */
const matter = (
  title: string,
  body: (data: Data) => string,
  link: (data: Data) => string,
  more: Omit<Partial<Message>, 'title' | 'body' | 'link'>,
): Message => ({ title, body, link, ...more });

const DOING: Readonly<Record<string, readonly [string, string]>> = {
  arrive: ['到场', '到了记一笔'],
  report: ['报告', '报了记一笔'],
  visit: ['上门看看', '去过记一笔'],
  inspection: ['去检查', '查过记一笔'],
};
/** 火情（第一社区第1网格，3月9日10:00）：请您最晚3月9日12:00到场，到了记一笔。地点和情况点开看。 */
function calling({ title, kind, by, until, where, at, more }: Data): string {
  const moment = typeof until === 'string' ? new Date(until) : undefined;
  const last = moment ? `${dayIn(dayOf(moment))}${clockWords(moment)}` : dayIn(String(by));
  const [what, then] = DOING[String(kind)] ?? ['去办', '办了记一笔'];
  const since = typeof at === 'string' ? new Date(at) : undefined;
  const facts = [typeof where === 'string' ? where : '', since ? `${dayIn(dayOf(since))}${clockWords(since)}` : ''];
  const told = facts.filter((one) => one !== '').join('，');
  return `${String(title)}${told && `（${told}）`}：请您最晚${last}${what}，${then}。${more === true ? '地点和情况点开看。' : ''}`;
}
const calledOff = ({ title }: Data): string => `${String(title)}：这件事撤销了，不用再去。`;
/** As long as it was not taken back and nobody has come. */
const called: Pick<Message, 'holds' | 'stands'> = { holds: ({ state }) => state === 'open', stands: isUnanswered };

/** A message of the week: it says so when it should have come before. */
const weeklyReminder: typeof reminder = (title, names, body, link, stands) =>
  reminder(title, names, (data) => `${data.madeUp === true ? '（补发）' : ''}${body(data)}`, link, stands);

/** What duties tell people. */
export const dutyMessages = {
  'duties.monday': weeklyReminder(
    '本周走访排查',
    ['周一的提醒', '本周计划', '走访计划'],
    (data) => {
      const all = inOneSentence(dues(data));
      const { people } = dues(data);
      return byWeek(
        [
          `这周要做的：${all}。做完记一笔${people > 0 ? '，点开看名单' : ''}。`,
          `新的一周，您名下有：${all}。${people > 0 ? '名单在小程序里，' : ''}走完随手记。`,
          `本周安排：${all}。${first(dues(data))}辛苦了。`,
        ],
        dues(data).week,
      );
    },
    mine,
    hasLeft,
  ),
  'duties.thursday': weeklyReminder(
    '本周还剩的走访排查',
    ['周四的提醒', '还剩的走访'],
    (data) => {
      const all = inOneSentence(dues(data));
      return byWeek(
        [
          `这周还剩：${all}。已经去过的，请补记一笔。`,
          `还有几件没做完：${all}。去过了没记的，回“今天走访了几户”就行。`,
          `到今天还差：${all}。有困难请早点告诉书记。`,
        ],
        dues(data).week,
      );
    },
    mine,
    hasLeft,
  ),
  'duties.friday': weeklyReminder(
    '本周走访排查完成情况',
    ['周五的提醒', '完成情况'],
    (data) => {
      const { all, done, nobody, week } = outcome(data);
      const left = who(outcome(data));
      const rest = [
        left === '' ? '' : `没做完的：${left}`,
        nobody > 0 ? `${nobody}位关爱对象还没有人负责，请指定` : '',
      ].filter((one) => one !== '');
      const [now, thisOne] = data.lastWeek === true ? ['上周', '上周'] : ['本周', '这周'];
      const counts = byWeek([`${now}应做${all}项，做完${done}项`, `${thisOne}一共${all}项，完成${done}项`], week);
      return `${counts}${rest.length === 0 ? '，都做完了' : `。${rest.join('；')}`}。`;
    },
    community,
    isOfLately,
  ),
  'duties.overdue_bearer': reminder(
    '走访过了日子',
    ['超期提醒', '过期提醒'],
    (data) => `${inOneSentence(dues(data))}。请尽快去看看；已经去过的，请补记一笔。`,
    mine,
    isLate,
  ),
  'duties.overdue_secretary': matter(
    '有任务过了日子没有做',
    (data) => {
      const { nobody } = outcome(data);
      const left = who(outcome(data));
      return `过了日子三个工作日以上还没有做的：${[left, nobody > 0 ? `没有人负责的关爱对象${nobody}位` : ''].filter((one) => one !== '').join('；')}。请您过问或另外安排。`;
    },
    community,
    { stands: isLateThere },
  ),
  'duties.overdue_street': matter(
    '社区有任务长期没有做',
    (data) => `有${outcome(data).all}项任务过了日子六个工作日以上还没有做，请督促社区。`,
    community,
    { stands: isLateThere },
  ),
  // Minutes count: whoever is called learns of it at any hour, and so does who need not come.
  'duty_event.now': matter('请马上去', calling, mine, { ...called, urgent: true }),
  'duty_event.back': matter('不用去了', calledOff, mine, { urgent: true }),
  'duty_event.open': matter('请按时去', calling, mine, { ...called, kind: 'answer' }),
  'duty_event.dropped': matter('不用去了', calledOff, mine, { kind: 'answer' }),
} satisfies Record<string, Message>;

/** Why something is due, for whoever has to do it. */
export function whyWords(why: Why): string {
  switch (why.rule) {
    case 'often':
      return `${PERIODS[why.per]}${why.times}次，已做${why.done}次`;
    case 'every':
      return why.last === undefined
        ? `每${why.days}天至少一次，${dayIn(why.since)}列入后还没有走访过`
        : `每${why.days}天至少一次，上次走访是${dayIn(why.last)}`;
    case 'on':
      return '发生了要到场或报告的事';
  }
}

/** Why somebody is sent a message, for whoever looks over what will be sent. */
export const WHY = {
  dues: ({ people, often, events }: Pick<DuesData, 'people' | 'often' | 'events'>): string =>
    `名下有${people}位关爱对象该走访、${often.length}项常规任务、${events.length}件事情没有做`,
  summary: ({ all, done, lastWeek }: Pick<OutcomeData, 'all' | 'done'> & { lastWeek: boolean }): string =>
    `社区${lastWeek ? '上周' : '本周'}应做${all}项，做完${done}项`,
  overdue: (rung: Rung): string =>
    ({
      bearer: '负责的任务过了日子',
      secretary: '社区里有任务过了日子三个工作日以上没有做',
      street: '社区里有任务过了日子六个工作日以上没有做',
    })[rung],
} as const;

/** What the bot says of duties. */
export const CHAT = {
  help: { title: '看本周要走访什么', example: '这周要走访哪些人' },
  nothing: '您这周没有要做的走访和排查。',
  none: '您名下没有走访排查任务。',
  heading: (left: number, all: number): string => `这周一共${all}项，还剩${left}项：`,
  line: (text: string, by: string, late: boolean): string =>
    `· ${text}，${late ? '已过日子，原定' : ''}${dayIn(by)}${late ? '' : '前'}`,
  more: (count: number): string => `还有${count}项，请到小程序“今日任务”里看。`,
  unverified: '（任务频次还没有经管理员核实）',
  how: '做完直接告诉我，比如“今天走访了3户，都正常”。',
  arrivedHelp: { title: '到场后说一声', example: '停水停电到场了' },
  notAwaited: '现在没有等您到场的事。看到了什么情况，直接告诉我就行。',
  noneFits: '没找到您说的这件事。等您到场的有这些，您到的是哪一件？',
  whichArrival: '您到的是哪一件？',
  arrivedReadBack: (what: string): string => `记一次到场：${what}`,
  arrived: '记下了，辛苦了。现场要是还有别的情况，直接告诉我。',
  happened: (title: string, at: Date, where: string): string =>
    `${title}（${dayIn(dayOf(at))}${clockWords(at)}${where && `，${where}`}）`,
} as const;

/** 3月9日10:00，第一社区第1网格，2栋3单元501；三楼冒烟（陈建国报的） */
export const happenedWords = (at: Date, where: string, by: string, place = '', words = ''): string => {
  const facts = [`${dayIn(dayOf(at))}${clockWords(at)}`, where, place].filter((one) => one !== '').join('，');
  return `${facts}${words && `；${words}`}（${by}报的）`;
};

export const EVENT_MOVES = { drop: '撤销一件要到场的事' } as const;
