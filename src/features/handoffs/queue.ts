import { rawCollection } from '../../core/aggregate.ts';
import type { House } from '../../core/house.ts';
import { officeHoursFor, officeHoursWords, opensAt, opensWords } from '../areas/index.ts';
import type { HandoffDoc } from './model.ts';

/** How many of the community's calls are answered before this one: those in danger first, then whoever waits longer. */
export function aheadOf(house: House, { _id, community, createdAt, alarm }: HandoffDoc): Promise<number> {
  const longer = { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: _id } }] };
  return rawCollection(house.model<HandoffDoc>('handoff')).countDocuments({
    areas: community,
    state: 'opened',
    _id: { $ne: _id } as never,
    ...(alarm ? { alarm: true, ...longer } : { $or: [{ alarm: true }, ...longer.$or] }),
  });
}

/** When nobody is in the office at a moment: its hours, and when somebody is again, as people say it. */
export async function officeClosed(
  house: House,
  areas: readonly string[],
  now: Date,
): Promise<{ hours: string; opens: string | undefined } | undefined> {
  const hours = await officeHoursFor(house, areas);
  const opens = opensAt(hours, now, house.calendar);
  if (opens?.getTime() === now.getTime()) return undefined;
  return { hours: officeHoursWords(hours), opens: opens && opensWords(opens, now) };
}
