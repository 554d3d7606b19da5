import { Readable } from 'node:stream';

/** One event as a route gives it. */
export interface ServerEvent {
  event: string;
  data: unknown;
  id?: string;
}

export interface EventStreamOptions {
  heartbeatMs: number;
  /** Told once the stream is over, whoever ended it. */
  over: () => void;
}

/** How long a browser waits before it comes back. */
const RETRY_MS = 3_000;
/** A comment: keeps proxies from closing a quiet stream and shows us a client that is gone. */
const HEARTBEAT = ': \n\n';
/** Heartbeats that a client may leave unread before it counts as gone. */
const PATIENCE = 2;

/**
 * Server-sent events as a stream of text. The next event is asked for only when the client has room for it.
 * `end` finishes it in good order; destroying it (which Koa does when the client leaves) stops the source.
 */
export class EventStream extends Readable {
  readonly #source: AsyncIterator<ServerEvent>;
  readonly #over: () => void;
  readonly #heartbeat: NodeJS.Timeout;
  #asking = false;
  #stopped = false;
  #full = false;
  #missed = 0;

  constructor(source: AsyncIterable<ServerEvent>, { heartbeatMs, over }: EventStreamOptions) {
    super({ encoding: 'utf8' });
    this.#source = source[Symbol.asyncIterator]();
    this.#over = over;
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    this.push(`retry: ${RETRY_MS}\n\n`);
  }

  /** Ends the stream as a server does that goes down: the client comes back by itself. */
  end(): void {
    if (this.#stopped) return;
    this.#stop();
    this.push(null);
  }

  override _read(): void {
    this.#full = false;
    this.#missed = 0;
    if (!this.#asking) void this.#ask();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#stop();
    done(error);
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    try {
      while (!this.#full) {
        const { value, done } = await this.#source.next();
        if (this.#stopped) return;
        if (done) return this.end();
        this.#full = !this.push(frame(value));
      }
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error('The source of events failed', { cause: error }));
    } finally {
      this.#asking = false;
    }
  }

  #beat(): void {
    if (!this.#full) {
      this.#full = !this.push(HEARTBEAT);
      return;
    }
    this.#missed += 1;
    if (this.#missed >= PATIENCE) this.destroy();
  }

  #stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    clearInterval(this.#heartbeat);
    this.#over();
    // A source that waits for its next event hears of the end through the request's signal; this is for the others.
    this.#source.return?.()?.catch(() => undefined);
  }
}

function frame({ event, data, id }: ServerEvent): string {
  const lines = [`event: ${oneLine(event)}`];
  if (id !== undefined) lines.push(`id: ${oneLine(id)}`);
  lines.push(`data: ${JSON.stringify(data ?? null)}`);
  return `${lines.join('\n')}\n\n`;
}

const oneLine = (text: string) => text.replace(/[\r\n\0]/g, ' ');
