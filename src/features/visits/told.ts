import { NUMERAL, readNumeral } from '../../core/numerals.ts';
import { addDays, type Day, isDay, weekdayOf } from '../../core/time.ts';
import type { VisitKind } from './model.ts';

/** What a message says of a visit, as far as it can be told for sure. */
export interface Told {
  kind: VisitKind;
  day: Day;
  households?: number;
  /** It says that nothing was out of order. */
  saidWell: boolean;
  /** Where it was made, as far as it is said of an inspection. */
  place?: string;
  /** The parts that tell of something that should be seen to, each with what is said about it. */
  findings: string[][];
  /** The same in one row. */
  trouble: string[];
  /** The parts that tell of a door nobody opened. */
  absent: string[];
  /**
   * Why there is nothing to log yet: it is still to be done, was not done, something logged is to be put right, or the day is
   * none that can be told, or not one alone.
   */
  unmade?: 'to_come' | 'not_done' | 'put_right' | 'by_phone' | 'unclear_day' | 'several_days';
}

const HOUSEHOLDS = new RegExp(`(${NUMERAL})\\s?(?:来|多)?(?:户|戶|家(?!电|具|属|里|长|庭))`, 'gu');
const INSPECTION = /排查|巡查|检查|巡逻|查了|清查/u;
const SEEING = /走访|入户|看望|去看|看了|慰问|上门|探望|串门/u;
const WELL =
  /(?:都|全|全部|一切|均)?(?:正常|平安|挺好|蛮好|还好|合格|齐全|通畅|稳定|没(?:有|得)?(?:什么|哪样|发现)*(?:问题|异常|隐患|情况|事)|未发现|无异常|精神(?:好|可以|不错))/u;
/** Something is out of order, missing or wanted. */
const TROUBLE =
  /坏|漏|堵(?!在)|断(?:了|电|水)|缺|不(?:亮|通|热|走|转|来[水电]|够|能用|方便|舒服|见了)|没(?:有|得)?(?:电|水|米|油|药|钱|饭|人(?!在|开|应|答|打|来过))|血[压糖]高|(?:睡|吃)不(?:好|着|下)|[换买修交]不起|飞线|想(?:要|找|请|换|买|喝|吃|去|有个|学)|松(?:动|了)|裂|摔|疼|痛|晕|骨折|受伤|流血|走不动|难受|病了|生病|发烧|咳|想要|需要|希望|要(?:换|修|买|配|送|办|人)|隐患|(?<!好)不(?:太|大|怎么|咋|很|是很|甚)?好(?![找走意看])|情况(?:很|比较|有点)?差|(?:心情|情绪|精神|气色|状态)(?:很|比较|有点|不太)?(?:低落|差|不好|不稳)|(?:在|又|直|着)哭|哭(?:了|着|起来|个不停)|没精神|堆(?:满|放|起)|违规|私拉|乱拉|过期|失灵|掉(?:了|下)|塌|老化|困难/u;
/** What an inspection comes upon, whatever it is: 有3处飞线充电, 发现楼道占用. */
const COME_UPON = new RegExp(
  `发现|查出|查到|存在|有\\s?(?:${NUMERAL})\\s?\\p{Script=Han}|有人|占用|占道|乱[停堆放搭]`,
  'u',
);
/** Read back after 发现 once more, it would stand there twice. */
const COMES_UPON = /^(?:[还又也])?(?:发现|查出|查到)(?:了|有)?(?=[^，。；,;]{2})/u;
/** No trouble though it sounds like it. */
const DENIED =
  /没(?:有|得)?(?:什么|哪样|发现|啥)*[^，。；,;!！]{0,6}(?:问题|异常|隐患|困难|病|坏)|未发现|不(?:缺|需要)|都(?:没|不)/u;

const ABSENT =
  /不在(?:家|屋)|没在(?:家|屋)|(?:家里|屋里|屋头)没(?:有)?人|\d[户家]没(?:有)?人|没(?:有)?人(?:在家|开门|应|答)|没(?:给)?开门|没(?:见|碰|遇|看|敲)(?:到|着|上|开)|锁着门|门锁着|白跑/u;
/** What else is said around a visit and is no finding: that it was made, what was brought, that it is to be written down. */
const AROUND = /^(?:送|带|给|发)(?:了|去)|登记|记(?:一)?下|打卡|辛苦|^\p{Script=Han}{0,2}$/u;
/** 排查了清溪巷, 检查完5栋的消防. */
const INSPECTED =
  /(?:排查|巡查|检查|巡逻|清查|查)(?:了|过|完|到)?(?<place>(?!了|过|完)[\p{Script=Han}\d]{1,14}?(?:栋|幢|楼|巷|路|街|号|院|村|组|小区|单元|市场|广场|学校|网格|河|沟|桥|店|馆))(?=的|有|[，,。；;、\s]|$)/u;
const GOING = '(?:走访|入户|看望|去看|看看|慰问|上门|探望|串门|排查|巡查|检查|巡逻)';
const TO_COME = new RegExp(
  `(?:明天|明日|明早|明晚|后天|大后天|下(?:个)?(?:周|星期|礼拜|月)|准备|打算|计划|待会|等会|等下|过会|一会儿|马上)[^，。；,;]{0,8}${GOING}|(?:要|想)去${GOING}`,
  'u',
);
const NOT_DONE = new RegExp(
  `(?:没|没有|还没|还没有|未|没空|来不及|没来得及|没顾上|忘了|忘记)(?:能|去|再)*${GOING}(?!到)`,
  'u',
);
const BY_PHONE =
  /(?:打|通|接)(?:了|过)?[^，。；,;]{0,6}电话|电话(?:里|问候|走访|联系|访问|询问)|(?:微信|视频)(?:里|问候|走访|联系|通话)/u;
const AT_THE_DOOR = /入户|上门|走访了|去看|登门|到家/u;
const PUT_RIGHT = /(?:改|更正|纠正)(?:成|为|一下|下)|(?:记|写|登记|说)错/u;

/** What one calls elders by. */
const ELDERS = [
  '大爷',
  '大伯',
  '大叔',
  '大妈',
  '大娘',
  '大姐',
  '大哥',
  '奶奶',
  '爷爷',
  '婆婆',
  '公公',
  '阿姨',
  '叔叔',
  '嬢嬢',
  '孃孃',
];
/** And what else follows a surname. */
const TITLES = [...ELDERS, '老师', '师傅', '老人', '家'];
/** Somebody by name, known to the house or not: 走访了罗文贵，都好. */
const SOMEBODY =
  /(?:走访|看望|探望|慰问|去看|看)了(?:一下)?(?:独居的?|孤寡的?)?(?![一二两三四五六七八九十几全整半多小社居群各这那])\p{Script=Han}{2,4}(?=[，,。;；]|$)/u;
const ELDER = new RegExp(`(?![这那个位的])\\p{Script=Han}(?:${ELDERS.join('|')})`, 'gu');

/**
 * Reads a message about a visit: 今天走访了3户，都正常；2栋那位老人家里灯坏了. Pure.
 * @param text normalised
 * @param today the Shanghai day it is said on
 */
export function readVisit(text: string, today: Day): Told {
  const parts = partsOf(text);
  const kind = INSPECTION.test(text) && !SEEING.test(text) ? 'inspection' : 'visit';
  const findings = findingsIn(parts, kind);
  const trouble = findings.flat();
  const absent = parts.filter((part) => ABSENT.test(part));
  const place = kind === 'inspection' ? INSPECTED.exec(text)?.groups?.place : undefined;
  const households = householdsIn(parts) ?? eldersIn(text);
  const day = dayIn(text, today);
  const unmade = unmadeIn(text) ?? (day === 'unclear_day' || day === 'several_days' ? day : undefined);
  return {
    kind,
    day: day === 'unclear_day' || day === 'several_days' ? today : day,
    ...(households !== undefined && { households }),
    saidWell: trouble.length === 0 && absent.length === 0 && WELL.test(text),
    ...(place !== undefined && { place }),
    findings,
    trouble,
    absent,
    ...(unmade !== undefined && { unmade }),
  };
}

const partsOf = (text: string): string[] =>
  text.split(/[，,；;。!！?？\n]+|但是?|不过/u).flatMap((part) => part.trim() || []);

/** Where something is out of order, all that is said belongs to it: to what came before it, else to what comes next. */
function findingsIn(parts: readonly string[], kind: VisitKind): string[][] {
  const found: string[][] = [];
  let before: string[] = [];
  for (const part of parts) {
    const said = part.replace(COMES_UPON, '');
    const last = found.at(-1);
    const comesUpon = kind === 'inspection' && COME_UPON.test(part) && !WELL.test(part);
    if (!DENIED.test(part) && (TROUBLE.test(part) || comesUpon)) {
      found.push([...before, said]);
      before = [];
    } else if (isAround(part) || (!last && DENIED.test(part))) before = [];
    else if (last) last.push(said);
    else before.push(said);
  }
  return found;
}

const isAround = (part: string): boolean =>
  [SEEING, INSPECTION, WELL, ABSENT, AROUND].some((pattern) => pattern.test(part)) ||
  [...part.matchAll(HOUSEHOLDS)].length > 0;

/** 3户老人和2户低保 are five; of what comes later only what was gone to as well: 5户都去了，1户不在家 are five, too. */
function householdsIn(parts: readonly string[]): number | undefined {
  const counted = parts
    .map((part) => (part.split('其中')[0] ?? '').matchAll(HOUSEHOLDS))
    .map((found) => [...found].flatMap(([, count]) => readNumeral(count ?? '') ?? []));
  const first = counted.findIndex((counts) => counts.length > 0);
  if (first < 0) return undefined;
  return sum(
    counted.flatMap((counts, nth) => (nth === first || (nth > first && SEEING.test(parts[nth] ?? '')) ? counts : [])),
  );
}

function unmadeIn(text: string): Told['unmade'] {
  if (PUT_RIGHT.test(text)) return 'put_right';
  if (TO_COME.test(text)) return 'to_come';
  if (BY_PHONE.test(text) && !AT_THE_DOOR.test(text)) return 'by_phone';
  return NOT_DONE.test(text) ? 'not_done' : undefined;
}

/**
 * Those of the people named whom nobody met: named in a part that says so, or last before it when that part names nobody,
 * 走访了王奶奶，她不在家. Pure.
 */
export function missedOf<T extends { name: string }>(text: string, named: readonly T[]): T[] {
  const missed = new Set<T>();
  let last: T[] = [];
  for (const part of partsOf(text)) {
    const here = namedIn(part, named);
    if (here.length > 0) last = here;
    if (ABSENT.test(part) && !/\d[户家]/u.test(part)) for (const one of last) missed.add(one);
  }
  return [...missed];
}

/** Whoever is called by a surname was seen at home. */
function eldersIn(text: string): number | undefined {
  if (!SEEING.test(text)) return undefined;
  const elders = new Set(text.match(ELDER) ?? []);
  if (elders.size > 0) return elders.size;
  return SOMEBODY.test(text) ? 1 : undefined;
}

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);

/** The day a visit was made; today where none is said. What is said of a day that cannot be told is never taken for today. */
function dayIn(text: string, today: Day): Day | 'unclear_day' | 'several_days' {
  const goings = partsOf(text).filter((part) => SEEING.test(part) || INSPECTION.test(part));
  const days = new Set(goings.flatMap((part) => saidDay(part, today) ?? []));
  if (days.size > 1) return 'several_days';
  if (SOME_DAY.test(text)) return 'unclear_day';
  const day = saidDay(text, today);
  return day ?? (DATED.test(text) ? 'unclear_day' : today);
}

/** 去年走访了, 前几天去看了: which day that was nobody knows. */
const SOME_DAY = new RegExp(
  `(?:去年|前年|上个?月|前阵子?|前段时间|前(?:几|两|些)天|[几数]天(?:以|之)?前|上(?:个)?(?:周|星期|礼拜)(?![一二三四五六日天]))[^，。；,;]{0,6}${GOING}`,
  'u',
);
const DATED = new RegExp(`(${NUMERAL})月(${NUMERAL})[日号]`, 'u');
/** 3天前走访了. */
const DAYS_AGO = new RegExp(`(${NUMERAL})天(?:以|之)?前[^，。；,;]{0,6}${GOING}`, 'u');
/** A date said without its year is of the year before only where that is not long ago. */
const LONG_AGO_DAYS = 180;

function saidDay(text: string, today: Day): Day | undefined {
  if (/大前天/u.test(text)) return addDays(today, -3);
  if (/前天/u.test(text)) return addDays(today, -2);
  if (/昨(?:天|日|晚|夜)/u.test(text)) return addDays(today, -1);
  const ago = readNumeral(DAYS_AGO.exec(text)?.[1] ?? '');
  return ago === undefined ? (datedIn(text, today) ?? weekdayIn(text, today)) : addDays(today, -ago);
}

/** 11月20日: the last day of that date. */
function datedIn(text: string, today: Day): Day | undefined {
  const [, month, day] = DATED.exec(text) ?? [];
  if (month === undefined || day === undefined) return undefined;
  const date = [month, day].map((figure) => String(readNumeral(figure)).padStart(2, '0')).join('-');
  const year = Number(today.slice(0, 4));
  return [`${year}-${date}`, `${year - 1}-${date}`].find(
    (one) => one <= today && one >= addDays(today, -LONG_AGO_DAYS) && isDay(one),
  );
}

/** 周三: the last one, today's own counted; 上周三: of the week before. */
function weekdayIn(text: string, today: Day): Day | undefined {
  const [, before, name] = /(上(?:个)?)?(?:周|星期|礼拜)([一二三四五六日天])(?!次)/u.exec(text) ?? [];
  if (name === undefined) return undefined;
  const back = weekdayOf(today) - ('一二三四五六日'.indexOf(name.replace('天', '日')) + 1);
  if (before !== undefined) return addDays(today, -back - 7);
  return addDays(today, back >= 0 ? -back : -back - 7);
}

/**
 * Those of some people whom a text names: by full name, or by surname and what one calls elders by, when only one can be
 * meant. Pure.
 */
export function namedIn<T extends { name: string }>(text: string, people: readonly T[]): T[] {
  const alone = people.filter((one) => !people.some((other) => other !== one && other.name === one.name));
  // 王秀 is not named by 王秀英.
  const named = alone.filter(({ name }) => {
    const longer = people.filter((other) => other.name.length > name.length && other.name.includes(name));
    return longer.reduce((rest, other) => rest.replaceAll(other.name, '，'), text).includes(name);
  });
  const bySurname = people.filter(({ name }) => {
    const surname = [...name][0] ?? '';
    return !named.some((one) => one.name.startsWith(surname)) && TITLES.some((title) => text.includes(surname + title));
  });
  return [
    ...named,
    ...bySurname.filter((one) => !bySurname.some((other) => other !== one && other.name[0] === one.name[0])),
  ];
}
