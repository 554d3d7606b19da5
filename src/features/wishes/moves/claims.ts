import type { Patch } from '../../../core/lifecycle.ts';
import type { Named } from '../../../core/named.ts';
import { startClock, startTarget } from '../due.ts';
import type { WishDoc } from '../model.ts';
import type { WishContext } from '../table.ts';

/** A wish newly in somebody's hands: contact and completion run from now, and whatever the last one did is forgotten. */
export function takenBy(wish: WishDoc, claimant: Named, { now, calendar }: WishContext): Patch<WishDoc> {
  const contact = startTarget(wish, 'contact', wish.targets.contact, now, calendar);
  return {
    ...startTarget(contact, 'done', wish.targets.done, now, calendar),
    claimant,
    group: undefined,
    claimedAt: now,
    contactedAt: undefined,
    contactNote: undefined,
    extensions: [],
    offeredTo: undefined,
    offerUntil: undefined,
  };
}

/**
 * The same for whoever claims it, alone or leading a group. To give it back and claim it again is no fresh start: the day
 * it was to be done by, and what was asked for beyond that, still count.
 */
export function claimedBy(wish: WishDoc, claimant: Named, ctx: WishContext, group?: string): Patch<WishDoc> {
  const taken = takenBy(wish, claimant, ctx);
  const led = group === undefined ? {} : { group: { name: group, members: [] } };
  const { lastClaim } = wish;
  if (lastClaim?.by !== claimant.id) return { ...taken, ...led };
  const { done, extensions } = lastClaim;
  const clocks = { ...wish, ...taken } as WishDoc;
  return { ...taken, ...led, ...startClock(clocks, 'done', done, ctx.now, ctx.calendar), extensions };
}

/** A wish in nobody's hands. */
export const unclaimed = {
  claimant: undefined,
  group: undefined,
  claimedAt: undefined,
  contactedAt: undefined,
  contactNote: undefined,
  extensions: [],
  offeredTo: undefined,
  offerUntil: undefined,
} satisfies Patch<WishDoc>;

/** Back on the wall at its old place, for others to claim from now. */
export function givenBack(wish: WishDoc, { now, calendar }: WishContext): Patch<WishDoc> {
  const { claimant, due, extensions } = wish;
  return {
    ...startTarget(wish, 'claim', wish.targets.claim, now, calendar),
    ...unclaimed,
    ...(claimant && due.done && { lastClaim: { by: claimant.id, done: due.done, extensions } }),
  };
}
