/** A document, and what an expression gives on it, written so that every type shows. */
import { EJSON, ObjectId } from 'bson';
import { Decimal128, Double, Long } from 'mongodb';
import { evaluate } from '../../src/storage/embedded/expressions/expression.ts';
import { type Document, decode, encode } from '../../src/storage/embedded/values/bson.ts';
import { stored } from './values/arbitraries.ts';

const document = stored({
  _id: 1,
  i: 5,
  d: new Double(2.5),
  l: Long.fromNumber(7),
  n: null,
  s: 'Hello World',
  a: [3, 1, 2],
  date: new Date('2026-03-05T10:20:30.456Z'),
  o: { x: 1, y: 'z' },
  dec: Decimal128.fromString('1.50'),
  da: [
    { k: 'a', v: 1 },
    { k: 'b', v: 2 },
  ],
  neg: -7,
  b: true,
  id: new ObjectId('65a1b2c3d4e5f60718293a4b'),
});

/** What an expression gives on the document above: canonical extended JSON, `MISSING`, or the code it is refused with. */
export function result(expression: string): string {
  const { e } = stored({ e: EJSON.parse(expression, { relaxed: false }) as unknown });
  try {
    const value = evaluate(e, document, {});
    if (value === undefined) return 'MISSING';
    const { v } = decode(encode({ v: value })) as Document;
    return EJSON.stringify(v, { relaxed: false });
  } catch (error) {
    return `refused ${(error as { code: number }).code}`;
  }
}
