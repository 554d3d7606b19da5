import { type Actor, may } from '../../core/ability.ts';
import { forbidden, notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { areasChanged } from './memory.ts';
import type { Area, AreaSettings, ChatGroup } from './model.ts';
import { findArea } from './service.ts';

/** The area, when the actor may do this to it. @throws HaolinError not_found, forbidden */
export async function within(
  house: House,
  code: string,
  actor: Actor,
  action: 'configure' | 'bind' | 'arrange',
): Promise<Area> {
  const area = await findArea(house, code);
  if (!area) throw notFound('区域');
  if (!may(house.abilityOf(actor), action, 'area', area)) throw forbidden();
  return area;
}

/** Who may set what of an area: its terms are the admin's, the rest its secretary's too. */
const SET_BY = {
  targets: 'configure',
  incidentTargets: 'configure',
  officeHours: 'arrange',
  dutyPhone: 'arrange',
} as const satisfies Record<keyof AreaSettings, string>;

/**
 * Sets what an area has for itself; without a value, what the area above has holds again.
 * @throws HaolinError not_found, forbidden
 */
export async function setOwn<K extends keyof AreaSettings>(
  house: House,
  code: string,
  name: K,
  value: AreaSettings[K] | undefined,
  actor: Actor,
): Promise<void> {
  await within(house, code, actor, SET_BY[name]);
  const field = `settings.${name}`;
  const change = value === undefined ? { $unset: { [field]: 1 } } : { $set: { [field]: value } };
  await house.model<Area>('areas').updateOne({ _id: code }, change);
  await areasChanged(house);
}

/** What the areas of a place have for themselves, the city's first; what has none is left out. */
export async function settingsOf<K extends keyof AreaSettings>(
  house: House,
  areas: readonly string[],
  name: K,
): Promise<NonNullable<AreaSettings[K]>[]> {
  const found = await Promise.all(areas.map((code) => findArea(house, code)));
  return found.flatMap((area) => area?.settings?.[name] ?? []) as NonNullable<AreaSettings[K]>[];
}

/**
 * Binds a chat group to an area; a group bound elsewhere moves.
 * @throws HaolinError not_found, forbidden
 */
export async function bindGroup(house: House, code: string, group: ChatGroup, actor: Actor): Promise<void> {
  await within(house, code, actor, 'bind');
  const before = await areaOfGroup(house, group.puppet, group.room);
  // Taking a group away from a place, be it the street above, needs the right to bind groups there too.
  if (before && before.area._id !== code) await within(house, before.area._id, actor, 'bind');
  const { puppet, room } = group;
  const areas = house.model<Area>('areas');
  const here = { $elemMatch: { puppet, room } };
  const { matchedCount } = await areas.updateOne(
    { _id: code, chatGroups: here },
    { $set: { 'chatGroups.$[one]': group } },
    { arrayFilters: [{ 'one.puppet': puppet, 'one.room': room }] },
  );
  if (matchedCount === 0) {
    await areas.updateOne({ _id: code, chatGroups: { $not: here } }, { $push: { chatGroups: group } });
  }
  // Taken from where it was only now: a crash in between leaves it bound twice, which binding again mends, never to nothing.
  await areas.updateMany({ _id: { $ne: code }, 'chatGroups.room': room }, { $pull: { chatGroups: { puppet, room } } });
  await areasChanged(house);
}

/**
 * Frees a chat group from its area.
 * @throws HaolinError not_found, forbidden
 */
export async function unbindGroup(
  house: House,
  code: string,
  puppet: string,
  room: string,
  actor: Actor,
): Promise<void> {
  await within(house, code, actor, 'bind');
  await house.model<Area>('areas').updateOne({ _id: code }, { $pull: { chatGroups: { puppet, room } } });
  await areasChanged(house);
}

/** The area a chat group is bound to, with the group's prefix. */
export async function areaOfGroup(
  house: House,
  puppet: string,
  room: string,
): Promise<{ area: Area; group: ChatGroup } | undefined> {
  const areas = await house.model<Area>('areas').find({ 'chatGroups.room': room }).lean<Area[]>();
  for (const area of areas) {
    const group = area.chatGroups?.find((one) => one.puppet === puppet && one.room === room);
    if (group) return { area, group };
  }
  return undefined;
}
