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

/** Whether the value holds a field or element more than `levels` below it. */
function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) {
    for (const element of value) if (levels === 0 || deeperThan(element, levels - 1)) return true;
    return false;
  }
  if (!isDocument(value)) return false;
  for (const name in value) if (levels === 0 || deeperThan(value[name], levels - 1)) return true;
  return false;
}
