/** Says which rule of a collection a document breaks, in the form of MongoDB's `errInfo`. */
import type { Document } from '../values/bson.ts';
import { isOperatorDocument } from '../values/matcher/field-operators.ts';
import { schemaLeaf } from '../values/matcher/schema.ts';
import { field, isDocument, typeName } from '../values/types.ts';

/** What of the validator the document does not meet. */
export function brokenRules(validator: Document, document: Document): Document {
  const names = Object.keys(validator);
  const [name = ''] = names;
  if (names.length > 1) return { operatorName: '$and', specifiedAs: validator };
  const condition = validator[name];
  if (name === '$jsonSchema' && isDocument(condition)) {
    return { operatorName: name, schemaRulesNotSatisfied: brokenKeywords(condition, document) };
  }
  if (name.startsWith('$')) return { operatorName: name, specifiedAs: validator };
  const operatorName = isOperatorDocument(condition) ? (Object.keys(condition)[0] as string) : '$eq';
  const value = field(document, name);
  const considered =
    value === undefined ? { reason: 'field was missing' } : { reason: 'comparison failed', consideredValue: value };
  return { operatorName, specifiedAs: validator, ...considered };
}

/** The keywords of a schema that a value does not meet. */
function brokenKeywords(schema: Document, value: unknown): Document[] {
  return Object.keys(schema).flatMap((keyword) => {
    const alone: Document = { [keyword]: schema[keyword] };
    // Whether a property is an additional one is for the named ones to tell.
    if (keyword === 'additionalProperties') Object.assign(alone, anything(schema));
    return schemaLeaf(alone)(value) ? [] : [brokenKeyword(keyword, schema[keyword], value)];
  });
}

function anything({ properties, patternProperties }: Document): Document {
  const open = (named: unknown) =>
    isDocument(named) ? Object.fromEntries(Object.keys(named).map((name) => [name, {}])) : {};
  return { properties: open(properties), patternProperties: open(patternProperties) };
}

function brokenKeyword(keyword: string, operand: unknown, value: unknown): Document {
  const specifiedAs = { [keyword]: operand };
  if (keyword === 'required' && Array.isArray(operand) && isDocument(value)) {
    const missingProperties = operand.filter((name) => field(value, String(name)) === undefined);
    return { operatorName: keyword, specifiedAs, missingProperties };
  }
  if (keyword === 'properties' && isDocument(operand) && isDocument(value)) {
    return { operatorName: keyword, propertiesNotSatisfied: brokenProperties(operand, value) };
  }
  return {
    operatorName: keyword,
    specifiedAs,
    ...reasonOf(keyword),
    consideredValue: value,
    consideredType: typeName(value),
  };
}

function reasonOf(keyword: string): Document {
  if (keyword === 'bsonType' || keyword === 'type') return { reason: 'type did not match' };
  if (keyword === 'enum') return { reason: 'value was not found in enum' };
  return { reason: 'comparison failed' };
}

function brokenProperties(schemas: Document, value: Document): Document[] {
  return Object.keys(schemas).flatMap((propertyName) => {
    const schema = schemas[propertyName];
    const own = field(value, propertyName);
    if (own === undefined || !isDocument(schema)) return [];
    const details = brokenKeywords(schema, own);
    if (details.length === 0) return [];
    const description = typeof schema.description === 'string' ? { description: schema.description } : {};
    return [{ propertyName, ...description, details }];
  });
}
