import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { areas, type ImportOptions } from '../../../../src/features/areas/index.ts';
import { checkMark } from '../../../../src/features/people/import/id-number.ts';
import { addPerson, fieldPlace, importPeople, type Person, people } from '../../../../src/features/people/index.ts';
import { makeCommunity, type TestCommunity, type TestHouse, testHouse } from '../../../support/house.ts';
import { csvOf, csvStyle, fileOf, xlsxOf } from '../../../support/sheets.ts';

let at: TestHouse;
let folder: string;
let here: TestCommunity;
let there: TestCommunity;
let grid: string;
beforeAll(async () => {
  at = await testHouse([areas, people]);
  folder = at.house.settings.folder;
  here = await makeCommunity(at.house);
  there = await makeCommunity(at.house);
  grid = here.grids[0] ?? '';
});
beforeEach(() => at.house.model('people').deleteMany({}));
afterAll(() => at.close());

const everywhere: ImportOptions = { dryRun: false, by: 'tester', covers: () => true };
const csv = (text: string, options: Partial<ImportOptions> = {}) =>
  fileOf(folder, text).then((path) => importPeople(at.house, path, { ...everywhere, ...options }));
const stored = () => at.house.model<Person>('people').find().sort({ name: 1 }).lean<Person[]>();
const idOf = (head: string) => head + checkMark(head);
const WANG_ID = idOf('99000119450307002');
const LI_ID = idOf('99000119920512003');

test('one row in full becomes a person under seal', async () => {
  const header = '姓名,性别,出生年份,手机号,身份证号,住址,网格编码,身份,守望哨手机号,技能,户号';
  const rows = [
    `李敏,女,1992,154 0000 0002,,,${here.community},社区工作者,,,`,
    `王秀英,,,+86-154-0000-0001,${WANG_ID},3栋2单元501,${grid},居民、联户长,15400000002,理发；陪诊,3-2-501`,
  ];
  expect(await csv(`${header}\n${rows.join('\n')}\n`)).toMatchObject({ added: 2, problems: [], imported: true });
  const [li, wang] = (await stored()).sort((a, b) => a.name.length - b.name.length);
  expect(li).toMatchObject({
    name: '李敏',
    roles: [{ role: 'worker', area: here.community }],
    areas: here.areas.slice(0, 4),
  });
  expect(wang).toMatchObject({
    name: '王秀英',
    gender: 'female',
    birthYear: 1945,
    areas: here.areas,
    roles: [
      { role: 'resident', area: here.community },
      { role: 'household_lead', area: grid },
    ],
    sentinel: li?._id,
    skills: ['理发', '陪诊'],
    household: '3-2-501',
    active: true,
    version: 1,
    createdAt: at.clock.now(),
    updatedAt: at.clock.now(),
  });
  const { vault } = at.house;
  const fields = ['phone', 'idNumber', 'address'] as const;
  expect(fields.map((field) => vault.open(wang?.[field] ?? '', fieldPlace(wang?._id ?? '', field)))).toEqual([
    '15400000001',
    WANG_ID,
    '3栋2单元501',
  ]);
  // Neither the person nor what the import leaves behind knows a number in clear.
  const everything = JSON.stringify([await stored(), await at.house.model('imports').find().lean()]);
  for (const secret of ['15400000001', WANG_ID, '501'])
    expect(everything.replaceAll('3-2-501', '')).not.toContain(secret);
});

test('again changes nothing; a changed cell changes that person; an empty one keeps what is known', async () => {
  const text = `姓名,手机号,身份证号,住址,网格编码,身份\n王秀英,15400000001,${WANG_ID},3栋501,${grid},居民\n张福生,15400000003,,,${grid},志愿者\n`;
  await csv(text);
  const before = await stored();
  expect(await csv(text)).toMatchObject({ added: 0, updated: 0, imported: true });
  expect(await stored()).toEqual(before);
  // A new telephone and name, the same identity number; no address given.
  expect(
    await csv(`姓名,手机号,身份证号,网格编码,身份\n王秀瑛,15400000009,${WANG_ID},${there.community},联户长\n`),
  ).toMatchObject({
    added: 0,
    updated: 1,
  });
  const wang = (await stored()).find(({ name }) => name === '王秀瑛');
  expect(wang).toMatchObject({
    _id: before.find(({ name }) => name === '王秀英')?._id,
    areas: there.areas.slice(0, 4),
    roles: [
      { role: 'resident', area: here.community },
      { role: 'household_lead', area: there.community },
    ],
    version: 2,
  });
  expect(at.house.vault.open(wang?.phone ?? '', fieldPlace(wang?._id ?? '', 'phone'))).toBe('15400000009');
  expect(at.house.vault.open(wang?.address ?? '', fieldPlace(wang?._id ?? '', 'address'))).toBe('3栋501');
});

test('a family shares a telephone: same number and another name is another person', async () => {
  const text = `姓名,手机号,网格编码\n王秀英,15400000001,${grid}\n王小明,15400000001,${grid}\n`;
  expect(await csv(text)).toMatchObject({ added: 2, imported: true });
  expect(await csv(text)).toMatchObject({ added: 0, updated: 0, imported: true });
  // The identity number arrives later and belongs to the one who was known by name and telephone.
  expect(await csv(`姓名,手机号,身份证号,网格编码\n王秀英,15400000001,${WANG_ID},${grid}\n`)).toMatchObject({
    added: 0,
    updated: 1,
  });
  expect(await csv(`姓名,身份证号,网格编码\n王秀英,${WANG_ID},${grid}\n`)).toMatchObject({ added: 0, updated: 0 });
});

test('somebody who had left is back when the register lists them again', async () => {
  const { _id } = await addPerson(at.house, { name: '王秀英', phone: '15400000001', area: grid, roles: [] });
  await at.house.model<Person>('people').updateOne({ _id }, { $set: { active: false } });
  expect(await csv(`姓名,手机号,网格编码\n王秀英,15400000001,${grid}\n`)).toMatchObject({ updated: 1 });
  expect(await stored()).toMatchObject([{ _id, active: true }]);
});

const ROWS: [string, string, string, string][] = [
  ['no name', ',15400000001,,GRID,,', '姓名', '不能空着'],
  ['a number for a name', '13号,15400000001,,GRID,,', '姓名', '姓名只能是'],
  ['no area', '甲,15400000001,,,,', '区域编码', '不能空着'],
  ['a wrong area', '甲,15400000001,,12345,,', '区域编码', '不是区域编码'],
  ['an unknown area', '甲,15400000001,,110101001001,,', '区域编码', '区域110101001001还没有'],
  ['no number at all', '甲,,,GRID,,', '手机号', '至少要填一个'],
  ['a short telephone', '甲,1540000,,GRID,,', '手机号', '不是手机号'],
  ['a telephone with words', '甲,15400000001转5,,GRID,,', '手机号', '不是手机号'],
  ['a telephone in scientific notation', '甲,1.54E+10,,GRID,,', '手机号', '设成文本格式'],
  [
    'a wrong check digit',
    `甲,,${WANG_ID.slice(0, 17)}${WANG_ID.endsWith('X') ? '1' : 'X'},GRID,,`,
    '身份证号',
    '逐位核对',
  ],
  ['an unknown role', '甲,15400000001,,GRID,国王,', '身份', '没有“国王”这种身份'],
  ['an impossible sex', '甲,15400000001,,GRID,,不详', '性别', '男或女'],
  ['a sex against the number', `甲,,${WANG_ID},GRID,,男`, '性别', '和身份证号不一致'],
];
test.each(ROWS)('%s is refused at its line, column and reason', async (_, row, column, reason) => {
  const good = `乙,15400000008,,${grid},,`;
  const report = await csv(`姓名,手机号,身份证号,区域编码,身份,性别\n${good}\n${row.replace('GRID', grid)}\n`);
  expect(report.problems).toEqual([{ line: 3, column, reason: expect.stringContaining(reason) }]);
  expect(report.imported).toBe(false);
  expect(await stored()).toEqual([]);
});

test('everything wrong with a row is named at once', async () => {
  const { problems } = await csv(`姓名,手机号,区域编码,身份\n9号,12,110101001001,国王\n`);
  expect(problems.map(({ line, column }) => [line, column]).sort()).toEqual(
    [
      [2, '区域编码'],
      [2, '姓名'],
      [2, '手机号'],
      [2, '身份'],
    ].sort(),
  );
});

test('the same person twice in a file is named with the earlier line', async () => {
  const header = '姓名,手机号,身份证号,区域编码';
  const twice = await csv(`${header}\n甲,15400000001,,${grid}\n\n甲,15400000001,,${grid}\n`);
  expect(twice.problems).toEqual([{ line: 4, column: '手机号', reason: '和第2行是同一个人' }]);
  const byId = await csv(`${header}\n甲,,${WANG_ID},${grid}\n乙,,${WANG_ID},${grid}\n`);
  expect(byId.problems).toEqual([{ line: 3, column: '身份证号', reason: '和第2行是同一个人' }]);
  await csv(`${header}\n王秀英,15400000001,${WANG_ID},${grid}\n`);
  const known = await csv(`${header}\n王秀英,,${WANG_ID},${grid}\n王秀英,15400000001,,${grid}\n`);
  expect(known.problems).toEqual([{ line: 3, column: '手机号', reason: '和第2行是同一个人' }]);
});

test('a row that fits two people, or one with another number, is not guessed at', async () => {
  const header = '姓名,手机号,身份证号,区域编码';
  await csv(`${header}\n王秀英,15400000001,${WANG_ID},${grid}\n王秀英,15400000002,${LI_ID},${grid}\n`);
  expect((await csv(`${header}\n王秀英,15400000002,${WANG_ID},${grid}\n`)).problems).toMatchObject([
    { line: 2, column: '身份证号', reason: expect.stringContaining('两个已登记的人') },
  ]);
  const other = idOf('99000119600101004');
  expect((await csv(`${header}\n王秀英,15400000002,${other},${grid}\n`)).problems).toMatchObject([
    { line: 2, column: '身份证号', reason: expect.stringContaining('身份证号不一致') },
  ]);
});

test('a sentinel is a worker found by telephone, here or in the file, and only one', async () => {
  const header = '姓名,手机号,区域编码,身份,守望哨';
  const none = await csv(`${header}\n甲,15400000001,${grid},居民,15400000009\n乙,15400000009,${grid},居民,\n`);
  expect(none.problems).toEqual([{ line: 2, column: '守望哨', reason: '没有用这个手机号登记的社区工作者或网格员' }]);
  const two = await csv(
    `${header}\n甲,15400000001,${grid},居民,15400000009\n乙,15400000009,${grid},网格员,\n丙,15400000009,${grid},工作者,\n`,
  );
  expect(two.problems).toEqual([{ line: 2, column: '守望哨', reason: '用这个手机号登记的社区工作者不止一个' }]);
  const worker = await addPerson(at.house, {
    name: '李敏',
    phone: '15400000009',
    area: here.community,
    roles: [{ role: 'worker', area: here.community }],
  });
  await csv(`${header}\n甲,15400000001,${grid},居民,15400000009\n`);
  expect((await stored()).find(({ name }) => name === '甲')?.sentinel).toBe(worker._id);
});

test('an importer writes people, and gives roles, only inside the own area', async () => {
  const covers = (codes: readonly string[]) => codes.includes(here.community);
  const header = '姓名,手机号,区域编码,身份,任职区域编码';
  await addPerson(at.house, { name: '外人', phone: '15400000007', area: there.community, roles: [] });
  const report = await csv(
    `${header}\n甲,15400000001,${there.community},居民,\n乙,15400000002,${grid},督导,${here.street}\n外人,15400000007,${grid},居民,\n丙,15400000003,${grid},居民,\n`,
    { covers },
  );
  expect(report.problems).toEqual([
    { line: 2, column: '区域编码', reason: `${there.community}不在您管理的区域内` },
    { line: 3, column: '身份', reason: `${here.street}不在您管理的区域内` },
    { line: 4, column: '手机号', reason: '这个人登记在您管理的区域之外，不能在这里改' },
  ]);
});

test('XLSX with a title above, telephones as numbers, an identity number Excel rounded', async () => {
  const good = await xlsxOf(folder, [
    ['幸福里社区人员名册'],
    ['序号', '姓名', '联系电话（必填）', '出生日期', '所属区域编码'],
    [1, '王秀英', 15400000001, new Date('1945-03-07T00:00:00Z'), grid],
  ]);
  expect(await importPeople(at.house, good, everywhere)).toMatchObject({
    added: 1,
    ignoredColumns: ['序号'],
    imported: true,
  });
  expect(await stored()).toMatchObject([{ name: '王秀英', birthYear: 1945 }]);
  const bad = await xlsxOf(folder, [
    ['姓名', '身份证号', '区域编码'],
    ['张福生', 990001194503070000, grid],
  ]);
  expect((await importPeople(at.house, bad, everywhere)).problems).toEqual([
    { line: 2, column: '身份证号', reason: expect.stringContaining('设成文本格式') },
  ]);
});

// ── Any register ────────────────────────────────────────────────────────────────────────────────────────────────────

interface Made {
  name: string;
  phone: string;
  area: 'grid' | 'other' | 'none' | 'wrong';
}
const person: fc.Arbitrary<Made> = fc.record({
  name: fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom('甲', '乙', '丙', '丁·戊') },
    { weight: 1, arbitrary: fc.constantFrom('', '9号', '<b>') },
  ),
  phone: fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom('15400000001', '15400000002', '154-0000-0003', '0858-8220001') },
    { weight: 1, arbitrary: fc.constantFrom('', '123', '25400000001') },
  ),
  area: fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom<Made['area']>('grid', 'other') },
    { weight: 1, arbitrary: fc.constantFrom<Made['area']>('none', 'wrong') },
  ),
});

test('any register comes in whole or not at all, and the lines named are exactly those that are wrong', async () => {
  const codes = () => ({ grid, other: there.community, none: '110101001001', wrong: 'G7' });
  const property = fc.asyncProperty(fc.array(person, { maxLength: 6 }), csvStyle, async (rows, style) => {
    await at.house.model('people').deleteMany({});
    const known = await addPerson(at.house, { name: '甲', phone: '15400000001', area: here.community, roles: [] });
    const table = rows.map(({ name, phone, area }) => [name, phone, codes()[area]]);
    const { text, lines } = csvOf([['姓名', '电话', '区域编码'], ...table], style);
    const report = await importPeople(at.house, await fileOf(folder, text), everywhere);

    const same = (a: Made, b: Made) => a.name === b.name && a.phone.replace(/\D/g, '') === b.phone.replace(/\D/g, '');
    const readable = (row: Made) =>
      /^[甲乙丙丁]/.test(row.name) && /^[10]/.test(row.phone) && row.phone.length > 3 && row.area !== 'wrong';
    const wrong = rows.flatMap((row, n) => {
      const twice = readable(row) && rows.findIndex((one) => readable(one) && same(one, row)) < n;
      return !readable(row) || row.area === 'none' || twice ? lines[n + 1] : [];
    });
    expect([...new Set(report.problems.map(({ line }) => line))]).toEqual(wrong);
    const after = await stored();
    if (wrong.length > 0) {
      expect(report.imported).toBe(false);
      expect(after).toEqual([known]);
    } else {
      expect(report.imported).toBe(true);
      const names = new Set([
        '甲 15400000001',
        ...rows.map(({ name, phone }) => `${name} ${phone.replace(/\D/g, '')}`),
      ]);
      expect(
        new Set(
          after.map(({ _id, name, phone = '' }) => `${name} ${at.house.vault.open(phone, fieldPlace(_id, 'phone'))}`),
        ),
      ).toEqual(names);
      expect(after).toHaveLength(names.size);
      expect(report.added).toBe(names.size - 1);
    }
  });
  await fc.assert(property, { numRuns: 60 });
}, 120_000);
