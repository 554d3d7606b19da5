import { NOWHERE, OUTSIDE, type Segment, walk } from '../paths.ts';
import type { Document } from '../types.ts';

/** A condition on one value; `undefined` is a missing field. */
export type Leaf = (value: unknown) => boolean;

/** A condition on a document. Answers `NOWHERE`, `OUTSIDE`, or the array position by which it was met. */
export type Predicate = (document: Document) => number;

/** A parsed field operator, before it is bound to a path or to the elements of an array. */
export type Operator =
  /** Tests the values at the path; `spread` also offers the elements of an array at its end. */
  | { readonly kind: 'leaf'; readonly spread: boolean; readonly test: Leaf }
  /** Tests an array as a whole and answers like a `Predicate`. */
  | { readonly kind: 'array'; readonly test: (array: readonly unknown[]) => number }
  | { readonly kind: 'not'; readonly of: Operator }
  | { readonly kind: 'all'; readonly of: readonly Operator[] };

/** An operator that tests each value at the path, an array by its elements and as a whole. */
export const leaf = (test: Leaf): Operator => ({ kind: 'leaf', spread: true, test });

/** The negation of an operator: true where the operator, as a whole, is not. */
export const not = (of: Operator): Operator => ({ kind: 'not', of });

/** The conjunction; a single operator stays itself. */
export function all(of: readonly Operator[]): Operator {
  return of.length === 1 ? (of[0] as Operator) : { kind: 'all', of };
}

/** Binds an operator to a path of the document. */
export function onPath(operator: Operator, path: readonly Segment[]): Predicate {
  switch (operator.kind) {
    case 'leaf':
      return leafOnPath(path, operator.spread, operator.test);
    case 'array':
      return arrayOnPath(path, operator.test);
    case 'not': {
      const inner = onPath(operator.of, path);
      return (document) => (inner(document) === NOWHERE ? OUTSIDE : NOWHERE);
    }
    case 'all':
      return every(operator.of.map((part) => onPath(part, path)));
  }
}

function leafOnPath(path: readonly Segment[], spread: boolean, test: Leaf): Predicate {
  const first = path[0] as Segment;
  if (path.length > 1 || first.inherited || !spread) return (document) => walk(document, path, 0, spread, test);
  const { name } = first;
  return (document) => {
    const value = document[name];
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) if (test(value[i])) return i;
    }
    return test(value) ? OUTSIDE : NOWHERE;
  };
}

function arrayOnPath(path: readonly Segment[], test: (array: readonly unknown[]) => number): Predicate {
  return (document) => {
    let inner = NOWHERE;
    const outer = walk(document, path, 0, false, (value) => {
      if (!Array.isArray(value)) return false;
      inner = test(value);
      return inner !== NOWHERE;
    });
    return outer === OUTSIDE ? inner : outer;
  };
}

/** Binds an operator to single values, as `$elemMatch` does: an array is one value, its elements are not tried. */
export function onValue(operator: Operator): Leaf {
  switch (operator.kind) {
    case 'leaf':
      return operator.test;
    case 'array':
      return (value) => Array.isArray(value) && operator.test(value) !== NOWHERE;
    case 'not': {
      const inner = onValue(operator.of);
      return (value) => !inner(value);
    }
    case 'all': {
      const parts = operator.of.map(onValue);
      return (value) => parts.every((part) => part(value));
    }
  }
}

/** All predicates; the last position found is the one that counts. */
export function every(predicates: readonly Predicate[]): Predicate {
  const [a, b] = predicates;
  if (a !== undefined && b === undefined) return a;
  if (a !== undefined && b !== undefined && predicates.length === 2) {
    return (document) => {
      const first = a(document);
      if (first === NOWHERE) return NOWHERE;
      const second = b(document);
      return second === OUTSIDE ? first : second;
    };
  }
  return (document) => {
    let position = OUTSIDE;
    for (const predicate of predicates) {
      const found = predicate(document);
      if (found === NOWHERE) return NOWHERE;
      if (found >= 0) position = found;
    }
    return position;
  };
}

/** Any of the predicates. As in MongoDB a position found inside `$or` is not kept, unless there is only one branch. */
export function some(predicates: readonly Predicate[]): Predicate {
  if (predicates.length === 1) return predicates[0] as Predicate;
  return (document) => {
    for (const predicate of predicates) if (predicate(document) !== NOWHERE) return OUTSIDE;
    return NOWHERE;
  };
}
