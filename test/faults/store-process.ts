/** The embedded store as a process that is killed and opened again, with as little between the two as can be. */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { build } from 'esbuild';
import { MongoClient } from 'mongodb';
import { type Child, start } from './child.ts';

const OUT = join(import.meta.dirname, '../../node_modules/.cache/haolin-faults/store/child.mjs');
/** What CommonJS packages expect to find in a module. */
const BANNER = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/** Turns of the event loop in which a socket whose other end is gone reads that, ends its own side and closes, and some. */
const TURNS_TO_CLOSE = 8;

/** Bundles the child with all its packages but LMDB's binary: it starts in half the time. */
export async function bundledStore(): Promise<string> {
  await build({
    entryPoints: [join(import.meta.dirname, 'store.child.ts')],
    outfile: OUT,
    bundle: true,
    minify: true,
    // An error nobody caught is shown with its line, and what follows a long one does not get through a pipe in time.
    lineLimit: 200,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['lmdb'],
    banner: { js: BANNER },
    logLevel: 'warning',
  });
  return OUT;
}

/** An open store. */
export interface Opened {
  client: MongoClient;
  /** What was wrong in the files before it was opened. */
  faults: string[];
}

/** A store in a folder, run by one process after another. */
export class StoreProcess {
  readonly #script: string;
  readonly #folder: string;
  #child: Child | undefined;
  #standby: Child | undefined;
  #sockets = 0;

  /** `folder` takes the store, as `store` in it, and its sockets. */
  constructor(script: string, folder: string) {
    this.#script = script;
    this.#folder = folder;
  }

  #load(): Child {
    return start(this.#script, { FAULT_FOLDER: join(this.#folder, 'store') });
  }

  /** Opens the store in a process that loaded its programs while its predecessor was at work. */
  async open(): Promise<Opened> {
    const child = this.#standby ?? this.#load();
    this.#child = child;
    this.#standby = undefined;
    const loaded = await child.line();
    if (loaded !== 'loaded') throw new Error(`the child said ${loaded}`);
    this.#standby = this.#load();
    this.#sockets += 1;
    const socket = join(this.#folder, `${this.#sockets}.sock`);
    const answer = await child.ask(`open ${socket}`);
    const client = new MongoClient(`mongodb://${encodeURIComponent(socket)}/`, {
      retryWrites: false,
      retryReads: false,
      maxPoolSize: 20,
      serverSelectionTimeoutMS: 5_000,
    });
    return { client, faults: JSON.parse(answer.replace('ready ', '')) as string[] };
  }

  /** The number of the process that has the store open. */
  get pid(): number | undefined {
    return this.#child?.process.pid;
  }

  /** The end of what it wrote to standard error. */
  get trouble(): string {
    return this.#child?.trouble() ?? '';
  }

  /**
   * `kill -9`. Resolves when this process has seen the connections close, too: what the driver sends over one in the turns
   * between the end of its stream and its `close` is neither answered nor refused, ever; it waits for a `drain`.
   */
  async kill(): Promise<void> {
    await this.#child?.kill();
    for (let turn = 0; turn < TURNS_TO_CLOSE; turn++) await nextTurn();
  }

  async end(): Promise<void> {
    await this.kill();
    await this.#standby?.kill();
  }
}
