import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { StaticPage } from '../../src/http/index.ts';
import { compilePreview, type Preview } from '../preview/index.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "connect-src 'self' blob:; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

/** The neighbourhood page at `/` and the mini-program at `/phone/`; both are compiled when somebody first looks. */
export function neighbourhoodPages(): readonly StaticPage[] {
  let preview: Promise<Preview> | undefined;
  const phone = () => {
    preview ??= compilePreview({ source: here('../../miniprogram'), minify: true });
    return preview;
  };
  const page = (path: string, type: string, text: StaticPage['text']): StaticPage => ({
    path,
    type,
    policy: POLICY,
    text,
  });
  return [
    page('/', HTML, () => readFile(here('page/neighbourhood.html'), 'utf8')),
    page('/neighbourhood.css', CSS, () => readFile(here('page/neighbourhood.css'), 'utf8')),
    page('/neighbourhood.js', SCRIPT, once(scriptOfPage)),
    page('/phone/', HTML, async () => (await phone()).html),
    page('/phone/preview.js', SCRIPT, async () => (await phone()).js),
    page('/phone/preview.css', CSS, async () => (await phone()).css),
  ];
}

async function scriptOfPage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [here('page/neighbourhood.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  });
  return outputFiles[0]?.text ?? '';
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
