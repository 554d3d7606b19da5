import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundledOnce } from '../support/bundles.ts';

/** The bundle of a child script of this folder. */
export async function bundled(script: string): Promise<string> {
  const name = script.replace(/\.ts$/, '');
  return join(await bundledOnce(name, { [name]: `test/faults/${script}` }), `${name}.js`);
}

export interface Child {
  process: ChildProcess;
  /** The next line it prints. @throws Error when it ends first */
  line(): Promise<string>;
  ask(line: string): Promise<string>;
  /** The end of what it wrote to standard error. */
  trouble(): string;
  /** `kill -9`, and its end awaited. */
  kill(): Promise<void>;
}

/** Starts a bundled child. What it writes to standard error is kept for the message of a failure. */
export function start(path: string, env: Record<string, string>): Child {
  const child = spawn(process.execPath, [path], { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  let trouble = '';
  child.stderr.on('data', (text: Buffer) => {
    trouble = `${trouble}${text}`.slice(-4_000);
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const next = waiting.shift();
    if (next) next(line);
    else lines.push(line);
  });
  const line = (): Promise<string> => {
    const known = lines.shift();
    if (known !== undefined) return Promise.resolve(known);
    return Promise.race([
      new Promise<string>((resolve) => waiting.push(resolve)),
      ended.then(() => {
        throw new Error(`the child ended before it answered: ${trouble}`);
      }),
    ]);
  };
  return {
    process: child,
    line,
    trouble: () => trouble,
    ask(text) {
      child.stdin.write(`${text}\n`);
      return line();
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
