import { createServer, request as forward, type Server, type ServerResponse } from 'node:http';
import { PreviewError, problemLine } from './compile/problems.ts';
import { compilePreview, type Preview } from './preview.ts';

export interface ServeOptions {
  source: string;
  port: number;
  /** Where requests under `/api` are passed on to, so that the browser sees one origin. */
  api: string;
  say(line: string): void;
}

/** Serves the mini-program for whoever writes it: every reload compiles anew, and errors are shown where it would be. */
export async function servePreview({ source, port, api, say }: ServeOptions): Promise<Server> {
  let current: Preview | undefined;
  const server = createServer(async (req, res) => {
    const path = new URL(req.url ?? '/', 'http://preview').pathname;
    if (path.startsWith('/api/')) {
      passOn(api, req, res);
      return;
    }
    try {
      if (path === '/' || !current) {
        const started = performance.now();
        current = await compilePreview({ source, sourcemap: true, minify: false });
        say(`compiled in ${Math.round(performance.now() - started)} ms`);
        for (const warning of current.warnings) say(`warning: ${problemLine(warning)}`);
      }
      if (path === '/') send(res, 'text/html', current.html);
      else if (path === '/preview.js') send(res, 'text/javascript', current.js);
      else if (path === '/preview.css') send(res, 'text/css', current.css);
      else send(res, 'text/plain', 'not found', 404);
    } catch (error) {
      current = undefined;
      const message =
        error instanceof PreviewError ? error.message : String(error instanceof Error ? error.stack : error);
      say(message);
      send(res, 'text/plain', message, 500);
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

function send(res: ServerResponse, type: string, text: string, status = 200): void {
  res.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  res.end(text);
}

function passOn(
  api: string,
  req: Parameters<Parameters<typeof createServer>[1] & object>[0],
  res: ServerResponse,
): void {
  const target = new URL(req.url ?? '/', api);
  const onward = forward(target, { method: req.method, headers: { ...req.headers, host: target.host } }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
  });
  onward.on('error', () => send(res, 'text/plain', `nothing answers at ${api}`, 502));
  req.pipe(onward);
}
