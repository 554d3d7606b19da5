/** Documents by their fields. */
import type { Document } from '../../values/bson.ts';
import { refusal } from '../../values/errors.ts';
import { isDocument, setField, typeName } from '../../values/types.ts';
import type { Expression, Scope } from '../scope.ts';
import { type Compile, isNullish, list, type Maker, named, unary } from './operator.ts';

/** Pairs, `[name, value]` or `{ k, v }`, as a document; the last of one name counts. */
const arrayToObject: Maker = (operand, compile) => {
  const [pairs] = list('$arrayToObject', operand, compile, 1, 1) as [Expression];
  return (scope) => {
    const values = pairs(scope);
    if (isNullish(values)) return null;
    if (!Array.isArray(values))
      throw refusal(40386, `$arrayToObject requires an array input, found: ${typeName(values)}`);
    const document: Document = {};
    for (const pair of values) {
      const [name, value] = pairOf(pair);
      setField(document, name, value);
    }
    return document;
  };
};

function pairOf(pair: unknown): [string, unknown] {
  if (Array.isArray(pair)) {
    const [name, value] = pair;
    if (pair.length !== 2) throw refusal(40397, '$arrayToObject requires an array of size 2 arrays');
    if (typeof name !== 'string')
      throw refusal(40395, `$arrayToObject requires an array of key-value pairs, found: ${typeName(name)}`);
    return [name, value];
  }
  if (!isDocument(pair)) throw refusal(40398, `Unrecognised input type format for $arrayToObject: ${typeName(pair)}`);
  if (Object.keys(pair).length !== 2) throw refusal(40392, '$arrayToObject requires an object with keys k and v');
  if (!('k' in pair && 'v' in pair)) throw refusal(40393, '$arrayToObject requires an object with keys k and v');
  if (typeof pair.k !== 'string')
    throw refusal(40394, `$arrayToObject requires the key to be a string, found: ${typeName(pair.k)}`);
  return [pair.k, pair.v];
}

/** A field by its name, whatever signs are in it: `'a'`, or `{ field, input }`. */
const getField: Maker = (operand, compile) => {
  const isShort = !isDocument(operand) || Object.keys(operand)[0]?.startsWith('$') === true;
  const fields = isShort
    ? { field: operand }
    : named('$getField', operand, ['field', 'input'], { unknown: 3041701, missing: [['field', 3041702]] });
  if (!isShort && !('input' in fields)) throw refusal(3041703, "$getField requires 'input' to be specified");
  const field = compile(fields.field);
  const input = compile(isShort ? '$$CURRENT' : fields.input);
  return (scope) => {
    const name = field(scope);
    if (typeof name !== 'string') throw refusal(5654602, "$getField requires 'field' to evaluate to type String");
    const from = input(scope);
    if (isNullish(from)) return from;
    return isDocument(from) && Object.hasOwn(from, name) ? from[name] : undefined;
  };
};

const objectToArray: [string, Maker] = unary('$objectToArray', (value) => {
  if (isNullish(value)) return null;
  if (!isDocument(value)) throw refusal(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  return Object.keys(value).map((k) => ({ k, v: value[k] }));
});

/** `$setField` and `$unsetField`: a field by its name, whatever signs are in it; the name is known beforehand. */
function fieldSetting(name: string, fields: readonly string[], missing: [string, number][]): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const given = named(name, operand, fields, { other: 4161100, unknown: 4161101, missing });
      const field = constantName(name, given.field, compile);
      const input = compile(given.input);
      const value = 'value' in given ? compile(given.value) : undefined;
      return (scope) => {
        const from = input(scope);
        if (isNullish(from)) return null;
        if (!isDocument(from)) throw refusal(4161105, `${name} requires 'input' to evaluate to type Object`);
        const made = value?.(scope);
        const result = { ...from };
        if (made === undefined) delete result[field];
        else setField(result, field, made);
        return result;
      };
    },
  ];
}

function constantName(name: string, given: unknown, compile: Compile): string {
  if (typeof given === 'string' && given.startsWith('$'))
    throw refusal(
      4161108,
      `'${given}' is a field path reference which is not allowed in this context. Did you mean {$literal: '${given}'}?`,
    );
  const constant = isDocument(given) && ('$literal' in given || '$const' in given) ? compile(given)(NOWHERE) : given;
  if (isDocument(constant)) throw refusal(4161106, `${name} requires 'field' to evaluate to a constant`);
  if (typeof constant !== 'string')
    throw refusal(4161107, `${name} requires 'field' to evaluate to type String, but got ${typeName(constant)}`);
  return constant;
}

const NOWHERE: Scope = { root: {}, variables: {} };

export const OBJECTS: readonly [string, Maker][] = [
  ['$arrayToObject', arrayToObject],
  ['$getField', getField],
  objectToArray,
  fieldSetting(
    '$setField',
    ['field', 'input', 'value'],
    [
      ['field', 4161102],
      ['value', 4161103],
      ['input', 4161109],
    ],
  ),
  fieldSetting(
    '$unsetField',
    ['field', 'input'],
    [
      ['field', 4161102],
      ['input', 4161109],
    ],
  ),
];
