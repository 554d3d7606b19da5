import { idFor, perform } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { digestOf } from '../../core/digest.ts';
import type { House } from '../../core/house.ts';
import { decide } from '../../core/lifecycle.ts';
import { replaceSeen } from '../../core/seen.ts';
import { namesOf } from '../../core/strangers.ts';
import { INCIDENT_STATES, incidentStatesOf, reportIncident } from '../incidents/index.ts';
import { findPeople } from '../people/index.ts';
import { statesOf, submitWish, WISH_STATES } from '../wishes/index.ts';
import type { IncidentInput, WishInput } from './inputs.ts';
import { visitLifecycle } from './lifecycle.ts';
import { SPAWNED_WORDS } from './messages.ts';
import type { Spawned, VisitDoc } from './model.ts';
import { visitTable } from './table.ts';

/** What comes of a visit: a wish for somebody, or an incident of which nobody is told whose home it was found at. */

type Asked = WishInput | IncidentInput;
type Made = Omit<Spawned, 'kind'>;

/** A visit, and what was made of it or had been already. */
export interface SpawnedFrom {
  visit: VisitDoc;
  made: Spawned;
}

const STATES: Record<Spawned['kind'], (house: House, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>> =
  { wish: statesOf, incident: incidentStatesOf };
const WORDS: Record<Spawned['kind'], Readonly<Record<string, string>>> = {
  wish: WISH_STATES,
  incident: INCIDENT_STATES,
};
const KINDS = ['wish', 'incident'] as const satisfies readonly Spawned['kind'][];

/** How what came of a visit stands now, in words people see. */
export async function standingOf(house: House, spawned: readonly Spawned[]): Promise<Map<string, string | undefined>> {
  const standing = await Promise.all(
    KINDS.map(async (kind) =>
      [...(await statesOfKind(house, spawned, kind))].map(([id, state]) => [id, WORDS[kind][state]] as const),
    ),
  );
  return new Map(standing.flat());
}

const statesOfKind = (house: House, spawned: readonly Spawned[], kind: Spawned['kind']) =>
  STATES[kind](
    house,
    spawned.filter((one) => one.kind === kind).map(({ id }) => id),
  );

/**
 * Makes what is asked for of a visit and writes it down with the visit: once for the same words, a crash in between or not.
 * @throws HaolinError wrong_state, too_many_spawned, forbidden, or what a wish or an incident is refused with
 */
export async function spawnFrom(house: House, caller: Caller, visit: VisitDoc, given: Asked): Promise<SpawnedFrom> {
  const asked = given.what === 'incident' ? { ...given, text: await ofNobody(house, visit, given.text) } : given;
  const kind = asked.what;
  const states = await statesOfKind(house, visit.spawned, kind);
  const keyAt = (nth: number) => `spawn:${visit._id}:${digestOf(asked)}${nth === 0 ? '' : `:${nth}`}`;
  const idAt = (nth: number) => idFor(kind, caller.actor.id, keyAt(nth));
  const isBack = (id: string) => states.get(id) === 'withdrawn';
  // Made and written down already, whatever was corrected about the visit since.
  const ids = [...visit.spawned.keys(), visit.spawned.length].map(idAt);
  const known = visit.spawned.find(({ id }) => ids.includes(id) && !isBack(id));
  if (known) return { visit, made: known };
  // The same words after it was taken back are a new one.
  let again = 0;
  while (isBack(idAt(again))) again += 1;
  const key = keyAt(again);
  const { key: _key, ...who } = caller;
  // Before anything is made: whether it may be written down with the visit, which may be void or have enough of them.
  const blank = { kind, id: visit._id, number: 0 };
  decide(visitLifecycle, visit, 'spawn', blank, { ...who, calendar: house.calendar, facts: {} });
  const keyed = { ...caller, key };
  const made: Spawned = {
    kind,
    ...(asked.what === 'wish'
      ? await wishOf(house, keyed, visit, asked)
      : await incidentOf(house, keyed, visit, asked, house.tellsOfDanger(given.text))),
  };
  const ctx = { ...keyed, calendar: house.calendar };
  const { document } = await perform(visitTable(house), visit._id, 'spawn', made, ctx, () => ({}));
  return { visit: document, made };
}

async function wishOf(house: House, caller: Caller, visit: VisitDoc, asked: WishInput): Promise<Made> {
  const { what: _what, person, name, ...rest } = asked;
  const whose = person === undefined ? { area: visit.areas.at(-1), for: { name } } : { for: { person } };
  const { wish } = await submitWish(house, caller, { ...rest, ...whose });
  return { id: wish._id, number: wish.number };
}

/** @param danger whether its words told of it, as they were written: then it is told at once, as whoever says so to the bot */
async function incidentOf(
  house: House,
  caller: Caller,
  visit: VisitDoc,
  asked: IncidentInput,
  danger: boolean,
): Promise<Made> {
  const { what: _what, ...said } = asked;
  const address = await ofNobody(house, visit, visit.place ?? '');
  const place = { area: visit.areas.at(-1), ...(address.length >= LEAST_ADDRESS && { address }) };
  const { incident } = await reportIncident(house, caller, { ...said, place, danger }, { visit: visit._id });
  return { id: incident._id, number: incident.number, ...(danger && { danger }) };
}

/** As an address is asked for. */
const LEAST_ADDRESS = 2;

/** Whoever comes to see to it needs to know what and where; whom somebody went to see there is no part of it. */
async function ofNobody(house: House, { persons }: VisitDoc, text: string): Promise<string> {
  const names = (await findPeople(house, persons)).map(({ name }) => name);
  return replaceSeen(text, ...namesOf(names, SPAWNED_WORDS.resident));
}
