import { MINUTE } from '../../core/time.ts';
import { withoutCourtesy } from '../dialogue/courtesy.ts';
import { isCancel, isConfirm, readChoice } from '../dialogue/replies.ts';
import type { Exchange, Step } from '../exchange.ts';
import { unboundGroup } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { servesRole } from './menu.ts';

const SAID_AGAIN_MS = 10 * MINUTE;

/**
 * A group belongs to an area. Until somebody has said to which, nothing is done in it but that: the command, and the answer to
 * what was asked about it. How it is done is said once in a while.
 */
export function group({ house, puppet, intents }: Parts): Step {
  const binds = ({ text, actor }: Exchange) =>
    [...intents.values()].some(
      (intent) => intent.unbound && servesRole(intent, actor) && intent.command?.some((pattern) => pattern.test(text)),
    );

  /** 1, said where the list of places was asked for, though it was shown in private. */
  const answers = ({ own, text }: Exchange) => {
    const waiting = own?.state.waiting;
    if (!waiting) return false;
    const matters = waiting.for === 'choice' ? waiting.choices.map(({ matter }) => matter) : [waiting.matter];
    if (!matters.every(({ intent }) => intents.get(intent)?.unbound)) return false;
    const core = withoutCourtesy(text);
    const chosen = waiting.for === 'choice' && readChoice(core, waiting.choices) !== undefined;
    return chosen || isConfirm(core) || isCancel(core);
  };

  return async (exchange, next) => {
    const { room } = exchange.incoming;
    if (room === undefined || exchange.area !== undefined || exchange.plan) return next();
    if (binds(exchange) || answers(exchange)) return next();
    if (await house.coordination.once(`chat:${puppet}:${room}:unbound`, SAID_AGAIN_MS)) {
      exchange.reply = { text: unboundGroup(room), private: false };
    }
    return undefined;
  };
}
