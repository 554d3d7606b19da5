import type { Step } from '../exchange.ts';
import { TOO_FAST } from '../messages.ts';
import type { Parts } from '../parts.ts';

/** Whoever writes faster than anybody can mean it is told so once, and then not answered until it calms down. */
export function limit({ house, puppet, limit: { points, seconds } }: Parts): Step {
  return async (exchange, next) => {
    // It was counted when it came; what was decided since is owed.
    if (exchange.plan) return next();
    const who = `chat:${puppet}:${exchange.incoming.contact}`;
    const { retryAfterMs } = await house.coordination.take(who, points, seconds);
    if (retryAfterMs === 0) return next();
    if (await house.coordination.once(`${who}:told`, seconds * 1_000)) {
      exchange.reply = { text: TOO_FAST, private: true };
    }
    return undefined;
  };
}
