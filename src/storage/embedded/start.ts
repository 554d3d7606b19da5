/** Starts the engine on a thread of its own inside this process, so that its work never blocks the application's event loop. */
import { Worker } from 'node:worker_threads';
import type { OpenOptions } from './engine.ts';
import { privateSocket } from './private-socket.ts';
import { StoreError, type StoreErrorCode } from './store-error.ts';

/** A running engine. */
export interface Started {
  /** Connection string without a database name's options: `mongodb://host/`. */
  uri: string;
  close(): Promise<void>;
}

type Report = { host: string } | { failed: { message: string; code?: StoreErrorCode } } | { closed: true };

/**
 * Opens `folder` on a worker thread, reachable through a private socket only this user can open.
 * @throws StoreError when it cannot be opened: it says why and what to do
 */
export async function startEngine(
  folder: string,
  settings: Pick<OpenOptions, 'sweepEveryMs' | 'reads' | 'fleeting' | 'failPoints'> = {},
): Promise<Started> {
  const socket = await privateSocket(folder);
  const options: OpenOptions = {
    folder,
    ...settings,
    listen: { path: socket.path },
  };
  const worker = engineThread(options);
  let failure: Error | undefined;
  let open = false;
  worker.on('error', (error: Error) => {
    failure = error;
    // Nobody could go on without the store, nor would anybody else hear of it: the process ends as by an error of its own.
    if (open) throw error;
  });
  worker.on('exit', (code) => {
    if (open) throw new Error(`the embedded store's thread ended with code ${code}`);
  });
  try {
    const report = await nextReport(worker);
    if ('failed' in report) throw asError(report.failed);
    if (!('host' in report)) throw new Error('the embedded store closed before it opened');
    open = true;
    return {
      uri: `mongodb://${report.host}/`,
      close: async () => {
        open = false;
        if (failure === undefined) {
          const done = nextReport(worker).catch(() => undefined);
          worker.postMessage('close');
          await done;
        }
        await worker.terminate();
        await socket.remove();
        if (failure !== undefined) throw failure;
      },
    };
  } catch (error) {
    await worker.terminate();
    await socket.remove();
    throw error;
  }
}

function asError({ message, code }: { message: string; code?: StoreErrorCode }): Error {
  return code === undefined ? new Error(message) : new StoreError(code, message);
}

/** The thread runs the bundled `store-worker.js` beside a bundle, or this folder's TypeScript through tsx beside the sources. */
function engineThread(workerData: OpenOptions): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL('./store-worker.js', import.meta.url), { workerData });
  const entry = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  return new Worker(`import(${tsx}).then(({ tsImport }) => tsImport(${entry}, ${entry}))`, { eval: true, workerData });
}

function nextReport(worker: Worker): Promise<Report> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the embedded store's thread ended with code ${code}`)));
  });
}
