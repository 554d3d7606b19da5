import { MINUTE } from '../../core/time.ts';
import type { Step } from '../exchange.ts';
import { unboundGroup } from '../messages.ts';
import type { Parts } from '../parts.ts';

const SAID_AGAIN_MS = 10 * MINUTE;

/** A group belongs to an area. Until somebody has said to which, nothing is done in it, and it is said how once in a while. */
export function group({ house, puppet }: Parts): Step {
  return async (exchange, next) => {
    const { room } = exchange.incoming;
    if (room === undefined || exchange.area !== undefined) return next();
    if (await house.coordination.once(`chat:${puppet}:${room}:unbound`, SAID_AGAIN_MS)) {
      exchange.reply = { text: unboundGroup(room), private: false };
    }
    return undefined;
  };
}
