import type { Actor, Role } from '../../core/ability.ts';
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

/** The role that tells most about what a person is likely to say. */
const TELLING: readonly Role[] = [
  'secretary',
  'worker',
  'grid_worker',
  'care_keeper',
  'social_worker',
  'volunteer',
  'facilitator',
];

/** Which of them somebody speaks as. */
export function roleOf(actor: Actor | undefined): Role {
  return TELLING.find((role) => actor?.roles.some((grant) => grant.role === role)) ?? 'resident';
}
