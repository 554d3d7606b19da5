import { randomBytes, randomInt } from 'node:crypto';
import type { mongo } from 'mongoose';
import { tooBusy } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { insertNew } from '../../core/insert.ts';
import { sealPlace } from '../../core/vault.ts';
import { CHOICES, type Choice } from './arithmetic.ts';
import { alreadyVoted, over } from './errors.ts';
import type { Elector, Urn, Way } from './model.ts';

/**
 * The urns of a secret ballot. A vote is one write on one document: it takes the voter's seat and, in a list beside it, a
 * place drawn by lot. So nobody votes twice, whatever races; and a crash leaves a vote or none, never a voter who is marked
 * without a choice. Whoever loses the receipt, or the answer, loses the means to look after the vote and not the vote.
 *
 * Nothing that is stored brings the two lists together. Whoever votes holds a receipt, 96 random bits and a tag, stored
 * nowhere; of it two marks are made that nobody can match without it, one for the seat and one for the place. No place has
 * a time, all have been there since the opening, and free ones are drawn evenly: every order of voting leaves every
 * arrangement equally likely. All sealed choices have one length.
 *
 * A receipt is good for the ballot and the person it was drawn for, by a tag that the field secret makes of these. So
 * another's is refused by what is asked alone: the same whether the other voted with it, did not, or tore it up.
 *
 * What this cannot hide: what the result itself tells (all voted alike; a single voter), and what somebody sees who
 * compares the store before and after each vote: a live copy, MongoDB's oplog or profiler, pages of the data file that were
 * given up, backups between two votes. Those are the operator's; a backup while a secret ballot is open is to be kept
 * like the field secret.
 */

/** A big electorate has several urns, so that a vote does not rewrite all others. Each holds so many that a choice is one of many. */
export const MOST_SEATS = 256;
/** Twice as many places as seats: every other one is free at the end, and few lots are drawn in vain. */
const placesFor = (seats: number): number => 2 * seats + 16;
const MOST_LOTS = 500;
const ON_PAPER = 'paper';
/** A word and not null, for to a query everything is null where there is nothing of that name. */
const FREE = '';

const urnsOf = (house: House): mongo.Collection<Urn> =>
  house.model<Urn>('ballot_urns').collection as unknown as mongo.Collection<Urn>;

const RANDOM_BYTES = 12;
/** A mistake is seen but for one in four thousand million; whoever could make one up would only have a receipt of their own. */
const TAG_BYTES = 4;

/** A receipt for one vote of a person in a ballot; given out and forgotten. */
export function newReceipt(house: Pick<House, 'vault'>, ballot: string, person: string): string {
  const drawn = randomBytes(RANDOM_BYTES).toString('hex');
  return `${drawn}${tagOf(house, ballot, person, drawn)}`;
}

/** Whether a receipt was given out to this person for this ballot. It is seen by the receipt, whatever lies in the urn. */
export function isReceiptOf(house: Pick<House, 'vault'>, ballot: string, person: string, receipt: string): boolean {
  const drawn = receipt.slice(0, 2 * RANDOM_BYTES);
  return receipt === `${drawn}${tagOf(house, ballot, person, drawn)}`;
}

function tagOf({ vault }: Pick<House, 'vault'>, ballot: string, person: string, drawn: string): string {
  const whole = vault.fingerprint(`ballot receipt\n${ballot}\n${person}\n${drawn}`);
  return Buffer.from(whole, 'base64url').subarray(0, TAG_BYTES).toString('hex');
}

/** What stays at the seat. With the elector in it: one receipt used for two voices does not say that these two belong together. */
const proofOf = ({ vault }: House, { _id }: Elector, receipt: string): string =>
  vault.fingerprint(`ballot voted\n${_id}\n${receipt}`);
/** What stays with the choice. */
const markOf = ({ vault }: House, { _id }: Elector, receipt: string): string =>
  vault.fingerprint(`ballot choice\n${_id}\n${receipt}`);

/** Nobody reads a choice off the store before it is counted; all are sealed texts of one length. */
export function sealChoice({ vault }: House, place: string, choice: Choice): string {
  return vault.seal(String(CHOICES.indexOf(choice)), sealPlace('ballots', place, 'choice'));
}

/** @throws HaolinError sealed_unreadable, also for one that was put in another's place */
export function openChoice({ vault }: House, place: string, sealed: string): Choice {
  const choice = CHOICES[Number(vault.open(sealed, sealPlace('ballots', place, 'choice')))];
  if (choice === undefined) throw new Error(`The sealed choice at ${place} is none`);
  return choice;
}

/** Equal urns for so many voices, as few as will do. */
function layout(voices: number): { urns: number; seats: number } {
  const urns = Math.max(1, Math.ceil(voices / MOST_SEATS));
  return { urns, seats: Math.ceil(voices / urns) };
}

/** Where the voices of a list sit, evenly. @returns the urn and the seat of the voice at a position */
export function seating(voices: number): (at: number) => { urn: number; seat: number } {
  const { urns } = layout(voices);
  return (at) => ({ urn: at % urns, seat: Math.floor(at / urns) });
}

/** Makes the urns of a ballot, all empty. Done again it changes nothing. */
export async function setUpUrns(house: House, snapshot: string, voices: number): Promise<void> {
  const { urns, seats } = layout(voices);
  const empty = (size: number): string[] => Array.from({ length: size }, () => FREE);
  const all = Array.from({ length: urns }, (_, n): Urn => {
    return { _id: `${snapshot}:${n}`, snapshot, voted: empty(seats), places: empty(placesFor(seats)) };
  });
  await insertNew(urnsOf(house), all);
}

/** Takes urns away that nobody voted into. */
export async function dropUrns(house: House, snapshot: string): Promise<void> {
  await urnsOf(house).deleteMany({ snapshot });
}

/**
 * Casts a secret vote: marks that the elector votes and drops the choice in, both or neither. What was cast under this
 * receipt before stays as it is.
 * @param voices how many the whole electorate has
 * @throws HaolinError already_voted, busy, ballot_over when a count has begun
 */
export async function dropIn(
  house: House,
  elector: Elector,
  { voices, receipt, choice }: { voices: number; receipt: string; choice: Choice },
): Promise<void> {
  const proof = proofOf(house, elector, receipt);
  const mark = markOf(house, elector, receipt);
  const put = `${mark} ${sealChoice(house, mark, choice)}`;
  const places = placesFor(layout(voices).seats);
  const { _id, seat } = seatOf(elector);
  for (let lot = 0; lot < MOST_LOTS; lot += 1) {
    const [voted, place] = [`voted.${seat}`, `places.${randomInt(places)}`];
    const { modifiedCount } = await urnsOf(house).updateOne(
      { _id, [voted]: FREE, [place]: FREE, closed: { $exists: false } },
      { $set: { [voted]: proof, [place]: put } },
    );
    if (modifiedCount === 1) return;
    const { was, closed } = await seatedIn(house, elector);
    // The same vote sent again; another choice is another vote.
    if (was === proof && (await lookUp(house, elector, receipt)) === choice) return;
    if (was !== FREE) throw alreadyVoted();
    if (closed) throw over();
  }
  throw tooBusy();
}

/** Marks that an elector votes on paper. @returns whether it did not yet @throws HaolinError already_voted */
export async function handIn(house: House, elector: Elector): Promise<boolean> {
  const { _id, seat } = seatOf(elector);
  const voted = `voted.${seat}`;
  const { modifiedCount } = await urnsOf(house).updateOne({ _id, [voted]: FREE }, { $set: { [voted]: ON_PAPER } });
  if (modifiedCount === 0 && (await seatedIn(house, elector)).was !== ON_PAPER) throw alreadyVoted();
  return modifiedCount === 1;
}

/** Takes back that an elector votes on paper. Done again it changes nothing. */
export async function handOut(house: House, elector: Elector): Promise<void> {
  const { _id, seat } = seatOf(elector);
  const voted = `voted.${seat}`;
  await urnsOf(house).updateOne({ _id, [voted]: ON_PAPER }, { $set: { [voted]: FREE } });
}

/** From here on nothing is dropped into the urns of a secret ballot. Done again it changes nothing. */
export async function closeUrns(house: House, snapshot: string): Promise<void> {
  await urnsOf(house).updateMany({ snapshot }, { $set: { closed: true } });
}

/** What lies in the urn of an elector under a receipt; undefined when nothing does. */
export async function lookUp(house: House, elector: Elector, receipt: string): Promise<Choice | undefined> {
  const mark = markOf(house, elector, receipt);
  const urn = await urnsOf(house).findOne({ _id: seatOf(elector)._id });
  const [, sealed] = urn?.places.find((one) => one.startsWith(`${mark} `))?.split(' ') ?? [];
  return sealed === undefined ? undefined : openChoice(house, mark, sealed);
}

/** Electors of a secret ballot with the way each has voted; those of an open one as they are. */
export async function withWays(house: House, electors: readonly Elector[]): Promise<Elector[]> {
  const ids = new Set(electors.filter(({ seat }) => seat !== undefined).map((one) => seatOf(one)._id));
  if (ids.size === 0) return [...electors];
  const { wayOf } = await seatsTaken(house, { _id: { $in: [...ids] } });
  return electors.map((one) => {
    const way = one.seat === undefined ? one.way : wayOf(one);
    return { ...one, ...(way && { way }) };
  });
}

/** Who has voted by which way in the urns of a filter, and how many that are. */
export async function seatsTaken(
  house: House,
  filter: mongo.Filter<Urn>,
): Promise<{ taken: number; onPaper: number; wayOf(elector: Elector): Way | undefined }> {
  const urns = await urnsOf(house).find(filter).project<Pick<Urn, '_id' | 'voted'>>({ voted: 1 }).toArray();
  const byId = new Map(urns.map(({ _id, voted }) => [_id, voted]));
  const all = urns.flatMap(({ voted }) => voted.filter((one) => one !== FREE));
  return {
    taken: all.length,
    onPaper: all.filter((one) => one === ON_PAPER).length,
    wayOf(elector) {
      const { _id, seat } = seatOf(elector);
      return wayOf(byId.get(_id)?.[seat] ?? FREE);
    },
  };
}

/** Electors of a secret ballot that have voted by a way, by any, or not yet, as a filter. */
export async function seatedBy(
  house: House,
  snapshot: string,
  by: Way | 'any' | 'none',
): Promise<mongo.Filter<Elector>> {
  const urns = await urnsOf(house).find({ snapshot }).project<Pick<Urn, '_id' | 'voted'>>({ voted: 1 }).toArray();
  const isMeant = (way: Way | undefined): boolean => (by === 'any' ? way !== undefined : (way ?? 'none') === by);
  const seats = (voted: string[]) => voted.flatMap((one, seat) => (isMeant(wayOf(one)) ? [seat] : []));
  return {
    $or: urns.map(({ _id, voted }) => ({ urn: Number(_id.slice(snapshot.length + 1)), seat: { $in: seats(voted) } })),
  };
}

/** Every choice that lies in the urns of a secret ballot, in no order that means anything. */
export async function* choicesIn(house: House, snapshot: string): AsyncGenerator<Choice> {
  for await (const { places } of urnsOf(house).find({ snapshot }).project<Pick<Urn, 'places'>>({ places: 1 })) {
    for (const place of places) {
      const [mark = '', sealed] = place.split(' ');
      if (sealed !== undefined) yield openChoice(house, mark, sealed);
    }
  }
}

function wayOf(voted: string): Way | undefined {
  if (voted === FREE) return undefined;
  return voted === ON_PAPER ? 'paper' : 'phone';
}

function seatOf({ snapshot, urn, seat }: Elector): { _id: string; seat: number } {
  if (urn === undefined || seat === undefined) throw new Error('An elector of an open ballot has no seat at an urn');
  return { _id: `${snapshot}:${urn}`, seat };
}

async function seatedIn(house: House, elector: Elector): Promise<{ was: string; closed: boolean }> {
  const { _id, seat } = seatOf(elector);
  const urn = await urnsOf(house).findOne({ _id }, { projection: { voted: 1, closed: 1 } });
  return { was: urn?.voted[seat] ?? FREE, closed: urn?.closed === true };
}
