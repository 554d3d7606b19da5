/** Forms filled with numbers wherever people write, and what of those can be read afterwards. */
import fc from 'fast-check';
import type { ZodType } from 'zod';
import { definitionOf, isFreeText } from '../../src/core/schemas.ts';
import { digits, typed } from './digits.ts';

/** Texts that hold no words about anybody, or that are sealed whole: codes, the number of a case, an address, a finding. */
const OTHERWISE = new Set(['area', 'grid', 'items', 'number', 'address', 'found']);

/** A form with a number in every text people write there, in as odd a form as there is room for; and those texts. */
export function filled(
  schema: ZodType,
  given: unknown,
  number: string,
  odd: string,
): { input: unknown; texts: string[] } {
  const texts: string[] = [];
  const fill = (one: ZodType, value: unknown, name: string): unknown => {
    if (OTHERWISE.has(name)) return value;
    const { innerType, element, shape } = definitionOf(one);
    if (innerType) return fill(innerType, value, name);
    if (isFreeText(one)) {
      const room = (one as { maxLength?: number | null }).maxLength ?? 1_000;
      const text = [`请打${odd}找我`, `打${number}`, number].find((words) => words.length <= room && words.length >= 4);
      if (text === undefined) return value;
      texts.push(text);
      return text;
    }
    if (Array.isArray(value) && element) return value.map((each) => fill(element, each, name));
    if (!shape || typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(shape).map(([key, field]) => [
      key,
      fill(field, (value as Record<string, unknown>)[key], key),
    ]);
    return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
  };
  return { input: fill(schema, given, ''), texts };
}

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value instanceof Date) return;
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) yield* stringsIn(one);
}

/** The texts in it in which the number can be read. */
export const readable = (doc: unknown, number: string): string[] =>
  [...stringsIn(doc)].filter((text) => text.includes(number) || digits(text).includes(number));

const numbers = fc.oneof(
  // Letters that look like noughts and ones are a number as long as there are digits beside them.
  fc
    .integer({ min: 3_000_000_000, max: 9_999_999_999 })
    .map((rest) => `1${rest}`)
    .filter((number) => number.replace(/[01]/gu, '').length >= 6),
  fc.constantFrom('11010519491231002X', '440524188001010014').map((one) => one.replace('X', '1')),
);
/** A number, and an odd way to type it. */
export const oddly = fc
  .tuple(numbers, fc.array(fc.nat(10_000), { minLength: 64, maxLength: 64 }))
  .map(([number, picks]) => ({
    number,
    odd: typed(number, picks.values()),
  }));
