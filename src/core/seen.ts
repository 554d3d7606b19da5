/**
 * A text as a reader's eye takes it: whatever form a letter or digit was typed in, it is that letter or digit. What is
 * looked for is looked for here, and replaced in the text itself; all else stays as it was written.
 */

interface Seen {
  /** Plain letters and digits, nothing unseen. */
  letters: string;
  /** The same, unit by unit, with numerals in words (一, 壹, 幺) as digits too. */
  numbers: string;
  /** Where each unit stands in the text, and where the text ends. */
  at: readonly number[];
}

/** Digits that have no compatibility mapping: ❶ ➀ ➊ ⓵ ⓿ 🄋 🔟, Roman numerals, and those of Suzhou. */
const SHAPED = new Map<string, string>([
  ['⓿', '0'],
  ['🄋', '0'],
  ['🄌', '0'],
  ['🔟', '10'],
  ...[0x2776, 0x2780, 0x278a, 0x24f5, 0x2160, 0x2170, 0x3021].flatMap(counted(1, 9)),
  ...[0x277f, 0x2789, 0x2793, 0x24fe].map((code): [string, string] => [String.fromCodePoint(code), '10']),
  ...[0x24eb].flatMap(counted(11, 20)),
  ...[0x1d360, 0x1d369].flatMap(counted(1, 9)),
]);

/** Pictures that stand for a digit, unless they only stand between digits: ⭕ 🥇 🎱 ⚀ 🕐. */
const PICTURED = new Map<string, string>([
  ...[...'○◯⭕◌⚪'].map((zero): [string, string] => [zero, '0']),
  ...[...'🥇🥈🥉'].map((medal, nth): [string, string] => [medal, String(nth + 1)]),
  ['🎱', '8'],
  ...counted(1, 6)(0x2680),
  ...counted(1, 9)(0x1f007),
  ...counted(1, 12)(0x1f550),
  ...counted(1, 12)(0x1f55c),
]);

function counted(first: number, last: number): (code: number) => [string, string][] {
  return (code) =>
    Array.from({ length: last - first + 1 }, (_, nth) => [String.fromCodePoint(code + nth), String(first + nth)]);
}

/** Numerals of every day, of contracts, and as they are read out one by one over a telephone. */
const IN_WORDS = new Map(
  ['零〇洞', '一壹弌幺', '二贰貳弍貮两', '三叁叄參弎', '四肆', '五伍', '六陆陸', '七柒拐', '八捌', '九玖勾钩'].flatMap(
    (words, digit) => [...words].map((word): [string, string] => [word, String(digit)]),
  ),
);
const WORD = new RegExp(`[${[...IN_WORDS.keys()].join('')}]`, 'gu');
/** 么 is 幺 for many keyboards, and more often the end of 什么. */
const YAO = /(?<![什怎那这多要])么/gu;
/** A time of day is no part of a longer number: 13:30-15:30，200元. */
const TIME_OF_DAY = /(?<!\d|[:：])(?:[01]?\d|2[0-3])[:：][0-5]\d(?!\d|[:：]\d)/gu;

const UNSEEN =
  /^[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{M}\p{Variation_Selector}\p{Default_Ignorable_Code_Point}\uFFFC\uFFFD]$/u;
const DIGIT = /^\p{Nd}$/u;

function see(text: string, pictures: 'digits' | 'pictures'): Seen {
  let letters = '';
  const at: number[] = [];
  let from = 0;
  for (const character of text) {
    const shown = shownAs(character, pictures);
    letters += shown;
    for (let unit = 0; unit < shown.length; unit += 1) at.push(from);
    from += character.length;
  }
  at.push(text.length);
  const numbers = letters
    .replace(TIME_OF_DAY, (time) => 't'.repeat(time.length))
    .replace(YAO, '1')
    .replace(WORD, (word) => IN_WORDS.get(word) ?? word);
  return { letters, numbers, at };
}

/** Nearly every letter there is: the common Chinese ones, and those of ASCII, which are seen as they are. */
const PLAIN = /^[\u4e00-\u9fff !-~]$/u;

function shownAs(character: string, pictures: 'digits' | 'pictures'): string {
  if (PLAIN.test(character)) return character;
  const pictured = pictures === 'digits' ? PICTURED.get(character) : undefined;
  if (pictured !== undefined) return pictured;
  // Line ends are seen; they part what stands before from what stands after.
  if (/^\s$/u.test(character)) return character;
  if (UNSEEN.test(character)) return '';
  return SHAPED.get(character) ?? [...character.normalize('NFKC')].map(digitOf).join('');
}

/** A decimal digit of any script as one of ours: Unicode keeps each script's ten in a row, from nought on. */
function digitOf(character: string): string {
  if (character <= '\u007f' || !DIGIT.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  let zero = code;
  while (DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

/** Something to replace where it is seen. */
export interface Sought {
  /**
   * Global. What is replaced is its last group, at the end of the match, or all of the match when it has no group. One
   * that is made for a single text is made only when it may be there: making it takes longer than looking.
   */
  pattern: RegExp | (() => RegExp);
  /** Whether it can be there at all, as far as that is cheaply known; the pattern is not tried where it cannot. */
  possible?: (seen: string) => boolean;
  /** Whether numerals in words count as digits. `letters` when left out. */
  as?: keyof Pick<Seen, 'letters' | 'numbers'>;
  /** What stands there instead, of what was seen; undefined leaves it. */
  by: (seen: string) => string | undefined;
}

/** The text with what is sought replaced, one after the other, wherever and in whatever forms it is written. */
export function replaceSeen(text: string, ...all: readonly Sought[]): string {
  let now = text;
  for (const pictures of ['digits', 'pictures'] as const) {
    if (pictures === 'pictures' && now === text && !hasPictures(text)) break;
    let seen = see(now, pictures);
    for (const sought of all) {
      const next = replaced(now, seen, sought);
      if (next === now) continue;
      now = next;
      seen = see(now, pictures);
    }
  }
  return now;
}

const hasPictures = (text: string): boolean => [...text].some((character) => PICTURED.has(character));

function replaced(text: string, seen: Seen, { pattern, possible, as = 'letters', by }: Sought): string {
  if (possible?.(seen[as]) === false) return text;
  let result = '';
  let done = 0;
  for (const match of seen[as].matchAll(pattern instanceof RegExp ? pattern : pattern())) {
    const part = match.at(-1) ?? match[0];
    const end = match.index + match[0].length;
    const instead = by(part);
    if (instead === undefined || part === '') continue;
    const from = seen.at[end - part.length] ?? 0;
    // What is one sign in the text is replaced whole, with the unseen after it.
    const to = Math.max(seen.at[end] ?? text.length, from);
    if (from < done) continue;
    result += text.slice(done, from) + instead;
    done = to === from ? endOfSign(seen, end, text) : to;
  }
  return result + text.slice(done);
}

/** Where the sign ends that the unit before `end` belongs to: ⑿ is (12). */
function endOfSign({ at }: Seen, end: number, text: string): number {
  const start = at[end - 1];
  let next = end;
  while (next < at.length && at[next] === start) next += 1;
  return at[next] ?? text.length;
}
