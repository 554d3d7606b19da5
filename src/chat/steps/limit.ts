import type { Exchange, Step } from '../exchange.ts';
import { tooFast } from '../messages.ts';
import type { Parts } from '../parts.ts';

/**
 * Whoever writes faster than anybody can mean it is told so once, with what was not taken in, and then not answered until
 * it calms down. Somebody who wants a human is heard all the same; so is an emergency, before this step.
 */
export function limit({ house, puppet, understand, limit: { points, seconds } }: Parts): Step {
  const wantsHuman = ({ text, place, now }: Exchange) =>
    understand({ text, role: 'resident', place, now }).intent === 'handoff';

  return async (exchange, next) => {
    // It was counted when it came; what was decided since is owed.
    if (exchange.plan) return next();
    const who = `chat:${puppet}:${exchange.incoming.contact}`;
    const once = (what: string) => house.coordination.once(`${who}:${what}`, seconds * 1_000);
    const { retryAfterMs } = await house.coordination.take(who, points, seconds);
    if (retryAfterMs === 0) return next();
    if (wantsHuman(exchange) && (await once('human'))) return next();
    if (await once('told')) exchange.reply = { text: tooFast(seconds), private: true };
    return undefined;
  };
}
