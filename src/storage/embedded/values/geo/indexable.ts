import { refusal } from '../errors.ts';
import { asNumber } from '../numbers.ts';
import { valuesAt } from '../paths.ts';
import { show } from '../show.ts';
import { type Document, isDocument } from '../types.ts';
import { positionOf, storedShape } from './shapes.ts';

/** What a `2d` index has when it does not say its bounds. */
const DEGREES = { min: -180, max: 180 };

/**
 * Refuses a document whose value at a geo field of an index is no place (code 16755), or is one outside the bounds of a
 * `2d` index (code 13027). Missing, null and `[]` are none.
 */
export function checkPlaces(document: Document, pattern: Document, spec: Document): void {
  for (const path of Object.keys(pattern)) {
    const kind = pattern[path];
    if (kind !== '2d' && kind !== '2dsphere') continue;
    for (const value of valuesAt(document, path)) {
      if (value === null || isPlace(kind, value, spec)) continue;
      throw refusal(
        16755,
        `Can't extract geo keys: ${show(document)}  geo element must be a point or a geometry: ${path}: ${show(value)}`,
      );
    }
  }
}

function isPlace(kind: '2d' | '2dsphere', value: unknown, spec: Document): boolean {
  if (Array.isArray(value) && (value.length === 0 || value.some((one) => typeof one === 'object'))) {
    return value.every((one) => (Array.isArray(one) || isDocument(one) ? isPlace(kind, one, spec) : false));
  }
  if (kind === '2dsphere') return storedShape(value) !== undefined;
  const position = positionOf(value);
  if (position === undefined) return false;
  const { min, max } = bounds(spec);
  if (position.every((one) => one >= min && one <= max)) return true;
  throw refusal(13027, `point not in interval of [ ${min}, ${max} ] :: caused by :: ${show(value)}`);
}

function bounds({ min, max }: Document): { min: number; max: number } {
  return { min: asNumber(min) ?? DEGREES.min, max: asNumber(max) ?? DEGREES.max };
}
