/** Import of what lies in the grids: a grid's code and a place a row, its buildings in one cell (1-6、8). */
import { breather } from '../../../core/breath.ts';
import type { House } from '../../../core/house.ts';
import { type Day, dayOf } from '../../../core/time.ts';
import { levelOf, lineage } from '../codes.ts';
import type { Table, TableRow } from '../import/columns.ts';
import type { Write } from '../import/redo.ts';
import type { ImportOptions, ImportReport, RowProblem } from '../import/report.ts';
import { type ImportKind, runImport } from '../import/run.ts';
import { areasChanged } from '../memory.ts';
import { gridWords, importWords } from '../messages.ts';
import type { Area } from '../model.ts';
import { numbersIn } from './gazetteer.ts';
import type { GridVersion, Place } from './model.ts';
import { versionAfter } from './service.ts';

type Field = 'grid' | 'estate' | 'buildings' | 'from' | 'source';

const NAME_LENGTH = 40;
const MOST_PLACES = 300;

export const placeImport: ImportKind<Field> = {
  name: 'places',
  collection: 'grid_versions',
  required: ['grid', 'estate'],
  headings: {
    grid: ['网格编码', 'grid', '网格代码', '区域编码', '编码', 'code'],
    estate: ['小区', 'estate', '小区名称', '地点', '地名', '小区或街路', '街路巷'],
    buildings: ['楼栋', 'buildings', '楼栋号', '栋号', '楼号', '门牌号', '楼栋或门牌'],
    from: ['生效日期', 'from', '启用日期', '开始日期'],
    source: ['来源', 'source', '依据'],
  },
  plan: planPlaces,
};

/** Imports the places of grids: each grid named gets a version that holds from the sheet's day, else today. @throws as `runImport` */
export async function importPlaces(house: House, path: string, options: ImportOptions): Promise<ImportReport> {
  const kind: ImportKind<Field> = {
    ...placeImport,
    plan: (at, table, checks) => planPlaces(at, table, checks, options.by),
  };
  const report = await runImport(house, kind, path, options);
  if (report.imported) await areasChanged(house);
  return report;
}

/** What a sheet says of one grid. */
interface Told {
  line: number;
  from: Day;
  source: string;
  places: Place[];
}

async function planPlaces(
  house: House,
  table: Table<Field>,
  options: Pick<ImportOptions, 'covers'> & { checked(rows: number): void },
  by = '',
): Promise<{ writes: Write[]; problems: RowProblem[] }> {
  const problems: RowProblem[] = [];
  const told = new Map<string, Told>();
  const today = dayOf(house.clock.now());
  const object = (line: number, field: Field, reason: string) =>
    problems.push({ line, column: table.headings[field] ?? field, reason });
  const breathe = breather();
  for (const [index, row] of table.rows.entries()) {
    await breathe();
    const wrong = readRow(row, told, today);
    if (wrong) object(row.line, ...wrong);
    options.checked(index + 1);
  }
  const grids = await gridsOf(house, [...told.keys()]);
  const histories = await historiesOf(house, [...told.keys()]);
  const writes: Write[] = [];
  for (const [code, { line, from, source, places }] of told) {
    const grid = grids.get(code);
    if (!grid) object(line, 'grid', gridWords.noGrid(code));
    else if (!options.covers(lineage(code))) object(line, 'grid', importWords.notYours(code));
    else if (places.length > MOST_PLACES) object(line, 'estate', gridWords.tooMany(MOST_PLACES));
    else {
      const history = histories.get(code) ?? [];
      const there = history.find((one) => one.from === from);
      if (there && JSON.stringify(there.places) === JSON.stringify(places)) continue;
      if (there) object(line, 'grid', gridWords.importedToday(code, from));
      else {
        const next = versionAfter(history, { ...grid, by, at: house.clock.now() }, { from, places, source });
        const { _id, ...first } = next;
        writes.push({ id: _id, isNew: true, set: {}, first });
      }
    }
  }
  return { writes, problems };
}

/** Takes what one row says; says which cell is wrong, if one is. */
function readRow(row: TableRow<Field>, told: Map<string, Told>, today: Day): [Field, string] | undefined {
  const { estate, buildings, from, source } = row.cells;
  const code = row.cells.grid?.normalize('NFKC').toUpperCase();
  if (code === undefined) return ['grid', importWords.missing];
  if (row.rounded.includes('grid') || levelOf(code) !== 'grid') return ['grid', gridWords.notAGrid(code)];
  if (estate === undefined) return ['estate', importWords.missing];
  if (estate.length > NAME_LENGTH || estate.length < 2) return ['estate', gridWords.nameLength(NAME_LENGTH)];
  const parts = buildings?.split(/[\s、,，;；/]+/u).filter((part) => part !== '') ?? [];
  const unread = parts.find((part) => numbersIn(part).length === 0);
  if (unread !== undefined) return ['buildings', gridWords.noBuilding(unread)];
  const day = from === undefined ? today : from.replaceAll(/[./]/gu, '-');
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(day) || Number.isNaN(Date.parse(day))) return ['from', gridWords.noDay(day)];
  const before = told.get(code);
  if (before && from !== undefined && before.from !== day) return ['from', gridWords.twoDays(code, before.line)];
  const here = before ?? { line: row.line, from: day, source: source ?? gridWords.sheet, places: [] };
  const place: Place = { estate, ...(parts.length > 0 && { buildings: parts }) };
  if (here.places.some((one) => one.estate === estate && one.buildings === undefined)) {
    return ['estate', gridWords.again(estate, code)];
  }
  here.places.push(place);
  told.set(code, here);
  return undefined;
}

async function gridsOf(house: House, codes: readonly string[]): Promise<Map<string, Area>> {
  const grids = new Map<string, Area>();
  for (let at = 0; at < codes.length; at += 1_000) {
    const some = await house
      .model<Area>('areas')
      .find({ _id: { $in: codes.slice(at, at + 1_000) }, level: 'grid' })
      .lean<Area[]>();
    for (const grid of some) grids.set(grid._id, grid);
  }
  return grids;
}

async function historiesOf(house: House, codes: readonly string[]): Promise<Map<string, GridVersion[]>> {
  const histories = new Map<string, GridVersion[]>();
  for (let at = 0; at < codes.length; at += 1_000) {
    const some = await house
      .model<GridVersion>('grid_versions')
      .find({ grid: { $in: codes.slice(at, at + 1_000) } })
      .sort({ from: 1 })
      .lean<GridVersion[]>();
    for (const one of some) histories.set(one.grid, [...(histories.get(one.grid) ?? []), one]);
  }
  return histories;
}
