import { identical } from '../bson/identical.ts';
import { badValue, typeMismatch } from '../errors.ts';
import { arithmetic, integerOf, isNumeric, longOf, numberKind } from '../numbers.ts';
import { show, showField, showId } from '../show.ts';
import { type Document, isDocument, typeName } from '../types.ts';
import type { LeafNode } from './node.ts';
import { creating } from './setting-operators.ts';

const TYPE_NAMES: Readonly<Record<string, string>> = { int: 'NumberInt', long: 'NumberLong', double: 'NumberDouble' };

/** `$inc` and `$mul`. A missing field counts as 0. */
export function arithmeticOperator(name: '$inc' | '$mul', path: string, operand: unknown): LeafNode {
  if (!isNumeric(operand)) {
    const verb = name === '$inc' ? 'increment' : 'multiply';
    throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${showField(path, operand)}}`);
  }
  const operation = name === '$inc' ? 'add' : 'multiply';
  return creating((current, { root }, place) => {
    if (current === undefined) return name === '$inc' ? operand : arithmetic('multiply', 0, operand);
    if (!isNumeric(current)) {
      throw typeMismatch(
        `Cannot apply ${name} to a value of non-numeric type. ${showId(root)} has the field '${place.name}' of non-numeric type ${typeName(current)}`,
      );
    }
    const result = arithmetic(operation, current, operand);
    if (result === undefined) {
      throw badValue(
        `Failed to apply ${name} operations to current value ((${TYPE_NAMES[typeName(current)]})${show(current)}) for document ${showId(root)}`,
      );
    }
    return identical(current, result) ? current : result;
  });
}

type BitStep = (value: bigint) => bigint;

/** `$bit` with any of `and`, `or` and `xor`, one after another. */
export function bit(operand: unknown): LeafNode {
  if (!isDocument(operand)) {
    throw badValue(
      `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const names = Object.keys(operand);
  if (names.length === 0) {
    throw badValue(`You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`);
  }
  const steps = names.map((name) => bitStep(name, operand));
  const wide = names.some((name) => numberKind(operand[name]) === 'long');
  return creating((current, { root }, place) => {
    const kind = current === undefined ? 'int' : numberKind(current);
    if (kind !== 'int' && kind !== 'long') {
      throw badValue(
        `Cannot apply $bit to a value of non-integral type.${showField('_id', root._id)} has the field ${place.name} of non-integer type ${typeName(current)}`,
      );
    }
    let value = current === undefined ? 0n : integerOf(current);
    for (const step of steps) value = step(value);
    const result = wide || kind === 'long' ? longOf(value) : Number(BigInt.asIntN(32, value));
    return current !== undefined && identical(current, result) ? current : result;
  });
}

function bitStep(name: string, operand: Document): BitStep {
  const given = operand[name];
  if (name !== 'and' && name !== 'or' && name !== 'xor') {
    throw badValue(
      `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${showField(name, given)}}`,
    );
  }
  const kind = numberKind(given);
  if (kind !== 'int' && kind !== 'long') {
    throw badValue(
      `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(given)}' is not supported here: {${showField(name, given)}}`,
    );
  }
  const mask = integerOf(given);
  if (name === 'and') return (value) => value & mask;
  return name === 'or' ? (value) => value | mask : (value) => value ^ mask;
}
