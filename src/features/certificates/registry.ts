import type { mongo } from 'mongoose';
import { may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { insertNew } from '../../core/insert.ts';
import { dayOf } from '../../core/time.ts';
import { lineage } from '../areas/index.ts';
import { listVersion } from './errors.ts';
import { type CertificateList, inForce, type Listed, listSchema } from './list.ts';
import common from './lists/common.json' with { type: 'json' };
import national from './lists/national.json' with { type: 'json' };
import type { ListDoc } from './model.ts';

/** The lists the house comes with: what no community issues, and what people ask theirs for. An admin's later version holds. */
export const SHIPPED: readonly CertificateList[] = [national, common].map((list) => listSchema.parse(list));

const rowsOf = (house: House): mongo.Collection<ListDoc> =>
  house.model<ListDoc>('certificate_lists').collection as unknown as mongo.Collection<ListDoc>;

/** Every version of every list: what the house comes with, and what its admins put in. */
export async function listsOf(house: House): Promise<CertificateList[]> {
  const own = await rowsOf(house).find().sort({ _id: 1 }).toArray();
  return [...SHIPPED, ...own.map(({ list }) => list)];
}

/** The certificates known at a moment in a place. @param areas codes from the city down */
export async function certificatesOf(house: House, areas: readonly string[], now: Date): Promise<Listed[]> {
  return inForce(await listsOf(house), areas, dayOf(now));
}

/**
 * Puts in a new version of a list, or the first one of a new list. What was in force before is so until the new one's day.
 * @throws HaolinError invalid_input, forbidden, list_version (somebody was faster)
 */
export async function putList(house: House, { actor, ability, now }: Caller, input: unknown): Promise<CertificateList> {
  // It holds in every place: whoever puts it in is admin of the whole city.
  const cities = actor.roles.filter(({ role }) => role === 'admin').flatMap((grant) => lineage(grant.area)[0] ?? []);
  if (!may(ability, 'configure', 'certificate_list', { areas: cities.slice(0, 1) })) throw forbidden();
  const list = parseInput(listSchema, input);
  const lists = await listsOf(house);
  const latest = Math.max(0, ...lists.filter(({ code }) => code === list.code).map(({ version }) => version));
  if (list.version !== latest + 1) throw listVersion(latest + 1);
  const row = { _id: `${list.code}:${list.version}`, list, by: { id: actor.id, name: actor.name }, at: now };
  if ((await insertNew(rowsOf(house), [row])) === 0) throw listVersion(latest + 2);
  return list;
}
