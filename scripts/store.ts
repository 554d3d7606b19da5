/** Runs the embedded store alone, as its own process: `tsx scripts/store.ts --folder DIR --port 27027`. Prints its address. */
import { makeFolder } from '../src/data-folder.ts';
import { openEngine } from '../src/storage/embedded/engine.ts';
import { isPort, runCommand, WRONG_USAGE } from './command-line.ts';

const USAGE = `用法 Usage：npm run store -- [--folder 数据文件夹/DIR] [--port 27027 | --socket 路径/PATH]
  单独运行自带的存储，打印它的地址 / runs the embedded store alone and prints its address`;

await runCommand({
  usage: USAGE,
  options: {
    folder: { type: 'string', default: 'data/store' },
    port: { type: 'string', default: '27027' },
    socket: { type: 'string' },
  },
  async run({ folder, port, socket }) {
    if (!isPort(port)) return WRONG_USAGE;
    await makeFolder(folder);
    const where = socket === undefined ? { host: '127.0.0.1', port: Number(port) } : { path: socket };
    const engine = await openEngine({ folder, listen: where });
    console.log(`mongodb://${engine.host}/`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void engine.close().then(() => process.exit(0)));
    }
    return 0;
  },
});
