/** The listening socket: frames in, frames out, one `Client` a connection. Knows the wire, not the commands. */
import { type AddressInfo, createServer, type ListenOptions, type Server, type Socket } from 'node:net';
import { FrameReader, MalformedFrame, type Request, readRequest, writeReply } from './wire.ts';

/** One connection, as the commands see it. */
export interface Client {
  readonly id: number;
}

/** Whoever answers requests. `answer` is called once, with the pieces of one BSON document. */
export interface Handler {
  handle(request: Request, client: Client, answer: (document: readonly Uint8Array[]) => void): void;
}

/** A listening server. */
export interface Listening {
  /** What to put in a connection string: `127.0.0.1:27027`, or the percent-encoded path of a unix socket. */
  host: string;
  close(): Promise<void>;
}

/** Listens and feeds every request to `handler`. A malformed frame closes the connection that sent it, and only that one. */
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
    server.listen(where, () => {
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

/**
 * Hands a connection's requests on one after another, whatever they are. While one is being done, or whoever asked does
 * not read the answers, what is asked beyond waits unread in the socket.
 */
function attend(socket: Socket, client: Client, handler: Handler): void {
  const reader = new FrameReader();
  let frames: Buffer[] = [];
  let busy = false;
  const ask = (frame: Buffer) => {
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
    // What was asked behind the last answer by a client that is gone is not done.
    if (socket.destroyed) frames = [];
    try {
      let next = 0;
      while (next < frames.length && !busy && !socket.writableNeedDrain) ask(frames[next++] as Buffer);
      frames = next === frames.length ? [] : frames.slice(next);
      if (frames.length > 0) socket.pause();
      else if (socket.isPaused()) socket.resume();
    } catch (error) {
      if (!(error instanceof MalformedFrame)) throw error;
      frames = [];
      socket.destroy();
    }
  };
  // A client that goes away mid-sentence is its own business; 'close' follows.
  socket.on('error', () => socket.destroy());
  socket.on('drain', proceed);
  socket.on('data', (chunk) => {
    try {
      const complete = reader.push(chunk);
      frames = frames.length === 0 ? complete : [...frames, ...complete];
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
