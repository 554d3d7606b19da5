import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Source } from './source.ts';

const TYPES: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
};

/** The package's pictures as data URLs by their path: a package is small by rule, so they travel with the script. */
export function readAssets(source: Source): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(source.root, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name).toLowerCase()];
    if (!type || !entry.isFile() || entry.parentPath.includes('node_modules')) continue;
    const path = join(entry.parentPath, entry.name).slice(source.root.length + 1);
    found[`/${path}`] = `data:${type};base64,${source.bytes(path).toString('base64')}`;
  }
  return found;
}
