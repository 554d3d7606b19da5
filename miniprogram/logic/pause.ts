/** Waits until somebody has stopped typing for a while before something is looked up. */
export interface Pause {
  /** Does this after the pause, unless something else is asked for before. */
  after(work: () => void): void;
  /** What was asked for is not done any more. */
  stop(): void;
}

/** @param ms how long nothing may be typed, in milliseconds */
export function pauseOf(ms: number): Pause {
  let timer = 0;
  return {
    after(work) {
      clearTimeout(timer);
      timer = setTimeout(work, ms) as unknown as number;
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
