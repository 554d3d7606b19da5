import { identical } from '../bson/identical.ts';
import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import { asNumber, isNumeric, wholeNumber } from '../numbers.ts';
import { compareValues } from '../order/compare.ts';
import { keyString } from '../order/keystring.ts';
import { show, showField, showId } from '../show.ts';
import { type Document, field, isDocument, typeName } from '../types.ts';
import type { LeafNode } from './node.ts';
import { changing, creating } from './setting-operators.ts';

/** `$push`, with `$each`, `$position`, `$sort` and `$slice`. */
export function push(operand: unknown): LeafNode {
  const { values, position, order, slice } = pushClauses(operand);
  return creating((current, { root }, place) => {
    if (current !== undefined && !Array.isArray(current)) {
      throw badValue(
        `The field '${place.path}' must be an array but is of type ${typeName(current)} in document ${showId(root)}`,
      );
    }
    const before: unknown[] = current ?? [];
    const at = position === undefined || position > before.length ? before.length : position;
    const start = at < 0 ? Math.max(0, before.length + at) : at;
    let after = [...before.slice(0, start), ...values, ...before.slice(start)];
    if (order !== undefined) after.sort(order);
    if (slice !== undefined) after = slice < 0 ? after.slice(slice) : after.slice(0, slice);
    return current !== undefined && identical(after, current) ? current : after;
  });
}

interface PushClauses {
  readonly values: readonly unknown[];
  readonly position: number | undefined;
  readonly order: ((a: unknown, b: unknown) => number) | undefined;
  readonly slice: number | undefined;
}

function pushClauses(operand: unknown): PushClauses {
  if (!isDocument(operand) || field(operand, '$each') === undefined) {
    return { values: [operand], position: undefined, order: undefined, slice: undefined };
  }
  const values = operand.$each;
  if (!Array.isArray(values)) {
    throw badValue(`The argument to $each in $push must be an array but it was of type: ${typeName(values)}`);
  }
  for (const name of Object.keys(operand)) {
    if (!['$each', '$slice', '$sort', '$position'].includes(name))
      throw badValue(`Unrecognized clause in $push: ${name}`);
  }
  return {
    values,
    position: wholeClause('$position', operand.$position, 'not of type'),
    order: operand.$sort === undefined ? undefined : pushOrder(operand.$sort),
    slice: wholeClause('$slice', operand.$slice, 'but was given type'),
  };
}

function wholeClause(name: string, operand: unknown, but: string): number | undefined {
  if (operand === undefined) return undefined;
  const whole = wholeNumber(operand);
  if (whole === undefined) {
    const separator = name === '$position' ? ',' : '';
    throw badValue(`The value for ${name} must be an integer value${separator} ${but}: ${typeName(operand)}`);
  }
  return Number(whole);
}

function pushOrder(operand: unknown): (a: unknown, b: unknown) => number {
  if (isNumeric(operand)) {
    const sign = asNumber(operand) as number;
    if (sign !== 1 && sign !== -1) throw badValue('The $sort element value must be either 1 or -1');
    return (a, b) => compareValues(a, b) * sign;
  }
  if (!isDocument(operand)) {
    throw badValue('The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields');
  }
  const fields = Object.keys(operand).map((path) => {
    if (path === '' || path.startsWith('.') || path.endsWith('.') || path.includes('..')) {
      throw badValue(
        path === ''
          ? 'The $sort field cannot be empty'
          : `The $sort field is a dotted field but has an empty part: ${path}`,
      );
    }
    const sign = asNumber(operand[path]);
    if (sign !== 1 && sign !== -1) throw badValue('The $sort element value must be either 1 or -1');
    return { names: path.split('.'), sign };
  });
  if (fields.length === 0) throw badValue('The $sort pattern is empty when it should be a set of fields.');
  return (a, b) => {
    for (const { names, sign } of fields) {
      const order = compareValues(fieldWithin(a, names), fieldWithin(b, names));
      if (order !== 0) return order * sign;
    }
    return 0;
  };
}

function fieldWithin(element: unknown, names: readonly string[]): unknown {
  let current = element;
  for (const name of names) {
    if (Array.isArray(current)) current = /^\d+$/.test(name) ? current[Number(name)] : undefined;
    else current = isDocument(current) ? field(current, name) : undefined;
  }
  return current;
}

/** `$addToSet`, with `$each`. */
export function addToSet(operand: unknown): LeafNode {
  let values: readonly unknown[] = [operand];
  if (isDocument(operand) && Object.keys(operand)[0] === '$each') {
    if (!Array.isArray(operand.$each)) {
      throw typeMismatch(
        `The argument to $each in $addToSet must be an array but it was of type ${typeName(operand.$each)}`,
      );
    }
    if (Object.keys(operand).length > 1) {
      throw badValue(`Found unexpected fields after $each in $addToSet: ${show(operand)}`);
    }
    values = operand.$each;
  }
  return creating((current, _context, place) => {
    if (current !== undefined && !Array.isArray(current)) {
      throw badValue(
        `Cannot apply $addToSet to non-array field. Field named '${place.name}' has non-array type ${typeName(current)}`,
      );
    }
    const added = newMembers(current ?? [], values);
    return current !== undefined && added.length === 0 ? current : [...(current ?? []), ...added];
  });
}

/** The values that equal no member of the array and none before them. */
function newMembers(array: readonly unknown[], values: readonly unknown[]): unknown[] {
  if (array.length * values.length < 64) {
    const added: unknown[] = [];
    const equals = (value: unknown) => (other: unknown) => compareValues(value, other) === 0;
    for (const value of values) if (!array.some(equals(value)) && !added.some(equals(value))) added.push(value);
    return added;
  }
  const key = (value: unknown) => Buffer.from(keyString([value], [1])).toString('latin1');
  const known = new Set(array.map(key));
  return values.filter((value) => known.size < known.add(key(value)).size);
}

/** `$pop`. */
export function pop(path: string, operand: unknown): LeafNode {
  const which = asNumber(operand);
  if (which === undefined) throw failedToParse(`Expected a number in: ${showField(path, operand)}`);
  if (which !== 1 && which !== -1) throw failedToParse(`$pop expects 1 or -1, found: ${show(operand)}`);
  return changing((current, _context, place) => {
    if (!Array.isArray(current)) {
      throw typeMismatch(`Path '${place.path}' contains an element of non-array type '${typeName(current)}'`);
    }
    if (current.length === 0) return current;
    return which === 1 ? current.slice(0, -1) : current.slice(1);
  }, false);
}

/** `$pullAll`. */
export function pullAll(operand: unknown): LeafNode {
  if (!Array.isArray(operand)) {
    throw badValue(`$pullAll requires an array argument but was given a ${typeName(operand)}`);
  }
  const key = (value: unknown) => Buffer.from(keyString([value], [1])).toString('latin1');
  const unwanted = new Set(operand.map(key));
  return culling('$pullAll', (element) => unwanted.has(key(element)));
}

/** `$pull`: a condition on the elements, compiled by the caller, or a value to equal. */
export function pull(operand: unknown, compile: (filter: Document) => (document: Document) => boolean): LeafNode {
  if (isDocument(operand) && !isCondition(operand)) {
    const test = compile(operand);
    return culling('$pull', (element) => isDocument(element) && test(element));
  }
  if (isDocument(operand) || typeName(operand) === 'regex') {
    const test = compile({ element: operand });
    return culling('$pull', (element) => test({ element }));
  }
  return culling('$pull', (element) => compareValues(element, operand) === 0);
}

/** Names with a `$` that stand in a filter on whole documents. */
const DOCUMENT_LEVEL = new Set([
  '$and',
  '$or',
  '$nor',
  '$expr',
  '$jsonSchema',
  '$where',
  '$comment',
  '$ref',
  '$id',
  '$db',
]);

/** Whether `$pull` is given operators on the element itself rather than a filter on its fields. */
function isCondition(operand: Document): boolean {
  const first = Object.keys(operand)[0];
  return first?.startsWith('$') === true && !DOCUMENT_LEVEL.has(first);
}

function culling(name: string, unwanted: (element: unknown) => boolean): LeafNode {
  return changing((current) => {
    if (!Array.isArray(current)) throw badValue(`Cannot apply ${name} to a non-array value`);
    const kept = current.filter((element) => !unwanted(element));
    return kept.length === current.length ? current : kept;
  });
}
