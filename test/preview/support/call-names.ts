import { readFileSync } from 'node:fs';
import { documentedNames } from '../../../scripts/preview/compile/wx-names.ts';

const FOLDER = new URL('../../../scripts/preview/runtime/wx/', import.meta.url);

const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');

/** The names of all calls the preview has, read from its source (the modules themselves need a browser). */
export function calls(): { known: string[]; documented: readonly string[] } {
  const files = [...read('calls.ts').matchAll(/from '\.\/([\w-]+\.ts)'/gu)].map(([, file]) => file ?? '');
  const known = files.flatMap((file) => {
    const text = read(file);
    const [, object = ''] = /^export const \w+ = \{\n([\s\S]*?)^\};/mu.exec(text) ?? [];
    return [...object.matchAll(/^ {2}(\w+)[:,]/gmu)].map(([, name]) => name ?? '');
  });
  return { known, documented: documentedNames() };
}
