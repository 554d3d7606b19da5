import type { Actor } from '../../core/ability.ts';
import { newId } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import type { Audit, Person } from './model.ts';

/** Writes down who did what to, or saw what of, a person. Comes before the deed: no line, no deed. */
export async function audit(
  house: House,
  actor: Actor,
  person: string,
  what: Audit['what'],
  detail: Pick<Audit, 'fields' | 'role' | 'why'> = {},
): Promise<void> {
  await house.model<Audit>('audits').create({
    _id: newId(),
    at: house.clock.now(),
    by: { id: actor.id, name: actor.name },
    channel: actor.channel,
    person,
    what,
    ...detail,
  });
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
