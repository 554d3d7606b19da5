import type { Decimal128, Long, ObjectId, Timestamp } from 'bson';
import { type Document, isDocument, isInt32, tagOf, typeName } from './types.ts';

/** A value as MongoDB's error texts write it: `{ a: 1, b: [ "x", null ] }`. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return isInt32(value) || !Number.isInteger(value) ? String(value) : value.toFixed(1);
  if (value === undefined) return 'EOO';
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (isDocument(value)) {
    const fields = Object.keys(value).map((name) => showField(name, value[name]));
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  switch (tagOf(value)) {
    case 'ObjectId':
      return `ObjectId('${(value as ObjectId).toHexString()}')`;
    case 'Double':
      return String((value as unknown as { value: number }).value.toFixed(1));
    case 'Long':
      return String(value as Long);
    case 'Decimal128':
      return `NumberDecimal("${value as Decimal128}")`;
    case 'Timestamp':
      return `Timestamp(${(value as Timestamp).t}, ${(value as Timestamp).i})`;
    default:
      return typeName(value);
  }
}

/** One field as MongoDB's error texts write it: `a: 1`. */
export function showField(name: string, value: unknown): string {
  return `${name}: ${show(value)}`;
}

/** The `_id` of a document as MongoDB's error texts name it. */
export function showId(document: Document): string {
  return Object.hasOwn(document, '_id') ? `{_id: ${show(document._id)}}` : '{no id}';
}
