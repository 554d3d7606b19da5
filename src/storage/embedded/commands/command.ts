/** What every command is given, and the readers of its fields. */
import { Long } from 'bson';
import type { Cursors } from '../cursors.ts';
import type { Catalog, Collection } from '../disk/catalog.ts';
import { evaluate } from '../expressions/expression.ts';
import type { Readable } from '../query/readable.ts';
import type { Document } from '../values/bson.ts';
import { type Collation, readCollation } from '../values/collation.ts';
import { CommandError, refusal, typeMismatch } from '../values/errors.ts';
import { asNumber } from '../values/numbers.ts';
import { isDocument, setField, typeName } from '../values/types.ts';
import type { Work } from '../work.ts';

/** The parts of the engine a command works with. */
export interface Parts extends Readable {
  readonly catalog: Catalog;
  readonly cursors: Cursors;
  readonly startedAt: Date;
}

/** One command on its way. */
export interface Call extends Parts {
  readonly name: string;
  readonly body: Document;
  readonly database: string;
  /** Documents that came as bytes: `documents`, `updates` or `deletes`. */
  readonly lifted: ReadonlyMap<string, readonly Uint8Array[]>;
  readonly connection: number;
}

/** One command. */
export interface Command {
  /** Whether it must run inside a transaction. */
  readonly writes: boolean | ((body: Document) => boolean);
  run(call: Call): Uint8Array | Work;
  /** The array field whose documents are left as bytes. */
  readonly lift?: string;
}

/** The collection a command names in its first field; undefined when there is none of that name. */
export function namedCollection(call: Call): Collection | undefined {
  return call.catalog.find(call.database, collectionName(call));
}

/** The collection name in a command's first field. */
export function collectionName({ name, body, database }: Call): string {
  const given = body[name];
  if (typeof given !== 'string') throw refusal(73, `collection name has invalid type ${typeName(given)}`);
  checkNamespace(database, given);
  return given;
}

/** Refuses names MongoDB refuses (code 73). */
export function checkNamespace(database: string, name: string): void {
  if (database === '' || /[\0/\\. "$]/.test(database) || database.length > 63) {
    throw badName(`Invalid database name: '${database}'`);
  }
  if (name === '' || name.startsWith('.') || name.endsWith('.') || /[\0$]/.test(name)) {
    throw badName(`Invalid namespace specified '${database}.${name}'`);
  }
  if (Buffer.byteLength(name) + database.length + 1 > 255)
    throw badName(`Fully qualified namespace is too long: ${name}`);
}

function badName(why: string): CommandError {
  return new CommandError(73, 'InvalidNamespace', why);
}

/** The collection to be written, if it exists. Refused (code 166) when it is a view. */
export function writable({ catalog, database }: Call, name: string): Collection | undefined {
  const found = catalog.find(database, name);
  if (found?.options.viewOn === undefined) return found;
  throw new CommandError(166, 'CommandNotSupportedOnView', `Namespace ${found.namespace} is a view, not a collection`);
}

/** Makes the collection when it does not exist yet. */
export function ensureCollection(call: Call, name: string): Collection {
  return writable(call, name) ?? call.catalog.create(call.database, name, {});
}

/** A field that must be a document when it is there. */
export function documentField(body: Document, name: string): Document | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!isDocument(value))
    throw typeMismatch(`BSON field '${name}' is the wrong type '${typeName(value)}', expected type 'object'`);
  return value;
}

/** The command's `let`: variables whose values are expressions without a document. */
export function letVariables({ body, now }: Pick<Call, 'body' | 'now'>): Document | undefined {
  const given = documentField(body, 'let');
  if (given === undefined) return undefined;
  const variables: Document = {};
  for (const name of Object.keys(given)) setField(variables, name, evaluate(given[name], {}, { NOW: now() }));
  return variables;
}

/** A field that must be a whole number, not negative, when it is there. */
export function countField(body: Document, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  const number = asNumber(value);
  if (number === undefined) {
    throw typeMismatch(
      `BSON field '${name}' is the wrong type '${typeName(value)}', expected types '[long, int, decimal, double]'`,
    );
  }
  if (number < 0) throw refusal(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
  return Math.trunc(number);
}

/** A flag: absent means false; MongoDB takes numbers for flags too. */
export function flagField(body: Document, name: string): boolean {
  const value = body[name];
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  const number = asNumber(value);
  if (number === undefined)
    throw typeMismatch(`Field '${name}' should be a boolean value, but found: ${typeName(value)}`);
  return number !== 0;
}

/** A field that must be an array when it is there. */
export function arrayField(body: Document, name: string): readonly unknown[] | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (!Array.isArray(value))
    throw typeMismatch(`BSON field '${name}' is the wrong type '${typeName(value)}', expected type 'array'`);
  return value;
}

/** The `collation` of a command or of one of its items: undefined when there is none, null for the order of bytes. */
export function collationField(body: Document): Collation | null | undefined {
  const given = documentField(body, 'collation');
  if (given === undefined || Object.keys(given).length === 0) return undefined;
  return readCollation(given) ?? null;
}

/** A cursor id as the protocol carries it. */
export function cursorId(value: unknown): bigint {
  if (value instanceof Long || (typeof value === 'object' && value !== null && 'low' in value)) {
    return BigInt((value as Long).toString());
  }
  throw typeMismatch(`BSON field of a cursor id is the wrong type '${typeName(value)}', expected type 'long'`);
}
