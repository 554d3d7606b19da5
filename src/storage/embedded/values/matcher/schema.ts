import { failedToParse, typeMismatch } from '../errors.ts';
import { asNumber, isNumeric } from '../numbers.ts';
import { compareValues } from '../order/compare.ts';
import { type Document, isDocument, typeCode } from '../types.ts';
import { typeCodes } from './field-operators.ts';
import type { Leaf } from './operator.ts';
import { compileRegex } from './regex.ts';

/** One keyword: takes its operand and the schema around it, gives a test of present values. */
type Keyword = (operand: unknown, schema: Document) => Leaf;

/** Compiles a JSON schema (MongoDB's dialect of draft 4) to a test of one value. */
export function schemaLeaf(schema: Document): Leaf {
  const tests: Leaf[] = [];
  for (const name of Object.keys(schema)) {
    const keyword = KEYWORDS.get(name);
    if (keyword === undefined) throw failedToParse(`Unknown $jsonSchema keyword: ${name}`);
    tests.push(keyword(schema[name], schema));
  }
  return (value) => tests.every((test) => test(value));
}

const JSON_TYPES: Readonly<Record<string, string>> = { boolean: 'bool' };

function ofTypes(keyword: string, operand: unknown): Leaf {
  const names = Array.isArray(operand) ? operand : [operand];
  const codes = new Set(
    names.flatMap((name) => {
      if (typeof name !== 'string')
        throw typeMismatch(`$jsonSchema keyword '${keyword}' must be either a string or an array of strings`);
      if (keyword === 'type' && name === 'integer')
        throw failedToParse("$jsonSchema type 'integer' is not currently supported.");
      return typeCodes((keyword === 'type' ? JSON_TYPES[name] : undefined) ?? name);
    }),
  );
  return (value) => codes.has(typeCode(value));
}

function schemas(keyword: string, operand: unknown): Leaf[] {
  if (!Array.isArray(operand)) throw typeMismatch(`$jsonSchema keyword '${keyword}' must be an array`);
  if (operand.length === 0) throw failedToParse(`$jsonSchema keyword '${keyword}' must be a non-empty array`);
  return operand.map((part) => schemaOf(keyword, part));
}

function schemaOf(keyword: string, operand: unknown): Leaf {
  if (!isDocument(operand)) throw typeMismatch(`$jsonSchema keyword '${keyword}' must be an object`);
  return schemaLeaf(operand);
}

function numberOf(keyword: string, operand: unknown): number {
  const value = asNumber(operand);
  if (value === undefined) throw typeMismatch(`$jsonSchema keyword '${keyword}' must be a number`);
  return value;
}

const onNumbers =
  (test: Leaf): Leaf =>
  (value) =>
    !isNumeric(value) || test(value);
const onStrings =
  (test: (value: string) => boolean): Leaf =>
  (value) =>
    typeof value !== 'string' || test(value);
const onArrays =
  (test: (value: readonly unknown[]) => boolean): Leaf =>
  (value) =>
    !Array.isArray(value) || test(value);
const onDocuments =
  (test: (value: Document) => boolean): Leaf =>
  (value) =>
    !isDocument(value) || test(value);

function namedSchemas(keyword: string, operand: unknown): [string, Leaf][] {
  if (!isDocument(operand)) throw typeMismatch(`$jsonSchema keyword '${keyword}' must be an object`);
  return Object.keys(operand).map((name) => [name, schemaOf(keyword, operand[name])]);
}

function additionalProperties(operand: unknown, schema: Document): Leaf {
  const known = new Set(isDocument(schema.properties) ? Object.keys(schema.properties) : []);
  const patterns = Object.keys(isDocument(schema.patternProperties) ? schema.patternProperties : {}).map((pattern) =>
    compileRegex(pattern, ''),
  );
  const allowed: Leaf = typeof operand === 'boolean' ? () => operand : schemaOf('additionalProperties', operand);
  return onDocuments((value) =>
    Object.keys(value).every(
      (name) => known.has(name) || patterns.some((pattern) => pattern.test(name)) || allowed(value[name]),
    ),
  );
}

function items(operand: unknown, schema: Document): Leaf {
  if (!Array.isArray(operand)) {
    const each = schemaOf('items', operand);
    return onArrays((value) => value.every(each));
  }
  const each = operand.map((part) => schemaOf('items', part));
  const extra = schema.additionalItems;
  const rest: Leaf = isDocument(extra) ? schemaLeaf(extra) : () => extra !== false;
  return onArrays((value) => value.every((element, i) => (each[i] ?? rest)(element)));
}

function uniqueItems(operand: unknown): Leaf {
  if (operand !== true) return () => true;
  return onArrays((value) => {
    const sorted = [...value].sort(compareValues);
    return sorted.every((element, i) => i === 0 || compareValues(sorted[i - 1], element) !== 0);
  });
}

function dependencies(operand: unknown): Leaf {
  if (!isDocument(operand)) throw typeMismatch("$jsonSchema keyword 'dependencies' must be an object");
  const rules = Object.keys(operand).map((name): [string, Leaf] => {
    const needed = operand[name];
    return [name, Array.isArray(needed) ? required(needed) : schemaOf('dependencies', needed)];
  });
  return onDocuments((value) => rules.every(([name, test]) => !Object.hasOwn(value, name) || test(value)));
}

function required(operand: unknown): Leaf {
  if (!Array.isArray(operand)) throw typeMismatch("$jsonSchema keyword 'required' must be an array");
  if (operand.length === 0) throw failedToParse("$jsonSchema keyword 'required' cannot be an empty array");
  return onDocuments((value) => operand.every((name) => Object.hasOwn(value, String(name))));
}

const codePoints = (text: string) => [...text].length;
const note: Keyword = () => () => true;

const KEYWORDS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['bsonType', (operand) => ofTypes('bsonType', operand)],
  ['type', (operand) => ofTypes('type', operand)],
  ['title', note],
  ['description', note],
  ['additionalItems', note],
  ['exclusiveMaximum', note],
  ['exclusiveMinimum', note],
  [
    'enum',
    (operand) => {
      if (!Array.isArray(operand)) throw typeMismatch("$jsonSchema keyword 'enum' must be an array");
      return (value) => operand.some((other) => compareValues(value, other) === 0);
    },
  ],
  ['required', required],
  [
    'properties',
    (operand) => {
      const rules = namedSchemas('properties', operand);
      return onDocuments((value) => rules.every(([name, test]) => !Object.hasOwn(value, name) || test(value[name])));
    },
  ],
  [
    'patternProperties',
    (operand) => {
      const rules = namedSchemas('patternProperties', operand).map(
        ([name, test]) => [compileRegex(name, ''), test] as const,
      );
      return onDocuments((value) =>
        Object.keys(value).every((name) => rules.every(([pattern, test]) => !pattern.test(name) || test(value[name]))),
      );
    },
  ],
  ['additionalProperties', additionalProperties],
  ['dependencies', dependencies],
  ['items', items],
  ['uniqueItems', uniqueItems],
  ['minItems', (operand) => onArrays((value) => value.length >= numberOf('minItems', operand))],
  ['maxItems', (operand) => onArrays((value) => value.length <= numberOf('maxItems', operand))],
  ['minLength', (operand) => onStrings((value) => codePoints(value) >= numberOf('minLength', operand))],
  ['maxLength', (operand) => onStrings((value) => codePoints(value) <= numberOf('maxLength', operand))],
  [
    'pattern',
    (operand) => {
      const pattern = compileRegex(String(operand), '');
      return onStrings((value) => pattern.test(value));
    },
  ],
  [
    'minimum',
    (operand, schema) => {
      numberOf('minimum', operand);
      return onNumbers((value) => compareValues(value, operand) >= (schema.exclusiveMinimum === true ? 1 : 0));
    },
  ],
  [
    'maximum',
    (operand, schema) => {
      numberOf('maximum', operand);
      return onNumbers((value) => compareValues(value, operand) <= (schema.exclusiveMaximum === true ? -1 : 0));
    },
  ],
  [
    'multipleOf',
    (operand) => {
      const unit = numberOf('multipleOf', operand);
      if (unit <= 0) throw failedToParse("$jsonSchema keyword 'multipleOf' must have a positive value");
      return onNumbers((value) => (asNumber(value) as number) % unit === 0);
    },
  ],
  [
    'minProperties',
    (operand) => onDocuments((value) => Object.keys(value).length >= numberOf('minProperties', operand)),
  ],
  [
    'maxProperties',
    (operand) => onDocuments((value) => Object.keys(value).length <= numberOf('maxProperties', operand)),
  ],
  [
    'allOf',
    (operand) => {
      const tests = schemas('allOf', operand);
      return (value) => tests.every((test) => test(value));
    },
  ],
  [
    'anyOf',
    (operand) => {
      const tests = schemas('anyOf', operand);
      return (value) => tests.some((test) => test(value));
    },
  ],
  [
    'oneOf',
    (operand) => {
      const tests = schemas('oneOf', operand);
      return (value) => tests.filter((test) => test(value)).length === 1;
    },
  ],
  [
    'not',
    (operand) => {
      const test = schemaOf('not', operand);
      return (value) => !test(value);
    },
  ],
]);
