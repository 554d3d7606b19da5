import type { Turn } from './intent.ts';
import { lettersOf } from './letters.ts';
import { normalise } from './text.ts';

/**
 * What people wrote, as it is kept: in their own marks, lines and repetitions. Only what nobody sees is taken out, for it
 * could hide something. Understanding works on `normalise`d text, which is never what is kept.
 */

/** Pictographs are held together, and told apart, by characters that are unseen anywhere else. */
const SHADE = '(?:\\uFE0E|\\uFE0F?[\\u{1F3FB}-\\u{1F3FF}]?\\uFE0F?)';
const PICTOGRAPH = `\\p{Extended_Pictographic}${SHADE}(?:\\u200D\\p{Extended_Pictographic}${SHADE})*`;
const KEYCAP = '[#*\\d]\\uFE0F?\\u20E3';
/** A country's part is named in six letters at most; more of them would be a hidden message. */
const REGION = '\\u{1F3F4}[\\u{E0030}-\\u{E0039}\\u{E0061}-\\u{E007A}]{1,6}\\u{E007F}';
const UNSEEN = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Variation_Selector}\\u115F\\u1160\\u3164\\uFFA0\\uFFFC]';
const SEEN_OR_NOT = new RegExp(`(${REGION}|${KEYCAP}|${PICTOGRAPH}|\\n)|${UNSEEN}`, 'gu');
const LINE_END = /\r\n?|[\v\f\u0085\u2028\u2029]/gu;
const NOTHING = /^[\s\p{Default_Ignorable_Code_Point}]*$/u;

/** The text as it is kept: NFC, trimmed, line ends all alike, nothing unseen in it. Empty when there is nothing to see. */
export function asWritten(text: string): string {
  const seen = text
    .replace(LINE_END, '\n')
    .replaceAll('\t', ' ')
    .replace(SEEN_OR_NOT, (_all, kept: string | undefined) => kept ?? '')
    .normalize('NFC')
    .trim();
  return NOTHING.test(seen) ? '' : seen;
}

/** The same of what has but one line: a name, a title, a number. */
export const onOneLine = (text: string): string => asWritten(text).replace(/\s*\n\s*/gu, ' ');

/**
 * A part of what somebody wrote, found by what understanding made of it: of `谢谢！！！\n要 一床被子！！` and `要 一床被子！`
 * it is `要 一床被子！！`.
 * @param part a piece of `normalise(written)`
 * @returns undefined when there is no such part
 */
export function partAsWritten(written: string, part: string): string | undefined {
  if (part === '') return undefined;
  if (normalise(written) === part) return written;
  let tries = MOST_TRIES;
  for (const [from, to] of placesOf(part, written)) {
    let found: string | undefined;
    for (const candidate of withMarks(written, from, to)) {
      tries -= 1;
      if (normalise(candidate) === part) found = candidate.trim();
      if (tries === 0) return found;
    }
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What takes more than this to find was written to take long. */
const MOST_TRIES = 200;

/** Words understood in a turn, or in the one its matter began with, as the person wrote them: for what is stored. */
export function asSaid({ written, kept }: Pick<Turn, 'written' | 'kept'>, words: string): string {
  const before = kept?.written;
  const places = [written, ...(typeof before === 'string' ? [before] : [])];
  return places.map((place) => partAsWritten(place, words)).find((found) => found !== undefined) ?? words;
}

/** Where the letters of a part stand one after the other, whatever stands between them, from the first place on. */
function* placesOf(part: string, written: string): Generator<[from: number, to: number]> {
  const wanted = soundsOf(part).map(({ sound }) => sound);
  if (wanted.length === 0) return;
  const sounds = soundsOf(written);
  for (let at = 0; at + wanted.length <= sounds.length; at += 1) {
    if (!wanted.every((sound, nth) => sounds[at + nth]?.sound === sound)) continue;
    const [first, last] = [sounds[at], sounds[at + wanted.length - 1]];
    if (first && last) yield [first.from, last.to];
  }
}

interface Sound {
  sound: string;
  /** Where it stands in the text. */
  from: number;
  to: number;
}

/** The letters and digits of a text as they are understood; one that is drawn out (好好好好) counts once. */
function soundsOf(text: string): Sound[] {
  const sounds: Sound[] = [];
  let from = 0;
  for (const letter of lettersOf(text)) {
    const to = from + letter.length;
    for (const sound of normalise(letter).replace(/[^\p{L}\p{N}]/gu, '')) {
      const last = sounds.at(-1);
      if (last?.sound === sound) last.to = to;
      else sounds.push({ sound, from, to });
    }
    from = to;
  }
  return sounds;
}

const MARKS = /^[^\p{L}\p{N}]{0,40}/u;
const MARKS_BEFORE = /[^\p{L}\p{N}]{0,4}$/u;

/** The text from there to there with more and more of the marks after it, then with those before it, too. */
function* withMarks(text: string, from: number, to: number): Generator<string> {
  const after = lettersOf(MARKS.exec(text.slice(to))?.[0] ?? '');
  const before = lettersOf(MARKS_BEFORE.exec(text.slice(0, from))?.[0] ?? '');
  for (let left = 0; left <= before.length; left += 1) {
    const head = before.slice(before.length - left).join('');
    for (let right = 0; right <= after.length; right += 1) {
      yield head + text.slice(from, to) + after.slice(0, right).join('');
    }
  }
}
