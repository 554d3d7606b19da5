import type { Actor } from '../../core/ability.ts';
import { newId } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import type { Audit, Person } from './model.ts';

/** Writes down who did what to, or saw what of, a person (or several at once). Comes before the deed: no line, no deed. */
export async function audit(
  house: House,
  actor: Actor,
  persons: string | readonly string[],
  what: Audit['what'],
  detail: Pick<Audit, 'fields' | 'role' | 'why'> = {},
): Promise<void> {
  const at = house.clock.now();
  const by = { id: actor.id, name: actor.name };
  const lines = [persons]
    .flat()
    .map((person): Audit => ({ _id: newId(), at, by, channel: actor.channel, person, what, ...detail }));
  await house.model<Audit>('audits').insertMany(lines);
}

/** The latest lines about a person, newest first. */
export async function auditsOf(house: House, person: Person, limit = 100): Promise<Audit[]> {
  return house
    .model<Audit>('audits')
    .find({ person: person._id })
    .sort({ at: -1, _id: -1 })
    .limit(limit)
    .lean<Audit[]>();
}
