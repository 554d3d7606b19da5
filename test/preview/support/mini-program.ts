import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compilePreview, type Preview, PreviewError, type Problem } from '../../../scripts/preview/index.ts';

/** Files of a mini-program by their path; `app.json` with one page `pages/a/a` is there unless it is given. */
export type Files = Record<string, string>;

const DEFAULTS: Files = {
  'app.json': JSON.stringify({ pages: ['pages/a/a'], darkmode: true }),
  'app.ts': 'App({});',
  'pages/a/a.wxml': '<view>a</view>',
  'pages/a/a.ts': 'Page({});',
};

/** Writes a mini-program to a folder of its own, and takes the folder away after use. */
export async function withMiniProgram<T>(files: Files, use: (source: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'haolin-preview-'));
  const source = join(folder, 'miniprogram');
  try {
    for (const [path, text] of Object.entries({ ...DEFAULTS, ...files })) {
      mkdirSync(dirname(join(source, path)), { recursive: true });
      writeFileSync(join(source, path), text);
    }
    return await use(source);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const compile = (files: Files): Promise<Preview> =>
  withMiniProgram(files, (source) => compilePreview({ source }));

/** The problems a mini-program is refused for; empty when it compiles. */
export async function problemsOf(files: Files): Promise<readonly Problem[]> {
  try {
    await compile(files);
    return [];
  } catch (error) {
    if (error instanceof PreviewError) return error.problems;
    throw error;
  }
}
