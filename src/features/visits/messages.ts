import type { Message } from '../../core/feature.ts';
import { checkOf, type VisitDoc } from './model.ts';

type Data = Record<string, unknown>;
const words = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The moves people make, as the API calls them. */
export const VISIT_MOVES = {
  correct: '更正一条走访记录，原来的也留着',
  void: '作废一条走访记录',
  check: '抽查：这条记录是否属实',
} as const;

const dayIn = (day: unknown): string => {
  const [, month, date] = words(day).split('-');
  return `${Number(month)}月${Number(date)}日`;
};

const link = (d: Data): string => `/work/visit/visit?id=${words(d.id)}`;

export const visitMessages = {
  'visit.doubted': {
    title: '走访记录请核对',
    body: (d: Data) =>
      `${words(d.who)}抽查了您${dayIn(d.day)}的走访记录，认为和实际对不上${words(d.words) === '' ? '' : `：${words(d.words)}`}。请打开看看，记错了就更正。`,
    link,
    holds: (visit) => visit.state === 'logged' && checkOf(visit as VisitDoc) === 'doubted',
  },
  'visit.corrected': {
    title: '抽查过的走访改过了',
    body: (d: Data) =>
      `您抽查过的${dayIn(d.day)}的走访记录，${words(d.who)}更正过了。抽查的结果不再算数，请有空再看看。`,
    link,
    holds: (visit) => visit.state === 'logged' && checkOf(visit as VisitDoc) === 'changed',
  },
} satisfies Record<string, Message>;

/** Stands in an incident for the name of whoever was visited. */
export const SPAWNED_WORDS = { resident: '住户' } as const;

/** What the job that settles visits reports. */
export const settledWords = (count: number, dryRun: boolean): string =>
  `${dryRun ? '将补记入档' : '补记入档'}的走访记录 ${count} 条`;

/** What the bot says of visits. */
/** What is read back of a visit before it is logged. */
interface ReadBack {
  kind: string;
  day: string;
  today: string;
  place: string;
  households: number;
  /** Those seen, and those not met, as they are shown. */
  who: string;
  missed: string;
  well: boolean;
  trouble: string;
}

export const CHAT = {
  help: { title: '记一次走访或排查', example: '今天走访了3户，都正常' },
  notYours: '走访和排查由社区工作者、网格员、联户长这些上门的人来记。您有什么情况，直接告诉我就行。',
  askWhat: '没看出走访了几户，或者您说的人不归您联系。走访了几户？情况怎么样？比如“走访了3户，都正常”。',
  /** A care visit to a worker is written down by itself, with its reason. */
  careVisit:
    '慰问社区工作者不算走访住户，这里先不记。请在好邻小程序的“谈心谈话”里打开“走访慰问”，点“登记一次慰问”。要记走访住户，就说去了几户。',
  unmade: {
    to_come: '还没去的先不记。走访完了告诉我一声，比如“今天走访了3户，都正常”。',
    not_done: '好的，没去就不记。走访完了告诉我一声，比如“今天走访了3户，都正常”。',
    by_phone: '打电话、发微信问候很好，但不算上门走访。上门看过了再告诉我，比如“今天走访了3户，都正常”。',
    unclear_day: '没看明白是哪一天走访的，先不记。请带上日子再说一次，比如“11月20日走访了2户，都正常”。',
    several_days: '这句话里说了不止一天的走访，先不记。请一天一句分开说，比如“昨天走访了2户，都正常”。',
    put_right: '记好的走访要改，请在小程序的“走访记录”里打开那一条，点“更正”，写一句为什么改。原来的话会留着。',
  },
  loggedAlready: (isToday: boolean): string => `（${isToday ? '今天' : '那天'}已经记过一条一样的，是另外一次才再记）`,
  someNotMet: '有人不在家',
  notMet: (households: number): string => `${households}户`,
  logged: '记下了，辛苦了。',
  offerOther: '您还说到这件，要不要也登记？不用就不管它。',
  loggedAndOffer: '记下了，辛苦了。您说的情况，要不要登记下来，请人来办？不用就不管它。',
  spawn: {
    wish: (text: string): string => `登记微心愿：“${text}”`,
    incident: (text: string): string => `上报事件：“${text}”`,
  },
  spawned: {
    wish: (number: number): string => `登记好了，是心愿${number}号，有进展会告诉您。`,
    incident: (number: number): string => `上报好了，是事件${number}号，有进展会告诉您。`,
  },
  readBack({ kind, day, today, place, households, who, well, trouble, missed }: ReadBack): string {
    const parts = [
      `${day === today ? '今天' : dayIn(day)}${kind}${place}${households > 0 ? `${households}户` : ''}${who === '' ? '' : `（${who}）`}`,
      well ? '都正常' : trouble === '' ? '' : `发现：${trouble}`,
      missed === '' ? '' : `没见到：${missed}（没见到的不算走访到）`,
    ];
    return `记一次：${parts.filter((part) => part !== '').join('，')}`;
  },
} as const;
