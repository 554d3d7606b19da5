import { system } from '../../core/ability.ts';
import { perform, readAggregate } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import { wishTable } from './lifecycle.ts';
import type { WishDoc } from './model.ts';

/**
 * Makes the wish merged into know the authors of the one merged, then marks this as done. Each step may be repeated: a
 * crash between them is made good by the clock, which finds the wish unsettled.
 */
export async function settleMerge(house: House, wish: WishDoc, now: Date): Promise<WishDoc> {
  if (wish.settled || !wish.mergedInto) return wish;
  const actor = system();
  const ctx = { actor, ability: house.abilityOf(actor), now, calendar: house.calendar };
  const followers = [{ id: wish._id, number: wish.number, authors: wish.authors }, ...(wish.mergedFrom ?? [])];
  const target = await standing(house, wish.mergedInto.id);
  if (target) {
    await perform(
      wishTable(house),
      target._id,
      'absorb',
      { followers },
      { ...ctx, key: `absorb:${wish._id}` },
      () => ({}),
    );
  }
  const { document } = await perform(wishTable(house), wish._id, 'settle', {}, { ...ctx, key: 'settle' }, () => ({}));
  return document;
}

/** The wish at the end of a chain of merges. Each leads to a lower number, so there is an end. */
export async function standing(house: House, id: string): Promise<WishDoc | undefined> {
  const wish = await readAggregate(house.model<WishDoc>('wish'), id);
  return wish?.mergedInto ? standing(house, wish.mergedInto.id) : wish;
}
