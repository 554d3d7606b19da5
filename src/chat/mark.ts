import type { mongo } from 'mongoose';
import { MINUTE } from '../core/time.ts';

export interface MarkRow {
  _id: string;
  /** When the newest message met so far was written. */
  seen: Date;
}

/**
 * The bot's last seen mark. After signing in a channel may tell old messages once more: what is older than what was last
 * seen before this session is not acted on.
 */
export interface Mark {
  /** A session begins: what was seen until now is old from now on. */
  begin(): Promise<void>;
  isOld(at: Date): Promise<boolean>;
  saw(at: Date): Promise<void>;
}

/** Messages do not arrive quite in the order they were written in. */
const GRACE_MS = 2 * MINUTE;
/** The mark may lag this much behind: message ids cover the rest. */
const WRITE_EVERY_MS = 5_000;

export function seenMark(rows: mongo.Collection<MarkRow>, puppet: string, now: () => Date): Mark {
  let line: Promise<number> | undefined;
  let newest = 0;
  let written = 0;

  function read(): Promise<number> {
    const reading = rows.findOne({ _id: puppet }).then((row) => {
      // A clock that ran ahead once must not make everything old for ever.
      return row ? Math.min(row.seen.getTime(), now().getTime()) : 0;
    });
    reading.catch(() => {
      line = undefined;
    });
    return reading;
  }

  return {
    async begin() {
      line = read();
      await line;
    },
    async isOld(at) {
      line ??= read();
      return at.getTime() < (await line) - GRACE_MS;
    },
    async saw(at) {
      newest = Math.max(newest, Math.min(at.getTime(), now().getTime()));
      if (newest - written < WRITE_EVERY_MS) return;
      written = newest;
      await rows.updateOne({ _id: puppet }, { $max: { seen: new Date(newest) } }, { upsert: true });
    },
  };
}
