import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildFailure, build, type Message, type Plugin } from 'esbuild';
import type { Project } from './project.ts';
import type { Source } from './source.ts';
import { documentedNames } from './wx-names.ts';

const RUNTIME = fileURLToPath(new URL('../runtime/', import.meta.url));

export interface ScriptOptions {
  /** Where to stop in the debugger: the sources inside the script. Makes it three times as large. */
  sourcemap: boolean;
  minify: boolean;
}

/** The mini-program's scripts and the runtime that plays them, as one script; `facts` is what the runtime is told. */
export async function bundleScripts(
  source: Source,
  project: Project,
  facts: { templates: string; json: string },
  { sourcemap, minify }: ScriptOptions,
): Promise<string> {
  try {
    const { outputFiles, warnings, metafile } = await build({
      stdin: {
        contents: entry(source, project, facts),
        resolveDir: RUNTIME,
        sourcefile: 'preview-entry.js',
        loader: 'js',
      },
      bundle: true,
      write: false,
      metafile: true,
      format: 'iife',
      target: 'es2022',
      // WeChat keeps Chinese as it is, and so do the bundles' readers.
      charset: 'utf8',
      minify,
      sourcemap: sourcemap ? 'inline' : false,
      define: { 'process.env.NODE_ENV': minify ? '"production"' : '"development"' },
      logLevel: 'silent',
      absWorkingDir: dirname(source.root),
      tsconfigRaw: { compilerOptions: { target: 'es2022' } },
      plugins: [wxCalls(source)],
    });
    for (const warning of warnings) note(source, warning, false);
    for (const input of Object.keys(metafile.inputs)) source.read.add(join(dirname(source.root), input));
    return outputFiles[0]?.text ?? '';
  } catch (cause) {
    const { errors } = cause as Partial<BuildFailure>;
    if (!errors) throw cause;
    for (const error of errors) note(source, error, true);
    return '';
  }
}

function entry(source: Source, project: Project, { templates, json }: { templates: string; json: string }): string {
  const paths = ['app', ...project.units.map(({ path }) => path)];
  const modules = paths
    .map((path) => [path, ['ts', 'js'].map((ending) => `${path}.${ending}`).find((file) => source.has(file))] as const)
    .filter(([, file]) => file !== undefined)
    .map(([path, file]) => `${JSON.stringify(path)}: () => require(${JSON.stringify(join(source.root, file ?? ''))})`);
  return `import { start } from './start.ts';
import * as wx from 'wx-calls';
globalThis.wx = wx;
start({ ...${json}, templates: ${templates}, modules: {${modules.join(',\n')}} });`;
}

/**
 * Makes `wx` an import of every script of the mini-program, one export a documented member: esbuild then says where a
 * name is written that is none. Members the preview does not have throw when they are called.
 */
function wxCalls(source: Source): Plugin {
  return {
    name: 'wx-calls',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^wx-calls$/ }, () => ({ path: 'wx-calls', namespace: 'wx' }));
      onLoad({ filter: /.*/, namespace: 'wx' }, () => ({
        contents: `import { complete } from './wx/complete.ts';
export const { ${documentedNames().join(', ')} } = complete(${JSON.stringify(documentedNames())});`,
        resolveDir: RUNTIME,
      }));
      onLoad({ filter: /\.[tj]s$/ }, async ({ path }) => {
        if (relative(source.root, path).startsWith('..')) return undefined;
        const text = await readFile(path, 'utf8');
        return { contents: `import * as wx from 'wx-calls';${text}`, loader: path.endsWith('ts') ? 'ts' : 'js' };
      });
    },
  };
}

function note(source: Source, { id, text, location }: Message, isError: boolean): void {
  const file = location?.file ? join(dirname(source.root), location.file) : source.root;
  const path = relative(source.root, file);
  const place = { line: location?.line ?? 1, column: (location?.column ?? 0) + 1 };
  const [, name] = /^Import "(\w+)" will always be undefined .*"wx:wx-calls"/u.exec(text) ?? [];
  if (id === 'import-is-undefined' && name) {
    const hint = location?.suggestion ? `: did you mean wx.${location.suggestion}?` : '';
    source.problem('wx-unknown', path, place, `WeChat has no wx.${name}${hint}`);
  } else if (isError) source.problem('script-invalid', path, place, text);
  else source.warning('script-odd', path, place, text);
}
