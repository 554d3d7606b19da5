import { Timestamp } from 'bson';
import { identical } from '../bson/identical.ts';
import { badValue } from '../errors.ts';
import { compareValues } from '../order/compare.ts';
import { show, showField } from '../show.ts';
import { type Document, field, isDocument } from '../types.ts';
import { type Change, type LeafNode, REMOVE } from './node.ts';

/** An operator that makes the path it is given. */
export const creating = (change: Change): LeafNode => ({
  kind: 'leaf',
  change,
  creates: true,
  lenient: false,
  insertOnly: false,
});

/** An operator that only changes what is there. */
export const changing = (change: Change, lenient = true): LeafNode => ({
  kind: 'leaf',
  change,
  creates: false,
  lenient,
  insertOnly: false,
});

/** `$set`; a value already there, to the byte, is no change. */
export function set(value: unknown): LeafNode {
  return creating((current) => (current !== undefined && identical(current, value) ? current : value));
}

/** `$setOnInsert`. */
export function setOnInsert(value: unknown): LeafNode {
  return { ...set(value), insertOnly: true };
}

/** `$unset`. */
export function unset(): LeafNode {
  return changing(() => REMOVE);
}

/** `$min` and `$max`, by the order of all values. */
export function extreme(name: '$min' | '$max', value: unknown): LeafNode {
  const sign = name === '$min' ? 1 : -1;
  return creating((current) => (current !== undefined && compareValues(current, value) * sign <= 0 ? current : value));
}

/** `$currentDate`. */
export function currentDate(operand: unknown): LeafNode {
  if (typeof operand === 'boolean') return creating((_current, { now }) => new Date(now));
  if (!isDocument(operand)) {
    throw badValue(
      `${typeof operand === 'string' ? 'String' : show(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  for (const name of Object.keys(operand)) {
    if (name !== '$type') throw badValue(`Unrecognized $currentDate option: ${name}`);
  }
  switch (operand.$type) {
    case 'date':
      return creating((_current, { now }) => new Date(now));
    case 'timestamp':
      return creating((_current, { now }) => new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }));
    default:
      throw badValue(
        "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
      );
  }
}

/** `$rename`: the operators at its two ends. */
export function rename(
  from: string,
  operand: unknown,
): { readonly to: string; readonly source: LeafNode; readonly target: LeafNode } {
  if (typeof operand !== 'string')
    throw badValue(`The 'to' field for $rename must be a string: ${showField(from, operand)}`);
  const to = operand;
  if (to === from) throw badValue(`The source and target field for $rename must differ: ${showField(from, to)}`);
  for (const path of [from, to]) {
    if (path.split('.').some((name) => name === '$' || /^\$\[.*\]$/.test(name))) {
      const end = path === from ? 'source' : 'destination';
      throw badValue(`The ${end} field for $rename may not be dynamic: ${path}`);
    }
  }
  return {
    to,
    source: changing(() => REMOVE),
    target: creating((current, { root }) => {
      const value = valueOutsideArrays(root, from, 'source');
      if (value === undefined) return current;
      valueOutsideArrays(root, to, 'destination');
      return value;
    }),
  };
}

function valueOutsideArrays(root: Document, path: string, end: 'source' | 'destination'): unknown {
  let current: unknown = root;
  let last = '';
  for (const name of path.split('.')) {
    if (Array.isArray(current)) {
      throw badValue(
        `The ${end} field cannot be an array element, '${path}' in doc with ${showField('_id', field(root, '_id'))} has an array field called '${last}'`,
      );
    }
    if (!isDocument(current)) return undefined;
    current = field(current, name);
    last = name;
  }
  return current;
}
