import { bsonType } from 'bson';

/**
 * A document as this engine holds it in memory. A BSON int32 is a plain JavaScript number; a double is a plain number
 * too, unless its value could be taken for an int32 (5.0), when it is a `Double`; every other BSON type has its class
 * from the `bson` package. A JavaScript `undefined` means "no such field" everywhere.
 */
export type Document = { [field: string]: unknown };

/** BSON's deprecated `undefined` (0x06): a value of its own, because a missing field is something else. */
export class BsonUndefined {
  /** What EJSON and logs show. */
  toJSON(): { $undefined: true } {
    return { $undefined: true };
  }
}

/** The one instance of BSON's `undefined`. */
export const UNDEFINED = new BsonUndefined();

/** BSON's deprecated DBPointer (0x0c), kept only so that a document holding one is stored unharmed. */
export class DbPointer {
  readonly namespace: string;
  readonly id: Uint8Array;

  constructor(namespace: string, id: Uint8Array) {
    this.namespace = namespace;
    this.id = id;
  }
}

/**
 * The place of each BSON type in MongoDB's comparison order. The numbers double as the leading byte of index keys, so
 * they stay between 1 and 254.
 */
export const Rank = {
  minKey: 1,
  undefined: 10,
  null: 15,
  number: 20,
  string: 25,
  object: 30,
  array: 35,
  binary: 40,
  objectId: 45,
  boolean: 50,
  date: 55,
  timestamp: 60,
  regex: 65,
  dbPointer: 70,
  code: 75,
  codeWithScope: 80,
  maxKey: 250,
} as const;

/** The names and numbers `$type` accepts, in the order of the numbers. */
export const TYPE_CODES: ReadonlyMap<string, number> = new Map([
  ['double', 1],
  ['string', 2],
  ['object', 3],
  ['array', 4],
  ['binData', 5],
  ['undefined', 6],
  ['objectId', 7],
  ['bool', 8],
  ['date', 9],
  ['null', 10],
  ['regex', 11],
  ['dbPointer', 12],
  ['javascript', 13],
  ['symbol', 14],
  ['javascriptWithScope', 15],
  ['int', 16],
  ['timestamp', 17],
  ['long', 18],
  ['decimal', 19],
  ['minKey', -1],
  ['maxKey', 127],
]);

/** The tag of a value made by the `bson` package, whichever copy of it made the value. */
export function tagOf(value: object): string | undefined {
  return (value as { [bsonType]?: string })[bsonType];
}

/** Whether a number would be stored as int32 (rather than as a double). */
export function isInt32(value: number): boolean {
  return (value | 0) === value && !(value === 0 && 1 / value < 0);
}

/** Whether the value is an embedded document (not an array, not any other BSON type). */
export function isDocument(value: unknown): value is Document {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return rankOf(value) === Rank.object;
}

/** The place of a value's type in the comparison order; a missing value ranks as null. */
export function rankOf(value: unknown): number {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return Rank.number;
    case 'string':
      return Rank.string;
    case 'boolean':
      return Rank.boolean;
    case 'object':
      return value === null ? Rank.null : rankOfObject(value);
    default:
      return Rank.null;
  }
}

function rankOfObject(value: object): number {
  if (Array.isArray(value)) return Rank.array;
  if (value instanceof Date) return Rank.date;
  switch (tagOf(value)) {
    case undefined:
      break;
    case 'ObjectId':
      return Rank.objectId;
    case 'Int32':
    case 'Double':
    case 'Long':
    case 'Decimal128':
      return Rank.number;
    case 'Binary':
      return Rank.binary;
    case 'BSONRegExp':
      return Rank.regex;
    case 'Timestamp':
      return Rank.timestamp;
    case 'MinKey':
      return Rank.minKey;
    case 'MaxKey':
      return Rank.maxKey;
    case 'BSONSymbol':
      return Rank.string;
    case 'Code':
      return (value as { scope?: unknown }).scope ? Rank.codeWithScope : Rank.code;
    default:
      return Rank.object;
  }
  if (value instanceof Uint8Array) return Rank.binary;
  if (value instanceof RegExp) return Rank.regex;
  if (value === UNDEFINED) return Rank.undefined;
  if (value instanceof DbPointer) return Rank.dbPointer;
  return Rank.object;
}

const RANK_NAMES: Readonly<Record<number, string>> = {
  [Rank.minKey]: 'minKey',
  [Rank.undefined]: 'undefined',
  [Rank.null]: 'null',
  [Rank.string]: 'string',
  [Rank.object]: 'object',
  [Rank.array]: 'array',
  [Rank.binary]: 'binData',
  [Rank.objectId]: 'objectId',
  [Rank.boolean]: 'bool',
  [Rank.date]: 'date',
  [Rank.timestamp]: 'timestamp',
  [Rank.regex]: 'regex',
  [Rank.dbPointer]: 'dbPointer',
  [Rank.code]: 'javascript',
  [Rank.codeWithScope]: 'javascriptWithScope',
  [Rank.maxKey]: 'maxKey',
};

/** The name of a value's BSON type as `$type` and MongoDB's error texts say it; `missing` for no value. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'object' && value !== null) {
    switch (tagOf(value)) {
      case 'Int32':
        return 'int';
      case 'Double':
        return 'double';
      case 'Long':
        return 'long';
      case 'Decimal128':
        return 'decimal';
      case 'BSONSymbol':
        return 'symbol';
    }
  }
  return RANK_NAMES[rankOf(value)] ?? 'object';
}

/** The number of a value's BSON type as `$type` counts them. */
export function typeCode(value: unknown): number {
  return TYPE_CODES.get(typeName(value)) ?? 0;
}

/** The field of a document, never one inherited from JavaScript's own Object (`constructor`, `__proto__`). */
export function field(document: Document, name: string): unknown {
  const value = document[name];
  return value !== undefined && name in Object.prototype && !Object.hasOwn(document, name) ? undefined : value;
}

/** Sets a field as a field, also when its name is `__proto__`. */
export function setField(document: Document, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(document, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    document[name] = value;
  }
}
