/** How the unified test format compares what happened with what was expected. */
import { BSONValue, EJSON, Long } from 'bson';

type Fields = { [name: string]: unknown };

/** The first difference between `actual` and what the specification expects, in words; undefined when they agree. */
export function difference(expected: unknown, actual: unknown, path = '', root = true): string | undefined {
  const at = path === '' ? 'the value' : path;
  if (isFields(expected)) {
    const special = specialDifference(expected, actual, at, root);
    if (special !== 'none') return special;
    if (!isFields(actual)) return `${at} is ${shown(actual)}, not a document`;
    for (const name of Object.keys(expected)) {
      const inner = memberDifference(expected[name], actual, name, path === '' ? name : `${path}.${name}`);
      if (inner !== undefined) return inner;
    }
    if (root) return undefined;
    const extra = Object.keys(actual).find((name) => !(name in expected) && actual[name] !== undefined);
    return extra === undefined ? undefined : `${at} has an unexpected field ${extra}`;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return `${at} is ${shown(actual)}, not an array`;
    if (actual.length !== expected.length) return `${at} has ${actual.length} elements, not ${expected.length}`;
    for (let i = 0; i < expected.length; i++) {
      // Documents in an array of results are root documents again.
      const inner = difference(expected[i], actual[i], `${path}[${i}]`, false);
      if (inner !== undefined) return inner;
    }
    return undefined;
  }
  return scalarEqual(expected, actual) ? undefined : `${at} is ${shown(actual)}, not ${shown(expected)}`;
}

function memberDifference(expected: unknown, actual: Fields, name: string, path: string): string | undefined {
  if (isFields(expected) && '$$exists' in expected) {
    const exists = actual[name] !== undefined;
    return exists === expected.$$exists ? undefined : `${path} ${exists ? 'exists' : 'does not exist'}`;
  }
  if (isFields(expected) && '$$unsetOrMatches' in expected && isUnset(actual[name])) return undefined;
  return difference(expected, actual[name], path, false);
}

/** `none` when the expected document holds no operator of the test format. */
function specialDifference(expected: Fields, actual: unknown, at: string, root: boolean): string | undefined {
  if ('$$unsetOrMatches' in expected) {
    return isUnset(actual) ? undefined : difference(expected.$$unsetOrMatches, actual, at, root);
  }
  if ('$$type' in expected) {
    const types = [expected.$$type].flat();
    return types.includes(typeOf(actual)) ? undefined : `${at} is of type ${typeOf(actual)}, not ${types.join(' or ')}`;
  }
  const unknown = Object.keys(expected).find((name) => name.startsWith('$$'));
  return unknown === undefined ? 'none' : `${at} uses ${unknown}, which this runner does not know`;
}

/** The driver says "nothing upserted" with null where the format says nothing. */
function isUnset(value: unknown): boolean {
  return value === undefined || value === null;
}

function isFields(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !(value instanceof BSONValue) && !(value instanceof Date) && !(value instanceof Uint8Array);
}

function scalarEqual(expected: unknown, actual: unknown): boolean {
  const a = numberOf(expected);
  const b = numberOf(actual);
  if (a !== undefined && b !== undefined) return a === b;
  if (expected instanceof RegExp && typeof actual === 'string') return expected.test(actual);
  if (expected === actual) return true;
  return EJSON.stringify({ v: expected }) === EJSON.stringify({ v: actual });
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Long) return value.toNumber();
  return typeof value === 'bigint' ? Number(value) : undefined;
}

function typeOf(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  if (value instanceof Date) return 'date';
  if (Array.isArray(value)) return 'array';
  if (value instanceof BSONValue) {
    const name = value._bsontype;
    return name === 'ObjectId' ? 'objectId' : name === 'Long' ? 'long' : name === 'Int32' ? 'int' : name.toLowerCase();
  }
  return value === null ? 'null' : value === undefined ? 'undefined' : 'object';
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : EJSON.stringify({ v: value }).slice(5, -1);
}
