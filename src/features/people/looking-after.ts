import { communityOf } from '../areas/index.ts';
import type { Person } from './model.ts';

/** Whether the register knows that one looks after the other: of one household, or the sentinel. Pure. */
export function looksAfter(speaker: Person | undefined, person: Person | undefined): boolean {
  if (!speaker || !person) return false;
  if (person._id === speaker._id || person.sentinel === speaker._id) return true;
  // Households are numbered in each community anew.
  const community = communityOf(person.areas);
  const near = community !== undefined && community === communityOf(speaker.areas);
  return near && person.household !== undefined && person.household === speaker.household;
}
