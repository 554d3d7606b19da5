/** Import of areas: a code and a name a row, or (as the public division lists have it) the areas above it in further columns. */
import { breather } from '../../../core/breath.ts';
import type { House } from '../../../core/house.ts';
import { LEVELS, levelOf, lineage, parentOf } from '../codes.ts';
import { areasChanged } from '../memory.ts';
import { importWords as words } from '../messages.ts';
import type { Area } from '../model.ts';
import { placeName } from '../search.ts';
import type { Table, TableRow } from './columns.ts';
import type { Write } from './redo.ts';
import type { ImportOptions, ImportReport, RowProblem } from './report.ts';
import { type ImportKind, runImport } from './run.ts';

const PAIRS = [
  ['city_code', 'city'],
  ['county_code', 'county'],
  ['street_code', 'street'],
  ['code', 'name'],
] as const;
type Field = (typeof PAIRS)[number][number] | 'parent';

const NAME_LENGTH = 60;

/** An area some row names; `own` when it is what the row is about. */
interface Found {
  name: string;
  line: number;
  own: boolean;
}

export const areaImport: ImportKind<Field> = {
  name: 'areas',
  collection: 'areas',
  required: ['code', 'name'],
  headings: {
    code: [
      '编码',
      'code',
      '代码',
      '区域编码',
      '区域代码',
      '区划代码',
      '统计用区划代码',
      '社区编码',
      '社区代码',
      '网格编码',
      '网格代码',
    ],
    name: ['名称', 'name', '区域名称', '区划名称', '社区名称', '网格名称'],
    parent: ['上级编码', 'parent', '上级代码', '上级区域编码', '上级区划代码', 'parent_code'],
    city_code: ['市编码', 'city_code', '市代码', '地市编码', '市州编码'],
    city: ['市名称', 'city', '市', '地市', '市州', 'city_name'],
    county_code: ['县编码', 'county_code', '县代码', '区县编码', '区县代码', '县区编码', '县区代码'],
    county: ['县名称', 'county', '县', '区县', '县区', '区县名称', 'county_name'],
    street_code: ['街道编码', 'street_code', '街道代码', '乡镇编码', '乡镇街道编码', '乡镇街道代码'],
    street: ['街道名称', 'street', '街道', '乡镇', '乡镇街道', '街道乡镇', '乡镇街道名称', 'street_name'],
  },
  plan: planAreas,
};

/** Imports areas from a file; importing again renames what changed. @throws as `runImport` */
export async function importAreas(house: House, path: string, options: ImportOptions): Promise<ImportReport> {
  const report = await runImport(house, areaImport, path, options);
  if (report.imported) await areasChanged(house);
  return report;
}

async function planAreas(
  house: House,
  table: Table<Field>,
  options: Pick<ImportOptions, 'covers'> & { checked(rows: number): void },
): Promise<{ writes: Write[]; problems: RowProblem[] }> {
  const problems: RowProblem[] = [];
  const found = new Map<string, Found>();
  const needed = new Map<string, number>();
  const breathe = breather();
  for (const [index, row] of table.rows.entries()) {
    await breathe();
    const object = (field: Field, reason: string) =>
      problems.push({ line: row.line, column: table.headings[field] ?? field, reason });
    for (const pair of PAIRS) {
      const wrong = readPair(row, pair, found);
      if (wrong) object(...wrong);
    }
    const code = codeIn(row, 'code');
    const above = code === undefined ? null : parentOf(code);
    if (above !== null) needed.set(above, needed.get(above) ?? row.line);
    const stated = codeIn(row, 'parent');
    if (code !== undefined && levelOf(code) && stated !== undefined && stated !== above) {
      object('parent', words.wrongParent(code, above));
    }
    options.checked(index + 1);
  }
  const existing = await existingAreas(house, [...found.keys(), ...needed.keys()]);
  for (const [code, line] of needed) {
    if (!found.has(code) && !existing.has(code)) {
      problems.push({ line, column: table.headings.code ?? '', reason: words.noParent(code) });
    }
  }
  const writes: Write[] = [];
  // From the city down, so that a parent is there before its children.
  for (const [code, { name, line }] of [...found].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))) {
    const before = existing.get(code);
    if (before?.name === name) continue;
    if (!options.covers(lineage(code))) {
      problems.push({ line, column: table.headings.code ?? '', reason: words.notYours(code) });
    }
    writes.push(writeOf(code, name, before === undefined));
  }
  return { writes, problems };
}

/** Takes one code and its name out of a row; says which cell is wrong, if one is. */
function readPair(
  row: TableRow<Field>,
  [codeField, nameField]: (typeof PAIRS)[number],
  found: Map<string, Found>,
): [Field, string] | undefined {
  const code = codeIn(row, codeField);
  const title = row.cells[nameField];
  const own = codeField === 'code';
  if (code === undefined && title === undefined && !own) return undefined;
  if (code === undefined) return [codeField, words.missing];
  if (title === undefined) return [nameField, words.missing];
  const level = row.rounded.includes(codeField) ? undefined : levelOf(code);
  if (level === undefined) return [codeField, words.notACode(code)];
  const below = codeIn(row, 'code') ?? '';
  if (!own && LEVELS.indexOf(level) !== PAIRS.findIndex(([field]) => field === codeField)) {
    return [codeField, words.wrongLevel(code, level)];
  }
  if (!own && levelOf(below) && !lineage(below).includes(code)) return [codeField, words.notAbove(code, below)];
  const name = placeName(title);
  if (name.length > NAME_LENGTH) return [nameField, words.longName(NAME_LENGTH)];
  const before = found.get(code);
  // The areas above are named again in every row, a row's own only once.
  if (before && own && before.own) return [codeField, words.again(code, before.line)];
  if (before && before.name !== name) return [nameField, words.renamed(code, before.name, before.line)];
  found.set(code, { name, line: before?.line ?? row.line, own: own || before?.own === true });
  return undefined;
}

function codeIn(row: TableRow<Field>, field: Field): string | undefined {
  return row.cells[field]?.normalize('NFKC').toUpperCase();
}

function writeOf(code: string, name: string, isNew: boolean): Write {
  const first = { level: levelOf(code), parent: parentOf(code), areas: lineage(code) };
  return { id: code, isNew, set: { name }, first };
}

async function existingAreas(house: House, codes: readonly string[]): Promise<Map<string, Area>> {
  const areas = new Map<string, Area>();
  for (let at = 0; at < codes.length; at += 1_000) {
    const some = await house
      .model<Area>('areas')
      .find({ _id: { $in: codes.slice(at, at + 1_000) } })
      .lean<Area[]>();
    for (const area of some) areas.set(area._id, area);
  }
  return areas;
}
