import type { BSONRegExp } from 'bson';
import { badValue, refusal } from '../errors.ts';
import { optionsOf, patternOf } from '../order/compare.ts';
import { Rank, rankOf, tagOf } from '../types.ts';
import { bounded, type Pattern } from './bounded-regex.ts';
import type { Leaf } from './operator.ts';

/** The leaf of a regular expression given as a value. */
export function storedRegexLeaf(regex: RegExp | BSONRegExp): Leaf {
  return regexLeaf(patternOf(regex), optionsOf(regex));
}

/** A string that the expression matches, or the same expression stored as a value. */
export function regexLeaf(pattern: string, options: string): Leaf {
  const compiled = compileRegex(pattern, options);
  return (value) => {
    if (typeof value === 'string') return compiled.test(value);
    if (typeof value !== 'object' || value === null) return false;
    if (tagOf(value) === 'BSONSymbol') return compiled.test(String(value));
    if (rankOf(value) !== Rank.regex) return false;
    return patternOf(value as BSONRegExp) === pattern && optionsOf(value as BSONRegExp) === options;
  };
}

/** Compiles a PCRE pattern with MongoDB's option letters (`imsxu`) to one of the same meaning in JavaScript. */
export function compileRegex(pattern: string, options: string): Pattern {
  if (pattern.includes('\0')) throw badValue('Regular expression cannot contain an embedded null byte');
  let flags = '';
  let extended = false;
  const add = (letters: string) => {
    for (const letter of letters) {
      if (letter === 'x') extended = true;
      else if ('ims'.includes(letter)) flags += flags.includes(letter) ? '' : letter;
      else if (letter !== 'u') throw refusal(51108, `invalid flag in regex options: ${letter}`);
    }
  };
  add(options);
  // PCRE takes options at the very start of a pattern; JavaScript knows no such form.
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  if (inline !== null) add(inline[1] as string);
  const source = translate(inline === null ? pattern : pattern.slice(inline[0].length), {
    extended,
    multiline: flags.includes('m'),
    dotAll: flags.includes('s'),
  });
  return bounded(compiled(source, flags, pattern), source.replaceAll(AT_END, ''));
}

function compiled(source: string, flags: string, pattern: string): RegExp {
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    try {
      // Unicode mode forbids needless escapes that PCRE allows.
      return new RegExp(source, flags);
    } catch (error) {
      throw refusal(51091, `Regular expression is invalid: ${error instanceof Error ? error.message : pattern}`);
    }
  }
}

/** The end of a text, or before a newline there. */
const AT_END = '(?=\\n?(?![\\s\\S]))';

const POSIX: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
};

const ESCAPES: Readonly<Record<string, string>> = {
  A: '(?<![\\s\\S])',
  z: '(?![\\s\\S])',
  Z: AT_END,
  h: '[ \\t]',
  R: '(?:\\r\\n|\\n|\\r)',
  a: '\\x07',
  e: '\\x1b',
};

/** Rewrites what PCRE takes differently: `.` is all but a newline, `$` before a final newline, `\A \z \Z`, POSIX classes, `(?P<…>`, free spacing. */
function translate(
  pattern: string,
  { extended, multiline, dotAll }: Readonly<Record<'extended' | 'multiline' | 'dotAll', boolean>>,
): string {
  let out = '';
  let inClass = false;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string;
    if (char === '\\') {
      const next = pattern[++i] ?? '';
      if (next === 'Q') {
        const end = pattern.indexOf('\\E', i);
        out += pattern.slice(i + 1, end < 0 ? undefined : end).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
        i = end < 0 ? pattern.length : end + 1;
      } else out += (inClass ? undefined : ESCAPES[next]) ?? char + next;
    } else if (inClass) {
      const posix = char === '[' ? /^\[:(\w+):\]/.exec(pattern.slice(i)) : null;
      if (posix !== null && POSIX[posix[1] as string] !== undefined) {
        out += POSIX[posix[1] as string];
        i += posix[0].length - 1;
        continue;
      }
      inClass = char !== ']';
      out += char === '[' ? '\\[' : char;
    } else if (char === '[') {
      inClass = true;
      out += char;
      if (pattern[i + 1] === '^') out += pattern[++i];
      // A bracket right at the start of a class is a member of it.
      if (pattern[i + 1] === ']') {
        out += '\\]';
        i++;
      }
    } else if (char === '.' && !dotAll) out += '[^\\n]';
    else if (char === '$' && !multiline) out += AT_END;
    else if (char === '(' && pattern.startsWith('(?P<', i)) {
      out += '(?<';
      i += 3;
    } else if (extended && /\s/.test(char)) continue;
    else if (extended && char === '#') {
      const end = pattern.indexOf('\n', i);
      i = end < 0 ? pattern.length : end;
    } else out += char;
  }
  return out;
}
