import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HaolinError } from '../../../../src/core/errors.ts';
import { readSheet } from '../../../../src/features/areas/import/sheet.ts';
import { csvOf, csvStyle, fileOf, xlsxOf } from '../../../support/sheets.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-sheet-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const cell = fc.stringMatching(/^[\u4e00-\u9fa5A-Za-z0-9,;"]{0,6}(\n[\u4e00-\u9fa5]{1,4}){0,2}$/);

test('every cell and every line come back, whatever program wrote the CSV', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .integer({ min: 2, max: 4 })
        .chain((width) =>
          fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
        ),
      csvStyle,
      async (body, style) => {
        // A header as real files have it: the separator is found by it.
        const header = (body[0] ?? []).map((_, n) => `列${n}`);
        const rows = [header, ...body];
        const { text, lines } = csvOf(rows, style);
        const read = await readSheet(await fileOf(folder, text));
        const expected = rows
          .map((cells, n) => ({ line: lines[n], cells: cells.map((one) => one.replace(/\s+/gu, ' ').trim()) }))
          .filter(({ cells }) => cells.some((one) => one !== ''));
        expect(read.map(({ line, cells }) => ({ line, cells }))).toEqual(expected);
      },
    ),
  );
});

test('GBK, UTF-8 with and without mark and UTF-16 say the same', async () => {
  const gbk = Buffer.from('d0d5c3fb2cb5e7bbb00acdf5d0e3d3a22c31353430303030303030310a', 'hex');
  const text = '姓名,电话\n王秀英,15400000001\n';
  const files = [gbk, Buffer.from(text), Buffer.from(`\uFEFF${text}`), Buffer.from(`\uFEFF${text}`, 'utf16le')];
  for (const bytes of files) {
    expect((await readSheet(await fileOf(folder, bytes))).map((row) => row.cells)).toEqual([
      ['姓名', '电话'],
      ['王秀英', '15400000001'],
    ]);
  }
});

test('XLSX: numbers, dates, formulas, rich text and gaps become what people read', async () => {
  const path = await xlsxOf(folder, [
    ['名册', null],
    [],
    ['姓名', '电话', '出生日期', '身份证号'],
    ['王秀英', 15400000001, new Date('1945-03-07T00:00:00Z'), 990001194503070000],
    [null, null, null, null],
    ['李敏', '15400000002', null, '99000119880101002X'],
  ]);
  expect(await readSheet(path)).toEqual([
    { line: 1, cells: ['名册'], rounded: [] },
    { line: 3, cells: ['姓名', '电话', '出生日期', '身份证号'], rounded: [] },
    { line: 4, cells: ['王秀英', '15400000001', '1945-03-07', '990001194503070000'], rounded: [3] },
    { line: 6, cells: ['李敏', '15400000002', '', '99000119880101002X'], rounded: [] },
  ]);
});

test('a quote that is never closed is named with its line', async () => {
  const path = await fileOf(folder, 'code,name\n5202,六盘水市\n5203,"遵义市\n5204,安顺市\n');
  await expect(readSheet(path)).rejects.toMatchObject({ code: 'quote_open', detail: expect.stringContaining('第3行') });
});

test.each([
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['a broken archive', Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(200, 7)])],
  ['neither UTF-8 nor GBK', Buffer.from('ff80ff80', 'hex')],
])('%s is not readable, and says so', async (_, bytes) => {
  await expect(readSheet(await fileOf(folder, bytes))).rejects.toMatchObject({ code: 'file_unreadable', status: 400 });
});

test('any bytes at all give rows or a named error', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 200 }).map((tail) => Buffer.concat([Buffer.from('504b0304', 'hex'), tail])),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      const read = await readSheet(await fileOf(folder, content)).catch((error: unknown) => error);
      expect(Array.isArray(read) || read instanceof HaolinError).toBe(true);
    }),
    { numRuns: 300 },
  );
});
