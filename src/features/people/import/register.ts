/** What is known already of the people and places a file names. */
import { breather } from '../../../core/breath.ts';
import type { House } from '../../../core/house.ts';
import type { Area } from '../../areas/index.ts';
import type { Person } from '../model.ts';
import { idNumberFingerprint, phoneFingerprint } from '../service.ts';
import type { ReadRow } from './rows.ts';

/** A lookup stays well within what one query may carry. */
const BATCH = 1_000;

export interface Register {
  byPhone(fingerprint: string): Person[];
  /** The person with this identity number or, without one on either side, this name and telephone; or why it is unclear. */
  match(
    name: string,
    phone: string | undefined,
    idNumber: string | undefined,
  ): Person | 'two people' | 'other id' | undefined;
}

/** Reads everybody who has a number that occurs in the rows. */
export async function knownPeople(
  house: House,
  rows: readonly Pick<ReadRow, 'phone' | 'sentinel' | 'idNumber'>[],
): Promise<Register> {
  const phones = new Set<string>();
  const idNumbers = new Set<string>();
  const breathe = breather();
  for (const { phone, sentinel, idNumber } of rows) {
    await breathe();
    for (const one of [phone, sentinel]) if (one !== undefined) phones.add(phoneFingerprint(house.vault, one));
    if (idNumber !== undefined) idNumbers.add(idNumberFingerprint(house.vault, idNumber));
  }
  const owned = await peopleBy(house, 'phoneFingerprint', [...phones]);
  const byPhone = grouped(owned, ({ phoneFingerprint: phone }) => phone ?? '');
  const byPhoneAndName = grouped(owned, ({ phoneFingerprint: phone, name }) => `${phone} ${name}`);
  const owners = await peopleBy(house, 'idNumberFingerprint', [...idNumbers]);
  const byId = new Map(owners.map((owner) => [owner.idNumberFingerprint, owner]));
  return {
    byPhone: (fingerprint) => byPhone.get(fingerprint) ?? [],
    match(name, phone, idNumber) {
      const owner = idNumber === undefined ? undefined : byId.get(idNumber);
      const namesakes = phone === undefined ? [] : (byPhoneAndName.get(`${phone} ${name}`) ?? []);
      if (owner) return namesakes.every((one) => one._id === owner._id) ? owner : 'two people';
      const [only, second] = namesakes;
      if (second) return 'two people';
      if (only?.idNumberFingerprint !== undefined && idNumber !== undefined) return 'other id';
      return only;
    },
  };
}

function grouped(people: readonly Person[], keyOf: (person: Person) => string): Map<string, Person[]> {
  const groups = new Map<string, Person[]>();
  for (const person of people) {
    const key = keyOf(person);
    const group = groups.get(key);
    if (group) group.push(person);
    else groups.set(key, [person]);
  }
  return groups;
}

async function peopleBy(
  house: House,
  field: 'phoneFingerprint' | 'idNumberFingerprint',
  fingerprints: readonly string[],
): Promise<Person[]> {
  const found: Person[] = [];
  for (let at = 0; at < fingerprints.length; at += BATCH) {
    const some = await house
      .model<Person>('people')
      .find({ [field]: { $in: fingerprints.slice(at, at + BATCH) } })
      .lean<Person[]>();
    found.push(...some);
  }
  return found;
}

/** Those of the codes that are areas of the house. */
export async function knownAreas(house: House, codes: readonly string[]): Promise<Set<string>> {
  const distinct = [...new Set(codes)];
  const known = new Set<string>();
  for (let at = 0; at < distinct.length; at += BATCH) {
    const some = await house
      .model<Area>('areas')
      .find({ _id: { $in: distinct.slice(at, at + BATCH) } })
      .select({ _id: 1 })
      .lean<{ _id: string }[]>();
    for (const { _id } of some) known.add(_id);
  }
  return known;
}
