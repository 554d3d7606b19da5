/** The commands as people run them: processes of their own, from bundles, which start in half the time of the sources. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll } from 'vitest';
import { NODE_BUNDLE } from '../../scripts/bundle.ts';

export interface Ran {
  code: number | null;
  said: string;
}

/** Where the bundles go: inside node_modules, so that packages are found from there. */
const OUT = join(import.meta.dirname, `../../node_modules/.cache/haolin-commands-${process.pid}`);
let bundles: Promise<unknown> | undefined;

afterAll(() => rm(OUT, { recursive: true, force: true }));

const nameOf = (path: string): string => basename(path, '.ts');

function bundled(): Promise<unknown> {
  const commands = readdirSync('scripts').filter((file) => file.endsWith('.ts'));
  const paths = [...commands.map((file) => `scripts/${file}`), 'src/main.ts'];
  return build({
    entryPoints: {
      ...Object.fromEntries(paths.map((path) => [nameOf(path), path])),
      'store-worker': 'src/storage/embedded/worker.ts',
    },
    outdir: OUT,
    ...NODE_BUNDLE,
    logLevel: 'error',
  });
}

/** Starts a command, `scripts/import.ts` say, with no more of this process's environment than a terminal gives. */
export async function startCommand(
  path: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<ChildProcess> {
  bundles ??= bundled();
  await bundles;
  // Vitest's own variables (BASE_URL among them) are not the house's.
  const { PATH, HOME, TMPDIR, TZ } = process.env;
  return spawn(process.execPath, [join(OUT, `${nameOf(path)}.js`), ...args], {
    env: { PATH, HOME, TMPDIR, TZ, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a command to its end; `watch` sees all it has said so far after each new piece. */
export async function runToEnd(
  path: string,
  args: readonly string[],
  {
    env = {},
    watch = () => undefined,
  }: { env?: Record<string, string>; watch?: (said: string, child: ChildProcess) => void } = {},
): Promise<Ran> {
  const child = await startCommand(path, args, env);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
      watch(said, child);
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}
