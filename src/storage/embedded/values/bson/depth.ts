import { refusal } from '../errors.ts';
import { isDocument } from '../types.ts';

/** How deep BSON may nest at all, on the wire. */
export const MAX_DEPTH = 200;

/** How deep a stored document may nest; the rest of `MAX_DEPTH` is left for the replies and commands around it. */
export const MAX_STORED_DEPTH = 180;

/** Refuses (code 15) a document that nests deeper than may be stored. */
export function checkNesting(document: unknown): void {
  if (deeperThan(document, MAX_STORED_DEPTH)) {
    throw refusal(15, `Document exceeds maximum nesting depth of ${MAX_STORED_DEPTH}`);
  }
}

function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) {
    if (levels === 0) return true;
    for (const element of value) if (deeperThan(element, levels - 1)) return true;
    return false;
  }
  if (!isDocument(value)) return false;
  if (levels === 0) return true;
  for (const name in value) if (deeperThan(value[name], levels - 1)) return true;
  return false;
}
