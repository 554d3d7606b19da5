import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import JSZip from 'jszip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HaolinError } from '../../../../src/core/errors.ts';
import { openParts } from '../../../../src/features/areas/import/parts.ts';
import { readSheet } from '../../../../src/features/areas/import/sheet.ts';
import { readXlsx } from '../../../../src/features/areas/import/xlsx.ts';
import { type Cell, fileOf, xlsxOf } from '../../../support/sheets.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-xlsx-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An XLSX file of these parts. */
async function zipOf(parts: Record<string, string>): Promise<string> {
  const zip = new JSZip();
  for (const [name, content] of Object.entries(parts)) zip.file(name, content);
  return fileOf(folder, await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' }), 'xlsx');
}

const WORKBOOK = {
  'xl/workbook.xml': '<workbook><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
};
const sheetOf = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const cellsOf = async (parts: Record<string, string>) =>
  (await readSheet(await zipOf({ ...WORKBOOK, ...parts }))).map(({ line, cells }) => [line, ...cells]);

test('any table comes back as it was written', async () => {
  const cell: fc.Arbitrary<Cell> = fc.oneof(
    fc.stringMatching(/^[\u4e00-\u9fa5A-Za-z0-9<&>"]{1,8}$/),
    fc.integer({ min: 0, max: 19_999_999_999 }),
    fc.constant(null),
    fc.integer({ min: 1, max: 40_000 }).map((day) => new Date(Date.UTC(1910, 0, 1) + day * 86_400_000)),
  );
  const asRead = (one: Cell) =>
    one === null ? '' : one instanceof Date ? one.toISOString().slice(0, 10) : String(one);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 8 }), async (table) => {
      const expected = table
        .map((cells, n) => ({ line: n + 1, cells: cells.map(asRead) }))
        .filter(({ cells }) => cells.some((one) => one !== ''))
        .map(({ line, cells }) => ({ line, cells: cells.slice(0, cells.findLastIndex((one) => one !== '') + 1) }));
      const read = await readSheet(await xlsxOf(folder, table));
      expect(read.map(({ line, cells }) => ({ line, cells }))).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

test('texts: shared, inline, rich, with reading aids, escaped, of formulas', async () => {
  const sharedStrings =
    '<sst><si><t>王秀英</t></si><si><r><t>张</t></r><r><rPr><b/></rPr><t xml:space="preserve">敏</t></r></si>' +
    '<si><t>李</t><rPh sb="0" eb="1"><t>lǐ</t></rPh><phoneticPr fontId="1"/></si><si><t>上_x000D_下&amp;</t></si></sst>';
  const row =
    '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="s"><v>2</v></c><c r="D3" t="s"><v>3</v></c>' +
    '<c r="E3" t="inlineStr"><is><t>里</t></is></c><c r="F3" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>' +
    '<c r="G3" t="str"><f>A3&amp;"1"</f><v>王秀英1</v></c><c r="H3"><f>1+1</f><v>2</v></c><c r="I3" t="b"><v>1</v></c>' +
    '<c r="J3" t="e"><v>#N/A</v></c><c r="K3" t="s"><v>99</v></c><c r="L3" t="d"><v>1945-03-07T00:00:00</v></c></row>';
  expect(await cellsOf({ 'xl/sharedStrings.xml': sharedStrings, 'xl/worksheets/sheet1.xml': sheetOf(row) })).toEqual([
    [3, '王秀英', '张敏', '李', '上 下&', '里', '甲乙', '王秀英1', '2', 'true', '', '', '1945-03-07'],
  ]);
});

test('a number is a date when its format shows one, counted from 1900 or 1904', async () => {
  const styles =
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>' +
    '<numFmt numFmtId="165" formatCode="[Red]0.00&quot;day&quot;\\m"/></numFmts>' +
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>';
  const row = `<row r="1">${[0, 1, 2, 3].map((s) => `<c s="${s}"><v>16503</v></c>`).join('')}</row>`;
  const parts = { 'xl/styles.xml': styles, 'xl/worksheets/sheet1.xml': sheetOf(row) };
  expect(await cellsOf(parts)).toEqual([[1, '16503', '1945-03-07', '1945-03-07', '16503']]);
  const workbook = WORKBOOK['xl/workbook.xml'].replace('<sheets>', '<workbookPr date1904="1"/><sheets>');
  expect(await cellsOf({ ...parts, 'xl/workbook.xml': workbook })).toEqual([
    [1, '16503', '1949-03-08', '1949-03-08', '16503'],
  ]);
});

test('namespaces, absolute targets, cells and rows that do not say where they are, and a workbook that is not there', async () => {
  const prefixed =
    '<x:worksheet xmlns:x="u"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>';
  expect(await cellsOf({ 'xl/worksheets/sheet1.xml': prefixed })).toEqual([[2, '', '7']]);
  const bare = '<row><c><v>1</v></c><c><v>2</v></c></row><row><c r="C2"><v>3</v></c><c><v>4</v></c></row>';
  expect(await cellsOf({ 'xl/worksheets/sheet1.xml': sheetOf(bare) })).toEqual([
    [1, '1', '2'],
    [2, '', '', '3', '4'],
  ]);
  const absolute = '<Relationships><Relationship Id="r1" Target="/xl/worksheets/other.xml"/></Relationships>';
  const other = {
    'xl/_rels/workbook.xml.rels': absolute,
    'xl/worksheets/other.xml': sheetOf('<row><c><v>5</v></c></row>'),
  };
  expect(await cellsOf(other)).toEqual([[1, '5']]);
  const alone = await zipOf({ 'xl/worksheets/sheet1.xml': sheetOf('<row><c><v>6</v></c></row>') });
  expect((await readSheet(alone)).map(({ cells }) => cells)).toEqual([['6']]);
  expect(await readSheet(await zipOf({ 'word/document.xml': '<document/>' }))).toEqual([]);
});

test('the first sheet that has anything is read', async () => {
  const sheets = {
    'xl/workbook.xml': '<workbook><sheets><sheet r:id="r2"/><sheet r:id="r1"/><sheet r:id="gone"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="worksheets/sheet2.xml"/></Relationships>',
  };
  const one = sheetOf('<row><c><v>1</v></c></row>');
  const two = sheetOf('<row><c><v>2</v></c></row>');
  expect(await cellsOf({ ...sheets, 'xl/worksheets/sheet1.xml': one, 'xl/worksheets/sheet2.xml': two })).toEqual([
    [1, '2'],
  ]);
  expect(
    await cellsOf({ ...sheets, 'xl/worksheets/sheet1.xml': one, 'xl/worksheets/sheet2.xml': sheetOf('<row r="1"/>') }),
  ).toEqual([[1, '1']]);
});

test('a cell strayed to the sheet’s far edge, in every row, costs nothing: no row is wider than a register can be', async () => {
  const rows = Array.from(
    { length: 5_000 },
    (_, n) =>
      `<row r="${n + 1}"><c r="A${n + 1}"><v>${n}</v></c><c r="BI${n + 1}"><v>1</v></c><c r="XFD${n + 1}"><v>1</v></c></row>`,
  );
  const read = await readXlsx(await zipOf({ ...WORKBOOK, 'xl/worksheets/sheet1.xml': sheetOf(rows.join('')) }), 10_000);
  expect(read).toHaveLength(5_000);
  expect(read.every(({ line, cells }) => cells.length === 1 && cells[0] === String(line - 1))).toBe(true);
  for (const reference of ['ZZZZZZZZ1', 'A0', '-1', '1', 'BH1', 'BI1']) {
    const [row] = await cellsOf({
      'xl/worksheets/sheet1.xml': sheetOf(`<row r="1"><c r="${reference}"><v>9</v></c></row>`),
    });
    expect(row?.length ?? 0).toBeLessThanOrEqual(61);
  }
});

test('what inflates beyond all measure is refused while it is read, whatever the zip says of its size', async () => {
  const wide = sheetOf(`<row r="1"><c r="A1"><v>1</v></c></row>${' '.repeat(500)}`.repeat(2_000));
  const path = await zipOf({ ...WORKBOOK, 'xl/worksheets/sheet1.xml': wide });
  const parts = await openParts(path, 200_000);
  await expect(parts.read('xl/worksheets/sheet1.xml', {})).rejects.toMatchObject({
    code: 'file_too_large',
    status: 400,
  });
  // What several parts come to counts together.
  const both = await openParts(path, 2_000_000);
  await both.read('xl/worksheets/sheet1.xml', {});
  await expect(both.read('xl/worksheets/sheet1.xml', {})).rejects.toMatchObject({ code: 'file_too_large' });
  // Reading stops where the reader has enough.
  let rows = 0;
  const early = await openParts(path, 200_000);
  await early.read(
    'xl/worksheets/sheet1.xml',
    { opened: (name) => (rows += name === 'row' ? 1 : 0) },
    () => rows >= 10,
  );
  expect(rows).toBeLessThan(500);
  await expect(readXlsx(path, 1_999)).rejects.toMatchObject({ code: 'file_too_long' });
});

test('a text without end, shared texts without end, entities that multiply: refused, not kept', async () => {
  const endless = sheetOf(`<row r="1"><c r="A1" t="str"><v>${'x'.repeat(2_000_000)}</v></c></row>`);
  await expect(cellsOf({ 'xl/worksheets/sheet1.xml': endless })).rejects.toMatchObject({ code: 'file_unreadable' });
  const long = sheetOf(`<row r="1"><c r="A1" t="str"><v>${'x'.repeat(50_000)}</v></c></row>`);
  const [row] = await cellsOf({ 'xl/worksheets/sheet1.xml': long });
  expect(String(row?.[1]).length).toBeLessThanOrEqual(4_000);
  const laughs =
    '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;">]><worksheet><sheetData><row><c t="str"><v>&c;</v></c></row></sheetData></worksheet>';
  await expect(cellsOf({ 'xl/worksheets/sheet1.xml': laughs })).rejects.toMatchObject({ code: 'file_unreadable' });
});

test('whatever the parts hold, there are rows or a named error', async () => {
  const bits = [
    '<row>',
    '</row>',
    '<c r="A1" t="s">',
    '</c>',
    '<v>',
    '</v>',
    '1',
    '99',
    '<is>',
    '</is>',
    '<t>',
    '</t>',
    '&amp;',
    '<',
    '"',
    '中',
    '<sheetData>',
    '</sheetData>',
    '<!--',
    ']]>',
  ];
  const xml = fc.array(fc.constantFrom(...bits), { maxLength: 30 }).map((some) => some.join(''));
  await fc.assert(
    fc.asyncProperty(xml, xml, xml, async (sheet, strings, styles) => {
      const path = await zipOf({
        ...WORKBOOK,
        'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}`,
        'xl/sharedStrings.xml': strings,
        'xl/styles.xml': styles,
      });
      const read = await readSheet(path).catch((error: unknown) => error);
      expect(Array.isArray(read) || read instanceof HaolinError).toBe(true);
    }),
    { numRuns: 200 },
  );
});
