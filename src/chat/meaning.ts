import type { Actor, Role } from '../core/ability.ts';
import type { Exchange } from './exchange.ts';
import type { Parts } from './parts.ts';
import type { Understanding } from './understanding/labels.ts';

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

/** As whom somebody is listened to. Pure. */
export function roleOf(actor: Actor | undefined): Role {
  return TELLING.find((role) => actor?.roles.some((grant) => grant.role === role)) ?? 'resident';
}

/** What words mean from whoever speaks in an exchange, there and then. */
export function meaningIn(
  { understand }: Pick<Parts, 'understand'>,
  { actor, place, now }: Pick<Exchange, 'actor' | 'place' | 'now'>,
): (text: string) => Understanding {
  return (text) => understand({ text, role: roleOf(actor), place, now });
}
