import type { Change } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import type { WishState } from './model.ts';

/** One change of a wish on a board, without anything personal. */
export interface BoardEvent {
  id: string;
  state: WishState;
  version: number;
  move: string;
}

/**
 * The changes of an area's wishes as they happen, until `signal` ends it. Of a wish that changes faster than the reader
 * reads, only the latest is kept, so a slow reader never fills the memory.
 */
export async function* boardEvents(
  house: House,
  area: string,
  signal: AbortSignal,
): AsyncGenerator<{ event: string; data: BoardEvent; id: string }> {
  const waiting = new Map<string, BoardEvent>();
  let wake: () => void = () => undefined;
  const stop = await house.coordination.subscribe(`board:${area}`, (message) => {
    const { aggregate, id, state, version, move } = message as Change;
    if (aggregate !== 'wish') return;
    if ((waiting.get(id)?.version ?? 0) < version) waiting.set(id, { id, state: state as WishState, version, move });
    wake();
  });
  const ended = () => wake();
  signal.addEventListener('abort', ended);
  try {
    while (!signal.aborted) {
      for (const [id, data] of [...waiting]) {
        waiting.delete(id);
        yield { event: 'wish', data, id: `${id}:${data.version}` };
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
