/** Something wrong in the mini-program's source, with the place to look at. */
export interface Problem {
  /** Stable, for programs and tests: `event-without-colon`, `unknown-component` … */
  code: string;
  message: string;
  /** Relative to the folder that holds the mini-program's folder, so that a terminal can open it. */
  file: string;
  /** Both count from 1. */
  line: number;
  column: number;
}

/** One line a compiler would print: `miniprogram/pages/a/a.wxml:3:7 message (code)`. */
export const problemLine = ({ file, line, column, message, code }: Problem): string =>
  `${file}:${line}:${column} ${message} (${code})`;

/** The source cannot be shown; `problems` holds everything found, not only the first. */
export class PreviewError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(problemLine).join('\n'));
    this.name = 'PreviewError';
    this.problems = problems;
  }
}

/** Line and column, from 1, of an offset in a text. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}
