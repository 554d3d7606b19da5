/** What an index may be: its specification checked, completed, and compared with those that are there. */
import type { Collection, Index } from '../disk/catalog.ts';
import { checkPartialFilter } from '../query/partial.ts';
import type { Document } from '../values/bson.ts';
import { CommandError, failedToParse, refusal, typeMismatch } from '../values/errors.ts';
import { compileFilter } from '../values/matcher.ts';
import { asNumber } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { show } from '../values/show.ts';
import { isDocument, typeName } from '../values/types.ts';
import { collationField } from './command.ts';

export const cannotCreate = (why: string) => new CommandError(67, 'CannotCreateIndex', why);
const SPEC_FIELDS = new Set([
  'key',
  'name',
  'unique',
  'sparse',
  'background',
  'expireAfterSeconds',
  'partialFilterExpression',
  'v',
  'ns',
  'hidden',
  'collation',
  'dropDups',
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'storageEngine',
  'wildcardProjection',
  'prepareUnique',
  'clustered',
]);

/** What is either so or not so; MongoDB takes numbers for these too. */
const FLAGS = ['unique', 'sparse', 'background', 'hidden', 'prepareUnique', 'clustered'] as const;

/** A checked specification, with what MongoDB adds to it. */
export function checkedSpec(asked: unknown): Document {
  if (!isDocument(asked)) throw refusal(14, 'The elements of the "indexes" array must be objects');
  const given = withFlags(asked);
  for (const field of Object.keys(given)) {
    if (!SPEC_FIELDS.has(field)) {
      throw new CommandError(
        197,
        'InvalidIndexSpecificationOption',
        `The field '${field}' is not valid for an index specification. Specification: ${show(given)}`,
      );
    }
  }
  const { key, name } = given;
  if (key === undefined) throw required('key', given);
  if (!isDocument(key)) throw typeMismatch(`The field 'key' must be an object, but got ${typeName(key)}`);
  if (name === undefined) throw required('name', given);
  if (typeof name !== 'string') throw typeMismatch(`The field 'name' must be a string, but got ${typeName(name)}`);
  const fields = Object.keys(key);
  if (fields.length === 0) throw cannotCreate('Index keys cannot be an empty object.');
  if (fields.length > 32) throw cannotCreate('too many fields in the index key pattern; at most 32');
  for (const field of fields) checkKeyField(field, key[field]);
  if (fields.length === 1 && fields[0] === '_id' && (asNumber(key._id) ?? 0) > 0) checkIdSpec(given);
  if (given.unique === true && 'expireAfterSeconds' in given && fields.length > 1) {
    throw cannotCreate('TTL indexes are single-field indexes, compound indexes do not support TTL');
  }
  checkTtl(given, fields);
  const partial = given.partialFilterExpression;
  if (partial !== undefined) {
    if (!isDocument(partial)) throw refusal(14, "The field 'partialFilterExpression' must be an object");
    if (given.sparse === true) throw cannotCreate('cannot mix "partialFilterExpression" and "sparse" options');
    checkPartialFilter(partial);
    compileFilter(partial);
  }
  const collation = collationField(given);
  const { key: _key, name: _name, unique, collation: _collation, ns: _ns, v: _v, dropDups: _dropDups, ...kept } = given;
  if (name === '' || name === '*') throw cannotCreate('index name must be a text, not empty and not *');
  const geo = fields.some((field) => key[field] === '2dsphere') ? { '2dsphereIndexVersion': 3 } : {};
  // Null marks the order of bytes, where the collection may have another.
  return {
    v: 2,
    key,
    name,
    ...(unique === true ? { unique } : {}),
    ...kept,
    ...geo,
    ...(collation === undefined ? {} : { collation: collation?.spec ?? null }),
  };
}

/** The specification with its numbers for flags made flags. */
function withFlags(given: Document): Document {
  const flags: Document = {};
  for (const name of FLAGS) {
    const value = given[name];
    if (value === undefined || typeof value === 'boolean') continue;
    const number = asNumber(value);
    if (number === undefined) {
      throw typeMismatch(`The field '${name}' has value ${name}: ${show(value)}, which is not convertible to bool`);
    }
    flags[name] = number !== 0;
  }
  return { ...given, ...flags };
}

const required = (field: string, spec: Document) =>
  failedToParse(`The '${field}' field is a required property of an index specification. Specification: ${show(spec)}`);

/** What the index on `_id` may say of itself. */
const ID_FIELDS = new Set(['key', 'name', 'ns', 'v', 'collation', 'clustered']);

function checkIdSpec(spec: Document): void {
  for (const field of Object.keys(spec)) {
    if (ID_FIELDS.has(field)) continue;
    throw new CommandError(
      197,
      'InvalidIndexSpecificationOption',
      `The field '${field}' is not valid for an _id index specification. Specification: ${show(spec)}`,
    );
  }
}

function checkKeyField(field: string, value: unknown): void {
  if (field === '') throw cannotCreate('Index keys cannot be an empty field.');
  if (field.split('.').includes('')) throw cannotCreate(`Index key contains an empty path component: ${field}`);
  if (field.startsWith('$') && field !== '$**') {
    throw cannotCreate(`Index key contains an illegal field name: field name starts with '$'.`);
  }
  // Kept for what they say; queries by place, by hash or by any field are answered without them.
  if (value === 'hashed' || value === '2d' || value === '2dsphere') return;
  if (typeof value === 'string') throw cannotCreate(`Index type '${value}' is not supported by this store`);
  const number = asNumber(value);
  if (number === undefined || number === 0 || Number.isNaN(number)) {
    throw cannotCreate(
      `Values in v:2 index key pattern cannot be of type other than a number different from 0. Field '${field}': ${show(value)}`,
    );
  }
}

function checkTtl(spec: Document, fields: readonly string[]): void {
  if (spec.expireAfterSeconds === undefined) return;
  const seconds = asNumber(spec.expireAfterSeconds);
  if (seconds === undefined || seconds < 0 || seconds > 2_147_483_647) {
    throw cannotCreate(
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, found ${show(spec.expireAfterSeconds)}`,
    );
  }
  if (fields.length > 1)
    throw cannotCreate('TTL indexes are single-field indexes, compound indexes do not support TTL');
}

/** The specification with the collection's own collation, unless it has one. */
export function collated({ collation, ...spec }: Document, { options }: Collection): Document {
  const own = collation === undefined ? options.collation : collation;
  return own === undefined || own === null ? spec : { ...spec, collation: own };
}

/** What makes two indexes on the same fields different indexes. */
const SIGNATURE = ['collation', 'partialFilterExpression', 'unique', 'sparse'] as const;
/** What else must be the same for them to be one. */
const OTHER = ['expireAfterSeconds', 'hidden'] as const;

/** The wanted index if it is there already; refused when the same name or the same index is there with other options. */
export function alreadyThere(collection: Collection, wanted: Document): Index | undefined {
  for (const index of collection.indexes) {
    const { spec, name } = index;
    const same = (option: string) => compareValues(spec[option] || null, wanted[option] || null) === 0;
    const samePattern = compareValues(spec.key, wanted.key) === 0;
    if (samePattern && name === '_id_') return index;
    const equivalent = samePattern && SIGNATURE.every(same);
    if (name === wanted.name) {
      if (equivalent && OTHER.every(same)) return index;
      throw new CommandError(
        equivalent ? 85 : 86,
        equivalent ? 'IndexOptionsConflict' : 'IndexKeySpecsConflict',
        `An ${equivalent ? 'equivalent index already exists with the same name but different options' : 'existing index has the same name as the requested index'}. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${show(wanted)}, existing index: ${show(spec)}`,
      );
    }
    if (equivalent) {
      throw new CommandError(85, 'IndexOptionsConflict', `Index already exists with a different name: ${name}`);
    }
  }
  return undefined;
}
