/** `npm run preview`: the mini-program in a browser; `-- --api http://127.0.0.1:3000` says where its API is. */
import { fileURLToPath } from 'node:url';
import { isPort, runCommand, WRONG_USAGE } from './command-line.ts';
import { servePreview } from './preview/serve.ts';

const USAGE = `用法 Usage：npm run preview -- [--port 5180] [--api http://127.0.0.1:3000] [--source 目录/DIR]
  在浏览器里看小程序 / the mini-program in a browser`;

await runCommand({
  usage: USAGE,
  options: {
    port: { type: 'string', default: '5180' },
    api: { type: 'string', default: 'http://127.0.0.1:3000' },
    source: { type: 'string', default: fileURLToPath(new URL('../miniprogram', import.meta.url)) },
  },
  async run({ port, api, source }) {
    if (!isPort(port)) return WRONG_USAGE;
    await servePreview({ source, port: Number(port), api, say: (line) => console.log(line) });
    console.log(`http://127.0.0.1:${port}/ (another phone: ?phone=NAME; looks: &theme=dark&fontScale=1.4)`);
    return 0;
  },
});
