/** Runs the embedded store alone, as its own process: `tsx scripts/store.ts --folder DIR --port 27027`. Prints its address. */
import { parseArgs } from 'node:util';
import { openEngine } from '../src/storage/embedded/engine.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: 'data/store' },
    port: { type: 'string', default: '27027' },
    socket: { type: 'string' },
  },
});

try {
  const where =
    values.socket === undefined ? { host: '127.0.0.1', port: Number(values.port) } : { path: values.socket };
  const engine = await openEngine({ folder: values.folder, listen: where });
  console.log(`mongodb://${engine.host}/`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void engine.close().then(() => process.exit(0)));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
