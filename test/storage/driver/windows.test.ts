/** `$setWindowFields`, `$fill` and `$densify`: what each gives, in order, and what is refused. */
import type { Document } from 'mongodb';
import { Long } from 'mongodb';
import { asking } from '../../support/driver.ts';

const { asks, coll } = asking();
const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const rows = [
  { _id: 1, k: 'a', t: 1, v: 10, d: day(1) },
  { _id: 2, k: 'a', t: 2, d: day(2) },
  { _id: 3, k: 'a', t: 4, v: 40, d: day(4) },
  { _id: 4, k: 'b', t: 4, v: 2, d: day(3) },
];
let made: ReturnType<typeof coll> | undefined;
const results = async (stage: Document) => {
  made ??= coll(...rows);
  return (await made).aggregate([stage, { $sort: { _id: 1 } }]).toArray();
};

/** What a function gives for each document, partition by partition in the order of `t`. */
const values =
  (output: Document, options: Document = { partitionBy: '$k', sortBy: { t: 1 } }) =>
  async () =>
    (await results({ $setWindowFields: { ...options, output: { r: output } } })).map((one) =>
      'r' in one ? one.r : 'missing',
    );

const functions: readonly (readonly [Document, readonly unknown[] | string, Document?])[] = [
  [{ $linearFill: '$v' }, [10, 20, 40, 2]],
  [{ $linearFill: '$none' }, [null, null, null, null]],
  [{ $linearFill: '$v' }, 'refused 605001', {}],
  [{ $linearFill: '$v' }, 'refused 6050106', { sortBy: { t: 1 } }],
  [{ $linearFill: '$k' }, 'refused 14'],
  [{ $locf: '$v' }, [10, 10, 40, 2]],
  [{ $shift: { output: '$v', by: 1 } }, ['missing', 40, null, null]],
  [{ $shift: { output: '$v', by: -1, default: 'none' } }, ['none', 10, 'missing', 'none']],
  [{ $shift: { output: '$v', by: 0.5 } }, 'refused 9'],
  [{ $shift: { output: '$v', by: 1 } }, 'refused 9', {}],
  [{ $derivative: { input: '$t' }, window: { documents: [-1, 0] } }, [null, 1, 1, null]],
  [
    { $derivative: { input: '$t', unit: 'day' }, window: { documents: [-1, 0] } },
    [null, 1, 0, 2],
    { sortBy: { d: 1 } },
  ],
  [{ $derivative: { input: '$t' }, window: { documents: [-1, 0] } }, 'refused 5624901', { sortBy: { d: 1 } }],
  [{ $derivative: { input: '$t', unit: 'day' }, window: { documents: [-1, 0] } }, 'refused 5624900'],
  [{ $derivative: { input: '$v' }, window: { documents: [-1, 0] } }, 'refused 5624903'],
  [{ $derivative: { input: '$t' } }, 'refused 9'],
  [{ $integral: { input: '$t' }, window: { documents: ['unbounded', 'current'] } }, [0, 1.5, 7.5, 0]],
  [{ $expMovingAvg: { input: '$t', alpha: 0.5 } }, [1, 1.5, 2.75, 4]],
  [{ $expMovingAvg: { input: '$t', N: 3 } }, [1, 1.5, 2.75, 4]],
  [{ $expMovingAvg: { input: '$t', N: 0 } }, 'refused 9'],
  [{ $covariancePop: ['$_id', '$_id'] }, [2 / 3, 2 / 3, 2 / 3, 0]],
  [{ $covarianceSamp: ['$_id', '$_id'] }, [1, 1, 1, null]],
  [{ $rank: {} }, [1, 2, 3, 3], { sortBy: { t: 1 } }],
  [{ $denseRank: {} }, [1, 2, 3, 3], { sortBy: { t: 1 } }],
  [{ $documentNumber: {} }, [1, 2, 3, 4], { sortBy: { t: 1 } }],
  [{ $rank: {} }, [4, 3, 1, 1], { sortBy: { t: -1 } }],
  [{ $denseRank: {} }, [3, 2, 1, 1], { sortBy: { t: -1 } }],
  [{ $rank: {} }, 'refused 5371602', {}],
  [{ $rank: {} }, 'refused 5371602', { sortBy: { t: 1, k: 1 } }],
  [{ $rank: {}, window: { documents: [0, 1] } }, 'refused 5371601'],
  [{ $rank: 1 }, 'refused 5371603'],
  [{ $sum: '$t' }, [7, 7, 7, 4]],
  [{ $sum: '$t', window: { documents: ['unbounded', 'current'] } }, [1, 3, 7, 4]],
  [{ $push: '$t', window: { documents: ['unbounded', 'current'] } }, [[1], [1, 2], [1, 2, 4], [4]]],
  [{ $sum: '$t', window: { documents: [-1, 0] } }, [1, 3, 6, 4]],
  [{ $sum: '$t', window: { documents: [1, 2] } }, [6, 4, 0, 0]],
  [{ $max: '$t', window: { documents: [-3, -2] } }, [null, null, 1, null]],
  [{ $count: {}, window: { documents: ['current', 'unbounded'] } }, [3, 2, 1, 1]],
  [{ $first: '$t', window: { documents: [-1, 0] } }, [1, 1, 2, 4]],
  [{ $last: '$v', window: { documents: [0, 1] } }, ['missing', 40, 40, 2]],
  [{ $push: '$_id', window: { range: [-1, 1] } }, [[1, 2], [1, 2], [3], [4]]],
  [{ $push: '$_id', window: { range: ['current', 'current'] } }, [[1], [2], [3, 4], [3, 4]], { sortBy: { t: 1 } }],
  [{ $push: '$_id', window: { range: ['unbounded', 0] } }, [[1], [1, 2], [1, 2, 3], [4]]],
  [{ $push: '$_id', window: { range: [-1, 0], unit: 'day' } }, [[1], [1, 2], [4, 3], [2, 4]], { sortBy: { d: 1 } }],
  [
    { $topN: { n: 2, output: '$t', sortBy: { t: -1 } }, window: { documents: ['unbounded', 'current'] } },
    [[1], [2, 1], [4, 2], [4]],
  ],
  [{ $sum: '$t', window: { documents: [1, 0] } }, 'refused 5339900'],
  [{ $sum: '$t', window: { documents: [0, 1] } }, 'refused 5339901', {}],
  [{ $sum: '$t', window: { range: [0, 1] } }, 'refused 5339902', { sortBy: { t: 1, k: 1 } }],
  [{ $sum: '$t', window: { range: [0, 1] } }, 'refused 8947401', { sortBy: { t: -1 } }],
  [{ $sum: '$t', window: { range: [0, 1] } }, 'refused 5429414', { sortBy: { d: 1 } }],
  [{ $sum: '$t', window: { range: [0, 1], unit: 'day' } }, 'refused 5429413'],
  [{ $sum: '$t', window: { documents: [0, 1], range: [0, 1] } }, 'refused 9'],
  [{ $sum: '$t', window: { documents: [0, 0.5] } }, 'refused 9'],
  [{ $sum: '$t', window: { documents: ['x', 0] } }, 'refused 9'],
  [{ $sum: '$t', foo: 1 }, 'refused 9'],
  [{ $mergeObjects: '$t' }, 'refused 9'],
  [{ foo: 1 }, 'refused 9'],
];
for (const [output, wanted, options] of functions) {
  asks(`${JSON.stringify(output)} ${JSON.stringify(options ?? '')}`, values(output, options), wanted);
}

const stages: readonly (readonly [Document, readonly unknown[] | string])[] = [
  [{ $setWindowFields: { output: {}, foo: 1 } }, 'refused 40415'],
  [{ $setWindowFields: {} }, 'refused 40414'],
  [{ $setWindowFields: { output: { $r: { $sum: 1 } } } }, 'refused 16410'],
  [{ $setWindowFields: { partitionBy: ['$k'], output: { r: { $sum: 1 } } } }, 'refused 14'],
  [{ $setWindowFields: { sortBy: 1, output: {} } }, 'refused 14'],
  [{ $fill: { sortBy: { t: 1 }, partitionBy: '$k', output: { v: { method: 'linear' } } } }, [10, 20, 40, 2]],
  [{ $fill: { sortBy: { t: 1 }, partitionByFields: ['k'], output: { v: { method: 'locf' } } } }, [10, 10, 40, 2]],
  [{ $fill: { output: { v: { value: { $add: ['$t', 1] } } } } }, [10, 3, 40, 2]],
  [{ $fill: { output: { v: { method: 'linear' } } } }, 'refused 605001'],
  [{ $fill: { output: { v: { method: 'foo' } } } }, 'refused 6050202'],
  [{ $fill: { output: { v: {} } } }, 'refused 9'],
  [{ $fill: { foo: 1, output: { v: { value: 1 } } } }, 'refused 40415'],
];
for (const [stage, wanted] of stages) {
  asks(JSON.stringify(stage), async () => (await results(stage)).map(({ v }) => v), wanted);
}

const coffee = [
  { _id: 1, f: 600, k: 'a' },
  { _id: 2, f: 750, k: 'a' },
  { _id: 3, f: 1250, k: 'b' },
  { _id: 4, k: 'c' },
];
let grown: ReturnType<typeof coll> | undefined;
const densified = (spec: Document) => async () => {
  grown ??= coll(...coffee);
  const found = await (await grown).aggregate([{ $densify: spec }]).toArray();
  return found.map(({ _id, f, k }) => `${_id ?? ''}${k ?? ''}${f ?? ''}`).sort();
};
const step = 200;
const dense: readonly (readonly [Document, readonly string[] | string])[] = [
  [{ field: 'f', range: { step, bounds: 'full' } }, ['1000', '1200', '1a600', '2a750', '3b1250', '4c', '800']],
  [
    { field: 'f', partitionByFields: ['k'], range: { step: 150, bounds: 'partition' } },
    ['1a600', '2a750', '3b1250', '4c'],
  ],
  [
    { field: 'f', partitionByFields: ['k'], range: { step: 400, bounds: 'full' } },
    ['1a600', '2a750', '3b1250', '4c', 'a1000', 'b1000', 'b600'],
  ],
  [{ field: 'f', range: { step, bounds: [400, 800] } }, ['1a600', '2a750', '3b1250', '400', '4c']],
  [{ field: 'f', range: { step: 0, bounds: 'full' } }, 'refused 5733401'],
  [{ field: 'f', range: { step, bounds: 'none' } }, 'refused 5946802'],
  [{ field: 'f', range: { step, bounds: [1] } }, 'refused 5733403'],
  [{ field: 'f', range: { step, bounds: [2, 1] } }, 'refused 5733402'],
  [{ field: 'f', range: { step, bounds: 'partition' } }, 'refused 8993000'],
  [{ field: 'f', range: { step, unit: 'age', bounds: 'full' } }, 'refused 9'],
  [{ field: 'f', range: { step, unit: 'day', bounds: 'full' } }, 'refused 6053600'],
  [{ field: 'k', range: { step, bounds: 'full' } }, 'refused 5733201'],
  [{ field: '$f', range: { step, bounds: 'full' } }, 'refused 16410'],
  [{ field: 'f', range: { bounds: 'full' } }, 'refused 40414'],
  [{ field: 'f', range: { step, bounds: 'full', foo: 1 } }, 'refused 40415'],
];
for (const [spec, wanted] of dense) asks(JSON.stringify(spec), densified(spec), wanted);
asks('$densify goes by the calendar, and leaves what it does not touch with its types', async () => {
  const c = await coll({ d: day(31), n: Long.fromNumber(5) }, { d: new Date(Date.UTC(2026, 2, 31)) });
  const found = await c
    .aggregate([{ $densify: { field: 'd', range: { step: 1, unit: 'month', bounds: 'full' } } }, { $unset: '_id' }], {
      promoteLongs: false,
    })
    .toArray();
  return found.map(({ d, n }) => [d.toISOString().slice(0, 10), n instanceof Long]);
}, [
  ['2026-01-31', true],
  ['2026-02-28', false],
  ['2026-03-31', false],
]);
