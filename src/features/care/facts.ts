import type { Role } from '../../core/ability.ts';
import type { House } from '../../core/house.ts';
import { maskName } from '../../core/text.ts';
import { communityOf, lineage } from '../areas/index.ts';
import { findPeople, type Person } from '../people/index.ts';
import type { CareFacts } from './decisions.ts';
import { type CareDoc, notePlace, reasonPlace } from './model.ts';
import { SENTINELS } from './serving.ts';

const LEADS: readonly Role[] = ['household_lead'];

/** The ids an input may name. */
interface Naming {
  sentinel?: unknown;
  lead?: unknown;
  to?: unknown;
}

/**
 * Whether somebody holds one of these roles where a person lives: in the same community, or for an area above it. A worker
 * of another grid of the community may answer for somebody, and people who live on a border know the lead next door.
 */
export const servesAt = (
  { roles }: Pick<Person, 'roles'>,
  wanted: readonly Role[],
  areas: readonly string[],
  community: string | undefined,
): boolean =>
  roles.some(
    ({ role, area }) =>
      wanted.includes(role) &&
      (areas.includes(area) || (community !== undefined && communityOf(lineage(area)) === community)),
  );

export const mayBeSentinel = (
  worker: Pick<Person, 'roles'>,
  { areas, community }: Pick<CareDoc, 'areas' | 'community'>,
) => servesAt(worker, SENTINELS, areas, community);

export const mayBeLead = (lead: Pick<Person, 'roles'>, { areas, community }: Pick<CareDoc, 'areas' | 'community'>) =>
  servesAt(lead, LEADS, areas, community);

const idsIn = ({ sentinel, lead, to }: Naming): string[] =>
  [sentinel, lead, to].filter((one): one is string => typeof one === 'string');

/** Seals what is written for a document. @param id the document's */
export const sealerOf =
  ({ vault }: Pick<House, 'vault'>, id: string): CareFacts['seal'] =>
  (field, text) =>
    vault.seal(text, 'flag' in field ? reasonPlace(id, field.flag) : notePlace(id, field.note));

/** What a decision on a document needs of the register. @param id the document's */
export async function factsFor(
  house: House,
  id: string,
  ward: Person | undefined,
  place: { areas: string[]; community: string | undefined },
  naming: Naming,
): Promise<CareFacts> {
  const registered = ward?.sentinel;
  const people = await findPeople(house, [...idsIn(naming), ...(registered === undefined ? [] : [registered])]);
  const serving = (roles: readonly Role[]) =>
    new Set(people.filter((one) => servesAt(one, roles, place.areas, place.community)).map(({ _id }) => _id));
  const workers = serving(SENTINELS);
  return {
    seal: sealerOf(house, id),
    who: ward === undefined ? '*' : maskName(ward.name),
    birthYear: ward?.birthYear,
    place,
    workers,
    leads: serving(LEADS),
    registered: registered !== undefined && workers.has(registered) ? registered : undefined,
  };
}
