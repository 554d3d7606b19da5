import { NO_PLACE, NUMERAL, readNumeral } from '../../core/numerals.ts';

/** Of which kind the matters are that a text names by number: 议题1号, 1号那个心愿. Pure, on normalised text. */

/** A number with what it is called, in the order of the text. */
export interface Mention {
  number: number;
  kind?: string;
}

/** After digits, what makes them an amount instead of the number of a matter: 心愿3个. */
const AMOUNT = '(?![\\d.点]|\\s?(?:个|天|次|户|家|分|块|元|栋|单元|楼|岁|年|月|日|人|位|种|条|件))';
const NTH = `(?:${NUMERAL}\\s?号${NO_PLACE}|第\\s?${NUMERAL}\\s?[号个条件]|\\d{1,9}${AMOUNT})`;
const BEFORE = `(?<![月\\d])(?:第\\s?${NUMERAL}\\s?[号个条件]|${NUMERAL}\\s?号|[#№]\\s?\\d{1,9})\\s?的?(?:[这那]?[个条件])?\\s?`;
const FIRST_NUMERAL = new RegExp(NUMERAL, 'u');

/** Every mention of a matter by its number. `kinds` are what people call matters. */
export function mentionsIn(text: string, kinds: readonly string[]): Mention[] {
  if (kinds.length === 0) return [];
  const kind = `(?:${kinds.join('|')})`;
  // What stands before a number is its name unless another number is called that: 1号心愿2号议题.
  const way = new RegExp(
    `${BEFORE}(?<after>${kind})|(?<before>${kind})(?:编?号)?[是为的]?[\\s:：#№]{0,2}${NTH}|(?<![月\\d])${NUMERAL}\\s?号${NO_PLACE}`,
    'gu',
  );
  return [...text.matchAll(way)].flatMap(({ 0: all, groups }): Mention[] => {
    const number = readNumeral(FIRST_NUMERAL.exec(all)?.[0] ?? '');
    const called = groups?.after ?? groups?.before;
    return number === undefined ? [] : [{ number, ...(called === undefined ? {} : { kind: called }) }];
  });
}

/**
 * What a sentence about a matter of these kinds says of its number: which it is, or that it is another's.
 * `number`: what was understood; `first`: only the first mention counts, since free words follow (回复3号：您的3号心愿…).
 */
export function kindMeant(
  mentions: readonly Mention[],
  about: readonly string[],
  number: number | undefined,
  first: boolean,
): { number: number | undefined } | { other: Required<Mention> } {
  const looked = first ? mentions.slice(0, 1) : mentions;
  const named = looked.filter((one): one is Required<Mention> => one.kind !== undefined);
  const own = named.filter(({ kind }) => about.includes(kind));
  const others = named.filter((one) => !about.includes(one.kind) && (number === undefined || one.number === number));
  const [other] = others;
  if (other === undefined || own.some((one) => one.number === number)) return { number };
  const [mine] = own;
  return mine ? { number: mine.number } : { other };
}

const CALLED = /心愿|议题|求助|事件/u;

/** 议题1号, 2号 are two topics, and so are 1号, 2号议题: what one of a list is called the others are, too. */
export function calledAlike(numbers: readonly string[]): string[] {
  const kinds = numbers.map((one) => CALLED.exec(one)?.[0]);
  const first = kinds.find((kind) => kind !== undefined);
  let last = first;
  return numbers.map((one, at) => {
    const own = kinds[at];
    last = own ?? last;
    return own === undefined && last !== undefined ? `${last}${one}` : one;
  });
}
