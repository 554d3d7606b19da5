import { HaolinError } from '../../core/errors.ts';
import type { Step } from '../exchange.ts';
import { faultOf } from '../fault.ts';
import { TROUBLE } from '../messages.ts';
import type { Parts } from '../parts.ts';

/** Whatever goes wrong, the person hears one calm sentence and the operator finds the message's id. */
export function calm({ log }: Parts): Step {
  return async (exchange, next) => {
    try {
      await next();
    } catch (error) {
      exchange.dialogues = [];
      if (error instanceof HaolinError) {
        exchange.reply = { text: error.detail, private: true };
        return;
      }
      log.error({ message: exchange.key, ...faultOf(error) }, 'a chat message could not be handled');
      exchange.reply = { text: TROUBLE, private: true };
    }
  };
}
