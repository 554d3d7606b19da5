import { may } from '../../core/ability.ts';
import { readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { textIn } from '../../core/input.ts';
import { photosIn } from '../../core/photos.ts';
import { civil } from '../../core/time.ts';
import { communityOf, homeSite, lineage, siteAt, targetsFor } from '../areas/index.ts';
import { actorOf, findPerson, looksAfter, type Person } from '../people/index.ts';
import type { SubmitInput } from './inputs.ts';
import type { WishMoveName } from './lifecycle.ts';
import { addressPlace, type WishDoc } from './model.ts';
import type { Place, WishFacts } from './table.ts';

/**
 * What a new wish is decided by: its place, for whom it is, its photos.
 * @param id the new wish's, to which its address is sealed
 */
export async function factsToSubmit(house: House, caller: Caller, input: SubmitInput, id: string): Promise<WishFacts> {
  const { actor, now } = caller;
  const [speaker, asked, photos] = await Promise.all([
    findPerson(house, actor.id),
    input.for?.person === undefined ? undefined : findPerson(house, input.for.person),
    photosIn(house, input, actor.id),
  ]);
  const cared = looksAfter(speaker, asked);
  // Whom one neither looks after nor serves is not found: nobody learns who is registered by trying.
  const person = cared || serves(caller, asked) ? asked : undefined;
  const place = await (input.area === undefined
    ? placeAt(house, person?.areas ?? actor.areas, homeSite)
    : placeAt(house, lineage(input.area)));
  return {
    ...(place && { place }),
    photos,
    ...(input.address !== undefined && { sealedAddress: house.vault.seal(input.address, addressPlace(id)) }),
    child: isChild(input.for === undefined ? speaker : person, now),
    ...(person && isAt(person, place) && { subject: { id: person._id, name: person.name, cared } }),
  };
}

/** Whether the speaker may wish for whoever lives where this person lives. */
const serves = ({ ability }: Caller, person: Person | undefined): boolean =>
  person !== undefined && may(ability, 'submit', 'wish', { areas: person.areas });

/** A wish for somebody with an account is made where they live, and nowhere else in the city. */
const isAt = (person: Person, place: Place | undefined): boolean =>
  place !== undefined && place.community === communityOf(person.areas);

/** Under 14, or perhaps: only the year of birth is kept, and a doubt counts for the child. */
function isChild(person: Person | undefined, now: Date): boolean {
  return person?.birthYear !== undefined && civil(now).year - person.birthYear <= 14;
}

/** What a move is decided by besides the wish. Most moves need nothing and cost no read. */
export function factsFor(
  house: House,
  caller: Caller,
  wish: WishDoc,
  move: WishMoveName,
  input: unknown,
): WishFacts | Promise<WishFacts> {
  switch (move) {
    case 'publish':
      return factsToPublish(house, wish, input);
    case 'assign':
      return factsToAssign(house, wish, textIn(input, 'to'));
    case 'merge':
      return factsToMerge(house, textIn(input, 'into'));
    case 'done':
    case 'partial':
      return photosGiven(house, caller, input);
    default:
      return NONE;
  }
}

const NONE: WishFacts = {};

async function placeAt(house: House, areas: readonly string[], find = siteAt): Promise<Place | undefined> {
  const [site, targets] = await Promise.all([find(house, areas), targetsFor(house, areas)]);
  return site && { ...site, targets };
}

async function factsToPublish(house: House, wish: WishDoc, input: unknown): Promise<WishFacts> {
  const requester = await findPerson(house, wish.requester.id);
  const sentinel = requester?.sentinel === undefined ? undefined : await findPerson(house, requester.sentinel);
  const reworded = typeof input === 'object' && input !== null && 'wall' in input;
  return {
    ...(sentinel && { sentinel: { id: sentinel._id, name: sentinel.name } }),
    ...(reworded && wish.place.sealed && { address: house.vault.open(wish.place.sealed, addressPlace(wish._id)) }),
  };
}

async function factsToAssign(house: House, wish: WishDoc, id: string): Promise<WishFacts> {
  const person = await findPerson(house, id);
  if (!person) return {};
  const ability = house.abilityOf(actorOf(person, 'api'));
  return { assignee: { id: person._id, name: person.name, serves: may(ability, 'claim', 'wish', wish) } };
}

async function factsToMerge(house: House, id: string): Promise<WishFacts> {
  const into = await readAggregate(house.model<WishDoc>('wish'), id);
  return into ? { into } : {};
}

const photosGiven = async (house: House, { actor }: Caller, input: unknown): Promise<WishFacts> => ({
  photos: await photosIn(house, input, actor.id),
});
