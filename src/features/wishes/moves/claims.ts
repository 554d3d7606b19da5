import type { Patch } from '../../../core/lifecycle.ts';
import { startTarget } from '../due.ts';
import type { Named, WishDoc } from '../model.ts';
import type { WishContext } from '../table.ts';

/** A wish newly in somebody's hands: contact and completion run from now, and whatever the last one did is forgotten. */
export function takenBy(
  wish: WishDoc,
  claimant: Named,
  { now, calendar }: WishContext,
  group?: string,
): Patch<WishDoc> {
  const contact = startTarget(wish, 'contact', wish.targets.contact, now, calendar);
  return {
    ...startTarget(contact, 'done', wish.targets.done, now, calendar),
    claimant,
    group: group === undefined ? undefined : { name: group, members: [] },
    claimedAt: now,
    contactedAt: undefined,
    contactNote: undefined,
    extensions: [],
    offeredTo: undefined,
    offerUntil: undefined,
  };
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
  return { ...startTarget(wish, 'claim', wish.targets.claim, now, calendar), ...unclaimed };
}
