/** Texts, counted in code points or in bytes of UTF-8. */
import type { Document } from '../../values/bson.ts';
import { refusal } from '../../values/errors.ts';
import type { Pattern } from '../../values/matcher/bounded-regex.ts';
import { compileRegex } from '../../values/matcher/regex.ts';
import { asNumber } from '../../values/numbers.ts';
import { optionsOf, patternOf } from '../../values/order/compare.ts';
import { typeName } from '../../values/types.ts';
import type { Expression } from '../scope.ts';
import { textOf } from './conversion.ts';
import { isNullish, list, type Maker, named, nary, unary } from './operator.ts';

const concat: Maker = (operand, compile) => {
  const parts = list('$concat', operand, compile, 0, Number.POSITIVE_INFINITY);
  return (scope) => {
    let text = '';
    for (const part of parts) {
      const value = part(scope);
      if (isNullish(value)) return null;
      if (typeof value !== 'string') throw refusal(16702, `$concat only supports strings, not ${typeName(value)}`);
      text += value;
    }
    return text;
  };
};

/** A value as the text operators that take anything see it: nothing is an empty text. */
export function coerced(name: string, value: unknown): string {
  if (isNullish(value)) return '';
  if (Array.isArray(value) || typeof value === 'boolean' || (typeof value === 'object' && !isTextual(value))) {
    throw refusal(16007, `can't convert from BSON type ${typeName(value)} to String in ${name}`);
  }
  return textOf(value);
}

function isTextual(value: object | null): boolean {
  return (
    value instanceof Date ||
    ['int', 'long', 'double', 'decimal', 'symbol', 'timestamp', 'javascript'].includes(typeName(value))
  );
}

/** A text cut in bytes; refused where a cut would go through a character. */
function substringBytes(text: unknown, start: unknown, length: unknown): string {
  const bytes = Buffer.from(coerced('$substrBytes', text));
  const from = place('$substrBytes', start, 16034);
  const count = place('$substrBytes', length, 16035);
  if (from < 0) throw refusal(50752, '$substrBytes: starting index must be non-negative');
  const end = count < 0 ? bytes.length : Math.min(bytes.length, from + count);
  const inside = (at: number) => at < bytes.length && ((bytes[at] as number) & 0xc0) === 0x80;
  if (inside(from)) throw refusal(28656, '$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.');
  if (inside(end))
    throw refusal(28657, '$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.');
  return bytes.subarray(from, end).toString();
}

function substringPoints(text: unknown, start: unknown, length: unknown): string {
  const points = [...coerced('$substrCP', text)];
  const from = place('$substrCP', start, 34450);
  const count = place('$substrCP', length, 34452);
  if (from < 0) throw refusal(34455, '$substrCP: the starting index must be nonnegative integer.');
  if (count < 0) throw refusal(34454, '$substrCP: length must be a nonnegative integer.');
  return points.slice(from, from + count).join('');
}

function place(name: string, value: unknown, code: number): number {
  const number = asNumber(value);
  if (number === undefined)
    throw refusal(code, `${name}: an index must be a numeric type (is BSON type ${typeName(value)})`);
  return Math.trunc(number);
}

/** Where a text stands in another; -1 when it does not. `units` splits a text into what is counted. */
function indexOf(
  name: string,
  code: number,
  units: (text: string) => ArrayLike<unknown>,
  within: (all: string, part: string, start: number, end: number) => number,
): [string, Maker] {
  return nary(name, 2, 4, (text, part, start = 0, end = undefined) => {
    if (isNullish(text)) return null;
    if (typeof text !== 'string')
      throw refusal(code, `${name} requires a string as the first argument, found: ${typeName(text)}`);
    if (typeof part !== 'string')
      throw refusal(code + 1, `${name} requires a string as the second argument, found: ${typeName(part)}`);
    const { length } = units(text);
    const from = boundary(name, start);
    const to = end === undefined ? length : Math.min(boundary(name, end), length);
    return from > length || to < from ? -1 : within(text, part, from, to);
  });
}

function boundary(name: string, value: unknown): number {
  const number = asNumber(value);
  if (number === undefined || !Number.isInteger(number))
    throw refusal(40096, `${name} requires an integral index, found a value of type: ${typeName(value)}`);
  if (number < 0) throw refusal(40097, `${name} requires a nonnegative index, found: ${number}`);
  return number;
}

function withinPoints(text: string, part: string, start: number, end: number): number {
  const all = [...text].slice(0, end);
  const at = all.slice(start).join('').indexOf(part);
  return at < 0 ? -1 : start + [...all.slice(start).join('').slice(0, at)].length;
}

function withinBytes(text: string, part: string, start: number, end: number): number {
  const at = Buffer.from(text).subarray(0, end).subarray(start).indexOf(part);
  return at < 0 ? -1 : at + start;
}

function lengthOf(name: string, code: number, count: (text: string) => number): [string, Maker] {
  return unary(name, (value) => {
    if (typeof value !== 'string') throw refusal(code, `${name} requires a string argument, found: ${typeName(value)}`);
    return count(value);
  });
}

const split: [string, Maker] = nary('$split', 2, 2, (text, by) => {
  if (isNullish(text) || isNullish(by)) return null;
  if (typeof text !== 'string')
    throw refusal(40085, `$split requires a string as the first argument, found: ${typeName(text)}`);
  if (typeof by !== 'string')
    throw refusal(40086, `$split requires a string as the second argument, found: ${typeName(by)}`);
  if (by === '') throw refusal(40087, '$split requires a non-empty separator');
  return text.split(by);
});

/** A pattern of an expression, given as a text or a regular expression. */
function patternIn(name: string, regex: unknown, options: unknown): Pattern | null {
  if (isNullish(regex)) return null;
  if (!isNullish(options) && typeof options !== 'string')
    throw refusal(51106, `${name} needs 'options' to be of type string`);
  if (typeof regex === 'string') return compileRegex(regex, (options as string | null | undefined) ?? '');
  if (typeName(regex) !== 'regex') throw refusal(51105, `${name} needs 'regex' to be of type string or regex`);
  const own = optionsOf(regex as RegExp);
  if (own !== '' && !isNullish(options))
    throw refusal(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
  return compileRegex(patternOf(regex as RegExp), own || ((options as string | null | undefined) ?? ''));
}

const everywhere = ({ source, flags }: RegExp): RegExp => new RegExp(source, `${flags}g`);

/** An operator that looks for a pattern in a text; `found` makes its result of all that was found. */
function searching(
  name: string,
  nothing: unknown,
  found: (matches: IterableIterator<RegExpExecArray>) => unknown,
): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const fields = named(name, operand, ['input', 'regex', 'options']);
      const [input, regex, options] = ['input', 'regex', 'options'].map((field) => compile(fields[field])) as [
        Expression,
        Expression,
        Expression,
      ];
      return (scope) => {
        const text = input(scope);
        const pattern = patternIn(name, regex(scope), options(scope));
        if (isNullish(text) || pattern === null) return nothing;
        if (typeof text !== 'string') throw refusal(51104, `${name} needs 'input' to be of type string`);
        return pattern.on(text, () => found(text.matchAll(everywhere(pattern.expression))));
      };
    },
  ];
}

/** A place that was found, counted in code points. */
function foundAt(found: RegExpExecArray): Document {
  const [match, ...captures] = found;
  return {
    match,
    idx: [...found.input.slice(0, found.index)].length,
    captures: captures.map((capture) => capture ?? null),
  };
}

export const TEXTS: readonly [string, Maker][] = [
  ['$concat', concat],
  nary('$substr', 3, 3, substringBytes),
  nary('$substrBytes', 3, 3, substringBytes),
  nary('$substrCP', 3, 3, substringPoints),
  lengthOf('$strLenCP', 34471, (text) => [...text].length),
  lengthOf('$strLenBytes', 34473, (text) => Buffer.byteLength(text)),
  indexOf('$indexOfCP', 40093, (text) => [...text], withinPoints),
  indexOf('$indexOfBytes', 40091, (text) => Buffer.from(text), withinBytes),
  split,
  searching('$regexMatch', false, (matches) => !matches.next().done),
  searching('$regexFind', null, (matches) => {
    const { value } = matches.next();
    return value === undefined ? null : foundAt(value);
  }),
  searching('$regexFindAll', [], (matches) => [...matches].map(foundAt)),
];
