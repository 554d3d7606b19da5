/** The listening socket: frames in, frames out, one `Client` a connection. Knows the wire, not the commands. */
import { type AddressInfo, createServer, type ListenOptions, type Server, type Socket } from 'node:net';
import { FrameReader, MalformedFrame, type Request, readRequest, wantsReply, writeReply } from './wire.ts';

/** One connection, as the commands see it. */
export interface Client {
  readonly id: number;
}

/** Whoever answers requests. */
export interface Handler {
  /** `answer` is called once, with the pieces of one BSON document. */
  handle(request: Request, client: Client, answer: (document: readonly Uint8Array[]) => void): void;
  /** The client is gone: what it only reads is ended, and answered with anything. */
  leave(client: Client): void;
}

/** A listening server. */
export interface Listening {
  /** What to put in a connection string: `127.0.0.1:27027`, or the percent-encoded path of a unix socket. */
  host: string;
  close(): Promise<void>;
}

/** Listens, on this machine alone unless told otherwise, and feeds every request to `handler`. A malformed frame closes the connection that sent it, and only that one. */
export async function listen(handler: Handler, where: ListenOptions): Promise<Listening> {
  const sockets = new Set<Socket>();
  let nextId = 1;
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    attend(socket, { id: nextId++ }, handler);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ ...(where.path === undefined ? { host: '127.0.0.1' } : {}), ...where }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    host: addressOf(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** How much is taken in beyond the request that is being done: whoever reads nothing does not notice that the other left. */
const AHEAD_BYTES = 64 * 1024;

/**
 * Hands a connection's requests on one after another, whatever they are. While one is being done, or whoever asked does
 * not read the answers, most of what is asked beyond waits unread in the socket.
 */
function attend(socket: Socket, client: Client, handler: Handler): void {
  const reader = new FrameReader();
  let waiting: Buffer[] = [];
  /** The bytes of what waits. */
  let ahead = 0;
  let busy = false;
  const ask = (frame: Buffer) => {
    ahead -= frame.length;
    const request = readRequest(frame);
    let handing = true;
    busy = true;
    handler.handle(request, client, (document) => {
      busy = false;
      if (request.wantsReply && !socket.destroyed) socket.write(writeReply(request, document));
      // The answer of a request that is still being handed on leaves it to the loop that does so.
      if (!handing) proceed();
    });
    handing = false;
  };
  const proceed = () => {
    // What a client that is gone asked is not done, but for what it never wanted to be told about.
    if (socket.destroyed) waiting = waiting.filter((frame) => !wantsReply(frame));
    try {
      let next = 0;
      while (next < waiting.length && !busy && !socket.writableNeedDrain) ask(waiting[next++] as Buffer);
      waiting = next === waiting.length ? [] : waiting.slice(next);
      if (socket.destroyed) return;
      if (ahead > AHEAD_BYTES) socket.pause();
      else if (socket.isPaused()) socket.resume();
    } catch (error) {
      if (!(error instanceof MalformedFrame)) throw error;
      waiting = [];
      socket.destroy();
    }
  };
  // A client that goes away mid-sentence is its own business; 'close' follows.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    handler.leave(client);
    proceed();
  });
  socket.on('drain', proceed);
  socket.on('data', (chunk) => {
    try {
      const complete = reader.push(chunk);
      waiting = waiting.length === 0 ? complete : [...waiting, ...complete];
      for (const { length } of complete) ahead += length;
    } catch (error) {
      if (!(error instanceof MalformedFrame)) throw error;
      socket.destroy();
      return;
    }
    proceed();
  });
}

function addressOf(server: Server): string {
  const address = server.address() as AddressInfo | string;
  return typeof address === 'string' ? encodeURIComponent(address) : `127.0.0.1:${address.port}`;
}
