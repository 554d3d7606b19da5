import { randomBytes, randomInt } from 'node:crypto';
import type { mongo } from 'mongoose';
import { tooBusy } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { insertNew } from '../../core/insert.ts';
import { sealPlace } from '../../core/vault.ts';
import { CHOICES, type Choice } from './arithmetic.ts';
import type { ChoiceRow } from './model.ts';

/**
 * The urn of a secret ballot. Whoever votes holds a receipt, 128 random bits that are stored nowhere. Of it two marks are
 * made that nobody can bring together without it: one stays with who has voted, the other with the choice. All places of
 * the urn are there before the first vote and one is drawn by lot, so the order they lie in says nothing either.
 */

const DUPLICATE_KEY = 11_000;
const BATCH = 1_000;
/** Twice as many places as voices: every other one is free at the end, and few lots are drawn in vain. */
const placesFor = (voices: number): number => 2 * voices + 16;
const MOST_LOTS = 500;

export const choicesOf = (house: House): mongo.Collection<ChoiceRow> =>
  house.model<ChoiceRow>('ballot_choices').collection as unknown as mongo.Collection<ChoiceRow>;

/** A receipt for one vote; given out and forgotten. */
export const newReceipt = (): string => randomBytes(16).toString('hex');

/** What stays with who has voted. */
export const proofOf = ({ vault }: House, snapshot: string, receipt: string): string =>
  vault.fingerprint(`ballot voted\n${snapshot}\n${receipt}`);
/** What stays with the choice. */
const markOf = ({ vault }: House, snapshot: string, receipt: string): string =>
  vault.fingerprint(`ballot choice\n${snapshot}\n${receipt}`);

/** Nobody reads a choice off the store before it is counted; all are sealed texts of one length. */
export function sealChoice({ vault }: House, place: string, choice: Choice): string {
  return vault.seal(String(CHOICES.indexOf(choice)), sealPlace('ballot_choices', place, 'choice'));
}

/** @throws HaolinError sealed_unreadable, also for one that was put in another's place */
export function openChoice({ vault }: House, place: string, sealed: string): Choice {
  const choice = CHOICES[Number(vault.open(sealed, sealPlace('ballot_choices', place, 'choice')))];
  if (choice === undefined) throw new Error(`The sealed choice at ${place} is none`);
  return choice;
}

/** Makes the places of an urn. Done again it changes nothing. */
export async function setUpUrn(house: House, snapshot: string, voices: number): Promise<void> {
  const places = Array.from(
    { length: placesFor(voices) },
    (_, n): ChoiceRow => ({ _id: `${snapshot}:${n}`, snapshot }),
  );
  for (let at = 0; at < places.length; at += BATCH) await insertNew(choicesOf(house), places.slice(at, at + BATCH));
}

/** Takes an urn away that nobody voted into. */
export async function dropUrn(house: House, snapshot: string): Promise<void> {
  await choicesOf(house).deleteMany({ snapshot });
}

/** Puts a choice into the urn. What lies there under this receipt is never changed. @throws HaolinError busy */
export async function dropIn(
  house: House,
  { snapshot, voices, receipt, choice }: { snapshot: string; voices: number; receipt: string; choice: Choice },
): Promise<void> {
  const mark = markOf(house, snapshot, receipt);
  const choices = choicesOf(house);
  if (await choices.findOne({ receipt: mark }, { projection: { _id: 1 } })) return;
  const put = { receipt: mark, choice: sealChoice(house, mark, choice) };
  for (let lot = 0; lot < MOST_LOTS; lot += 1) {
    const place = `${snapshot}:${randomInt(placesFor(voices))}`;
    try {
      const { modifiedCount } = await choices.updateOne({ _id: place, receipt: { $exists: false } }, { $set: put });
      if (modifiedCount === 1) return;
    } catch (error) {
      // The same vote, sent twice at once: the other one has just put it in.
      if ((error as { code?: unknown }).code === DUPLICATE_KEY) return;
      throw error;
    }
  }
  throw tooBusy();
}

/** What lies in the urn under a receipt; undefined when nothing does. */
export async function lookUp(house: House, snapshot: string, receipt: string): Promise<Choice | undefined> {
  const mark = markOf(house, snapshot, receipt);
  const row = await choicesOf(house).findOne({ receipt: mark });
  return row?.choice === undefined ? undefined : openChoice(house, mark, row.choice);
}
