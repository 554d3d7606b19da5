import { afterAll, beforeAll, expect, test } from 'vitest';
import { areas, importPlaces, placesIn, whereSaid } from '../../../../src/features/areas/index.ts';
import { actorOf, type Person, people } from '../../../../src/features/people/index.ts';
import { type TestApi, testApi } from '../../../support/api.ts';
import { makeCommunity, makePerson, type TestCommunity } from '../../../support/house.ts';
import { csvOf, fileOf, PLAIN } from '../../../support/sheets.ts';

let at: TestApi;
let here: TestCommunity;
let admin: Person;
let secretary: Person;
let grid: string;
let other: string;
beforeAll(async () => {
  at = await testApi([areas, people]);
  here = await makeCommunity(at.house, { name: '幸福里社区' });
  [grid = '', other = ''] = here.grids;
  admin = await makePerson(at.house, { area: here.community, roles: ['admin'] });
  secretary = await makePerson(at.house, { area: here.community, roles: ['secretary'] });
});
afterAll(() => at.close());

const square = (size: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [104.8, 26.6],
      [104.8 + size, 26.6],
      [104.8 + size, 26.6 + size],
      [104.8, 26.6],
    ],
  ],
});
const put = (body: object, who = admin, code = grid) => at.call(who, 'PUT', `/areas/${code}/boundary`, body);
const first = {
  from: '2026-01-01',
  source: '街道文件',
  boundary: square(0.01),
  places: [{ estate: '上海城', buildings: ['1-6'] }],
};
const namesAt = async (text: string) =>
  (await whereSaid(at.house, { actor: actorOf(secretary, 'api'), now: at.house.clock.now() }, text)).map(
    (one) => `${one.grid.slice(-3)} ${one.exact}`,
  );

test('a version holds from its day until the next; none is ever written over', async () => {
  expect(await put(first)).toMatchObject({ status: 200, body: { version: 1, name: '第1网格', from: '2026-01-01' } });
  // The same request again is the same version, another of that day is none.
  expect(await put(first)).toMatchObject({ status: 200, body: { version: 1 } });
  expect(await put({ ...first, boundary: square(0.02) })).toMatchObject({
    status: 409,
    body: {
      code: 'grid_version_there',
      detail: '这个网格在2026-01-01已经有一版了，留下的版本不能改，请换一个生效日期。',
    },
  });
  const second = { from: '2026-02-01', source: '重新划分', places: [{ estate: '上海城', buildings: ['1-3'] }] };
  expect(await put(second)).toMatchObject({ status: 200, body: { version: 2, boundary: square(0.01) } });
  const on = (day: string) => at.call(undefined, 'GET', `/areas/${grid}/boundary?on=${day}`);
  expect(await on('2026-01-31')).toMatchObject({ body: { version: 1, until: '2026-01-31', places: first.places } });
  expect((await on('2026-02-01')).body).not.toHaveProperty('until');
  expect(await on('2025-12-31')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect(await at.call(undefined, 'GET', `/areas/${grid}/boundaries`)).toMatchObject({
    body: {
      items: [
        { version: 1, places: first.places },
        { version: 2, places: second.places },
      ],
    },
  });
});

test.each([
  ['no grid', 'community', first, 404],
  [
    'an open outline',
    'grid',
    { ...first, boundary: { type: 'Polygon', coordinates: [square(1).coordinates[0]?.slice(0, 3)] } },
    400,
  ],
  [
    'a point off the earth',
    'grid',
    {
      ...first,
      boundary: {
        type: 'Polygon',
        coordinates: [
          [
            [200, 0],
            [1, 1],
            [2, 2],
            [200, 0],
          ],
        ],
      },
    },
    400,
  ],
  ['a building nobody can read', 'grid', { ...first, places: [{ estate: '上海城', buildings: ['东边那栋'] }] }, 400],
  ['no such day', 'grid', { ...first, from: '2026-02-30' }, 400],
] as const)('%s is refused', async (_what, level, body, status) => {
  const answer = await put(body, admin, level === 'grid' ? grid : here.community);
  expect(answer.status).toBe(status);
  if (status === 400) expect(JSON.stringify((answer.body as { detail: string }).detail)).not.toMatch(/[A-Za-z]/u);
});

test('only an admin changes a boundary', async () => {
  expect(await put({ ...first, from: '2026-05-01' }, secretary)).toMatchObject({ status: 403 });
  expect(await at.call(undefined, 'PUT', `/areas/${grid}/boundary`, first)).toMatchObject({ status: 401 });
});

test('places come from a sheet, and what people say is found in them at once', async () => {
  expect(await namesAt('上海城5栋灯坏了')).toEqual(['G01 上海城5栋']);
  const sheet = (rows: string[][]) =>
    fileOf(at.house.settings.folder, csvOf([['网格编码', '小区', '楼栋', '生效日期'], ...rows], PLAIN).text).then(
      (path) => importPlaces(at.house, path, { dryRun: false, by: admin._id, covers: () => true }),
    );
  const today = at.house.clock.now().toISOString().slice(0, 10);
  expect(
    await sheet([
      [grid, '上海城', '1-3', ''],
      [other, '上海城', '4-6、8', ''],
      [other, '建设路', '1-48', ''],
    ]),
  ).toMatchObject({
    added: 2,
    imported: true,
    problems: [],
  });
  expect(await namesAt('上海城5栋灯坏了')).toEqual(['G02 上海城5栋']);
  expect(await namesAt('建设路26号')).toEqual(['G02 建设路26号']);
  expect(await namesAt('上海城门口')).toEqual(['G01 上海城', 'G02 上海城']);
  // The outline is still there; the same sheet changes nothing, another of the same day is refused.
  expect((await at.call(undefined, 'GET', `/areas/${grid}/boundary`)).body).toMatchObject({
    from: today,
    boundary: square(0.01),
  });
  expect(await sheet([[grid, '上海城', '1-3', '']])).toMatchObject({ added: 0, problems: [] });
  expect(
    await sheet([
      [grid, '上海城', '1-2', ''],
      [other, '上海城', '东边', ''],
      [here.community, '上海城', '', ''],
      ['990001001001G99', '上海城', '', ''],
    ]),
  ).toMatchObject({
    imported: false,
    problems: [
      { line: 2, column: '网格编码', reason: `${grid}在${today}已经有一版了，留下的版本不能改，请换一个生效日期` },
      { line: 3, column: '楼栋', reason: '“东边”看不懂；楼栋请写成1或者3-6，用顿号隔开' },
      { line: 4, column: '网格编码', reason: `“${here.community}”不是网格编码（要设成文本格式）` },
      { line: 5, column: '网格编码', reason: '网格990001001001G99还没有，请先导入区域' },
    ],
  });
});

test('two at once: one version, the other is told', async () => {
  const body = (estate: string) => ({ from: '2030-01-01', source: '试验', places: [{ estate }] });
  const answers = await Promise.all([put(body('甲小区')), put(body('乙小区'))]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(
    (await placesIn(at.house, here.community, new Date('2030-01-02T04:00:00Z'))).places.some(
      ({ estate }) => estate === '建设路',
    ),
  ).toBe(true);
});
