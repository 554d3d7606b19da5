import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { notFound } from '../core/errors.ts';
import type { RawReply } from '../core/feature.ts';
import { sendSealed } from './envelope.ts';
import { EventStream } from './events.ts';
import type { Answer } from './idempotency.ts';
import { whose } from './limits.ts';
import { sentences } from './messages.ts';
import { PROBLEM_TYPE } from './problems.ts';
import type { Context } from './state.ts';
import type { Streams } from './streams.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends an answer whose text is ready. */
export function sendAnswer(ctx: Context, { status, text }: Answer, closing: AbortSignal): void {
  if (text !== '') {
    sendSealed(ctx, status, status < 400 ? JSON_TYPE : PROBLEM_TYPE, text, closing);
    return;
  }
  ctx.status = status;
  ctx.body = null;
}

/** Sends an answer that is not JSON. @param over is called when an event stream is over */
export async function sendRaw(
  ctx: Context,
  reply: RawReply,
  status: number,
  events: { streams: Streams; heartbeatMs: number; over: () => void },
): Promise<void> {
  switch (reply.kind) {
    case 'file':
      return sendFile(ctx, reply);
    case 'stream':
      ctx.status = status;
      if (reply.filename !== undefined) ctx.attachment(wellFormed(reply.filename));
      ctx.type = reply.type;
      ctx.body = reply.body;
      return;
    case 'events': {
      ctx.status = status;
      ctx.set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-cache, no-transform' });
      // nginx holds answers back until it has a bufferful, which a quiet board never is.
      ctx.set('X-Accel-Buffering', 'no');
      if (ctx.method === 'HEAD') {
        ctx.body = '';
        events.over();
        return;
      }
      const who = whose(ctx);
      const stream: EventStream = new EventStream(reply.events, {
        heartbeatMs: events.heartbeatMs,
        over: () => {
          events.streams.closed(stream, who);
          events.over();
        },
      });
      events.streams.open(stream, who);
      ctx.body = stream;
    }
  }
}

async function sendFile(ctx: Context, file: Extract<RawReply, { kind: 'file' }>): Promise<void> {
  const found = await stat(file.path).catch(() => undefined);
  if (!found?.isFile()) throw notFound(sentences.noSuchFile);
  ctx.status = 200;
  ctx.set({
    ETag: `"${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}"`,
    'Last-Modified': new Date(found.mtimeMs).toUTCString(),
    // `private`: who may see a file is decided per person.
    'Cache-Control': file.cacheSeconds > 0 ? `private, max-age=${file.cacheSeconds}` : 'private, no-cache',
  });
  ctx.type = file.type;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.length = found.size;
  if (ctx.method !== 'HEAD') ctx.body = createReadStream(file.path);
}

/** Half of a character cannot be percent-encoded. */
function wellFormed(name: string): string {
  return name.replace(/\p{Surrogate}/gu, '_');
}
