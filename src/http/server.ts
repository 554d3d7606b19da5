import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { HaolinError } from '../core/errors.ts';
import { malformed } from './errors.ts';
import { sentences } from './messages.ts';
import { PROBLEM_TYPE, problemOf } from './problems.ts';

/** How long a client may take. */
export interface Patience {
  /** For the headers of a request. */
  headersMs: number;
  /** For a whole request, the slowest upload included. */
  requestMs: number;
}

/** A server that can be closed without dropping anybody. */
export interface Listening {
  port: number;
  close(graceMs: number): Promise<void>;
}

/** Longer than the minute after which proxies let go: they close an idle connection, not we under their next request. */
const KEEP_ALIVE_MS = 65_000;
const IDLE_CHECK_MS = 50;

/** Listens. @throws when the port is taken */
export async function listen(
  callback: RequestListener,
  { port, host, baseUrl, patience }: { port: number; host: string; baseUrl: string; patience: Patience },
): Promise<Listening> {
  const server = createServer(
    {
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: Math.min(5_000, patience.headersMs),
    },
    callback,
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuse(error, socket, baseUrl));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port, close: (graceMs) => close(server, graceMs) };
}

/** Answers what cannot even be read as HTTP, in the same form as everything else. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex, baseUrl: string): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const known: Record<string, HaolinError> = {
    HPE_HEADER_OVERFLOW: new HaolinError('headers_too_large', 431, sentences.headersTooLarge),
    ERR_HTTP_REQUEST_TIMEOUT: new HaolinError('request_timeout', 408, sentences.timeOut),
  };
  const problem = problemOf(known[error.code ?? ''] ?? malformed(sentences.badHttp), randomUUID(), baseUrl);
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${problem.code}\r\nConnection: close\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Stops accepting, lets requests under way finish, and after the grace ends what is left. */
async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection kept alive becomes idle only when its last answer is out.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const grace = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(grace);
}
