/** Digits in every form a keyboard offers, and what people put between them. */

const row = (from: number) => Array.from({ length: 9 }, (_, nth) => String.fromCodePoint(from + nth));
const ten = (from: number) => Array.from({ length: 10 }, (_, nth) => String.fromCodePoint(from + nth));

/** The forms of 0 to 9, each a row of ten. */
export const FORMS: readonly (readonly string[])[] = [
  ...[0x30, 0xff10, 0x660, 0x6f0, 0x966, 0xe50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1fbf0, 0x2080].map(ten),
  ['⁰', '¹', '²', '³', ...row(0x2074).slice(0, 6)],
  Array.from({ length: 10 }, (_, digit) => `${digit}\ufe0f\u20e3`),
  Array.from({ length: 10 }, (_, digit) => `${digit}\u20e3`),
  Array.from({ length: 10 }, (_, digit) => `${digit}\u0336`),
  ['⓪', ...row(0x2460)],
  ['⓿', ...row(0x2776)],
  ['🄋', ...row(0x2780)],
  ['🄌', ...row(0x278a)],
  ['⓪', ...row(0x24f5)],
  ['0', ...row(0x2474)],
  ['🄀', ...row(0x2488)],
  ['🄁', ...ten(0x1f102).slice(0, 9)],
  ['0', ...row(0x2160)],
  ['0', ...row(0x2170)],
  ['〇', ...row(0x3021)],
  ['〇', ...row(0x3220)],
  ['零', ...row(0x3280)],
  [...'零一二三四五六七八九'],
  [...'〇幺两三四五六七八九'],
  [...'零壹贰叁肆伍陆柒捌玖'],
  [...'零壹貳叄肆伍陸柒捌玖'],
  [...'洞幺两三四五六拐八勾'],
  ['⭕', ...row(0x2460)],
  ['○', ...row(0x30 + 1)],
  ['O', 'l', ...ten(0x32).slice(0, 8)],
];

export const GAPS: readonly string[] = [
  ...[
    '',
    '',
    '',
    ' ',
    '  ',
    '\u3000',
    '.',
    '。',
    '·',
    '-',
    '--',
    '—',
    '——',
    '_',
    '/',
    '|',
    '、',
    '，',
    ',',
    ':',
    '~',
    '…',
    '\n',
  ],
  ...[
    '\u200b',
    '\u200d',
    '\ufeff',
    '\u2060',
    '\u00ad',
    '\u202e',
    '\u{e0041}',
    '🌸',
    '❤️',
    '👨‍👩‍👧',
    '👍🏽',
    '🇨🇳',
    '*',
    '#',
    '+',
    '(',
    '） (',
  ],
];

/** Between all digits alike it parts them; here and there it makes a time of day. */
const MIXED_GAPS = GAPS.filter((gap) => gap !== ':');

/** A number as somebody may type it: one form and gap throughout, or another at each digit. */
export function typed(number: string, choices: Iterator<number>): string {
  const pick = <T>(all: readonly T[]): T => all[(choices.next().value as number) % all.length] as T;
  const [form, gap, mixed] = [pick(FORMS), pick(GAPS), pick([false, false, true])];
  return [...number]
    .map((digit) => (mixed ? pick(FORMS) : form)[Number(digit)] ?? digit)
    .reduce((all, digit) => `${all}${mixed ? pick(MIXED_GAPS) : gap}${digit}`);
}

/** All the digits somebody reads in a text, whatever stands between them. */
export function digits(text: string): string {
  let all = text;
  for (const form of [...FORMS].reverse()) {
    for (const [digit, sign] of form.entries()) all = all.replaceAll(sign, String(digit));
  }
  return all.normalize('NFKC').replace(/\D/gu, '');
}
