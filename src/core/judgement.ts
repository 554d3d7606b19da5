import { NUMERAL, readNumeral } from './numerals.ts';

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
