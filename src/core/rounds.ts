/** Work that is done again and again: as soon as it is woken, and otherwise every so often. */
export interface Rounds {
  /** Asks for a round now; during a round, for another right after it. */
  wake(): void;
  /** No more rounds; resolves when the one under way is over. */
  stop(): Promise<void>;
}

/**
 * Starts rounds, never two at once. A round that fails is reported and followed, after the usual wait, by another.
 * The waiting is real time: it only decides when to look, never what is due.
 */
export function startRounds(options: {
  work: () => Promise<unknown>;
  everyMs: number;
  /** The least time between the end of a round and the next: what comes in a burst is then done together. */
  apartMs?: number;
  /** How long to wait after so many failures in a row, in milliseconds; by default as after any other round. */
  afterFailuresMs?: (failures: number) => number;
  onTrouble: (error: unknown) => void;
}): Rounds {
  const { apartMs = 0, everyMs, afterFailuresMs = () => everyMs } = options;
  let stopped = false;
  let woken = false;
  let failures = 0;
  let endRest: () => void = () => undefined;
  let endPause: () => void = () => undefined;

  async function round(): Promise<void> {
    woken = false;
    try {
      await options.work();
      failures = 0;
    } catch (error) {
      failures += 1;
      options.onTrouble(error);
    }
  }

  async function rest(): Promise<void> {
    const { over, end } = timeUp(failures === 0 ? everyMs : afterFailuresMs(failures));
    endRest = end;
    await over;
  }

  async function pause(): Promise<void> {
    const { over, end } = timeUp(apartMs);
    endPause = end;
    await over;
  }

  async function run(): Promise<void> {
    while (!stopped) {
      await round();
      if (!stopped && apartMs > 0) await pause();
      if (!stopped && (failures > 0 || !woken)) await rest();
    }
  }

  const running = run();
  return {
    wake() {
      woken = true;
      // What failed would most likely fail again at once, however often it is woken.
      if (failures === 0) endRest();
    },
    async stop() {
      stopped = true;
      endRest();
      endPause();
      await running;
    },
  };
}

/** A wait that can be cut short. */
function timeUp(ms: number): { over: Promise<void>; end: () => void } {
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    end = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { over, end };
}
