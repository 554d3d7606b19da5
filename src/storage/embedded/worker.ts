/** The engine's own thread: opens the folder, listens, reports its address, closes on request. */
import { parentPort, workerData } from 'node:worker_threads';
import { type OpenOptions, openEngine } from './engine.ts';
import { StoreError } from './store-error.ts';

const engine = await openEngine(workerData as OpenOptions).catch((error: Error) => {
  const { message } = error;
  parentPort?.postMessage({ failed: { message, code: error instanceof StoreError ? error.code : undefined } });
});
if (engine !== undefined) {
  parentPort?.on('message', () => {
    void engine.close().then(() => {
      parentPort?.postMessage({ closed: true });
      parentPort?.close();
    });
  });
  parentPort?.postMessage({ host: engine.host });
}
