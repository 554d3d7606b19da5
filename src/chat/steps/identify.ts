import type { Step } from '../exchange.ts';
import type { Parts } from '../parts.ts';

/** Who is writing: the person the contact was bound to by a code, never whoever bears the nickname. */
export function identify({ house, puppet }: Parts): Step {
  return async (exchange, next) => {
    const actor = await house.directory.byContact(puppet, exchange.incoming.contact);
    if (actor) exchange.actor = actor;
    await next();
  };
}
