import { MINUTE } from '../../core/time.ts';
import type { Exchange, Step } from '../exchange.ts';
import { unboundGroup } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { servesRole } from './menu.ts';

const SAID_AGAIN_MS = 10 * MINUTE;

/**
 * A group belongs to an area. Until somebody has said to which, nothing is done in it but that, and it is said how once in a
 * while.
 */
export function group({ house, puppet, intents }: Parts): Step {
  const binds = ({ text, actor }: Exchange) =>
    [...intents.values()].some(
      (intent) => intent.unbound && servesRole(intent, actor) && intent.command?.some((pattern) => pattern.test(text)),
    );

  return async (exchange, next) => {
    const { room } = exchange.incoming;
    if (room === undefined || exchange.area !== undefined || exchange.plan || binds(exchange)) return next();
    if (await house.coordination.once(`chat:${puppet}:${room}:unbound`, SAID_AGAIN_MS)) {
      exchange.reply = { text: unboundGroup(room), private: false };
    }
    return undefined;
  };
}
