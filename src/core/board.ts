import type { Change } from './aggregate.ts';
import type { House } from './house.ts';

/**
 * The changes in an area as they happen, until `signal` ends it. Of a document that changes faster than the reader reads,
 * only the latest change is kept, so a slow reader never fills the memory.
 * @param area code of any level
 * @param wanted whether a change is one the reader may hear of
 */
export async function* changesIn(
  { coordination }: Pick<House, 'coordination'>,
  area: string,
  wanted: (change: Change) => boolean,
  signal: AbortSignal,
): AsyncGenerator<Change> {
  const waiting = new Map<string, Change>();
  let wake: () => void = () => undefined;
  const stop = await coordination.subscribe(`board:${area}`, (message) => {
    const change = message as Change;
    if (!wanted(change)) return;
    if ((waiting.get(change.id)?.version ?? 0) < change.version) waiting.set(change.id, change);
    wake();
  });
  const ended = () => wake();
  signal.addEventListener('abort', ended);
  try {
    while (!signal.aborted) {
      for (const [id, change] of [...waiting]) {
        waiting.delete(id);
        yield change;
      }
      if (waiting.size > 0 || signal.aborted) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal.removeEventListener('abort', ended);
    await stop();
  }
}
