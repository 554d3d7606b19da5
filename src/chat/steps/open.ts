import { choosesByPlace, isBack } from '../dialogue/replies.ts';
import type { Step } from '../exchange.ts';
import type { Parts } from '../parts.ts';

/** Finds where the dialogue stands. Asked in a group, a person may be answering what was asked in private. */
export function open({ dialogues, puppet }: Parts): Step {
  return async (exchange, next) => {
    const { contact, room } = exchange.incoming;
    const own = await dialogues.open(`${puppet}:${contact}`, exchange.now);
    exchange.own = own;
    exchange.home = own;
    if (room !== undefined) {
      const here = await dialogues.open(`${puppet}:${contact}:${room}`, exchange.now);
      exchange.here = here;
      // 上一个, 第二个: the list was shown here, what was picked from it was read back in private.
      const toList = isBack(exchange.text) || choosesByPlace(exchange.text);
      const back = toList && here.state.before !== undefined && own.state.before === undefined;
      if (here.state.waiting || !own.state.waiting || back) exchange.home = here;
    }
    await next();
  };
}
