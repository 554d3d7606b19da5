import { createHash } from 'node:crypto';
import type { mongo } from 'mongoose';
import { newId } from '../../core/aggregate.ts';
import { oneFor, shared } from '../../core/gather.ts';
import type { House } from '../../core/house.ts';
import { insertNew } from '../../core/insert.ts';
import { civil } from '../../core/time.ts';
import type { Person } from '../people/index.ts';
import { NOTHING, sum, type Weight } from './arithmetic.ts';
import { notAttending } from './errors.ts';
import type { EnrolInput } from './lifecycle.ts';
import type { BallotDoc, Elector, StoredWeight } from './model.ts';
import { closeUrns, seating, seatsTaken, withWays } from './urn.ts';

const GROWN_UP = 18;
const BATCH = 1_000;
const VOTERS = ['resident', 'household_lead'] as const;

/** A voice before it is written down: `name` for those who keep the list, `key` for ever the same. */
export type Voice = Pick<Elector, 'name' | 'people' | 'heads' | 'area'> & { key: string };

export const electorsOf = (house: House): mongo.Collection<Elector> =>
  house.model<Elector>('ballot_electors').collection as unknown as mongo.Collection<Elector>;

/**
 * Writes down who may vote on a ballot as the register has it at this moment; for owners, as they were entered.
 * @returns the snapshot's name, and how much it comes to
 */
export async function writeElectorate(
  house: House,
  ballot: BallotDoc,
  now: Date,
): Promise<StoredWeight & { snapshot: string }> {
  if (ballot.rule.electorate === 'owner') {
    if (ballot.roll === undefined) return { snapshot: newId(), heads: 0, area: 0 };
    return { snapshot: ballot.roll, ...stored(await weightOf(house, { snapshot: ballot.roll })) };
  }
  const place = ballot.areas.at(-1) ?? ballot.community;
  const voices = await voicesAt(house, place, ballot.rule.electorate, now);
  return write(house, ballot, voices);
}

/**
 * The voices of a place as the register has them at this moment: its households, or its grown-ups.
 * @param place code of a community or of a grid
 */
export async function voicesAt(
  house: House,
  place: string,
  electorate: 'household' | 'adult',
  now: Date,
): Promise<Voice[]> {
  const people = await house
    .model<Person>('people')
    .find({ areas: place, active: true, roles: { $elemMatch: { role: { $in: VOTERS } } } })
    .select({ name: 1, household: 1, birthYear: 1, areas: 1 })
    .sort({ _id: 1 })
    .lean<Person[]>();
  const grownUp = people.filter((one) => isGrownUp(one, now));
  return electorate === 'adult' ? grownUp.map(adult) : households(grownUp);
}

/** Writes down owners as they were entered: each one head, with the area of all they own. @returns the snapshot's name */
export async function writeOwners(house: House, ballot: BallotDoc, { owners }: EnrolInput): Promise<string> {
  const voices = owners.map(({ name, people, area }, at) => ({
    key: `owner ${at}`,
    name,
    people: [...new Set(people)],
    heads: 1,
    area,
  }));
  return (await write(house, ballot, voices)).snapshot;
}

/** Takes a list away that nobody voted by. */
export async function dropElectorate(house: House, snapshot: string): Promise<void> {
  await electorsOf(house).deleteMany({ snapshot });
}

/** The register knows the year of birth: who turns eighteen this year is taken as grown up, and so is whose year nobody knows. */
const isGrownUp = ({ birthYear }: Person, now: Date): boolean =>
  birthYear === undefined || civil(now).year - birthYear >= GROWN_UP;

const adult = ({ _id, name }: Person): Voice => ({ key: `person ${_id}`, name, people: [_id], heads: 1, area: 0 });

/** Households of a community; who is in none of the register's is one alone. */
function households(people: readonly Person[]): Voice[] {
  const voices = new Map<string, Voice>();
  for (const person of people) {
    const { household, areas } = person;
    const key = household === undefined ? `person ${person._id}` : `household ${areas.at(-1)} ${household}`;
    const voice = voices.get(key) ?? { ...adult(person), key, name: household ?? person.name, people: [] };
    voices.set(key, { ...voice, people: [...voice.people, person._id] });
  }
  return [...voices.values()];
}

async function write(
  house: House,
  { _id: ballot, secrecy }: BallotDoc,
  voices: readonly Voice[],
): Promise<StoredWeight & { snapshot: string }> {
  const snapshot = newId();
  const seatAt = seating(voices.length);
  const rows = voices.map(({ key, ...voice }, at): Elector => {
    const elector = createHash('sha256').update(`${ballot}\n${key}`).digest('hex').slice(0, 24);
    const seat = secrecy === 'secret' ? seatAt(at) : {};
    return { _id: `${snapshot}:${elector}`, ballot, snapshot, elector, ...voice, ...seat };
  });
  for (let at = 0; at < rows.length; at += BATCH) await insertNew(electorsOf(house), rows.slice(at, at + BATCH));
  return { snapshot, ...stored(sum(...rows.map(weighed))) };
}

/** The voices a person may vote for. */
export async function voicesOf(house: House, { snapshot }: BallotDoc, person: string): Promise<Elector[]> {
  if (snapshot === undefined) return [];
  return withWays(house, await electorsOf(house).find({ snapshot, people: person }).sort({ _id: 1 }).toArray());
}

/** Whether a person has a voice in what is put to the vote, wherever they live now. */
export async function hasVoice(house: House, { snapshot }: BallotDoc, person: string): Promise<boolean> {
  if (snapshot === undefined) return false;
  return (await electorsOf(house).findOne({ snapshot, people: person }, { projection: { _id: 1 } })) !== null;
}

/** Those who have a voice and do not live where it is held, each once. */
export async function electorsElsewhere(house: House, { snapshot, areas, community }: BallotDoc): Promise<string[]> {
  if (snapshot === undefined) return [];
  const place = areas.at(-1) ?? community;
  const rows = await electorsOf(house).find({ snapshot }).project<Pick<Elector, 'people'>>({ people: 1 }).toArray();
  const all = [...new Set(rows.flatMap(({ people }) => people))];
  const elsewhere: string[] = [];
  for (let at = 0; at < all.length; at += BATCH) {
    const here = await house
      .model<Person>('people')
      .find({ _id: { $in: all.slice(at, at + BATCH) }, areas: { $ne: place }, active: true })
      .select({ _id: 1 })
      .sort({ _id: 1 })
      .lean<Pick<Person, '_id'>[]>();
    elsewhere.push(...here.map(({ _id }) => _id));
  }
  return elsewhere;
}

/** Where a meeting decides, only who is at it has a vote. @throws HaolinError not_attending */
export function mustAttend({ rule }: BallotDoc, { attended }: Elector): void {
  if (rule.present === 'attending' && !attended) throw notAttending();
}

/** From here on no vote goes in any more: what is counted stays so. Done again it changes nothing. */
export async function closeVotes(house: House, { snapshot = '', secrecy }: BallotDoc): Promise<void> {
  if (secrecy === 'secret') await closeUrns(house, snapshot);
  else await electorsOf(house).updateMany({ snapshot }, { $set: { closed: true } });
}

/** How much of the electorate takes part so far: who is at the meeting where a meeting decides, else who handed in a vote. */
export function presentOf(house: House, ballot: BallotDoc): Promise<Weight> {
  return presenceOf(house)(ballot);
}

/** A live board is asked for by everybody at once. */
const presenceOf = oneFor((house: House) =>
  shared(
    (ballot: BallotDoc) => (ballot.secrecy === 'secret' ? secretPresence(house, ballot) : openPresence(house, ballot)),
    ({ snapshot = '' }) => snapshot,
  ),
);

function openPresence(house: House, { snapshot = '', rule }: BallotDoc): Promise<Weight> {
  return weightOf(house, {
    snapshot,
    ...(rule.present === 'voting' ? { way: { $exists: true } } : { attended: true }),
  });
}

/** How many voices handed in a paper. */
export async function onPaper(house: House, { snapshot = '', secrecy }: BallotDoc): Promise<number> {
  if (secrecy === 'secret') return (await seatsTaken(house, { snapshot })).onPaper;
  return electorsOf(house).countDocuments({ snapshot, way: 'paper' });
}

/** In a secret ballot every voice is one head. */
async function secretPresence(house: House, { snapshot = '', rule }: BallotDoc): Promise<Weight> {
  const heads =
    rule.present === 'attending'
      ? await electorsOf(house).countDocuments({ snapshot, attended: true })
      : (await seatsTaken(house, { snapshot })).taken;
  return { heads: BigInt(heads), area: 0n };
}

async function weightOf(house: House, filter: mongo.Filter<Elector>): Promise<Weight> {
  let total = NOTHING;
  for await (const one of electorsOf(house).find(filter).project<StoredWeight>({ heads: 1, area: 1 })) {
    total = sum(total, weighed(one));
  }
  return total;
}

export const weighed = ({ heads, area }: StoredWeight): Weight => ({ heads: BigInt(heads), area: BigInt(area) });
export const stored = ({ heads, area }: Weight): StoredWeight => ({ heads: Number(heads), area: Number(area) });
