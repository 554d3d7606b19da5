import type { mongo } from 'mongoose';
import mongoose from 'mongoose';
import { may } from '../../core/ability.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { insertNew } from '../../core/insert.ts';
import { noPack } from './errors.ts';
import { PACKS, type Pack } from './pack.ts';

/**
 * What an admin of this house has compared with its source (核对规则). It holds for one version of a pack: the next one is
 * to be read anew. Ballots drafted before keep what was known of their pack then.
 */
export interface Confirmation {
  /** `code:version` */
  _id: string;
  by: { id: string; name: string };
  at: Date;
  note: string;
}

/** A pack with who confirmed it here, where somebody did. */
export type KnownPack = Pack & { confirmed?: Pick<Confirmation, 'at' | 'note'> & { by: string } };

export const confirmationSchema = new mongoose.Schema(
  {
    _id: { type: String, required: true },
    by: { type: mongoose.Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    note: { type: String, required: true },
  },
  { versionKey: false, minimize: false, autoIndex: false },
);

const confirmationsOf = (house: House): mongo.Collection<Confirmation> =>
  house.model<Confirmation>('ballot_pack_confirmations').collection as unknown as mongo.Collection<Confirmation>;
const idOf = ({ code, version }: Pick<Pack, 'code' | 'version'>): string => `${code}:${version}`;

/** All packs as this house knows them: one that was confirmed here is verified, and asks for no checking any more. */
export async function packsOf(house: House): Promise<KnownPack[]> {
  const confirmed = new Map((await confirmationsOf(house).find().toArray()).map((one) => [one._id, one]));
  return PACKS.map((pack) => {
    const found = confirmed.get(idOf(pack));
    if (!found) return pack;
    const { note: _whatToCheck, ...rest } = pack;
    return { ...rest, verified: true, confirmed: { by: found.by.name, at: found.at, note: found.note } };
  });
}

/**
 * Confirms that a version of a pack says what its source says. The first confirmation stays.
 * @throws HaolinError forbidden, no_pack
 */
export async function confirmPack(
  house: House,
  { actor, ability, now }: Caller,
  { code, version, note }: { code: string; version: number; note: string },
): Promise<KnownPack> {
  if (!may(ability, 'confirm', 'ballot_pack', {})) throw forbidden();
  const of = (packs: readonly KnownPack[]) => packs.find((one) => one.code === code && one.version === version);
  if (!of(PACKS)) throw noPack();
  await insertNew(confirmationsOf(house), [
    { _id: idOf({ code, version }), by: { id: actor.id, name: actor.name }, at: now, note },
  ]);
  const confirmed = of(await packsOf(house));
  if (!confirmed) throw noPack();
  return confirmed;
}
