import type { Double, Long } from 'bson';
import { compareValues } from '../order/compare.ts';
import { type Document, isDocument, tagOf, typeName } from '../types.ts';

/**
 * Whether two values would be stored as the same bytes: unlike comparison, an int 5 is not a double 5, and the order
 * of fields counts. This is what decides that an update changed nothing.
 */
export function identical(a: unknown, b: unknown): boolean {
  if (a === b) return a !== 0 || 1 / a === 1 / (b as number);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return typeof a === 'number' && typeof b === 'number' && Number.isNaN(a) && Number.isNaN(b);
  }
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!identical(a[i], b[i])) return false;
    return true;
  }
  if (isDocument(a)) return isDocument(b) && identicalDocuments(a, b);
  if (tagOf(a) !== tagOf(b)) return false;
  switch (tagOf(a)) {
    case 'Double':
      return Object.is((a as Double).value, (b as Double).value);
    case 'Long':
      return (a as Long).low === (b as Long).low && (a as Long).high === (b as Long).high;
    case 'Decimal128':
      // 1.0 and 1.00 compare as equal but are written differently.
      return String(a) === String(b);
    default:
      return typeName(a) === typeName(b) && compareValues(a, b) === 0;
  }
}

function identicalDocuments(a: Document, b: Document): boolean {
  const names = Object.keys(a);
  const others = Object.keys(b);
  if (names.length !== others.length) return false;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (name !== others[i] || !identical(a[name], b[name])) return false;
  }
  return true;
}
