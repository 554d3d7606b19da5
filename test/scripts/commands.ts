/** The commands as people run them: processes of their own, from bundles, which start in a quarter of the time of the sources. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundledOnce } from '../support/bundles.ts';

export interface Ran {
  code: number | null;
  said: string;
}

const nameOf = (path: string): string => basename(path, '.ts');

/** What moves data shares documents with the driver, which must then be one with what is imported from elsewhere. */
const DRIVER = ['mongodb', 'mongodb/*', 'mongoose', 'bson'];

function bundled(): Promise<string> {
  const commands = readdirSync('scripts').filter((file) => file.endsWith('.ts'));
  const paths = [...commands.map((file) => `scripts/${file}`), 'src/main.ts'];
  return bundledOnce('commands', Object.fromEntries(paths.map((path) => [nameOf(path), path])), DRIVER);
}

/** Starts a command, `scripts/import.ts` say, with no more of this process's environment than a terminal gives. */
export async function startCommand(
  path: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<ChildProcess> {
  const bundles = await bundled();
  // Vitest's own variables (BASE_URL among them) are not the house's.
  const { PATH, HOME, TMPDIR, TZ } = process.env;
  return spawn(process.execPath, [join(bundles, `${nameOf(path)}.js`), ...args], {
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
