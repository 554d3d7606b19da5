import { compose, type Exchange, type Step } from '../exchange.ts';
import { tooFast } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { identify } from './identify.ts';
import { open } from './open.ts';

/**
 * Whoever writes faster than anybody can mean it is told so once, with what was not taken in, and then not answered until
 * it calms down. Somebody who wants a human is heard all the same; so is an emergency, before this step, and what is said
 * of one after it, which has an allowance of its own.
 */
export function limit(parts: Parts): Step {
  const { house, puppet, understand } = parts;
  const { points, seconds } = parts.limit;
  const wantsHuman = ({ text, place, now }: Exchange) =>
    understand({ text, role: 'resident', place, now }).intent === 'handoff';

  const find = compose([identify(parts), open(parts)]);
  /** What is said after an alarm is about it: where it is, or that nobody need come. */
  async function speaksOfDanger(exchange: Exchange): Promise<boolean> {
    await find(exchange);
    const waiting = exchange.home?.state.waiting;
    return waiting?.for === 'words' && waiting.matter.slots.urgent === true;
  }
  const spared = async (who: string) => (await house.coordination.take(who, points, seconds)).retryAfterMs === 0;

  return async (exchange, next) => {
    // It was counted when it came; what was decided since is owed.
    if (exchange.plan) return next();
    const who = `chat:${puppet}:${exchange.incoming.contact}`;
    const once = (what: string) => house.coordination.once(`${who}:${what}`, seconds * 1_000);
    const { retryAfterMs } = await house.coordination.take(who, points, seconds);
    if (retryAfterMs === 0) return next();
    if ((await speaksOfDanger(exchange)) && (await spared(`${who}:danger`))) return next();
    if (wantsHuman(exchange) && (await once('human'))) return next();
    if (await once('told')) exchange.reply = { text: tooFast(seconds), private: true };
    return undefined;
  };
}
