/**
 * The frames of the MongoDB wire protocol: OP_MSG both ways, and OP_QUERY → OP_REPLY for a driver's first handshake.
 * Nothing here knows a command; documents stay raw BSON bytes.
 */

export const OP_REPLY = 1;
export const OP_QUERY = 2004;
export const OP_MSG = 2013;

/** The largest frame a driver may send, as announced by `hello`. */
export const MAX_MESSAGE_BYTES = 48_000_000;
const HEADER_BYTES = 16;
const FLAG_CHECKSUM = 1;
const FLAG_MORE_TO_COME = 2;
/** Bits 0–15 are "required": a server must reject those it does not know. */
const REQUIRED_FLAGS = 0xffff;

/** One request as it arrived: the command's body and its document sequences, still as bytes. */
export interface Request {
  requestId: number;
  legacy: boolean;
  /** False when the client said `moreToCome`: it does not wait for an answer. */
  wantsReply: boolean;
  body: Uint8Array;
  sequences: ReadonlyMap<string, Uint8Array[]>;
  /** The database of a legacy query (`admin.$cmd`); OP_MSG carries `$db` in its body. */
  database?: string;
}

/** A frame that breaks the protocol; the connection that sent it is closed. */
export class MalformedFrame extends Error {}

const NO_SEQUENCES: ReadonlyMap<string, Uint8Array[]> = new Map();

/** Cuts a stream of chunks into whole frames. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #bytes = 0;

  /** Adds a chunk and returns every frame now complete. Throws MalformedFrame when a length is impossible. */
  push(chunk: Buffer): Buffer[] {
    const frames: Buffer[] = [];
    let data = chunk;
    if (this.#bytes > 0) {
      this.#chunks.push(chunk);
      this.#bytes += chunk.length;
      if (this.#bytes < this.#wanted()) return frames;
      data = Buffer.concat(this.#chunks, this.#bytes);
      this.#chunks = [];
      this.#bytes = 0;
    }
    let at = 0;
    while (data.length - at >= 4) {
      const length = frameLength(data, at);
      if (data.length - at < length) break;
      frames.push(data.subarray(at, at + length));
      at += length;
    }
    if (at < data.length) {
      // A short tail is copied, so that a few waiting bytes do not pin a large network buffer.
      this.#chunks = [Buffer.from(data.subarray(at))];
      this.#bytes = data.length - at;
    }
    return frames;
  }

  #wanted(): number {
    const first = this.#chunks[0];
    if (first === undefined) return 4;
    if (first.length >= 4) return frameLength(first, 0);
    if (this.#bytes < 4) return 4;
    const head = Buffer.concat(this.#chunks, this.#bytes);
    this.#chunks = [head];
    return frameLength(head, 0);
  }
}

function frameLength(data: Buffer, at: number): number {
  const length = data.readInt32LE(at);
  if (length < HEADER_BYTES + 5 || length > MAX_MESSAGE_BYTES) throw new MalformedFrame(`frame length ${length}`);
  return length;
}

/** Whether whoever sent a whole frame waits for an answer. */
export function wantsReply(frame: Buffer): boolean {
  return frame.readInt32LE(12) !== OP_MSG || (frame.readUInt32LE(HEADER_BYTES) & FLAG_MORE_TO_COME) === 0;
}

/** Reads one whole frame. Throws MalformedFrame for anything but a well-formed OP_MSG or OP_QUERY. */
export function readRequest(frame: Buffer): Request {
  const requestId = frame.readInt32LE(4);
  const opCode = frame.readInt32LE(12);
  if (opCode === OP_MSG) return readMessage(frame, requestId);
  if (opCode === OP_QUERY) return readQuery(frame, requestId);
  throw new MalformedFrame(`operation code ${opCode}`);
}

function readMessage(frame: Buffer, requestId: number): Request {
  const flags = frame.readUInt32LE(HEADER_BYTES);
  if (flags & REQUIRED_FLAGS & ~(FLAG_CHECKSUM | FLAG_MORE_TO_COME)) throw new MalformedFrame(`flags ${flags}`);
  const end = frame.length - (flags & FLAG_CHECKSUM ? 4 : 0);
  let at = HEADER_BYTES + 4;
  let body: Uint8Array | undefined;
  let sequences: Map<string, Uint8Array[]> | undefined;
  while (at < end) {
    const kind = frame[at];
    at += 1;
    if (kind === 0) {
      if (body !== undefined) throw new MalformedFrame('two bodies');
      body = documentAt(frame, at, end);
      at += body.length;
    } else if (kind === 1) {
      const size = at + 4 <= end ? frame.readInt32LE(at) : -1;
      if (size < 5 || at + size > end) throw new MalformedFrame('sequence length');
      const sequenceEnd = at + size;
      const nameEnd = frame.indexOf(0, at + 4);
      if (nameEnd < 0 || nameEnd >= sequenceEnd) throw new MalformedFrame('sequence name');
      const name = frame.toString('utf8', at + 4, nameEnd);
      const documents: Uint8Array[] = [];
      at = nameEnd + 1;
      while (at < sequenceEnd) {
        const document = documentAt(frame, at, sequenceEnd);
        documents.push(document);
        at += document.length;
      }
      sequences ??= new Map();
      if (sequences.has(name)) throw new MalformedFrame('two sequences of one name');
      sequences.set(name, documents);
    } else throw new MalformedFrame(`section kind ${kind}`);
  }
  if (body === undefined) throw new MalformedFrame('no body');
  return {
    requestId,
    legacy: false,
    wantsReply: wantsReply(frame),
    body,
    sequences: sequences ?? NO_SEQUENCES,
  };
}

function readQuery(frame: Buffer, requestId: number): Request {
  const nameEnd = frame.indexOf(0, HEADER_BYTES + 4);
  if (nameEnd < 0 || nameEnd + 9 > frame.length) throw new MalformedFrame('query name');
  const namespace = frame.toString('utf8', HEADER_BYTES + 4, nameEnd);
  if (!namespace.endsWith('.$cmd')) throw new MalformedFrame(`legacy query on ${namespace}`);
  const body = documentAt(frame, nameEnd + 9, frame.length);
  const database = namespace.slice(0, -'.$cmd'.length);
  return { requestId, legacy: true, wantsReply: true, body, sequences: NO_SEQUENCES, database };
}

function documentAt(frame: Buffer, at: number, end: number): Buffer {
  const size = at + 4 <= end ? frame.readInt32LE(at) : -1;
  if (size < 5 || at + size > end || frame[at + size - 1] !== 0) throw new MalformedFrame('document length');
  return frame.subarray(at, at + size);
}

let lastReplyId = 0;

/** The frame that answers `request` with one BSON document given as pieces (written one after another, not joined first). */
export function writeReply(request: Pick<Request, 'requestId' | 'legacy'>, document: readonly Uint8Array[]): Buffer {
  let size = 0;
  for (const piece of document) size += piece.length;
  const head = request.legacy ? HEADER_BYTES + 20 : HEADER_BYTES + 5;
  const frame = Buffer.allocUnsafe(head + size);
  lastReplyId = (lastReplyId + 1) & 0x7fffffff;
  frame.writeInt32LE(head + size, 0);
  frame.writeInt32LE(lastReplyId, 4);
  frame.writeInt32LE(request.requestId, 8);
  frame.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) {
    frame.fill(0, 16, 36);
    frame.writeInt32LE(8, 16); // AwaitCapable, as every server has answered since 2.0
    frame.writeInt32LE(1, 32);
  } else {
    frame.writeUInt32LE(0, 16);
    frame[20] = 0;
  }
  let at = head;
  for (const piece of document) {
    frame.set(piece, at);
    at += piece.length;
  }
  return frame;
}
