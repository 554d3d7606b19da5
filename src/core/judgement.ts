import { MATTER_NUMBER, NUMERAL, readNumeral } from './numerals.ts';

/** How people judge what was done: in points, in stars, in words. */

const POINTS = new RegExp(`(${NUMERAL})\\s?(?:分(?!钟|之|子|摊)|颗?星|颗⭐?)`, 'gu');
const BARE_POINTS = new RegExp(
  `(?:打|给|评分?|评价|打分|分数)\\s?(?:个|了)?[:：]?\\s?(${NUMERAL})(?:$|[\\s,，。!！])`,
  'u',
);
const STARS = /[⭐★🌟]/gu;

/** Words of judgement with their score; the first that is found decides, so the more exact stand first. */
const JUDGEMENTS: readonly [words: RegExp, score: number][] = [
  [/满分/u, 5],
  [/(?:没|没得|没有|莫得|无)(?:哪|什么|哪样|啥|一)?[点样处里]?(?:的|地方)?\s?不满意|不是不满意/u, 5],
  [/不[太大]满意|不怎么满意|不是(?:很|太|特别)满意|不够满意|有点?不满意|谈不上满意/u, 2],
  [/不满意|差评|太差|很差|极差|差得很|差劲|糊弄|敷衍|失望|恼火|气死|白跑|骗人|不合格|没修好/u, 1],
  [/基本满意|勉强|一般|凑合|将就|马马虎虎|马虎|过得去|还行|还可以|普普通通|普通|中等|还将就|不好不坏|一半一半/u, 3],
  [/[比较还]较?(?:算)?满意/u, 4],
  [/满意|好评|点赞|巴适|安逸|不错|很好|挺好|好得很|太好|完美|没话说|优秀|合格|表扬|可以得很|一流/u, 5],
];

/** The score from 1 to 5 a text gives: points, stars or words (满意 5, 基本满意 3, 不满意 1); undefined if none. */
export function scoreIn(text: string): number | undefined {
  for (const match of text.matchAll(POINTS)) {
    // 十分满意 is no ten points, 一分钟 no point.
    if (match[1] === '十' && /^十分(?:满意|感谢|好|不)/u.test(text.slice(match.index))) continue;
    const points = readNumeral(match[1] ?? '');
    if (points !== undefined) return toFive(points);
  }
  const bare = readNumeral(BARE_POINTS.exec(text)?.[1] ?? '');
  if (bare !== undefined) return toFive(bare);
  const stars = text.match(STARS)?.length ?? 0;
  if (stars > 0) return toFive(stars);
  return JUDGEMENTS.find(([words]) => words.test(text))?.[1];
}

/** People also give 0, 10 and 100 points. */
function toFive(points: number): number {
  if (points > 10) return Math.max(1, Math.min(5, Math.round(points / 20)));
  return Math.max(1, Math.min(5, points));
}

/** 不太满意，盖子是坏的; 3号很满意; 3号打4分: the judgement comes first and stands by itself. 不满意的话我收回 is none. */
const PLAIN_JUDGEMENT = new RegExp(
  `^(?:心愿|事件)?(?:${MATTER_NUMBER}\\s?(?:心愿|事件)?)?[，,：:\\s]*我?(?:就|都|还)?(?:不|很|非常|挺|太|大|十分|基本|比较|相当|特别|蛮|好)*(?:满意|一般|(?:打|给|评)?(?:了|个)?[1-5一二两三四五]\\s?(?:分|颗?星))(?:得很|极了|了|的|吧)?(?:[，,。.！!~～；;\\s]|$)`,
  'u',
);
export const isPlainJudgement = (text: string): boolean => PLAIN_JUDGEMENT.test(text);

/** 没修好, 还没来人, 不管用: what was said to be done is not. */
const UNDONE =
  '没(?:有)?(?:真正?|完全|彻底|怎么|得)?(?:修|弄|办|搞|整|处理|解决|清理?|打扫|扫|收拾|换|通|治|送|做|装|收|管)*(?:好(?!意思)|完|干净|到位|到(?!$)|成|掉|解决|处理|改善|改变|变化|变|效果|用(?!过)|动静|动|人[来管修收理]|来人|人)|不(?:行|好使|管用|顶用|起作用|干净|合格|彻底)|白(?:修|弄|跑|办|搞)|(?:跟|和)?没(?:修|弄|办)(?:一样|过)|等于没';
/** What is wrong with things; 还是 and 又 alone are said of what is good, too: 还是你们好, 又来麻烦你们了. */
const DEFECT =
  '(?:不(?!是|错|好意思|用谢|客气|麻烦|少)|没(?!事|问题|关系)|莫得|坏|漏|臭|堵|吵|闹|黑|暗|滴|响|断|停|脏|乱|冒|渗|晃|卡|烂|破|裂|歪|松|垮|塌|翘|闪|熄|灭|跳闸|积|淹|溢|掉|倒|烫|冷|差|难|疼|痛|怪|故障|毛病|问题|异味|噪|老(?:样|毛病)|原样|[这那]个?样|[这那]么|一样|来了[啊嘛吧。.!！~]*$)';
const THANKED = '(?:谢|感激|感恩|多亏|麻烦|辛苦|打扰|你们[好行])';
/** 还是很臭, 又漏了, 照样吵: it is as it was. */
const AS_BEFORE = `(?:(?:还是|又)(?:(?!${THANKED})[^，,。；;!！]){0,8}?${DEFECT}|还在|仍然|仍旧|仍|依然|依旧|照样|照旧|老样子|一直(?:还)?|又开始|还(?=[不没漏臭吵滴堵响黑坏断脏乱冒渗晃卡]))`;
const NOT_DONE = new RegExp(`${AS_BEFORE}|${UNDONE}`, 'u');
/** Asked instead of said: 修好了没有, 还没好吗. */
const IS_ASKED = /(?:吗|么|没有|了没|没得)[呢啊嘛]?[?？。.\s]*$|(?:什么时候|几时|多久|好久|哪天)/u;
const NOT_YET_TRIED = /来得及|[去来]看|(?:还)?没(?:有)?(?:试|看|去)/u;
const LONGEST_COMPLAINT = 30;
const NAMED = new RegExp(
  `(?:心愿|事件)?\\s?(?:[#№第]\\s?)?${NUMERAL}\\s?号(?:心愿|事件)?|(?:心愿|事件)\\s?${NUMERAL}`,
  'gu',
);

/**
 * That something which was said to be done is not, in whatever words: 还是很臭, 路灯又不亮了, 12号没好. `subject`: what it is
 * said of, where that is said. Undefined for everything else, praise and questions among it.
 */
export function complaintIn(text: string): { subject: string } | undefined {
  const said = text.replace(NAMED, '').replace(/^[\s，,。:：]+/u, '');
  if (said.length > LONGEST_COMPLAINT || IS_ASKED.test(said) || NOT_YET_TRIED.test(said)) return undefined;
  if ((scoreIn(text) ?? 1) > 2) return undefined;
  const found = NOT_DONE.exec(said);
  return found ? { subject: subjectIn(said.slice(0, found.index)) } : undefined;
}

/** What says where, when and how and not what. */
const NO_SUBJECT =
  /小区|社区|门口|楼[道上下顶里]|单元|[栋幢号]|院子|院坝|里面|外面|旁边|附近|上次|之前|刚才|刚刚|昨天|今天|现在|结果|怎么|咋个?|为什么|你们|我们|我家|家里|他们|师傅|工作人员|看了|修了|修过|弄了|来了|办了|说|这|那|个|件|事情?|问题|的|了|都|也|但|可是?|是|但是|不过|好像|根本|其实|就|我|你|他|啊|嘛|呢|哦|唉|哎|\d|[\p{P}\s]/gu;
const subjectIn = (before: string): string => before.replace(NO_SUBJECT, '');

/** Whether what is complained of may be the matter of this title. */
export function isSubjectOf(subject: string, title: string): boolean {
  if (subject.length <= 2) return subject === '' || [...subject].some((character) => title.includes(character));
  return [...subject].some((_, at) => at > 0 && title.includes(subject.slice(at - 1, at + 1)));
}
