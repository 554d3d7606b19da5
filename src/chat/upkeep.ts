import { startRounds } from '../core/rounds.ts';
import { MINUTE } from '../core/time.ts';

/** Something that runs by itself, and may end by itself. */
export interface Kept {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** False when it has ended although nobody stopped it. */
  running(): boolean;
}

export interface UpkeepParts {
  /** A new one: what did not start is not started again. */
  build: () => Promise<Kept>;
  everyMs: number;
  /** The first pause after a failure; each further one is twice as long, up to five minutes. */
  retryAfterMs: number;
  random: () => number;
  onTrouble: (error: unknown) => void;
}

const LONGEST_PAUSE_MS = 5 * MINUTE;

/** Keeps one running: sets it up, again after growing pauses while that fails, and anew when it has ended by itself. */
export function keepUp({ build, everyMs, retryAfterMs, random, onTrouble }: UpkeepParts) {
  let current: Kept | undefined;
  let stopped = false;
  let settled: () => void = () => undefined;
  const up = new Promise<void>((resolve) => {
    settled = resolve;
  });

  async function ensure(): Promise<void> {
    if (stopped || current?.running()) return;
    await discard();
    const next = await build();
    current = next;
    try {
      await next.start();
    } catch (error) {
      await discard();
      throw error;
    }
    // It was stopped while it came up.
    if (stopped) await next.stop();
    settled();
  }

  async function discard(): Promise<void> {
    const before = current;
    current = undefined;
    // What fell over may well fall over once more while it is put away.
    await before?.stop().catch(() => undefined);
  }

  const rounds = startRounds({
    work: ensure,
    everyMs,
    afterFailuresMs(failures) {
      const full = Math.min(LONGEST_PAUSE_MS, retryAfterMs * 2 ** Math.min(failures - 1, 20));
      return Math.round(full * (0.5 + random() / 2));
    },
    onTrouble,
  });

  return {
    /** Resolves when it runs for the first time, or is stopped before that. */
    up,
    async stop(): Promise<void> {
      stopped = true;
      await Promise.all([discard(), rounds.stop()]);
      settled();
    },
  };
}
