import type { House } from '../../../core/house.ts';
import { type Headings, type Table, tableOf } from './columns.ts';
import { importRunning } from './errors.ts';
import { resumeImports, type Write, writeAll } from './redo.ts';
import type { ImportOptions, ImportReport, RowProblem } from './report.ts';
import { readSheet } from './sheet.ts';

/** What a kind of import has of its own. */
export interface ImportKind<F extends string> {
  name: string;
  /** Model, and so collection, the rows are written to. */
  collection: string;
  headings: Headings<F>;
  required: readonly F[];
  /** Checks every row and resolves it to a document. Writes nothing. */
  plan(
    house: House,
    table: Table<F>,
    options: Pick<ImportOptions, 'covers'> & { checked(rows: number): void },
  ): Promise<{ writes: Write[]; problems: RowProblem[] }>;
}

/** How long a dead importer's hold on the imports survives it. */
const HOLD_MS = 60_000;

/**
 * Imports a CSV or XLSX file: reads it, checks every row, and only when there is nothing wrong writes them all.
 * @throws HaolinError file_unreadable, file_too_long, quote_open, import_running, import_interrupted
 */
export async function runImport<F extends string>(
  house: House,
  kind: ImportKind<F>,
  path: string,
  options: ImportOptions,
): Promise<ImportReport> {
  const rows = await readSheet(path);
  const table = tableOf(rows, kind.headings, kind.required);
  const report: ImportReport = {
    kind: kind.name,
    rows: 0,
    added: 0,
    updated: 0,
    problems: [],
    ignoredColumns: [],
    dryRun: options.dryRun,
    imported: false,
  };
  if ('problem' in table) return { ...report, problems: [table.problem] };
  report.rows = table.rows.length;
  report.ignoredColumns = table.ignored;

  const work = async (): Promise<ImportReport> => {
    // What an interrupted import still has to write must be there before rows are compared with what is there.
    if (!options.dryRun) await resumeImports(house);
    const { writes, problems } = await kind.plan(house, table, {
      covers: options.covers,
      checked: (done) => options.progress?.('check', done, table.rows.length),
    });
    report.problems = problems.sort((a, b) => a.line - b.line);
    report.added = writes.filter((write) => write.isNew).length;
    report.updated = writes.length - report.added;
    if (options.dryRun || problems.length > 0) return report;
    await writeAll(house, kind.collection, writes, options.by, (done) =>
      options.progress?.('write', done, writes.length),
    );
    return { ...report, imported: true };
  };
  if (options.dryRun) return work();
  const done = await house.coordination.lock('imports', HOLD_MS, work);
  if (!done) throw importRunning();
  return done;
}
