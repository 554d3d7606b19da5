/** Operators of expressions where a tester found them to answer, or to refuse, otherwise than MongoDB. */
import { EJSON } from 'bson';
import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';
import { asking } from '../../support/driver.ts';

const { asks, db } = asking();
const date = new Date('2026-03-05T10:20:30.456Z');
const document = { _id: 1, n: 5, s: 'text', a: [3, 1, 2], none: null, d: date, o: { x: 1 } };
type Row = readonly [expression: unknown, wanted: unknown];
const refused = (code: number) => `refused ${code}`;

/** Each expression on the document above; what it gives shows with its type. */
function evaluate(rows: readonly Row[]): void {
  for (const [expression, wanted] of rows) {
    const shown = EJSON.stringify(expression as never);
    const question = async () => {
      const found = await db()
        .aggregate([{ $documents: [{ $literal: document }] }, { $replaceWith: { r: expression } }], {
          promoteValues: false,
        })
        .next();
      return found?.r;
    };
    asks(
      shown,
      async () => canonical(await question()),
      typeof wanted === 'string' && wanted.startsWith('refused') ? wanted : canonical(wanted),
    );
  }
}
const canonical = (value: unknown) =>
  value === undefined ? 'missing' : EJSON.stringify(value as never, { relaxed: false });
const int = (value: number) => new Int32(value);
const long = (value: string) => Long.fromString(value);

evaluate([
  [{ $median: { input: [3, 1, 2, 'x'], method: 'approximate' } }, new Double(2)],
  [{ $median: { input: '$n', method: 'approximate' } }, new Double(5)],
  [{ $median: { input: '$s', method: 'approximate' } }, null],
  [{ $percentile: { input: '$a', p: [0.5, 1], method: 'approximate' } }, [new Double(2), new Double(3)]],
  [{ $percentile: { input: '$a', p: [2], method: 'approximate' } }, refused(7750301)],
  [{ $percentile: { input: '$a', p: [0.5], method: 'exact' } }, refused(2)],
  [{ $median: { input: '$a' } }, refused(40414)],
  [
    {
      $sortArray: {
        input: [new ObjectId('65a1b2c3d4e5f60718293a4b'), true, 'b', 2, null, [1], { a: 1 }, date],
        sortBy: 1,
      },
    },
    [null, int(2), 'b', { a: int(1) }, [int(1)], new ObjectId('65a1b2c3d4e5f60718293a4b'), true, date],
  ],
  [{ $sortArray: { input: [{ a: 1 }, 7, { a: null }], sortBy: { a: -1 } } }, [{ a: int(1) }, int(7), { a: null }]],
  [{ $sortArray: { input: '$n', sortBy: 1 } }, refused(2942504)],
  [{ $sortArray: { input: '$a', sortBy: 2 } }, refused(2942506)],
  [{ $sortArray: { input: '$a' } }, refused(2942503)],
  [{ $sortArray: { input: '$a', sortBy: 1, foo: 1 } }, refused(2942501)],
  [{ $toDecimal: new Double(2.5) }, Decimal128.fromString('2.50000000000000')],
  [{ $toDecimal: 5 }, Decimal128.fromString('5')],
  [{ $toDecimal: new Double(0) }, Decimal128.fromString('0')],
  [{ $toDouble: Decimal128.fromString('1E+400') }, refused(241)],
  [{ $toDouble: Decimal128.fromString('1E-4000') }, refused(241)],
  [{ $toDouble: Decimal128.fromString('Infinity') }, new Double(Number.POSITIVE_INFINITY)],
  [{ $toDouble: '1e999' }, refused(241)],
  [{ $abs: Long.MIN_VALUE }, refused(28680)],
  [{ $abs: long('-9223372036854775807') }, Long.MAX_VALUE],
  [{ $toHashedIndexKey: 'string to hash' }, long('763543691661428748')],
  [{ $toUpper: 'aéß里' }, 'Aéß里'],
  [{ $toLower: 'AÉẞ里' }, 'aÉẞ里'],
  [{ $strcasecmp: ['É', 'é'] }, int(-1)],
  [{ $binarySize: '里a' }, int(4)],
  [{ $binarySize: new Binary(Buffer.from('abc')) }, int(3)],
  [{ $binarySize: '$n' }, refused(51276)],
  [{ $bsonSize: '$o' }, int(12)],
  [{ $bsonSize: '$none' }, null],
  [{ $bsonSize: '$n' }, refused(31393)],
  [{ $tsSecond: new Timestamp({ t: 7, i: 3 }) }, long('7')],
  [{ $tsIncrement: new Timestamp({ t: 7, i: 3 }) }, long('3')],
  [{ $tsSecond: '$n' }, refused(5687301)],
  [{ $tsIncrement: '$n' }, refused(5687302)],
  [{ $rand: 1 }, refused(3040501)],
]);

evaluate([
  [{ $split: ['$s', ''] }, refused(40087)],
  [{ $split: ['$n', 'x'] }, refused(40085)],
  [{ $split: ['$s', '$n'] }, refused(40086)],
  [{ $indexOfCP: ['$n', 'x'] }, refused(40093)],
  [{ $indexOfCP: ['$s', 1] }, refused(40094)],
  [{ $indexOfBytes: ['$s', 1] }, refused(40092)],
  [{ $range: ['x', 1] }, refused(34443)],
  [{ $range: [0.5, 1] }, refused(34444)],
  [{ $range: [0, 'x'] }, refused(34445)],
  [{ $range: [0, 1.5] }, refused(34446)],
  [{ $range: [0, 1, 'x'] }, refused(34447)],
  [{ $range: [0, 1, 0.5] }, refused(34448)],
  [{ $range: [0, 1, 0] }, refused(34449)],
  [{ $range: [0, 2147483647] }, refused(146)],
  [{ $range: [5, 0, -2] }, [int(5), int(3), int(1)]],
  [{ $slice: ['$n', 1] }, refused(28724)],
  [{ $slice: ['$a', 'x'] }, refused(28725)],
  [{ $slice: ['$a', 1.5] }, refused(28726)],
  [{ $slice: ['$a', 0, 'x'] }, refused(28727)],
  [{ $slice: ['$a', 0, 1.5] }, refused(28728)],
  [{ $slice: ['$a', 0, 0] }, refused(28729)],
  [{ $slice: ['$a', -9, 2] }, [int(3), int(1)]],
  [{ $objectToArray: '$n' }, refused(40390)],
  [{ $objectToArray: '$none' }, null],
  [{ $reverseArray: '$n' }, refused(34435)],
  [{ $indexOfArray: ['$n', 1] }, refused(40090)],
  [{ $indexOfArray: ['$a', 1, 0.5] }, refused(40096)],
  [{ $indexOfArray: ['$a', 1, -1] }, refused(40097)],
  [{ $minN: { input: '$a', n: 0 } }, refused(5787908)],
  [{ $minN: { input: '$a', n: 1.5 } }, refused(5787903)],
  [{ $minN: { input: '$a', n: 'x' } }, refused(5787902)],
  [{ $minN: { input: '$n', n: 1 } }, refused(5788200)],
  [{ $firstN: { input: '$a' } }, refused(5787906)],
  [{ $lastN: { n: 1 } }, refused(5787907)],
  [{ $maxN: 1 }, refused(5787801)],
  [{ $maxN: { input: ['b', null, 1, 'a'], n: 2 } }, ['b', 'a']],
  [{ $replaceAll: { input: '$s', find: 't', replacement: 1 } }, refused(51744)],
  [{ $replaceAll: { input: '$s', find: 1, replacement: 't' } }, refused(51745)],
  [{ $replaceOne: { input: 1, find: 't', replacement: 't' } }, refused(51746)],
  [{ $replaceOne: { input: '$s', find: 't' } }, refused(51747)],
  [{ $replaceOne: { input: '$s', find: 't', replacement: '$none' } }, null],
  [{ $replaceAll: { input: '$s', find: 't', replacement: { $literal: '$&' } } }, '$&ex$&'],
  [{ $ltrim: { input: '$n' } }, refused(50699)],
  [{ $trim: { input: '$s', chars: 1 } }, refused(50700)],
  [{ $rtrim: {} }, refused(50695)],
  [{ $trim: { input: '\u00a0x\0' } }, 'x'],
  [{ $dateTrunc: { date: '$s', unit: 'day' } }, refused(5439012)],
  [{ $dateTrunc: { date: '$d', unit: 1 } }, refused(5439013)],
  [{ $dateTrunc: { date: '$d', unit: 'age' } }, refused(5439014)],
  [{ $dateTrunc: { date: '$d', unit: 'week', startOfWeek: 'x' } }, refused(5439016)],
  [{ $dateTrunc: { date: '$d', unit: 'day', binSize: 'x' } }, refused(5439017)],
  [{ $dateTrunc: { date: '$d', unit: 'day', binSize: 0 } }, refused(5439018)],
  [{ $dateTrunc: { date: '$d', unit: 'quarter', binSize: 2 } }, new Date('2026-01-01')],
  [{ $dateTrunc: { date: '$d', unit: 'week' } }, new Date('2026-03-01')],
  [{ $dateTrunc: { date: '$d', unit: 'week', binSize: 2, startOfWeek: 'Monday' } }, new Date('2026-02-23')],
  [{ $dateTrunc: { date: '$d', unit: 'day', timezone: 'Asia/Shanghai' } }, new Date('2026-03-04T16:00:00Z')],
  [{ $dateTrunc: { date: '$none', unit: 'day' } }, null],
  [{ $dateDiff: { startDate: '$s', endDate: '$d', unit: 'day' } }, refused(5166307)],
  [{ $dateDiff: { startDate: '$d', endDate: '$n', unit: 'day' } }, refused(5166307)],
  [{ $dateDiff: { startDate: '$d', unit: 'day' } }, refused(5166304)],
  [{ $dateDiff: { startDate: '$d', endDate: '$d', unit: 'age' } }, refused(5439014)],
  [{ $dateDiff: { startDate: new Date('2025-12-31'), endDate: '$d', unit: 'quarter' } }, long('1')],
  [{ $dateDiff: { startDate: new Date('2026-03-01'), endDate: '$d', unit: 'week', startOfWeek: 'thu' } }, long('1')],
  [{ $dateDiff: { startDate: '$d', endDate: new Date('2026-03-05T09:59:59Z'), unit: 'hour' } }, long('-1')],
  [{ $dateToParts: { date: '$d', iso8601: 1 } }, refused(40521)],
  [{ $dateToParts: {} }, refused(40522)],
  [{ $map: { input: '$n', in: 1 } }, refused(16883)],
  [{ $map: { input: '$a', as: 'X', in: 1 } }, refused(9)],
  [{ $filter: { input: '$a', as: 'x-y', cond: 1 } }, refused(9)],
  [{ $filter: { input: '$n', cond: 1 } }, refused(28651)],
  [{ $filter: { input: '$a', cond: 1, limit: 0 } }, refused(327392)],
  [{ $filter: { input: '$a', cond: 1, limit: 0.5 } }, refused(327391)],
  [{ $let: { vars: { X: 1 }, in: 1 } }, refused(9)],
  [{ $let: { in: 1 } }, refused(16876)],
  [{ $reduce: { input: '$n', initialValue: 0, in: 1 } }, refused(40080)],
  [{ $setEquals: ['$a'] }, refused(17045)],
  [{ $setEquals: ['$a', '$n'] }, refused(17044)],
  [{ $setIsSubset: ['$a', '$n'] }, refused(17042)],
  [{ $setIsSubset: ['$n', '$a'] }, refused(17046)],
  [{ $setUnion: ['$a', '$n'] }, refused(17043)],
  [{ $setDifference: ['$a', '$n'] }, refused(17049)],
  [{ $anyElementTrue: ['$n'] }, refused(17041)],
  [{ $ifNull: ['$n'] }, refused(1257300)],
  [{ $arrayElemAt: ['$a', 'x'] }, refused(28690)],
  [{ $arrayElemAt: ['$a', 0.5] }, refused(28691)],
  [{ $setField: { field: '$s', input: '$o', value: 1 } }, refused(4161108)],
  [{ $setField: { field: 'y', input: '$n', value: 1 } }, refused(4161105)],
  [{ $setField: { field: { $literal: 'a.$b' }, input: '$o', value: 1 } }, { x: int(1), 'a.$b': int(1) }],
  [{ $unsetField: { field: 'x', input: '$o' } }, {}],
  [{ $zip: { inputs: ['$a'], useLongestLength: 1 } }, refused(34463)],
  [{ $zip: { inputs: ['$a'], useLongestLength: true, defaults: [1, 2] } }, refused(34467)],
  [{ $switch: { branches: 1 } }, refused(40061)],
  [{ $nothing: 1 }, refused(168)],
]);

asks('MinKey is below what is missing, and MaxKey above it', async () => {
  const c = db().collection<{ _id: number; x?: unknown }>('keys');
  await c.insertMany([{ _id: 1 }, { _id: 2, x: null }, { _id: 3, x: [] }, { _id: 4, x: new MinKey() }]);
  const ids = async (x: unknown) => (await c.find({ x: x as never }).toArray()).map(({ _id }) => _id);
  const found = async () => [
    await ids({ $gte: new MinKey() }),
    await ids({ $gt: new MinKey() }),
    await ids({ $lt: new MaxKey() }),
    await ids({ $lte: new MinKey() }),
  ];
  const unindexed = await found();
  await c.createIndex({ x: 1 }, { sparse: true });
  return [unindexed, (await found()).map((one) => one.toSorted())];
}, [
  [[1, 2, 3, 4], [1, 2, 3], [1, 2, 3, 4], [4]],
  [[1, 2, 3, 4], [1, 2, 3], [1, 2, 3, 4], [4]],
]);
asks('bits of a decimal are those of the nearest whole number', async () => {
  const c = db().collection<{ _id: number; x: unknown }>('bits');
  await c.insertMany(['5', '5.5', '4.5', '1E+30', 'NaN'].map((text, _id) => ({ _id, x: Decimal128.fromString(text) })));
  return (await c.find({ x: { $bitsAllSet: 4 } as never }).toArray()).map(({ _id }) => _id);
}, [0, 1, 2]);
asks('patterns with parts that are never tried again are refused', async () => {
  const c = db().collection('keys');
  const code = (pattern: string) =>
    c.countDocuments({ x: { $regex: pattern } }).catch((error: { code: number }) => error.code);
  return [await code('a++'), await code('(?>a)b'), await code('a?+')];
}, [51091, 51091, 51091]);
asks('$sampleRate takes some, none or all', async () => {
  const c = db().collection('keys');
  const count = (rate: unknown) => c.countDocuments({ $sampleRate: rate } as never);
  const code = (rate: unknown) => count(rate).catch((error: { code: number }) => error.code);
  return [await count(0), await count(1), await code(1.5), await code('x'), await code(Number.NaN)];
}, [0, 4, 2, 2, 2]);
asks('patterns with parts that are never tried again are refused', async () => {
  const code = (pattern: string) =>
    db()
      .collection('keys')
      .countDocuments({ x: { $regex: pattern } })
      .catch((error: { code: number }) => error.code);
  return [await code('a++'), await code('(?>a)b'), await code('a?+')];
}, [51091, 51091, 51091]);
