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
      if (here.state.waiting || !own.state.waiting) exchange.home = here;
    }
    await next();
  };
}
