import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type Area,
  areas,
  findArea,
  type ImportOptions,
  importAreas,
  levelOf,
  lineage,
  parentOf,
} from '../../../../src/features/areas/index.ts';
import { type TestHouse, testHouse } from '../../../support/house.ts';
import { csvOf, csvStyle, fileOf, PLAIN, xlsxOf } from '../../../support/sheets.ts';

let at: TestHouse;
let folder: string;
beforeAll(async () => {
  at = await testHouse([areas]);
  folder = at.house.settings.folder;
});
beforeEach(() => at.house.model('areas').deleteMany({}));
afterAll(() => at.close());

const everywhere: ImportOptions = { dryRun: false, by: 'tester', covers: () => true };
const csv = (text: string, options: Partial<ImportOptions> = {}) =>
  fileOf(folder, text).then((path) => importAreas(at.house, path, { ...everywhere, ...options }));
const stored = async () =>
  (await at.house.model<Area>('areas').find().sort({ _id: 1 }).lean<Area[]>()).map(({ _id, name }) => [_id, name]);

const TREE =
  '编码,名称,备注\n5202,六盘水市,\n520201,钟山区,\n520201011,黄土坡街道,\n520201011001,曹家湾社区居民委员会,老城\n520201011001G01,第一网格,\n';

test('a register comes in whole, with levels, parents and places worked out from the codes', async () => {
  expect(await csv(TREE)).toEqual({
    kind: 'areas',
    rows: 5,
    added: 5,
    updated: 0,
    problems: [],
    ignoredColumns: ['备注'],
    dryRun: false,
    imported: true,
  });
  expect(await findArea(at.house, '520201011001')).toEqual({
    _id: '520201011001',
    name: '曹家湾社区',
    level: 'community',
    parent: '520201011',
    areas: ['5202', '520201', '520201011', '520201011001'],
  });
  expect(await at.house.model('import_chunks').countDocuments()).toBe(0);
});

test('again changes nothing; a new name changes that row and keeps what else is known of the area', async () => {
  await csv(TREE);
  await at.house
    .model<Area>('areas')
    .updateOne({ _id: '520201' }, { $set: { settings: { targets: { claim: { days: 1 } } } } });
  expect(await csv(TREE)).toMatchObject({ added: 0, updated: 0, imported: true });
  expect((await findArea(at.house, '520201'))?.name).toBe('钟山区');
  expect(await csv(TREE.replace('钟山区', '新钟山区'))).toMatchObject({ added: 0, updated: 1, imported: true });
  expect(await findArea(at.house, '520201')).toMatchObject({
    name: '新钟山区',
    settings: { targets: { claim: { days: 1 } } },
  });
});

test('a dry run says what would happen and writes nothing', async () => {
  expect(await csv(TREE, { dryRun: true })).toMatchObject({ added: 5, dryRun: true, imported: false });
  expect(await stored()).toEqual([]);
  expect(await at.house.model('imports').countDocuments({ state: { $ne: 'applied' } })).toBe(0);
});

test('the public list of divisions comes in as it is once its city is there: 4 counties, 92 streets, 1,152 communities', async () => {
  await csv('code,name\n5202,六盘水市\n');
  const path = await fileOf(folder, await readFile('scripts/data/liupanshui-divisions.csv'));
  expect(await importAreas(at.house, path, everywhere)).toMatchObject({
    rows: 1152,
    added: 1248,
    problems: [],
    imported: true,
  });
  const count = (level: string) => at.house.model('areas').countDocuments({ level });
  expect([await count('county'), await count('street'), await count('community')]).toEqual([4, 92, 1152]);
}, 120_000);

test.each([
  ['code,name\n5202,六盘水市\n52020,钟山区\n', 3, 'code', '“52020”不是区域编码'],
  ['code,name\n5202,\n', 2, 'name', '不能空着'],
  ['编码,名称\n,六盘水市\n', 2, '编码', '不能空着'],
  ['code,name\n\n5202,六盘水市\n5202,六盘水市\n', 4, 'code', '和第3行重复了'],
  ['code,name\n520201,钟山区\n', 2, 'code', '上级区域5202还没有'],
  ['code,name,上级编码\n5202,六盘水市,\n520201,钟山区,5203\n', 3, '上级编码', '上级是5202'],
  ['code,name,上级编码\n5202,六盘水市,52\n', 2, '上级编码', '没有上级'],
  [
    'code,name,county_code,county\n5202,六盘水市,,\n520201011,黄土坡街道,520203,六枝特区\n',
    3,
    'county_code',
    '520203不是520201011的上级',
  ],
  [
    'code,name,county_code,county\n5202,六盘水市,,\n520201011,黄土坡街道,520201011,钟山区\n',
    3,
    'county_code',
    '街道（乡镇）的编码',
  ],
  ['code,name,county_code,county\n5202,六盘水市,,\n520201011,黄土坡街道,520201,\n', 3, 'county', '不能空着'],
  [
    'code,name,county_code,county\n5202,六盘水市,,\n520201011,甲街道,520201,钟山区\n520201012,乙街道,520201,钟山\n',
    4,
    'county',
    '在第3行叫“钟山区”',
  ],
  ['代号,叫法\n5202,六盘水市\n', 1, '编码、名称', '没有找到表头'],
  ['code,name,编码\n5202,六盘水市,5202\n', 1, '编码', '出现了两次'],
])('%j is refused at its line, column and reason', async (text, line, column, reason) => {
  const report = await csv(text);
  expect(report.problems).toContainEqual({ line, column, reason: expect.stringContaining(reason) });
  expect(report.problems.every((problem) => problem.line === line)).toBe(true);
  expect(report.imported).toBe(false);
  expect(await stored()).toEqual([]);
});

test('a code that Excel rounded is refused; one it kept as a number is not', async () => {
  const good = await xlsxOf(folder, [['区域名册'], ['编码（必填）', '名称*'], [5202, '六盘水市'], [520201, '钟山区']]);
  expect(await importAreas(at.house, good, everywhere)).toMatchObject({ added: 2, imported: true });
  const bad = await xlsxOf(folder, [
    ['编码', '名称'],
    [520201011001000000, '社区'],
  ]);
  expect((await importAreas(at.house, bad, everywhere)).problems).toMatchObject([{ line: 2, column: '编码' }]);
});

test('an importer writes only where the importer may', async () => {
  await csv('code,name\n5202,六盘水市\n520201,钟山区\n520203,六枝特区\n');
  const covers = (codes: readonly string[]) => codes.includes('520201');
  const report = await csv('code,name\n520201011,黄土坡街道\n520203100,大用镇\n', { covers });
  expect(report.problems).toEqual([{ line: 3, column: 'code', reason: '520203100不在您管理的区域内' }]);
  // Naming what lies above without changing it is no writing.
  const list = 'code,name,county_code,county,city_code,city\n520201011,黄土坡街道,520201,钟山区,5202,六盘水市\n';
  expect(await csv(list, { covers })).toMatchObject({ added: 1, imported: true });
});

// ── Any register ────────────────────────────────────────────────────────────────────────────────────────────────────

const someCode = fc.constantFrom(
  ...[
    '5202',
    '520201',
    '520203',
    '520201011',
    '520201012',
    '520203100',
    '520201011001',
    '520201012001',
    '520201011001G01',
  ],
);
const wrongCode = fc.constantFrom('', '520', '52 02', 'abc', '520201011001G1');
const row = fc.tuple(
  fc.oneof({ weight: 8, arbitrary: someCode }, { weight: 1, arbitrary: wrongCode }),
  fc.oneof(
    { weight: 8, arbitrary: fc.stringMatching(/^[甲乙丙丁]{1,3}[社,"]?区$/) },
    { weight: 1, arbitrary: fc.constant('') },
  ),
);

test('any register comes in whole or not at all, and the lines named are exactly those that are wrong', async () => {
  const run = async (rows: [string, string][], style: Parameters<typeof csvOf>[1]) => {
    await at.house.model('areas').deleteMany({});
    const { text, lines } = csvOf([['code', 'name'], ...rows], style);
    const report = await importAreas(at.house, await fileOf(folder, text), everywhere);

    const given = rows
      .map(([code, name], n) => ({ code, name, line: lines[n + 1] }))
      .filter(({ code, name }) => code !== '' || name !== '');
    const sound = given.filter(({ code, name }) => levelOf(code) !== undefined && name !== '');
    const firsts = sound.filter(({ code }, n) => sound.findIndex((one) => one.code === code) === n);
    const wrong = given.filter((one) => {
      const parent = parentOf(one.code);
      const orphan =
        parent !== null &&
        given.find((other) => parentOf(other.code) === parent) === one &&
        !firsts.some((other) => other.code === parent);
      return !firsts.includes(one) || orphan;
    });
    expect([...new Set(report.problems.map((problem) => problem.line))]).toEqual(wrong.map(({ line }) => line));
    expect(report.imported).toBe(wrong.length === 0);
    const whole = firsts.map(({ code, name }) => [code, name]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
    expect(await stored()).toEqual(wrong.length === 0 ? whole : []);
  };
  await fc.assert(fc.asyncProperty(fc.array(row, { maxLength: 6 }), csvStyle, run), { numRuns: 60 });
  // Whole registers, shuffled: parents may come after their children.
  const tree = fc.shuffledSubarray(
    ['5202', '520201', '520201011', '520201011001', '520201011001G01'].map((code): [string, string] => [
      code,
      `区域${lineage(code).length}`,
    ]),
    { minLength: 5 },
  );
  await fc.assert(fc.asyncProperty(tree, csvStyle, run), { numRuns: 20 });
}, 120_000);

test('progress tells checked and written rows up to all of them', async () => {
  const told: string[] = [];
  await csv(TREE, { progress: (phase, done, total) => told.push(`${phase} ${done}/${total}`) });
  expect(told.at(4)).toBe('check 5/5');
  expect(told.at(-1)).toBe('write 5/5');
});

test('a file with headings only is an empty register', async () => {
  expect(await csv(csvOf([['code', 'name']], PLAIN).text)).toMatchObject({ rows: 0, added: 0, imported: true });
});
