/** One document as a line and back: nothing may change on the way, and what would is not written as a line at all. */
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  type Document,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, idFirst, lineOf } from '../../scripts/data-move/line.ts';
import { encode } from '../../src/storage/embedded/values/bson.ts';
import { DbPointer, UNDEFINED } from '../../src/storage/embedded/values/types.ts';
import { documents, scalars } from '../storage/values/arbitraries.ts';

const hex = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : Buffer.from(bytes).toString('hex'));

test('a line that is written leads back to the same bytes, whatever the document', () => {
  fc.assert(
    fc.property(documents, (document) => {
      const bytes = encode(document);
      const line = lineOf(bytes);
      if (line === undefined) return;
      expect(line).not.toMatch(/[\r\n]/);
      expect(hex(bytesOf(line))).toBe(hex(idFirst(bytes)));
    }),
    { numRuns: 500 },
  );
});

test('every document of ordinary names and types a driver writes has a line', () => {
  const names = fc.stringMatching(/^[a-z_.里][a-z0-9_. ]{0,5}$/).filter((name) => name !== '__proto__');
  const written = scalars.filter(
    (value) =>
      value !== UNDEFINED &&
      !(value instanceof DbPointer) &&
      // A UUID has 16 bytes, whatever can be stored as one.
      !(value instanceof Binary && value.sub_type === Binary.SUBTYPE_UUID),
  );
  const values = fc.oneof(written, fc.array(written, { maxLength: 3 }), fc.dictionary(names, written, { maxKeys: 3 }));
  fc.assert(
    fc.property(fc.dictionary(names, values, { maxKeys: 5 }), (document) => {
      expect(lineOf(encode({ _id: 1, ...document }))).toBeDefined();
    }),
    { numRuns: 500 },
  );
});

test.each<[string, Document, string]>([
  ['int32', { a: 5 }, '{"a":{"$numberInt":"5"}}'],
  ['double', { a: new Double(5) }, '{"a":{"$numberDouble":"5.0"}}'],
  ['long', { a: Long.fromString('9007199254740993') }, '{"a":{"$numberLong":"9007199254740993"}}'],
  ['decimal', { a: Decimal128.fromString('1.00') }, '{"a":{"$numberDecimal":"1.00"}}'],
  ['NaN', { a: Number.NaN }, '{"a":{"$numberDouble":"NaN"}}'],
  ['minus zero', { a: -0 }, '{"a":{"$numberDouble":"-0.0"}}'],
  ['infinity', { a: Number.NEGATIVE_INFINITY }, '{"a":{"$numberDouble":"-Infinity"}}'],
  ['date', { a: new Date(0) }, '{"a":{"$date":{"$numberLong":"0"}}}'],
  ['a date before all ISO years', { a: new Date(-8.64e15) }, '{"a":{"$date":{"$numberLong":"-8640000000000000"}}}'],
  ['object id', { a: new ObjectId('0123456789abcdef01234567') }, '{"a":{"$oid":"0123456789abcdef01234567"}}'],
  ['binary', { a: new Binary(Buffer.from('hi'), 0x80) }, '{"a":{"$binary":{"base64":"aGk=","subType":"80"}}}'],
  ['timestamp', { a: new Timestamp({ t: 4294967295, i: 1 }) }, '{"a":{"$timestamp":{"t":4294967295,"i":1}}}'],
  ['regex', { a: new BSONRegExp('^a', 'im') }, '{"a":{"$regularExpression":{"pattern":"^a","options":"im"}}}'],
  ['code', { a: new Code('f()', { b: 1 }) }, '{"a":{"$code":"f()","$scope":{"b":{"$numberInt":"1"}}}}'],
  ['symbol', { a: new BSONSymbol('s') }, '{"a":{"$symbol":"s"}}'],
  ['least and greatest', { a: new MinKey(), b: new MaxKey() }, '{"a":{"$minKey":1},"b":{"$maxKey":1}}'],
  ['text', { a: '里\n"' }, '{"a":"里\\n\\""}'],
])('%s', (_what, document, line) => {
  const bytes = serialize(document);
  expect(lineOf(bytes)).toBe(line);
  expect(hex(bytesOf(line))).toBe(hex(bytes));
});

/** A document `{a: value}` from the type and bytes of a value. */
function raw(type: number, value: readonly number[]): Uint8Array {
  const bytes = Buffer.from([0, 0, 0, 0, type, 0x61, 0, ...value, 0]);
  bytes.writeInt32LE(bytes.length);
  return bytes;
}

test.each<[string, Uint8Array]>([
  ['a field named like a wrapper', serialize({ a: { $date: 'tomorrow' } })],
  ['a date no JavaScript knows', raw(0x09, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])],
  ['a NaN with a message in it', raw(0x01, [1, 2, 3, 4, 5, 6, 0xf8, 0x7f])],
  ['text that is not UTF-8', raw(0x02, [3, 0, 0, 0, 0xc3, 0x28, 0])],
  ['a value undefined', raw(0x06, [])],
  ['numbers for names, out of order', raw(0x03, [11, 0, 0, 0, 0x0a, 0x62, 0, 0x0a, 0x31, 0, 0])],
])('%s makes no line', (_what, bytes) => {
  expect(lineOf(bytes)).toBeUndefined();
});

test('an `_id` behind other fields goes to the front, and nothing else moves', () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', '0', '7', 'c'), { minLength: 1 });
  fc.assert(
    fc.property(names, fc.nat(5), (others, place) => {
      const order = [...others.slice(0, place), '_id', ...others.slice(place)];
      const build = (fields: readonly string[]) =>
        serialize(new Map(fields.map((name) => [name, name === '_id' ? 5 : `is ${name}`])) as unknown as Document);
      expect(hex(idFirst(build(order)))).toBe(hex(build(['_id', ...others])));
    }),
  );
});
