import type { Actor } from '../../core/ability.ts';
import type { House } from '../../core/house.ts';
import { areasChanged } from './memory.ts';
import type { Area } from './model.ts';
import { findArea } from './service.ts';
import { within } from './settings.ts';

/** The number somebody answers day and night in a place: the nearest area's that has one, from the grid upwards. */
export async function dutyPhoneFor(house: House, areas: readonly string[]): Promise<string | undefined> {
  const found = await Promise.all(areas.map((code) => findArea(house, code)));
  return found.findLast((area) => area?.settings?.dutyPhone)?.settings?.dutyPhone;
}

/**
 * Sets an area's own number; without any, that of the area above holds again.
 * @throws HaolinError not_found, forbidden
 */
export async function setDutyPhone(house: House, code: string, phone: string | undefined, actor: Actor): Promise<void> {
  await within(house, code, actor, 'arrange');
  const field = 'settings.dutyPhone';
  const change = phone === undefined ? { $unset: { [field]: 1 } } : { $set: { [field]: phone } };
  await house.model<Area>('areas').updateOne({ _id: code }, change);
  await areasChanged(house);
}
