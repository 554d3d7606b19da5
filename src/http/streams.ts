import type { Gauge } from 'prom-client';
import type { EventStream } from './events.ts';

/** The event streams that are open, to end them when the house closes, and those of one person when they are too many. */
export interface Streams {
  /** @param who whom it counts against */
  open(stream: EventStream, who: string): void;
  closed(stream: EventStream, who: string): void;
  /** Ends theirs, or all of them. Whoever still may comes back by themselves. */
  end(who?: string): void;
}

/**
 * @param each how many one person may have. One more ends their oldest: a phone that lost its network and came back must
 *   not be kept out by what it left behind.
 */
export function openStreams(gauge: Gauge, closing: AbortSignal, each: number): Streams {
  // In the order they were opened.
  const open = new Map<string, Set<EventStream>>();
  let count = 0;

  return {
    open(stream, who) {
      const own = open.get(who) ?? new Set();
      open.set(who, own);
      own.add(stream);
      count += 1;
      gauge.set(count);
      if (closing.aborted) stream.end();
      const [oldest] = own;
      if (own.size > each) oldest?.end();
    },
    closed(stream, who) {
      const own = open.get(who);
      if (!own?.delete(stream)) return;
      if (own.size === 0) open.delete(who);
      count -= 1;
      gauge.set(count);
    },
    end(who) {
      const theirs = who === undefined ? [...open.values()] : [open.get(who) ?? []];
      for (const own of theirs) for (const stream of [...own]) stream.end();
    },
  };
}
