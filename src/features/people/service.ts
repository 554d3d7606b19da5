import type { mongo } from 'mongoose';
import { type Actor, type Channel, may, type RoleGrant } from '../../core/ability.ts';
import { newId } from '../../core/aggregate.ts';
import { notFound } from '../../core/errors.ts';
import { gatherById, oneFor } from '../../core/gather.ts';
import type { House } from '../../core/house.ts';
import { sealPlace, type Vault } from '../../core/vault.ts';
import { lineage } from '../areas/index.ts';
import type { Gender, Person } from './model.ts';

/** What is known of a person before they are in the house; numbers and the address in clear. */
export interface NewPerson {
  name: string;
  gender?: Gender;
  birthYear?: number;
  phone?: string;
  idNumber?: string;
  address?: string;
  /** Code of the smallest area they live or serve in. */
  area: string;
  roles: RoleGrant[];
  sentinel?: string;
  skills?: string[];
  household?: string;
}

/** A telephone number as it is kept and looked up: digits only, no country code. */
export function plainPhone(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/\D/gu, '');
  return /^861\d{10}$/u.test(digits) ? digits.slice(2) : digits;
}

/** An identity number as it is kept and looked up. */
export function plainIdNumber(idNumber: string): string {
  return idNumber.normalize('NFKC').replace(/\s/gu, '').toUpperCase();
}

/** Keyed hash a telephone number is looked up by. */
export const phoneFingerprint = (vault: Vault, phone: string): string =>
  vault.fingerprint(`phone:${plainPhone(phone)}`);

/** Keyed hash an identity number is looked up by. */
export const idNumberFingerprint = (vault: Vault, idNumber: string): string =>
  vault.fingerprint(`id:${plainIdNumber(idNumber)}`);

/** What is kept of a person under seal. */
export const SEALED_FIELDS = ['phone', 'idNumber', 'address'] as const;
export type SealedField = (typeof SEALED_FIELDS)[number];

/** Where a sealed field belongs: it does not open in another person's row. */
export const fieldPlace = (personId: string, field: SealedField): string => sealPlace('people', personId, field);

/** The sealed fields of a person's numbers and address; only those given. */
export function sealedFields(
  vault: Vault,
  id: string,
  { phone, idNumber, address }: Pick<NewPerson, SealedField>,
): Partial<Person> {
  const seal = (field: SealedField, text: string) => vault.seal(text, fieldPlace(id, field));
  return {
    ...(phone === undefined
      ? {}
      : { phone: seal('phone', plainPhone(phone)), phoneFingerprint: phoneFingerprint(vault, phone) }),
    ...(idNumber === undefined
      ? {}
      : {
          idNumber: seal('idNumber', plainIdNumber(idNumber)),
          idNumberFingerprint: idNumberFingerprint(vault, idNumber),
        }),
    ...(address === undefined ? {} : { address: seal('address', address) }),
  };
}

/** The document of a new person, sealed. Pure but for the vault's nonces and the id. */
export function personDocument(vault: Vault, given: NewPerson, now: Date, id: string = newId()): Person {
  const { phone: _phone, idNumber: _idNumber, address: _address, area, ...rest } = given;
  return {
    _id: id,
    ...rest,
    ...sealedFields(vault, id, given),
    areas: lineage(area),
    active: true,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/** Tells every process that what it remembers of this person is out of date. */
export async function personChanged(house: House, id: string): Promise<void> {
  await house.coordination.publish('people', { id });
}

/** Ends every sign-in of a person; they sign in again, if they still can. */
export async function endSignIns(house: House, id: string): Promise<void> {
  await house
    .model<Person>('people')
    .updateOne({ _id: id }, { $inc: { signInsEnded: 1, version: 1 }, $set: { updatedAt: house.clock.now() } });
  await personChanged(house, id);
}

/** Writes a new person. */
export async function addPerson(house: House, given: NewPerson, id?: string): Promise<Person> {
  const person = personDocument(house.vault, given, house.clock.now(), id);
  await house.model<Person>('people').collection.insertOne(person as never);
  await personChanged(house, person._id);
  return person;
}

const readerOf = oneFor((house: House) =>
  gatherById((ids) =>
    // The collection, not the model: a query built by Mongoose costs as much again as the read.
    (house.model<Person>('people').collection as unknown as mongo.Collection<Person>)
      .find({ _id: { $in: ids }, active: true })
      .toArray(),
  ),
);

/** The person with this id, or `undefined`; people who left the house are not found. Do not change what is returned. */
export async function findPerson(house: House, id: string): Promise<Person | undefined> {
  return readerOf(house)(id);
}

/**
 * The person with this id, for somebody who may read them.
 * @throws HaolinError not_found, the same whether there is nobody or they are not for the actor to see: who is registered
 *   is nobody else's business either
 */
export async function readablePerson(house: House, id: string, actor: Actor): Promise<Person> {
  const person = await findPerson(house, id);
  if (!person || !(actor.kind === 'system' || may(house.abilityOf(actor), 'read', 'person', person))) {
    throw notFound('人');
  }
  return person;
}

/** The people with these ids, in no particular order; unknown ids are left out. */
export async function findPeople(house: House, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return [];
  return house
    .model<Person>('people')
    .find({ _id: { $in: [...new Set(ids)] }, active: true })
    .lean<Person[]>();
}

/** Everybody who has this telephone number; a household may share one. */
export async function findByPhone(house: House, phone: string): Promise<Person[]> {
  return house
    .model<Person>('people')
    .find({ phoneFingerprint: phoneFingerprint(house.vault, phone), active: true })
    .sort({ _id: 1 })
    .lean<Person[]>();
}

/** The person acting through a channel. */
export function actorOf(person: Person, channel: Channel): Actor {
  return { kind: 'person', id: person._id, name: person.name, roles: person.roles, areas: person.areas, channel };
}

/** The worker who answers one-to-one for this person, if there is one. */
export async function sentinelOf(house: House, personId: string): Promise<string | undefined> {
  return (await findPerson(house, personId))?.sentinel;
}

/** Makes a worker the one who answers for a person, or nobody. Says whether that was new. */
export async function setSentinel(house: House, personId: string, sentinel: string | undefined): Promise<boolean> {
  const { modifiedCount } = await house.model<Person>('people').updateOne(
    { _id: personId, sentinel: sentinel === undefined ? { $exists: true } : { $ne: sentinel } },
    {
      ...(sentinel === undefined ? { $unset: { sentinel: '' } } : {}),
      $set: { ...(sentinel === undefined ? {} : { sentinel }), updatedAt: house.clock.now() },
      $inc: { version: 1 },
    },
  );
  if (modifiedCount > 0) await personChanged(house, personId);
  return modifiedCount > 0;
}

/** The elders and children a worker answers for. */
export async function wardsOf(house: House, sentinelId: string): Promise<Person[]> {
  return house.model<Person>('people').find({ sentinel: sentinelId, active: true }).sort({ _id: 1 }).lean<Person[]>();
}
