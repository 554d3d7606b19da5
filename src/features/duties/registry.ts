import type { mongo } from 'mongoose';
import { may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { insertNew } from '../../core/insert.ts';
import { lineage } from '../areas/index.ts';
import { COLOURS, type Colour } from '../care/index.ts';
import { noDutyPack, packOutside, packPlaceholder, packUncovered, packVersion } from './errors.ts';
import type { ConfirmationDoc, PackDoc } from './model.ts';
import { isUnfinished, type Pack, packSchema } from './pack.ts';
import { SHIPPED } from './packs.ts';
import { calledNow } from './renamed.ts';

const rowsOf = (house: House): mongo.Collection<PackDoc> =>
  house.model<PackDoc>('duty_packs').collection as unknown as mongo.Collection<PackDoc>;

const confirmationsOf = (house: House): mongo.Collection<ConfirmationDoc> =>
  house.model<ConfirmationDoc>('duty_pack_confirmations').collection as unknown as mongo.Collection<ConfirmationDoc>;

const idOf = ({ code, area = '', version }: Pick<Pack, 'code' | 'area' | 'version'>): string =>
  `${code}:${area}:${version}`;

/** Every pack there is: those the house comes with, and those its admins put in. */
export async function packsOf(house: House): Promise<Pack[]> {
  const [own, confirmed] = await Promise.all([
    rowsOf(house).find().sort({ _id: 1 }).toArray(),
    confirmationsOf(house).find().project<{ _id: string }>({ _id: 1 }).toArray(),
  ]);
  const known = new Set(confirmed.map(({ _id }) => calledNow(_id)));
  return [...SHIPPED, ...own.map(({ pack }) => inForceAs(pack))].map((pack) =>
    known.has(idOf(pack)) ? { ...pack, verified: true } : pack,
  );
}

const inForceAs = (pack: Pack): Pack => ({ ...pack, code: calledNow(pack.code) });

const latestOf = (packs: readonly Pack[], { code, area }: Pick<Pack, 'code' | 'area'>): Pack | undefined =>
  packs
    .filter((pack) => pack.code === code && pack.area === area)
    .toSorted((a, b) => a.version - b.version)
    .at(-1);

/** Colours of which everybody is to be seen every so many days, whatever else is known of them. */
const coloursIn = (pack: Pack | undefined): Colour[] =>
  COLOURS.filter((colour) =>
    pack?.items.some(
      ({ rule, flags }) => rule && 'everyDays' in rule && rule.everyDays[colour] !== undefined && !flags?.length,
    ),
  );

/** Where one has to be an admin for a pack: in its area, or in the whole city for what holds everywhere. */
function mayConfigure({ actor, ability }: Caller, { area }: Pick<Pack, 'area'>): boolean {
  const cities = actor.roles.filter(({ role }) => role === 'admin').flatMap((grant) => lineage(grant.area)[0] ?? []);
  return may(ability, 'configure', 'duty_pack', { areas: area === undefined ? cities.slice(0, 1) : lineage(area) });
}

/**
 * Puts in a new version of a pack, or the first one of an area's own. What was in force before goes on being so until the
 * new one's day.
 * @throws HaolinError invalid_input, forbidden, pack_outside, pack_placeholder (said to be verified, with something not filled
 * in), pack_version (somebody was faster), pack_uncovered (people in care of a colour would be seen by nobody any more)
 */
export async function putPack(house: House, caller: Caller, input: unknown): Promise<Pack> {
  const { actor, now } = caller;
  if (!actor.roles.some(({ role }) => role === 'admin')) throw forbidden();
  const pack = inForceAs(parseInput(packSchema, input));
  if (!mayConfigure(caller, pack)) throw packOutside();
  if (pack.verified && isUnfinished(pack)) throw packPlaceholder();
  const known = await packsOf(house);
  const before = latestOf(known, pack);
  const latest = before?.version ?? 0;
  if (pack.version !== latest + 1) throw packVersion(latest + 1);
  const seen = coloursIn(pack);
  const seenBefore = coloursIn(before ?? latestOf(known, { code: pack.code, area: undefined }));
  const unseen = seenBefore.filter((colour) => !seen.includes(colour));
  if (unseen.length > 0) throw packUncovered(unseen);
  const fresh = await insertNew(rowsOf(house), [
    { _id: idOf(pack), pack, by: { id: actor.id, name: actor.name }, at: now },
  ]);
  if (fresh === 0) throw packVersion(latest + 2);
  return pack;
}

/**
 * Confirms that a version of a pack says what its source says. The first confirmation stays.
 * @throws HaolinError forbidden, pack_outside, no_pack, pack_placeholder
 */
export async function confirmPack(
  house: House,
  caller: Caller,
  { code: called, version, area, note }: { code: string; version: number; area?: string | undefined; note: string },
): Promise<Pack> {
  const { actor, now } = caller;
  if (!actor.roles.some(({ role }) => role === 'admin')) throw forbidden();
  const code = calledNow(called);
  const pack = (await packsOf(house)).find((one) => one.code === code && one.version === version && one.area === area);
  if (!pack) throw noDutyPack();
  if (!mayConfigure(caller, pack)) throw packOutside();
  if (isUnfinished(pack)) throw packPlaceholder();
  await insertNew(confirmationsOf(house), [{ _id: idOf(pack), by: { id: actor.id, name: actor.name }, at: now, note }]);
  return { ...pack, verified: true };
}
