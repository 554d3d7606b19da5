import { Timestamp } from 'bson';
import { identical } from '../bson/identical.ts';
import { badValue, refusal } from '../errors.ts';
import { compareValues } from '../order/compare.ts';
import { showField } from '../show.ts';
import { type Document, field, isDocument, typeName } from '../types.ts';
import { type Change, type LeafNode, REMOVE } from './node.ts';

/** An operator that makes the path it is given. */
export const creating = (change: Change): LeafNode => ({
  kind: 'leaf',
  change,
  creates: true,
  lenient: false,
});

/** An operator that only changes what is there. */
export const changing = (change: Change, lenient = true): LeafNode => ({
  kind: 'leaf',
  change,
  creates: false,
  lenient,
});

/** `$set`; a value already there, to the byte, is no change. */
export function set(value: unknown): LeafNode {
  return creating((current) => (current !== undefined && identical(current, value) ? current : value));
}

/** `$setOnInsert`. */
export function setOnInsert(value: unknown): LeafNode {
  return { ...set(value), idle: ({ insert }) => !insert };
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
      `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
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
  if (from.startsWith(`${to}.`) || to.startsWith(`${from}.`)) {
    throw badValue(`The source and target field for $rename must not be on the same path: ${showField(from, to)}`);
  }
  for (const path of [from, to]) {
    if (path.split('.').some((name) => name === '$' || /^\$\[.*\]$/.test(name))) {
      const end = path === from ? 'source' : 'destination';
      throw badValue(`The ${end} field for $rename may not be dynamic: ${path}`);
    }
  }
  return {
    to,
    source: changing(() => REMOVE),
    target: {
      ...creating((_current, { root }) => {
        const value = valueOutsideArrays(root, from, 'source');
        valueOutsideArrays(root, to, 'destination');
        return value;
      }),
      idle: ({ root }) => valueAt(root, from) === undefined,
    },
  };
}

/** The value a rename moves; a path through a value without fields is refused. */
function valueAt(root: Document, path: string): unknown {
  let current: unknown = root;
  const names = path.split('.');
  for (let i = 0; i < names.length && current !== undefined; i++) {
    const name = names[i] as string;
    if (Array.isArray(current) && /^\d+$/.test(name)) current = current[Number(name)];
    else if (isDocument(current)) current = field(current, name);
    else {
      const before = names[i - 1] as string;
      throw refusal(
        28,
        `cannot use the part (${before} of ${path}) to traverse the element ({${showField(before, current)}})`,
      );
    }
  }
  return current;
}

/** The value at a path that may not lead through an array. */
function valueOutsideArrays(root: Document, path: string, end: 'source' | 'destination'): unknown {
  let current: unknown = root;
  let last = '';
  for (const name of path.split('.')) {
    if (Array.isArray(current)) {
      const id = Object.hasOwn(root, '_id') ? showField('_id', root._id) : 'no id';
      throw badValue(
        `The ${end} field cannot be an array element, '${path}' in doc with ${id} has an array field called '${last}'`,
      );
    }
    current = isDocument(current) ? field(current, name) : undefined;
    last = name;
  }
  return current;
}
