import { setImmediate as turn } from 'node:timers/promises';

/** Longer than this nobody else should have to wait for the process. */
const HELD_MS = 20;

/**
 * For long work that never waits for anything (a register of a hundred thousand rows): call and await it once a step, and
 * every so often it lets whatever else is waiting go first. Real time: it decides only when, never what.
 */
export function breather(heldMs: number = HELD_MS): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < heldMs) return undefined;
    return turn().then(() => {
      since = performance.now();
    });
  };
}
