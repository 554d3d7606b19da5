import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { clientGone, malformed, tooLarge, unsupportedType } from './errors.ts';
import { refuseHazards } from './hazards.ts';
import { sentences } from './messages.ts';

/** A body as it came and as it reads; `value` is undefined when there was none. */
export interface Body {
  bytes: Buffer;
  value: unknown;
}

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;
const NONE: Body = { bytes: Buffer.alloc(0), value: undefined };

/**
 * Reads a JSON body of at most `limit` bytes.
 * @throws HaolinError malformed_request, unsupported_type, too_large, client_gone
 */
export async function readJson(req: IncomingMessage, limit: number): Promise<Body> {
  if (!hasBody(req)) return NONE;
  // The empty body of a button pressed needs no type.
  if (req.headers['content-length'] === '0') return NONE;
  refuseEncoded(req);
  if (!JSON_TYPE.test(req.headers['content-type'] ?? '')) throw unsupportedType(sentences.notJson);
  const bytes = await readAll(req, limit);
  if (bytes.length === 0) return NONE;
  if (!isUtf8(bytes)) throw malformed(sentences.badText);
  const value = parsed(bytes.toString('utf8'));
  refuseHazards(value);
  return { bytes, value };
}

/** Whether the message says that a body follows. */
export function hasBody(req: IncomingMessage): boolean {
  return req.headers['content-length'] !== undefined || req.headers['transfer-encoding'] !== undefined;
}

/** A compressed body hides its size until it is too late; nothing this product is sent is worth compressing. */
export function refuseEncoded(req: IncomingMessage): void {
  const encoding = req.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw unsupportedType(sentences.noEncoding);
}

function readAll(req: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > limit) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (then: () => void) => {
      req.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
      // An aborted request still emits its error afterwards, and nobody else listens.
      req.on('error', () => undefined);
      then();
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return chunks.push(chunk);
      // The rest is read and dropped: a client that is still sending would not see the answer otherwise.
      return settle(() => {
        req.resume();
        reject(tooLarge(limit));
      });
    };
    const onEnd = () =>
      settle(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)));
    const onGone = () => settle(() => reject(clientGone()));
    req.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    throw malformed(sentences.badJson);
  }
}
