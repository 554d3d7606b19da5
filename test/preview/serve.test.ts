import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { compilePreview, problemLine } from '../../scripts/preview/index.ts';
import { servePreview } from '../../scripts/preview/serve.ts';
import { withMiniProgram } from './support/mini-program.ts';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

it('serves the mini-program, compiles it anew, shows what is wrong, and passes the API on', async () => {
  const api = createServer((req, res) => res.end(`${req.method} ${req.url}`));
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  servers.push(api);
  await withMiniProgram({}, async (source) => {
    const said: string[] = [];
    const server = await servePreview({ source, port: 0, api: originOf(api), say: (line) => said.push(line) });
    servers.push(server);
    const get = (path: string) => fetch(originOf(server) + path);
    expect(await (await get('/')).text()).toContain('preview.js');
    expect((await get('/preview.js')).headers.get('content-type')).toContain('javascript');
    expect(await (await get('/preview.css')).text()).toContain('wx-view');
    expect((await get('/none')).status).toBe(404);
    expect(await (await get('/api/v1/me?x=1')).text()).toBe('GET /api/v1/me?x=1');
    writeFileSync(join(source, 'pages/a/a.wxml'), '<view bindtap="x" />');
    const broken = await get('/');
    expect(broken.status).toBe(500);
    expect(await broken.text()).toContain('pages/a/a.wxml:1:7 bindtap');
    expect(said.at(-1)).toContain('bindtap');
  });
});

it('the mini-program of this house compiles, and nothing in it is unwise', async () => {
  const { warnings, js } = await compilePreview({
    source: fileURLToPath(new URL('../../miniprogram', import.meta.url)),
  });
  expect(warnings.map(problemLine)).toEqual([]);
  expect(js.length).toBeGreaterThan(100_000);
});
