import type { Ability, Actor } from './ability.ts';

/** Who asks a service for something, when, and under which key a repeat is recognised. A route's request fits after adding `now`. */
export interface Caller {
  actor: Actor;
  ability: Ability;
  now: Date;
  /** Idempotency key or chat message id. */
  key?: string;
}
