/** Texts with something cut from their ends or put in place of a part, and compared; letters are told from each other in ASCII only. */
import { refusal } from '../../values/errors.ts';
import { show } from '../../values/show.ts';
import { typeName } from '../../values/types.ts';
import type { Expression } from '../scope.ts';
import { isNullish, type Maker, named, nary, unary } from './operator.ts';
import { coerced } from './texts.ts';

/** MongoDB leaves every letter beyond ASCII as it is. */
const upper = (text: string) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
const lower = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** What is trimmed when nothing is named: MongoDB's white space. */
const BLANKS = new Set([
  ...'\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
]);

function trimming(name: string, ends: Readonly<{ left: boolean; right: boolean }>): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const given = named(name, operand, ['input', 'chars'], {
        other: 50696,
        unknown: 50694,
        missing: [['input', 50695]],
      });
      const input = compile(given.input);
      const chars = 'chars' in given ? compile(given.chars) : undefined;
      return (scope) => {
        const text = input(scope);
        if (isNullish(text)) return null;
        if (typeof text !== 'string')
          throw refusal(
            50699,
            `${name} requires its input to be a string, got ${show(text)} (of type ${typeName(text)}) instead.`,
          );
        const letters = chars?.(scope);
        if (chars !== undefined && isNullish(letters)) return null;
        if (chars !== undefined && typeof letters !== 'string')
          throw refusal(
            50700,
            `${name} requires 'chars' to be a string, got ${show(letters)} (of type ${typeName(letters)}) instead.`,
          );
        return trimmed(text, chars === undefined ? BLANKS : new Set(letters as string), ends);
      };
    },
  ];
}

function trimmed(
  text: string,
  letters: ReadonlySet<string>,
  ends: Readonly<{ left: boolean; right: boolean }>,
): string {
  const points = [...text];
  let start = 0;
  let end = points.length;
  while (ends.left && start < end && letters.has(points[start] as string)) start += 1;
  while (ends.right && end > start && letters.has(points[end - 1] as string)) end -= 1;
  return points.slice(start, end).join('');
}

const REPLACED = [
  ['input', 51746],
  ['find', 51745],
  ['replacement', 51744],
] as const;

function replacing(name: string, replace: (text: string, part: string, by: string) => string): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const given = named(name, operand, ['input', 'find', 'replacement'], {
        other: 51751,
        unknown: 51750,
        missing: [
          ['input', 51749],
          ['find', 51748],
          ['replacement', 51747],
        ],
      });
      const parts = REPLACED.map(([field, code]): readonly [Expression, string, number] => [
        compile(given[field]),
        field,
        code,
      ]);
      return (scope) => {
        const values = parts.map(([part, field, code]) => {
          const value = part(scope);
          if (typeof value === 'string' || isNullish(value)) return value;
          throw refusal(code, `${name} requires that '${field}' be a string, found: ${show(value)}`);
        });
        if (values.some(isNullish)) return null;
        return replace(...(values as [string, string, string]));
      };
    },
  ];
}

export const EDGES: readonly [string, Maker][] = [
  unary('$toLower', (value) => lower(coerced('$toLower', value))),
  unary('$toUpper', (value) => upper(coerced('$toUpper', value))),
  nary('$strcasecmp', 2, 2, (a, b) =>
    Math.sign(
      Buffer.compare(...([a, b].map((one) => Buffer.from(upper(coerced('$strcasecmp', one)))) as [Buffer, Buffer])),
    ),
  ),
  trimming('$trim', { left: true, right: true }),
  trimming('$ltrim', { left: true, right: false }),
  trimming('$rtrim', { left: false, right: true }),
  // A function as the replacement, lest `$&` in it mean something.
  replacing('$replaceOne', (text, part, by) => text.replace(part, () => by)),
  replacing('$replaceAll', (text, part, by) => text.replaceAll(part, () => by)),
];
