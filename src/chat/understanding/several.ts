import { NUMERAL, readNumeral } from '../../core/numerals.ts';
import type { FoundDate } from './dates.ts';
import { calledAlike } from './kinds.ts';
import { findReferences } from './references.ts';

/** Several matters in one message. Pure, on normalised text. */

/** More than this nobody keeps in mind. */
const MOST = 6;

/** 一要…，二要…; 1、… 2、…; 第一…第二…: the place of an item, at the beginning of a clause. */
const PLACE =
  /(?:^|(?<=[\s，,。；;：:！!？?]))(?:第([一二三四五六1-6])(?:件|个|是)?[、，,：:是]?|([一二三四五六])(?=[是要想、，,：:请帮求来])[是、，,：:]?|([1-6])\s?(?:[、.．)）：:]|(?=[是要想请帮求]))是?|([①②③④⑤⑥]))\s?/gu;
const CIRCLED = '①②③④⑤⑥';

/** The items of an enumeration, in order, with what stood before it left away; undefined when there is none. */
export function itemsIn(text: string): string[] | undefined {
  const places = [...text.matchAll(PLACE)].map((match) => {
    const [all, nth, spoken, digit, circled] = match;
    const place = circled === undefined ? readNumeral(nth ?? spoken ?? digit ?? '') : CIRCLED.indexOf(circled) + 1;
    return { place, start: match.index, end: match.index + all.length };
  });
  const items: { start: number; end: number }[] = [];
  for (const { place, start, end } of places) if (place === items.length + 1) items.push({ start, end });
  if (items.length < 2 || items.length > MOST) return undefined;
  const texts = items.map(({ end }, index) => trimmed(text.slice(end, items[index + 1]?.start ?? text.length)));
  return texts.every((one) => one.length >= 2) ? texts : undefined;
}

const LINK =
  /(?<![；;\s])[；;]\s*(?=(?:(?:附议|认领|退回|撤回|办结|发布|延期|已联系)\s?)?(?:心愿|议题)?第?(?:\d{1,7}|[一二三四五六七八九十]{1,3})\s?号)|(?:(?<![\s，,。；;！!？?])[\s，,。；;！!？?]+|^)(?:对了|顺便(?:再|也|还)?|另外(?:再|还)?|还有(?:一?[件个]事情?|就是|个)?|同时(?:也|还)?|然后(?:还|再)|再就是|再一个|还(?=想|要|有)|再(?=问|帮|查))[\s，,：:]*/gu;

/** The parts of a message that adds another matter (顺便问下…, 另外…); undefined when it adds none. */
export function addedIn(text: string): string[] | undefined {
  const parts: string[] = [];
  let from = 0;
  for (const { index, 0: link } of text.matchAll(LINK)) {
    parts.push(text.slice(from, index));
    from = index + link.length;
  }
  parts.push(text.slice(from));
  const said = parts.map(trimmed).filter((part) => part.length >= 3);
  return said.length < 2 || said.length > MOST ? undefined : said;
}

const JOINED = /^[\s,，、]*(?:(?:和|跟|与|及|还有|加)[\s,，、]*)?$/u;
/** One number more than is taken up, so that a longer list is seen to be longer. */
const LIST = new RegExp(
  `((?:(?:第\\s?)?${NUMERAL}(?:\\s?[号个])?[\\s、,，和跟与及]{1,6}){1,${MOST}})((?:第\\s?)?${NUMERAL})\\s?(号|个)(?![楼栋门房院线铺])`,
  'u',
);

/** 3号4号都办好了, 认领3号和5号, 撤回1、2号: the same said of each of them; undefined when fewer than two are named. */
export function eachNumberIn(text: string, dates: readonly FoundDate[]): string[] | undefined {
  const spread = text.replace(LIST, (_all, before: string, last: string, unit: string) => {
    const firsts = before.match(new RegExp(NUMERAL, 'gu')) ?? [];
    return `${firsts.map((one) => `${one}${unit}`).join('')}${last}${unit}`;
  });
  const found = [...findReferences(spread, spread === text ? dates : [])].sort((a, b) => a.start - b.start);
  const [first] = found;
  const last = found.at(-1);
  if (!first || !last || found.length < 2 || found.length > MOST) return undefined;
  const joined = found.every(
    (one, index) => index === 0 || JOINED.test(spread.slice(found[index - 1]?.end ?? 0, one.start)),
  );
  if (!joined) return undefined;
  const before = spread.slice(0, first.start);
  const after = spread.slice(last.end).replace(/^[\s，,]*(?:这?[两几三四]个)?(?:心愿)?(?:我)?(?:全部|都|全)/u, '');
  return calledAlike(found.map(({ start, end }) => spread.slice(start, end))).map((one) => `${before}${one}${after}`);
}

const trimmed = (text: string): string =>
  text.replace(/^[\s，,。；;：:、]+|(?<![\s，,；;：:、])[\s，,；;：:、]+$/gu, '');
