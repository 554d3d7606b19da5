import { may } from '../../core/ability.ts';
import { readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { textIn } from '../../core/input.ts';
import { photosIn } from '../../core/photos.ts';
import { communityOf, homeSite, incidentTargetsFor, lineage, siteAt } from '../areas/index.ts';
import { actorOf, findPerson, looksAfter, type Person } from '../people/index.ts';
import type { ReportInput } from './inputs.ts';
import type { IncidentMoveName } from './lifecycle.ts';
import { addressPlace, type IncidentDoc } from './model.ts';
import type { IncidentFacts } from './table.ts';

/**
 * What a new incident is decided by: its place, for whom somebody speaks, its photos.
 * @param id the new incident's, to which its address is sealed
 */
export async function factsToReport(
  house: House,
  caller: Caller,
  input: ReportInput,
  id: string,
): Promise<IncidentFacts> {
  const { actor } = caller;
  const { area, address } = input.place;
  const [speaker, asked, photos] = await Promise.all([
    findPerson(house, actor.id),
    input.for?.person === undefined ? undefined : findPerson(house, input.for.person),
    photosIn(house, input, actor.id),
  ]);
  const cared = looksAfter(speaker, asked);
  // Whom one neither looks after nor serves is not found: nobody learns who is registered by trying.
  const person = cared || serves(caller, asked) ? asked : undefined;
  const areas = area === undefined ? (person?.areas ?? actor.areas) : lineage(area);
  const find = area === undefined ? homeSite : siteAt;
  const [site, targets] = await Promise.all([find(house, areas), incidentTargetsFor(house, areas)]);
  const sentinel = (person ?? speaker)?.sentinel;
  const near = person !== undefined && site !== undefined && site.community === communityOf(person.areas);
  return {
    ...(site && { place: { ...site, targets } }),
    photos,
    ...(address !== undefined && { sealedAddress: house.vault.seal(address, addressPlace(id)) }),
    ...(near && { subject: { id: person._id, name: person.name, cared } }),
    ...(sentinel !== undefined && { sentinel }),
  };
}

/** Whether the speaker may report for whoever lives where this person lives. */
const serves = ({ ability }: Caller, person: Person | undefined): boolean =>
  person !== undefined && may(ability, 'report', 'incident', { areas: person.areas });

/** What a move is decided by besides the incident. Most moves need nothing and cost no read. */
export function factsFor(
  house: House,
  caller: Caller,
  incident: IncidentDoc,
  move: IncidentMoveName,
  input: unknown,
): IncidentFacts | Promise<IncidentFacts> {
  switch (move) {
    case 'triage':
      return factsToTriage(house, textIn(input, 'grid'));
    case 'dispatch':
      return assigneeFor(house, incident, textIn(input, 'to'));
    case 'assist':
      return assigneeFor(house, incident, textIn(input, 'person'));
    case 'merge':
      return factsToMerge(house, textIn(input, 'into'));
    case 'look':
    case 'add':
    case 'note':
    case 'resolve':
    case 'partial':
      return photosGiven(house, caller, input);
    default:
      return NONE;
  }
}

const NONE: IncidentFacts = {};

async function factsToTriage(house: House, grid: string): Promise<IncidentFacts> {
  const site = grid === '' ? undefined : await siteAt(house, lineage(grid));
  return site ? { site } : {};
}

async function assigneeFor(house: House, incident: IncidentDoc, id: string): Promise<IncidentFacts> {
  const person = id === '' ? undefined : await findPerson(house, id);
  if (!person) return {};
  const ability = house.abilityOf(actorOf(person, 'api'));
  return { assignee: { id: person._id, name: person.name, serves: may(ability, 'handle', 'incident', incident) } };
}

async function factsToMerge(house: House, id: string): Promise<IncidentFacts> {
  const into = await readAggregate(house.model<IncidentDoc>('incident'), id);
  return into ? { into } : {};
}

const photosGiven = async (house: House, { actor }: Caller, input: unknown): Promise<IncidentFacts> => ({
  photos: await photosIn(house, input, actor.id),
});
