import { checkNesting } from '../bson/depth.ts';
import { refusal } from '../errors.ts';
import { type Document, field, isDocument, Rank, rankOf, typeName } from '../types.ts';

/**
 * Refuses a document that MongoDB would not insert: an `_id` that is an array, a regular expression or undefined, an
 * `_id` document with `$` fields, or too deep a nesting.
 */
export function checkStorable(document: Document): void {
  checkIdValue(field(document, '_id'));
  checkNesting(document);
}

/** Refuses what MongoDB would not take as an `_id`. */
export function checkIdValue(id: unknown): void {
  const rank = rankOf(id);
  if (rank === Rank.array || rank === Rank.regex || rank === Rank.undefined) {
    throw refusal(53, `The '_id' value cannot be of type ${typeName(id)}`);
  }
  if (isDocument(id)) {
    const dollar = Object.keys(id).find((name) => name.startsWith('$') && !['$ref', '$id', '$db'].includes(name));
    if (dollar !== undefined) {
      throw refusal(52, `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`);
    }
  }
}

/** The same document with `_id` as its first field. */
export function withIdFirst(document: Document): Document {
  if (!Object.hasOwn(document, '_id')) return document;
  for (const first in document)
    if (first === '_id') return document;
    else break;
  const { _id, ...rest } = document;
  return { _id, ...rest };
}
