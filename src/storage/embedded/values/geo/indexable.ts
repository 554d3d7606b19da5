import { refusal } from '../errors.ts';
import { valuesAt } from '../paths.ts';
import { show } from '../show.ts';
import { type Document, isDocument } from '../types.ts';
import { positionOf, storedShape } from './shapes.ts';

/** Refuses (code 16755) a document whose value at a geo field of an index is no place. Missing, null and `[]` are none. */
export function checkPlaces(document: Document, pattern: Document): void {
  for (const path of Object.keys(pattern)) {
    const kind = pattern[path];
    if (kind !== '2d' && kind !== '2dsphere') continue;
    for (const value of valuesAt(document, path)) {
      if (value === null || isPlace(kind, value)) continue;
      throw refusal(
        16755,
        `Can't extract geo keys: ${show(document)}  geo element must be a point or a geometry: ${path}: ${show(value)}`,
      );
    }
  }
}

function isPlace(kind: '2d' | '2dsphere', value: unknown): boolean {
  if (Array.isArray(value) && (value.length === 0 || value.some((one) => typeof one === 'object'))) {
    return value.every((one) => (Array.isArray(one) || isDocument(one) ? isPlace(kind, one) : false));
  }
  if (kind === '2dsphere') return storedShape(value) !== undefined;
  const position = positionOf(value);
  return position?.every((one) => one >= -180 && one < 180) === true;
}
