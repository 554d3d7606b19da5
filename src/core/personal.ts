import { replaceSeen, type Sought } from './seen.ts';

/** Numbers and addresses that say who somebody is, found however they are typed, spaced, drawn or spelt out. */

/** What may stand between the digits of one number: anything but letters, digits and what masking leaves. */
const GAP = '(?:[^\\p{L}\\p{N}*]|(?<!\\*)\\*(?!\\*)){0,6}';
/** Letters are typed for the digits they look like. */
const DIGIT = '[0-9OoIl]';
const more = (count: string) => `(?:${GAP}${DIGIT}){${count}}`;
const number = (shape: string) => new RegExp(`(?<!\\d)${shape}(?!\\d)`, 'gu');

const EMAIL = /[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/gu;
const IDENTITY = number(`[1-9Il]${more('16')}(?:${GAP}[\\dXx])?`);
const OLD_IDENTITY = number(`[1-9Il]${more('14')}`);
const MOBILE = number(`(?:(?:\\+${GAP})?(?:00${GAP})?86${GAP})?[1Il]${GAP}[3-9]${more('9')}`);
const LANDLINE = number(`[0Oo]${GAP}[1-9Il]${more('8,10')}`);
const LONG = number(`\\d${more('11,')}`);
/** What is masked already is not masked again. */
const END = '(?![\\d*])';
/** 微信号 wxid_abc, QQ 12345678 */
const ACCOUNT = new RegExp(
  `(?:[微薇威徽vV]${GAP}信|(?<![a-z])(?:wei\\s?xin|we\\s?chat|w${GAP}x|v${GAP}x|q${GAP}q)|扣扣|企鹅)` +
    `(?:账号|帐号|号码?|id)?(?:[是为]|${GAP}){0,2}` +
    `([a-z0-9][a-z0-9_-]{4,}|\\d${more('4,')}|[a-z0-9](?:${GAP}[a-z0-9_](?![a-z0-9])){4,})${END}`,
  'giu',
);
/** A number without its area code is one when it is called so. Public services have six digits at most. */
const CALLED = new RegExp(
  `(?:电话|手机|座机|号码|(?<![a-z])(?:tel|phone)|拨打|致电)号?码?(?:[是为打]|${GAP}){0,2}(${DIGIT}${more('6,')})${END}`,
  'giu',
);
/** 贵A12345 */
const PLATE = new RegExp(
  `[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]州?${GAP}[A-HJ-NP-Z](?:${GAP}[A-HJ-NP-Z0-9]){5,6}(?![A-Za-z0-9])`,
  'giu',
);

export type PersonalKind = 'email' | 'identity' | 'mobile' | 'card' | 'landline' | 'account' | 'plate';

/** What stands instead of something personal. @param found as it is seen, of a number its digits alone */
export type Hiding = (kind: PersonalKind, found: string) => string;

/** The text with all that is personal in it replaced; what is not stays as it was written. */
export function hidePersonal(text: string, hiding: Hiding): string {
  const sought = (kind: PersonalKind, pattern: RegExp, is: (seen: string) => boolean = () => true): Sought => ({
    pattern,
    possible: POSSIBLE[kind],
    as: kind === 'email' ? 'letters' : 'numbers',
    by: (seen) => (is(seen) ? hiding(kind, DIGITS_ALONE.has(kind) ? digitsOf(seen) : seen) : undefined),
  });
  return replaceSeen(
    text,
    sought('email', EMAIL),
    sought('identity', IDENTITY, (seen) => isSolid(seen) || isMonthDay(digitsOf(seen).slice(10, 14))),
    sought('identity', OLD_IDENTITY, (seen) => isSolid(seen) || isMonthDay(digitsOf(seen).slice(8, 12))),
    sought('mobile', MOBILE, (seen) => seen.replace(/\D/gu, '').length >= FEWEST_TRUE_DIGITS),
    sought('card', LONG, (seen) => isSolid(seen) || IN_FOURS.test(seen) || isCard(digitsOf(seen))),
    sought('landline', LANDLINE, (seen) => seen.replace(/\D/gu, '').length >= FEWEST_TRUE_DIGITS),
    sought('account', ACCOUNT),
    sought('account', CALLED),
    sought('plate', PLATE, (seen) => seen.replace(/\D/gu, '').length >= 3),
  );
}

/** @returns whether a text has so many signs that may be digits */
export const hasDigits =
  (fewest: number) =>
  (seen: string): boolean => {
    let found = 0;
    for (const sign of seen) if (MAY_BE_DIGITS.has(sign)) found += 1;
    return found >= fewest;
  };
const MAY_BE_DIGITS: ReadonlySet<string> = new Set('0123456789OoIl');

/** What each kind cannot do without, so that most texts are not searched for it. */
const POSSIBLE: Readonly<Record<PersonalKind, (seen: string) => boolean>> = {
  email: (seen) => seen.includes('@'),
  identity: hasDigits(15),
  mobile: hasDigits(11),
  card: hasDigits(12),
  landline: hasDigits(10),
  // An account has letters of its own, or is called one.
  account: (seen) => /[A-Za-z信扣鹅\d]/u.test(seen),
  plate: hasDigits(3),
};

const DIGITS_ALONE: ReadonlySet<PersonalKind> = new Set(['identity', 'mobile', 'card', 'landline']);
const FEWEST_TRUE_DIGITS = 6;
const IN_FOURS = /^\d{4}(?:[\s-]?\d{4}){2,3}[\s-]?\d{0,3}$/u;

const digitsOf = (seen: string) =>
  seen
    .replace(/[Oo]/gu, '0')
    .replace(/[Il]/gu, '1')
    .replace(/[^\dXx]/gu, '');
const isSolid = (seen: string) => /^[\dXx]+$/u.test(seen);
/** Month and day as an identity number holds them. */
const isMonthDay = (digits: string) => /^(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/u.test(digits);

/** The check digit that bank cards carry (ISO/IEC 7812-1). */
function isCard(digits: string): boolean {
  if (digits.length < 15 || digits.length > 19) return false;
  const sum = [...digits].reverse().reduce((total, digit, nth) => {
    const value = Number(digit) * (nth % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** What masking leaves: 139****5678, 0858-822***44, ********1234, z***@example.com, ***63 */
const MASKED =
  /\d{3}\*{4,11}[\dXx]{0,4}|\d{3,4}-\d{3}\*{3}\d{2}|\*{8}\d{4}|[A-Za-z\d]\*{3}@[A-Za-z\d.-]+|\*{3}[A-Za-z\d_-]{2}/gu;

/** Whether something was masked in a text. */
export const isMasked = (text: string): boolean => text.search(MASKED) >= 0;

/** The text with a word in place of all that is personal in it, and of what masking left of it: for whom no part of a number concerns. */
export const withoutPersonal = (text: string, word: string): string =>
  hidePersonal(text, () => word).replace(MASKED, word);

/**
 * The text with phone, identity and card numbers, accounts, number plates and e-mail addresses masked, ready for a log, a
 * group or a model outside.
 */
export const maskPersonal = (text: string): string => hidePersonal(text, masked);

function masked(kind: PersonalKind, found: string): string {
  const end = found.slice(-4);
  switch (kind) {
    case 'email':
      return `${found.slice(0, 1)}***${found.slice(found.indexOf('@'))}`;
    case 'identity':
      return `${found.slice(0, 3)}***********${found.length === 15 ? '' : found.slice(17)}`;
    case 'mobile':
      return `${found.slice(-11, -8)}****${end}`;
    case 'card':
      return `********${end}`;
    case 'landline': {
      const area = /^0[12]/u.test(found) ? 3 : 4;
      return `${found.slice(0, area)}-${found.slice(area, area + 3)}***${found.slice(-2)}`;
    }
    default:
      return `***${found.slice(-2)}`;
  }
}
