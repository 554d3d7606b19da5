import type { BSONRegExp } from 'bson';
import type { Collation } from '../collation.ts';
import { badValue, failedToParse, refusal } from '../errors.ts';
import { geoIntersects, geoWithin } from '../geo/queries.ts';
import { asNumber, isNumeric, numberKind, wholeNumber } from '../numbers.ts';
import { optionsOf, patternOf } from '../order/compare.ts';
import { NOWHERE, OUTSIDE } from '../paths.ts';
import { type Document, isDocument, Rank, rankOf, TYPE_CODES, typeCode, UNDEFINED } from '../types.ts';
import { bits } from './bits.ts';
import { compares, equals, isIn, isReference } from './comparison.ts';
import { all, leaf, not, type Operator, onValue, type Predicate } from './operator.ts';
import { regexLeaf, storedRegexLeaf } from './regex.ts';

/** What compiling the conditions of a field needs. */
export interface Compiling {
  /** Compiles a filter on whole documents; `$elemMatch` hands its conditions back to it. */
  readonly whole: (filter: Document) => Predicate;
  readonly collation: Collation | undefined;
}

/** What a field of a filter asks: a document of operators, a regular expression or a value to equal. */
export function fieldOperator(path: string, condition: unknown, compile: Compiling): Operator {
  if (isOperatorDocument(condition)) return operatorDocument(path, condition, compile);
  if (rankOf(condition) === Rank.regex) return leaf(storedRegexLeaf(condition as RegExp | BSONRegExp));
  return equals(condition, compile.collation);
}

/** Whether a condition is `{ $operator: … }` rather than a document to equal; a DBRef is a document. */
export function isOperatorDocument(condition: unknown): condition is Document {
  return isDocument(condition) && Object.keys(condition)[0]?.startsWith('$') === true && !isReference(condition);
}

function operatorDocument(path: string, condition: Document, compile: Compiling): Operator {
  const operators: Operator[] = [];
  for (const name of Object.keys(condition)) {
    const operator = oneOperator(path, name, condition[name], condition, compile);
    if (operator !== undefined) operators.push(operator);
  }
  return all(operators);
}

function oneOperator(
  path: string,
  name: string,
  operand: unknown,
  siblings: Document,
  compile: Compiling,
): Operator | undefined {
  switch (name) {
    case '$eq':
      return equals(operand, compile.collation);
    case '$ne':
      if (rankOf(operand) === Rank.regex) throw badValue("Can't have regex as arg to $ne.");
      return not(equals(operand, compile.collation));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (rankOf(operand) === Rank.regex) throw badValue(`Can't have RegEx as arg to predicate over field '${path}'.`);
      return compares(name, operand, compile.collation);
    case '$in':
      return isIn(operand, compile.collation);
    case '$nin':
      if (!Array.isArray(operand)) throw badValue('$nin needs an array');
      return not(isIn(operand, compile.collation));
    case '$not':
      return negation(path, operand, compile);
    case '$exists':
      return exists(operand);
    case '$type':
      return hasType(operand);
    case '$regex':
      return regex(operand, siblings);
    case '$options':
      if (!('$regex' in siblings)) throw badValue('$options needs a $regex');
      return undefined;
    case '$mod':
      return modulo(operand);
    case '$size':
      return size(operand);
    case '$all':
      return allOf(path, operand, compile);
    case '$elemMatch':
      return elementMatch(path, operand, compile);
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return bits(name, operand);
    case '$comment':
      return undefined;
    case '$geoWithin':
    case '$within':
      return leaf(geoWithin(operand));
    case '$geoIntersects':
      return leaf(geoIntersects(operand));
    case '$near':
    case '$nearSphere':
      throw badValue('geo $near must be top-level expr');
    default:
      throw badValue(`unknown operator: ${name}`);
  }
}

function negation(path: string, operand: unknown, compile: Compiling): Operator {
  if (rankOf(operand) === Rank.regex) return not(leaf(storedRegexLeaf(operand as RegExp | BSONRegExp)));
  if (!isDocument(operand)) throw badValue('$not needs a regex or a document');
  if (Object.keys(operand).length === 0) throw badValue('$not cannot be empty');
  for (const name of Object.keys(operand)) if (!name.startsWith('$')) throw badValue(`unknown operator: ${name}`);
  return not(operatorDocument(path, operand, compile));
}

/** Truth as the query language takes it: everything but false, zero, null and undefined. */
export function isTrue(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === UNDEFINED) return false;
  return asNumber(value) !== 0;
}

function exists(operand: unknown): Operator {
  const present: Operator = { kind: 'leaf', spread: false, test: (value) => value !== undefined };
  return isTrue(operand) ? present : not(present);
}

const NUMBER_CODES = [1, 16, 18, 19];

function hasType(operand: unknown): Operator {
  const named = Array.isArray(operand) ? operand : [operand];
  if (named.length === 0) throw failedToParse('$type must match at least one type');
  const codes = new Set(named.flatMap(typeCodes));
  return leaf((value) => value !== undefined && codes.has(typeCode(value)));
}

/** The BSON type numbers that a `$type` name or number stands for. */
export function typeCodes(named: unknown): number[] {
  if (typeof named === 'string') {
    if (named === 'number') return NUMBER_CODES;
    const code = TYPE_CODES.get(named);
    if (code === undefined) throw badValue(`Unknown type name alias: ${named}`);
    return [code];
  }
  if (!isNumeric(named)) throw refusal(14, 'type must be represented as a number or a string');
  const code = asNumber(named) as number;
  if (code === 0) throw failedToParse('$type must be a valid type code; use {$exists:false} instead of 0');
  if (![...TYPE_CODES.values()].includes(code)) throw badValue(`Invalid numerical type code: ${code}`);
  return [code];
}

function regex(operand: unknown, siblings: Document): Operator {
  const options = siblings.$options;
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
  if (typeof operand === 'string') return leaf(regexLeaf(operand, options ?? ''));
  if (rankOf(operand) !== Rank.regex) throw badValue('$regex has to be a string');
  const given = optionsOf(operand as BSONRegExp);
  if (options !== undefined && given !== '') throw refusal(51075, 'options set in both $regex and $options');
  return leaf(regexLeaf(patternOf(operand as BSONRegExp), options ?? given));
}

function modulo(operand: unknown): Operator {
  if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array');
  if (operand.length < 2) throw badValue('malformed mod, not enough elements');
  if (operand.length > 2) throw badValue('malformed mod, too many elements');
  const [divisor, remainder] = operand.map(truncated);
  if (divisor === undefined) throw badValue('malformed mod, divisor not a number');
  if (remainder === undefined) throw badValue('malformed mod, remainder not a number');
  if (divisor === 0n) throw badValue('divisor cannot be 0');
  const small = Number(divisor);
  const rest = Number(remainder);
  return leaf((value) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && Number.isSafeInteger(small))
      return value % small === rest;
    const whole = truncated(value);
    return whole !== undefined && whole % divisor === remainder;
  });
}

/** The integer part of a finite number. */
function truncated(value: unknown): bigint | undefined {
  const whole = wholeNumber(value);
  if (whole !== undefined) return whole;
  const double = asNumber(value);
  return double === undefined || !Number.isFinite(double) ? undefined : BigInt(Math.trunc(double));
}

function size(operand: unknown): Operator {
  if (numberKind(operand) === undefined) {
    throw badValue(`Failed to parse $size. Expected a number in: $size: ${JSON.stringify(operand)}`);
  }
  const length = wholeNumber(operand);
  if (length === undefined) throw badValue(`Failed to parse $size. Expected an integer: $size: ${String(operand)}`);
  if (length < 0n) throw badValue(`Failed to parse $size. Expected a non-negative number in: $size: ${length}`);
  const wanted = Number(length);
  return { kind: 'array', test: (array) => (array.length === wanted ? OUTSIDE : NOWHERE) };
}

function allOf(path: string, operand: unknown, compile: Compiling): Operator {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  if (operand.length === 0) return leaf(() => false);
  const matches = operand.filter((part) => isDocument(part) && Object.keys(part)[0] === '$elemMatch');
  if (matches.length > 0) {
    if (matches.length < operand.length) throw badValue('$all/$elemMatch has to be consistent');
    return all(operand.map((part: Document) => elementMatch(path, part.$elemMatch, compile)));
  }
  return all(
    operand.map((part) => {
      if (isOperatorDocument(part)) throw badValue('no $ expressions in $all');
      return fieldOperator(path, part, compile);
    }),
  );
}

const LOGICAL = new Set(['$and', '$or', '$nor', '$where', '$expr', '$jsonSchema', '$comment']);

function elementMatch(path: string, operand: unknown, compile: Compiling): Operator {
  if (!isDocument(operand)) throw badValue('$elemMatch needs an Object');
  if (isOperatorDocument(operand) && !LOGICAL.has(Object.keys(operand)[0] as string)) {
    return { kind: 'array', test: firstOf(onValue(operatorDocument(path, operand, compile))) };
  }
  const predicate = compile.whole(operand);
  return {
    kind: 'array',
    test: firstOf((element) => {
      if (Array.isArray(element)) return predicate({ ...element }) !== NOWHERE;
      return isDocument(element) && predicate(element) !== NOWHERE;
    }),
  };
}

function firstOf(test: (element: unknown) => boolean): (array: readonly unknown[]) => number {
  return (array) => {
    const index = array.findIndex(test);
    return index < 0 ? NOWHERE : index;
  };
}
