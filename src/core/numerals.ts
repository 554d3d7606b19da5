/** Whole numbers as people write them: 3, 三, 二十一, 一百零三, 廿三, 两; nothing else. */

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  壹: 1,
  二: 2,
  贰: 2,
  两: 2,
  俩: 2,
  三: 3,
  叁: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
  幺: 1,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1_000, 仟: 1_000 };
const TENS: Readonly<Record<string, number>> = { 廿: 20, 卅: 30 };

/** A regular-expression fragment for one numeral; what it matches, {@link readNumeral} can be asked to read. */
export const NUMERAL = '(?:\\d{1,9}|[零〇一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾廿卅百佰千仟]{1,9})';

const PLACES = '楼|栋|幢|门|院|单元|线|车[位库间]|[地商]?铺|桌|仓|窗口|路|街|岗|公馆|机|台|电梯|桶|库|店|厂|住户|房';
/** After 号, what makes it a place (3号楼, 5号门, 12号车位) or a line (三号线) instead of the number of a matter. */
export const NO_PLACE = `(?!\\s?(?:${PLACES}|家))`;

/**
 * A regular-expression fragment, with the group `number`, for how a command names a matter: 12号, 第三号, #12, or digits
 * that nothing follows. A Chinese numeral needs its 号 and digits must stand alone, since 一下, 两次 and 3家 name nothing.
 */
export const MATTER_NUMBER = `(?:[#№第]\\s?)?(?<number>${NUMERAL})(?:\\s?号(?!${PLACES})|(?<=\\d)(?=$|[\\s，,。.!！:：；;])|(?<=[#№]\\s?\\d{1,9}))`;

/** The value of a numeral, or undefined when the characters do not make a number (一二十, 十百). */
export function readNumeral(text: string): number | undefined {
  if (/^\d{1,9}$/u.test(text)) return Number(text);
  const characters = [...text];
  if (characters.length === 0) return undefined;
  if (characters.every((character) => character in DIGITS)) return readDigitByDigit(characters);
  let total = 0;
  let digit: number | undefined;
  let smallest = Number.POSITIVE_INFINITY;
  for (const character of characters) {
    const tens = TENS[character];
    const unit = UNITS[character];
    if (tens !== undefined) {
      if (digit !== undefined || smallest <= 10) return undefined;
      total += tens;
      smallest = 10;
    } else if (unit !== undefined) {
      // Units shrink from left to right; only 十 may stand without a digit before it.
      if (unit >= smallest || (digit === undefined && unit !== 10) || digit === 0) return undefined;
      total += (digit ?? 1) * unit;
      digit = undefined;
      smallest = unit;
    } else {
      const value = DIGITS[character];
      if (value === undefined || (digit !== undefined && digit !== 0)) return undefined;
      digit = value;
    }
  }
  return total + (digit ?? 0);
}

/** 三, 零零一二, 二〇三: read like a telephone number. Two digits without a zero are a guess (两三天), no number. */
function readDigitByDigit(characters: string[]): number | undefined {
  if (characters.length > 9) return undefined;
  if (characters.length === 2 && !/[零〇]/u.test(characters.join(''))) return undefined;
  return Number(characters.map((character) => DIGITS[character]).join(''));
}
