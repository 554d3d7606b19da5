import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

let names: readonly string[] | undefined;

/** Every member of `wx` that WeChat's own type definitions know: what is not among them is a slip of the pen. */
export function documentedNames(): readonly string[] {
  names ??= read();
  return names;
}

function read(): readonly string[] {
  const file = readFileSync(require.resolve('miniprogram-api-typings/types/wx/lib.wx.api.d.ts'), 'utf8');
  // The comments are full of examples whose lines look like members.
  const text = file.replace(/\/\*[\s\S]*?\*\//gu, '');
  const start = text.indexOf('    interface Wx {');
  const end = text.indexOf('\n    }\n', start);
  if (start < 0 || end < 0) throw new Error('miniprogram-api-typings has no interface Wx where it used to be');
  const found = text.slice(start, end).matchAll(/^ {8}(?:readonly )?([a-z]\w*)\??\s*[<(:]/gmu);
  return [...new Set([...found].map(([, name]) => name ?? ''))];
}
