/** Documents by their fields. */
import type { Document } from '../../values/bson.ts';
import { refusal } from '../../values/errors.ts';
import { isDocument, setField, typeName } from '../../values/types.ts';
import type { Expression } from '../scope.ts';
import { isNullish, list, type Maker, named } from './operator.ts';

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
  const fields = isShort ? { field: operand } : named('$getField', operand, ['field', 'input']);
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

export const OBJECTS: readonly [string, Maker][] = [
  ['$arrayToObject', arrayToObject],
  ['$getField', getField],
];
