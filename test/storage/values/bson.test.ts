import { Binary, Decimal128, Double, deserialize, Int32, Long, ObjectId, serialize } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkNesting, type Document, decode, encode, identical } from '../../../src/storage/embedded/values/bson.ts';
import { documents, stored, values } from './arbitraries.ts';

const refused = (code: number) => expect.objectContaining({ name: 'CommandError', code });

describe('reading and writing BSON', () => {
  it('keeps every byte', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const bytes = encode(document);
        expect(Buffer.compare(encode(decode(bytes)), bytes)).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes what the driver reads and reads what the driver writes', () => {
    const document = {
      _id: new ObjectId(),
      int: 7,
      double: 1.5,
      whole: new Double(3),
      negativeZero: -0,
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('1.10'),
      text: '议事厅 😀',
      nothing: null,
      yes: true,
      at: new Date('1969-07-20T20:17:40.123Z'),
      list: [1, [2, { three: 3 }], 'x'.repeat(300)],
      data: new Binary(Buffer.from([1, 2, 3]), 4),
      old: new Binary(Buffer.from([1, 2]), 2),
    };
    const bytes = serialize(document);
    expect(Buffer.compare(encode(decode(bytes)), bytes)).toBe(0);
    expect(deserialize(encode(document), { promoteValues: false })).toEqual(
      deserialize(bytes, { promoteValues: false }),
    );
  });

  it('tells an int from a whole double', () => {
    const read = stored({ int: 5, double: new Double(5), fraction: 0.5, wrapped: new Int32(6) });
    expect(read).toEqual({ int: 5, double: new Double(5), fraction: 0.5, wrapped: 6 });
  });

  it('leaves out what is undefined', () => {
    expect(decode(encode({ a: undefined, b: [undefined], c: 1 }))).toEqual({ b: [null], c: 1 });
  });

  it('keeps a field named __proto__ a field', () => {
    const hostile = Buffer.from(serialize({ xxproto__: { polluted: true }, constructor: { prototype: 1 } }));
    hostile.write('__', hostile.indexOf('xxproto__'));
    const read = decode(hostile);
    expect(Object.keys(read)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect('polluted' in read).toBe(false);
    expect(Buffer.compare(encode(read), hostile)).toBe(0);
  });

  it('refuses bytes that are no document, wherever they are cut or changed', () => {
    const good = Buffer.from(serialize({ a: 'text', b: [1, { c: true }], d: new Binary(Buffer.from('xyz')), e: /x/i }));
    for (let length = 0; length < good.length; length++) {
      expect(() => decode(good.subarray(0, length))).toThrow(refused(22));
    }
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const bad = Buffer.from(good);
        bad[at] = byte;
        try {
          decode(bad);
        } catch (error) {
          expect(error).toEqual(refused(22));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses nesting without end', () => {
    const nest = (levels: number) => {
      let document: Document = {};
      for (let i = 0; i < levels; i++) document = { a: document };
      return document;
    };
    expect(() => encode(nest(300))).toThrow(refused(15));
    expect(() => decode(serialize(nest(300)))).toThrow(refused(15));
    expect(() => checkNesting(nest(181))).toThrow(refused(15));
    expect(() => checkNesting(nest(180))).not.toThrow();
    expect(() => checkNesting({ a: [nest(178)] })).not.toThrow();
    expect(() => checkNesting({ a: [nest(179)] })).toThrow(refused(15));
  });

  it('refuses field names with a null byte and dates that are none', () => {
    expect(() => encode({ 'a\0b': 1 })).toThrow(refused(2));
    expect(() => encode({ a: new Date(Number.NaN) })).toThrow(refused(2));
  });
});

describe('identical', () => {
  it('agrees with the bytes', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const same = Buffer.compare(encode({ v: a }), encode({ v: b })) === 0;
        const read = (v: unknown) => decode(encode({ v })).v;
        expect(identical(read(a), read(b))).toBe(same);
        expect(identical(read(a), read(a))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('counts types, and the order of fields', () => {
    expect(identical(5, new Double(5))).toBe(false);
    expect(identical(Decimal128.fromString('1.0'), Decimal128.fromString('1.00'))).toBe(false);
    expect(identical({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(false);
    expect(identical([{ a: [1] }], [{ a: [1] }])).toBe(true);
    expect(identical(new Double(0), -0)).toBe(false);
  });
});
