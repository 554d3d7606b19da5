/** Which conditions an index may answer when texts are compared by a collation: its own, the query's, or both. */
import type { Index } from '../disk/collection.ts';
import { type Collation, sameCollation } from '../values/collation.ts';
import { isDocument } from '../values/types.ts';
import type { Constraint, Constraints } from './constraints.ts';

/** Whether a value is or holds a text. */
export function holdsText(value: unknown): boolean {
  if (typeof value === 'string') return true;
  if (Array.isArray(value)) return value.some(holdsText);
  if (typeof value !== 'object' || value === null) return false;
  return isDocument(value) ? Object.values(value).some(holdsText) : 'value' in value && typeof value.value === 'string';
}

/** The constraints as the keys of the index have them; what they cannot tell is left to the test of the documents. */
export function forIndex(constraints: Constraints, index: Index, collation: Collation | undefined): Constraints {
  if (index.collation === undefined && collation === undefined) return constraints;
  const same = sameCollation(index.collation, collation);
  const byPath = new Map<string, readonly Constraint[]>();
  let { partial } = constraints;
  for (const [path, list] of constraints.byPath) {
    const kept: Constraint[] = [];
    for (const one of list) {
      const usable = forKeys(one, same ? collation : undefined);
      if (usable === undefined) partial = true;
      else kept.push(usable);
    }
    byPath.set(path, kept);
  }
  return { byPath, partial, or: constraints.or };
}

function forKeys(constraint: Constraint, shared: Collation | undefined): Constraint | undefined {
  switch (constraint.kind) {
    case 'present':
      return constraint;
    case 'points': {
      const { points } = constraint;
      if (shared !== undefined) return { ...constraint, points: points.map(shared.fold) };
      return points.some(holdsText) ? undefined : constraint;
    }
    case 'range':
      // Folded texts are equal where they should be, but not in order.
      return Object.values(constraint.bounds).some(holdsText) ? undefined : constraint;
    case 'prefix':
      return undefined;
  }
}
