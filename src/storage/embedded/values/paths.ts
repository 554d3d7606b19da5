import { refusal } from './errors.ts';
import { compareValues } from './order/compare.ts';
import { keyString } from './order/keystring.ts';
import { show } from './show.ts';
import { type Document, isDocument, UNDEFINED } from './types.ts';

/** One name of a dotted path, prepared for fast look-ups. */
export interface Segment {
  readonly name: string;
  /** The array position the name may stand for, or -1. */
  readonly index: number;
  /** Whether JavaScript's own Object has a property of that name, so that only an own field counts. */
  readonly inherited: boolean;
}

const NUMERIC = /^(?:0|[1-9]\d{0,9})$/;

/** Splits a dotted path. */
export function parsePath(path: string): readonly Segment[] {
  return path.split('.').map((name) => ({
    name,
    index: NUMERIC.test(name) ? Number(name) : -1,
    inherited: name in Object.prototype,
  }));
}

/** The value of one field of a document; undefined when it has none. */
export function fieldAt(document: Document, segment: Segment): unknown {
  if (segment.inherited && !Object.hasOwn(document, segment.name)) return undefined;
  return document[segment.name];
}

/** What `walk` answers when no value satisfied the test. */
export const NOWHERE = -2;
/** What `walk` answers when a value satisfied the test that lies in no array. */
export const OUTSIDE = -1;

/**
 * Tests every value MongoDB finds at a path: documents are entered by name, each document in an array on the way as
 * well, an array position by its number; an array at the end offers its elements and then itself when `spread`.
 * Where the path leads to no field the test sees `undefined`. Answers the position in the outermost array passed,
 * `OUTSIDE` or `NOWHERE`.
 */
export function walk(
  document: Document,
  path: readonly Segment[],
  from: number,
  spread: boolean,
  test: (value: unknown) => boolean,
): number {
  const last = path.length - 1;
  let current: unknown = document;
  for (let i = from; ; i++) {
    current = fieldAt(current as Document, path[i] as Segment);
    if (i === last) break;
    if (Array.isArray(current)) return walkArray(current, path, i + 1, spread, test);
    if (!isDocument(current)) return test(undefined) ? OUTSIDE : NOWHERE;
  }
  if (spread && Array.isArray(current)) {
    for (let i = 0; i < current.length; i++) if (test(current[i])) return i;
  }
  return test(current) ? OUTSIDE : NOWHERE;
}

function walkArray(
  array: readonly unknown[],
  path: readonly Segment[],
  at: number,
  spread: boolean,
  test: (value: unknown) => boolean,
): number {
  const { index } = path[at] as Segment;
  for (let i = 0; i < array.length; i++) {
    const element = array[i];
    if (isDocument(element) && walk(element, path, at, spread, test) !== NOWHERE) return i;
    if (i !== index) continue;
    if (at === path.length - 1) {
      // A position named in the path is not a position found.
      if (test(element)) return OUTSIDE;
    } else {
      const found = isDocument(element)
        ? walk(element, path, at + 1, spread, test)
        : Array.isArray(element)
          ? walkArray(element, path, at + 1, spread, test)
          : NOWHERE;
      if (found !== NOWHERE) return found;
    }
  }
  return NOWHERE;
}

/** All values at a dotted path, through arrays on the way; an array at the end is one value. */
export function valuesAt(document: Document, path: string): unknown[] {
  const values: unknown[] = [];
  walk(document, parsePath(path), 0, false, (value) => {
    if (value !== undefined) values.push(value);
    return false;
  });
  return values;
}

/** The values `distinct` counts at a dotted path: those of `valuesAt`, an array at the end giving its elements. */
export function distinctValuesAt(document: Document, path: string): unknown[] {
  return valuesAt(document, path).flatMap((value) => (Array.isArray(value) ? value : [value]));
}

/** Whether a document has any value at a dotted path. */
export function hasPath(document: Document, path: string): boolean {
  return walk(document, parsePath(path), 0, false, (value) => value !== undefined) !== NOWHERE;
}

const parsedPatterns = new WeakMap<object, readonly (readonly Segment[])[]>();

/** The paths of a key pattern, parsed once per pattern object. */
export function patternPaths(pattern: Document): readonly (readonly Segment[])[] {
  let paths = parsedPatterns.get(pattern);
  if (paths === undefined) {
    paths = Object.keys(pattern).map(parsePath);
    parsedPatterns.set(pattern, paths);
  }
  return paths;
}

/**
 * The rows of values by which a document stands in an index: one row, or one for each different element of the array
 * that the paths pass or end in. A missing field counts as null, an empty array as BSON's undefined. Two fields in two
 * arrays are refused with code 171, a number that could be position or name with code 16746.
 */
export function indexKeys(document: Document, keyPattern: Document): unknown[][] {
  const paths = patternPaths(keyPattern);
  const rows: unknown[][] = [];
  const open = paths.map((_, field) => ({ field, from: document as unknown, at: 0 }));
  expand(paths, new Array<unknown>(paths.length), open, rows);
  return rows.length < 2 ? rows : distinctRows(rows);
}

interface OpenField {
  readonly field: number;
  readonly from: unknown;
  readonly at: number;
}

function expand(
  paths: readonly (readonly Segment[])[],
  row: unknown[],
  open: readonly OpenField[],
  rows: unknown[][],
): void {
  let array: unknown[] | undefined;
  let first = 0;
  let joined: OpenField[] | undefined;
  for (const { field, from, at } of open) {
    const path = paths[field] as readonly Segment[];
    let current = from;
    let i = at;
    while (i < path.length && isDocument(current)) current = fieldAt(current, path[i++] as Segment);
    if (!Array.isArray(current)) {
      row[field] = i < path.length || current === undefined ? null : current;
    } else if (array === undefined) {
      array = current;
      first = field;
      joined = [{ field, from: current, at: i }];
    } else if (array === current) {
      joined?.push({ field, from: current, at: i });
    } else {
      throw parallel(paths, field, first, i);
    }
  }
  if (array === undefined || joined === undefined) {
    rows.push(row);
    return;
  }
  if (array.length === 0) {
    for (const { field, at } of joined)
      row[field] = at === (paths[field] as readonly Segment[]).length ? UNDEFINED : null;
    rows.push(row);
    return;
  }
  for (const element of array) expandElement(paths, [...row], joined, array, element, rows);
}

function expandElement(
  paths: readonly (readonly Segment[])[],
  row: unknown[],
  joined: readonly OpenField[],
  array: readonly unknown[],
  element: unknown,
  rows: unknown[][],
): void {
  const next: OpenField[] = [];
  for (const { field, at } of joined) {
    const path = paths[field] as readonly Segment[];
    const segment = path[at];
    if (segment === undefined) row[field] = element;
    else if (segment.index >= 0 && segment.index < array.length) {
      const chosen = array[segment.index];
      if (isDocument(element) && Object.hasOwn(element, segment.name)) throw ambiguous(segment.name, array);
      if (at + 1 === path.length) row[field] = chosen;
      else next.push({ field, from: chosen, at: at + 1 });
    } else if (isDocument(element)) next.push({ field, from: element, at });
    else row[field] = null;
  }
  if (next.length === 0) rows.push(row);
  else expand(paths, row, next, rows);
}

function ambiguous(name: string, array: readonly unknown[]): Error {
  return refusal(
    16746,
    `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${name}' for array: ${show(array)}`,
  );
}

function parallel(paths: readonly (readonly Segment[])[], field: number, other: number, at: number): Error {
  const name = paths[field]?.[at - 1]?.name ?? '';
  const second = paths[other]?.[at - 1]?.name ?? paths[other]?.at(-1)?.name ?? '';
  return refusal(171, `cannot index parallel arrays [${name}] [${second}]`);
}

function distinctRows(rows: unknown[][]): unknown[][] {
  if (rows.length <= 8) return rows.filter((row, i) => !rows.slice(0, i).some((other) => sameRow(row, other)));
  const seen = new Set<string>();
  const ascending = new Array<1>(rows[0]?.length ?? 0).fill(1);
  return rows.filter((row) => {
    const key = Buffer.from(keyString(row, ascending)).toString('latin1');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function sameRow(a: readonly unknown[], b: readonly unknown[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && compareValues(a[i], b[i]) !== 0) return false;
  return true;
}
