import type { Ability, Actor } from './ability.ts';
import type { Clock } from './time.ts';

/** Who asks a service for something, when, and under which key a repeat is recognised. A route's request fits after adding `now`. */
export interface Caller {
  actor: Actor;
  ability: Ability;
  now: Date;
  /** Idempotency key or chat message id. */
  key?: string;
}

/** Who makes a request, at the house's moment. A chat's turn is a caller as it is. */
export function callerOf({ actor, ability, key }: Omit<Caller, 'now'>, { clock }: { clock: Clock }): Caller {
  return { actor, ability, now: clock.now(), ...(key !== undefined && { key }) };
}
