/** One of the two servers as a process of its own: `serve.js store SOCKET FOLDER` or `serve.js ceiling SOCKET`. Prints how long it took to open. */
import { openEngine } from '../../src/storage/embedded/engine.ts';
import { listen } from '../../src/storage/embedded/server.ts';
import { Ceiling } from './ceiling.ts';

const [, , side, path = '', folder = ''] = process.argv;
const began = performance.now();
const server =
  side === 'store' ? await openEngine({ folder, listen: { path } }) : await listen(new Ceiling(), { path });
process.stdout.write(`${performance.now() - began}\n`);
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
