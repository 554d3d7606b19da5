import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { type HaolinError, invalidInput } from '../core/errors.ts';
import type { Upload } from '../core/feature.ts';
import { HOUR } from '../core/time.ts';
import { refuseEncoded } from './body.ts';
import { clientGone, malformed, tooLarge, unsupportedType } from './errors.ts';
import { refuseHazards } from './hazards.ts';
import { sentences } from './messages.ts';

/** A file on disk and the text fields that came with it. Whoever receives it removes it. */
export interface Received {
  upload: Upload;
  fields: Record<string, string>;
}

const FIELD = 'file';
/** Boundaries, part headers and small fields around the file. */
const ENVELOPE_BYTES = 64 * 1_024;
const PREFIX = 'upload-';

/** Where files wait while they are checked; beside the house's own files, so that keeping one is a rename. */
export const uploadFolder = (folder: string): string => join(folder, 'tmp');

/**
 * Streams the one file of a multipart request to disk; memory holds no more of it than a chunk. Nothing is left behind
 * when this fails, the client's leaving included.
 * @param seen is shown every chunk of the file
 * @throws HaolinError unsupported_type, malformed_request, invalid_input, too_large, client_gone
 */
export async function receiveFile(
  req: IncomingMessage,
  folder: string,
  maxBytes: number,
  seen?: (chunk: Buffer) => void,
): Promise<Received> {
  refuseEncoded(req);
  const type = req.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) throw unsupportedType(sentences.notMultipart);
  if (Number(req.headers['content-length'] ?? 0) > maxBytes + ENVELOPE_BYTES) throw tooLarge(maxBytes);
  await mkdir(uploadFolder(folder), { recursive: true });
  const path = join(uploadFolder(folder), PREFIX + randomUUID());
  try {
    return await parse(req, type, path, maxBytes, seen);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

function parse(
  req: IncomingMessage,
  type: string,
  path: string,
  maxBytes: number,
  seen: ((chunk: Buffer) => void) | undefined,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    let parser: BusboyInstance;
    try {
      parser = new Busboy({
        headers: { ...req.headers, 'content-type': type } as BusboyHeaders,
        limits: { files: 1, fileSize: maxBytes, fields: 20, fieldSize: 16_384, parts: 24, headerPairs: 64 },
      });
    } catch {
      reject(malformed(sentences.badMultipart));
      return;
    }
    const fields: Record<string, string> = Object.create(null);
    let writing: Promise<number> | undefined;
    let file: BusboyFileStream | undefined;
    let over = false;

    const stopListening = () => {
      req.unpipe(parser);
      req.off('error', gone).off('close', gone);
      // Errors that come after the outcome change nothing, but unheard they would end the process.
      req.on('error', () => undefined);
      parser.on('error', () => undefined);
    };
    const fail = (error: HaolinError) => {
      if (over) return;
      over = true;
      stopListening();
      // What is still on its way is read and dropped, so that the client gets to see why.
      req.resume();
      file?.destroy(error);
      // The file can only be removed once nobody writes it any more.
      Promise.resolve(writing)
        .catch(() => undefined)
        .then(() => reject(error));
    };
    // A request that was read to its end closes too.
    const gone = () => {
      if (!req.complete) fail(clientGone());
    };

    parser.on('file', (name, stream) => {
      file = stream;
      // The parser reports a request that ends too early on the stream too; `writing` hears it.
      stream.on('error', () => undefined);
      if (name !== FIELD) return fail(noFile());
      stream.on('limit', () => fail(tooLarge(maxBytes)));
      if (seen) stream.on('data', seen);
      writing = write(stream, path);
      writing.catch((error: unknown) => {
        if (over) return;
        over = true;
        stopListening();
        req.resume();
        reject(error);
      });
    });
    parser.on('field', (name, value, _nameCut, valueCut) => {
      if (valueCut) return fail(tooLarge(maxBytes));
      fields[name] = value;
    });
    parser.on('filesLimit', () => fail(oneFile()));
    parser.on('fieldsLimit', () => fail(malformed(sentences.badMultipart)));
    parser.on('partsLimit', () => fail(malformed(sentences.badMultipart)));
    parser.on('error', () => fail(malformed(sentences.badMultipart)));
    parser.on('finish', () => {
      if (over) return;
      if (!writing) return fail(noFile());
      writing.then(
        (bytes) => {
          if (over) return;
          over = true;
          stopListening();
          try {
            refuseHazards(fields);
            resolve({ upload: { path, bytes }, fields });
          } catch (error) {
            reject(error);
          }
        },
        () => undefined,
      );
    });
    req.on('error', gone).on('close', gone);
    req.pipe(parser);
  });
}

async function write(stream: BusboyFileStream, path: string): Promise<number> {
  const target = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  await pipeline(stream, target);
  return target.bytesWritten;
}

const noFile = () => invalidInput([{ path: FIELD, code: 'required', problem: sentences.noFile }]);
const oneFile = () => invalidInput([{ path: FIELD, code: 'too_many', problem: sentences.oneFile }]);

/** Removes what a process that was killed left behind: files older than any request can last. */
export async function sweepUploads(folder: string, now: Date): Promise<void> {
  const names = await readdir(uploadFolder(folder)).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(PREFIX)) continue;
    const path = join(uploadFolder(folder), name);
    const found = await stat(path).catch(() => undefined);
    if (found && now.getTime() - found.mtimeMs > HOUR) await rm(path, { force: true });
  }
}
