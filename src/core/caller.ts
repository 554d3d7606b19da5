import type { Ability, Actor } from './ability.ts';
import type { Clock } from './time.ts';

/** Takes one of what there may not be too much of. @throws HaolinError too_many_requests */
export type Spend = () => Promise<void>;

/** Who asks a service for something, when, and under which key a repeat is recognised. A route's request fits after adding `now`. */
export interface Caller {
  actor: Actor;
  ability: Ability;
  now: Date;
  /** Idempotency key or chat message id. */
  key?: string;
  /** Called before something is made that there may not be too much of. */
  spend?: Spend;
}

/** Who makes a request, at the house's moment. A chat's turn is a caller as it is. */
export function callerOf({ actor, ability, key, spend }: Omit<Caller, 'now'>, { clock }: { clock: Clock }): Caller {
  return { actor, ability, now: clock.now(), ...(key !== undefined && { key }), ...(spend && { spend }) };
}
