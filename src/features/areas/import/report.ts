/** One thing wrong with one row. */
export interface RowProblem {
  line: number;
  /** The column's heading as the file has it. */
  column: string;
  /** Why, in one Chinese sentence without a full stop. */
  reason: string;
}

/** What an import did, or (dry run, or problems) would have done. */
export interface ImportReport {
  kind: string;
  /** Rows below the headings. */
  rows: number;
  added: number;
  updated: number;
  problems: RowProblem[];
  ignoredColumns: string[];
  dryRun: boolean;
  /** True when everything was written; otherwise nothing was. */
  imported: boolean;
}

export interface ImportOptions {
  dryRun: boolean;
  /** Id of who imports. */
  by: string;
  /** Whether the importer may write in an area, given its codes from the city down. */
  covers(areas: readonly string[]): boolean;
  progress?(phase: 'check' | 'write', done: number, total: number): void;
}
