/** `npm run preview`: the mini-program in a browser; `-- --api http://127.0.0.1:3000` says where its API is. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { servePreview } from './preview/serve.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5180' },
    api: { type: 'string', default: 'http://127.0.0.1:3000' },
    source: { type: 'string', default: fileURLToPath(new URL('../miniprogram', import.meta.url)) },
  },
});

const port = Number(values.port);
await servePreview({ source: values.source, port, api: values.api, say: (line) => console.log(line) });
console.log(`http://127.0.0.1:${port}/ (another phone: ?phone=NAME; looks: &theme=dark&fontScale=1.4)`);
