import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson';
import fc from 'fast-check';
import { type Document, decode } from '../../../src/storage/embedded/values/bson.ts';
import { DbPointer, setField, UNDEFINED } from '../../../src/storage/embedded/values/types.ts';

/** A document as the engine meets it: written by the driver's own library, read by ours. */
export function stored(document: Document): Document {
  return decode(serialize(document, { ignoreUndefined: false }));
}

/** Whole numbers near the edges of int32, of exact doubles and of int64. */
const WHOLE = [
  0n,
  1n,
  -1n,
  5n,
  10n,
  2n ** 31n - 1n,
  2n ** 31n,
  -(2n ** 31n),
  -(2n ** 31n) - 1n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 53n + 1n,
  2n ** 53n + 2n,
  -(2n ** 53n) - 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];

const DECIMALS = [
  '0',
  '-0',
  '0E+10',
  '1',
  '1.0',
  '1.00',
  '10',
  '1E+1',
  '0.1',
  '0.1000000000000000055511151231257827',
  '0.10000000000000000555111512312578',
  '-0.1',
  '0.5',
  '9007199254740993',
  '9007199254740992.5',
  '9223372036854775807',
  '9223372036854775808',
  '1E-6176',
  '-1E-6176',
  '1E+400',
  '-1E+400',
  '1.5E+400',
  '9.999999999999999999999999999999999E+6144',
  'Infinity',
  '-Infinity',
  'NaN',
];

const DOUBLES = [
  0,
  -0,
  0.1,
  -0.1,
  0.5,
  1,
  10,
  2 ** 31,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 63,
  -(2 ** 63),
  5e-324,
  -5e-324,
  1.7976931348623157e308,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

const double = (value: number) => (Number.isInteger(value) ? new Double(value) : value);

/** Numbers of all four types, many of them equal or almost equal across types. */
export const numbers: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.integer(),
  fc.constantFrom(...DOUBLES).map(double),
  fc.double().map(double),
  fc.constantFrom(...WHOLE).map((value) => Long.fromBigInt(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
  fc.constantFrom(...DECIMALS).map((text) => Decimal128.fromString(text)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 34n) + 1n, max: 10n ** 34n - 1n }), fc.integer({ min: -40, max: 20 }))
    .map(([digits, power]) => Decimal128.fromString(`${digits}E${power}`)),
  fc.integer({ min: -20, max: 20 }).map((value) => new Int32(value)),
);

/** Well-formed strings over the whole of Unicode, null characters and astral planes included. */
export const strings: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({
    unit: fc.constantFrom(
      'a',
      'b',
      '\0',
      '\u0001',
      '\u00e9',
      '\ud7ff',
      '\ue000',
      '\uffff',
      '\u{10000}',
      '\u{1f600}',
      '里',
    ),
    maxLength: 5,
  }),
  fc.string({ minLength: 20, maxLength: 60 }),
);

const names = fc.oneof(
  fc.constantFrom('a', 'b', 'c', '', '__proto__', 'constructor', 'toString', '_bsontype', '$ref', 'a.b', '名'),
  fc.string({ unit: 'binary', maxLength: 4 }).filter((name) => !name.includes('\0')),
);

const cstrings = fc.string({ unit: 'binary', maxLength: 4 }).filter((text) => !text.includes('\0'));
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

function regex(pattern: string, options: string): BSONRegExp {
  const value = new BSONRegExp(pattern, '');
  value.options = options;
  return value;
}

/** Every value that is no document and no array. */
export const scalars: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: numbers },
  { weight: 4, arbitrary: strings },
  fc.boolean(),
  fc.constantFrom<unknown>(null, UNDEFINED, new MinKey(), new MaxKey()),
  fc.date({ noInvalidDate: true }),
  fc.date({ min: new Date(-5), max: new Date(5), noInvalidDate: true }),
  bytes(12).map((id) => new ObjectId(id)),
  fc
    .tuple(fc.uint8Array({ maxLength: 5 }), fc.constantFrom(0, 2, 3, 4, 5, 128))
    .map(([data, type]) => new Binary(data, type)),
  fc.tuple(fc.nat(3), fc.nat({ max: 0xffffffff })).map(([t, i]) => new Timestamp({ t, i })),
  fc.tuple(cstrings, fc.constantFrom('', 'i', 'im', 'x')).map(([pattern, options]) => regex(pattern, options)),
  strings.map((text) => new BSONSymbol(text)),
  strings.map((text) => new Code(text)),
  fc.tuple(strings, fc.integer()).map(([text, value]) => new Code(text, { value })),
  fc.tuple(strings, bytes(12)).map(([namespace, id]) => new DbPointer(namespace, id)),
);

function documentOf(fields: readonly (readonly [string, unknown])[]): Document {
  const document: Document = {};
  for (const [name, value] of fields) setField(document, name, value);
  return document;
}

const tree = fc.letrec<{ value: unknown; document: Document }>((tie) => ({
  document: fc.array(fc.tuple(names, tie('value')), { maxLength: 4 }).map(documentOf),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 5, arbitrary: scalars },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 1, arbitrary: tie('document') },
  ),
}));

/** Any BSON value. */
export const values: fc.Arbitrary<unknown> = tree.value;

/** Any document. */
export const documents: fc.Arbitrary<Document> = tree.document;
