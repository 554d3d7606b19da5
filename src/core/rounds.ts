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
  onTrouble: (error: unknown) => void;
}): Rounds {
  let stopped = false;
  let woken = false;
  let failed = false;
  let endRest: () => void = () => undefined;

  async function round(): Promise<void> {
    woken = false;
    failed = false;
    try {
      await options.work();
    } catch (error) {
      failed = true;
      options.onTrouble(error);
    }
  }

  async function rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, options.everyMs);
      endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    while (!stopped) {
      await round();
      if (!stopped && (failed || !woken)) await rest();
    }
  }

  const running = run();
  return {
    wake() {
      woken = true;
      // What failed would most likely fail again at once, however often it is woken.
      if (!failed) endRest();
    },
    async stop() {
      stopped = true;
      endRest();
      await running;
    },
  };
}
