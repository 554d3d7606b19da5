/** What operators of expressions have in common. */
import type { Document } from '../../values/bson.ts';
import type { Collation } from '../../values/collation.ts';
import { failedToParse, refusal } from '../../values/errors.ts';
import { asNumber, isNumeric } from '../../values/numbers.ts';
import { compareValues } from '../../values/order.ts';
import { isDocument, typeName } from '../../values/types.ts';
import type { Expression, Scope } from '../scope.ts';

/** Compiles an operand. */
export type Compile = (expression: unknown) => Expression;

/** Compiles one use of an operator. */
export type Maker = (operand: unknown, compile: Compile) => Expression;

/** Whether expressions count a value as true: neither missing, null, false nor zero. */
export function isTruthy(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return isNumeric(value) ? asNumber(value) !== 0 : true;
}

/** Whether a value is null or missing. */
export const isNullish = (value: unknown) => value === undefined || value === null;

/** The operands as a list; a single operand needs no brackets. */
export function list(name: string, operand: unknown, compile: Compile, least: number, most: number): Expression[] {
  const parts = Array.isArray(operand) ? operand : [operand];
  if (parts.length < least || parts.length > most) {
    throw refusal(
      16020,
      `Expression ${name} takes ${least === most ? `exactly ${least}` : `between ${least} and ${most}`} arguments. ${parts.length} were passed in.`,
    );
  }
  return parts.map(compile);
}

/** An operator of one operand. */
export function unary(name: string, apply: (value: unknown) => unknown): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const [part] = list(name, operand, compile, 1, 1) as [Expression];
      return (scope) => apply(part(scope));
    },
  ];
}

/** An operator of a fixed number of operands, or of a few more. */
export function nary(
  name: string,
  least: number,
  most: number,
  apply: (...values: unknown[]) => unknown,
): [string, Maker] {
  return [
    name,
    (operand, compile) => {
      const parts = list(name, operand, compile, least, most);
      return (scope) => apply(...parts.map((part) => part(scope)));
    },
  ];
}

/** A missing value comes before every other, null included. */
export function compareMissing(a: unknown, b: unknown, collation: Collation | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  return compareValues(a, b, collation?.compare);
}

/** MongoDB's codes for operands that are not as they should be. */
interface NamedCodes {
  /** Of an operand that is no document. */
  other?: number;
  unknown?: number;
  /** Of each field that must be there. */
  missing?: readonly (readonly [field: string, code: number])[];
}

/** The operand as a document with no other fields than these, and all that must be there. */
export function named(
  name: string,
  operand: unknown,
  fields: readonly string[],
  { other = 9, unknown = 9, missing = [] }: NamedCodes = {},
): Document {
  if (!isDocument(operand)) throw refusal(other, `${name} only supports an object as its argument`);
  for (const field of Object.keys(operand)) {
    if (!fields.includes(field)) throw refusal(unknown, `Unrecognized parameter to ${name}: ${field}`);
  }
  for (const [field, code] of missing) {
    if (!(field in operand)) throw refusal(code, `Missing '${field}' parameter to ${name}`);
  }
  return operand;
}

/** The value as an array, null when it is null or missing; anything else is refused with `code`. */
export function arrayOrNull(name: string, value: unknown, code: number): readonly unknown[] | null {
  if (isNullish(value)) return null;
  if (!Array.isArray(value)) throw refusal(code, `input to ${name} must be an array not ${typeName(value)}`);
  return value;
}

/** The name of a variable a user sets, `otherwise` where none is given: it begins with a small letter, or is beyond ASCII. */
export function variableName(given: unknown, otherwise?: string): string {
  const name = given ?? otherwise;
  if (typeof name !== 'string') throw failedToParse(`a variable name must be a string, not ${typeName(name)}`);
  if (name === 'CURRENT') return name;
  if (name === '') throw failedToParse('empty variable names are not allowed');
  if (!/^[a-z\u0080-\uffff]/.test(name))
    throw failedToParse(`'${name}' starts with an invalid character for a user variable name`);
  if (!/^[\w\u0080-\uffff]*$/.test(name))
    throw failedToParse(`'${name}' contains an invalid character for a variable name`);
  return name;
}

/** The scope with one more variable. */
export const binding = (scope: Scope, name: string, value: unknown): Scope => ({
  ...scope,
  variables: { ...scope.variables, [name]: value },
});
