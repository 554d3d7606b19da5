import { Trouble } from '../api/trouble';
import { newKey } from './drafts';

/**
 * Sends what one press does. Every press is a request of its own; only when its answer was lost does the next press of
 * the same button repeat it under the same key, so that it is done once.
 */
export function presses() {
  let lost: { name: string; key: string } | undefined;
  return async function press<R>(name: string, send: (key: string) => Promise<R>): Promise<R> {
    const key = lost?.name === name ? lost.key : newKey();
    lost = undefined;
    try {
      return await send(key);
    } catch (error) {
      if (error instanceof Trouble && error.passing) lost = { name, key };
      throw error;
    }
  };
}
