import type { z } from 'zod';
import { type Actor, may, scope, system } from '../../core/ability.ts';
import { create, idFor, perform, type Table } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden, HaolinError, notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { isDuplicate } from '../../core/insert.ts';
import { takerOf } from '../../core/quota.ts';
import type { Day } from '../../core/time.ts';
import { communityOf } from '../areas/index.ts';
import { findPerson, readablePerson, setSentinel } from '../people/index.ts';
import type { CareFacts } from './decisions.ts';
import { alreadyKept } from './errors.ts';
import { factsFor } from './facts.ts';
import { openInput, type relocatedInput } from './inputs.ts';
import { type CareMoveName, careLifecycle } from './lifecycle.ts';
import { type CareDoc, type CareState, VISITS_KEPT } from './model.ts';
import { cares, findCare, keptOf } from './store.ts';

/** A document of care after a move, and whether the request was one already carried out. */
export interface Moved {
  care: CareDoc;
  repeated: boolean;
}

/** More than anybody registers by hand in an hour; whole registers are imported. */
const MOST = { points: 30, seconds: 3_600 };

const table = (house: House): Table<CareDoc, CareState, CareFacts> => ({
  lifecycle: careLifecycle,
  model: house.model<CareDoc>('care'),
  announce: (change) => house.announce(change),
  keyed: (text) => house.vault.fingerprint(text),
  spend: (_care, { id }) => takerOf(house)(`care:${id}`, MOST),
});

/** What people call a document of care when it is not there. */
const CALLED = '关爱对象';

/**
 * Takes somebody into care. Who is in care already is not taken in twice, however many try at once.
 * @throws HaolinError forbidden, not_found, invalid_input, already_kept, no_place, too_many_requests, and what the consent,
 *   the review day, the sentinel or the lead is refused with
 */
export async function openCare(house: House, caller: Caller, input: unknown): Promise<Moved> {
  if (scope(caller.ability, 'open', 'care') === undefined) throw forbidden();
  const given = parseInput(openInput, input);
  const ward = await readablePerson(house, given.person, caller.actor);
  const id = idFor(careLifecycle.name, caller.actor.id, caller.key);
  const place = { areas: ward.areas, community: communityOf(ward.areas) };
  const [kept] = may(caller.ability, 'open', 'care', place) ? await keptOf(house, [ward._id]) : [];
  // What is refused takes nothing of the quota; who is faster than this is found by the unique index.
  if (kept && kept._id !== id) throw alreadyKept();
  const facts = await factsFor(house, id, ward, place, given);
  const ctx = { ...caller, calendar: house.calendar, facts };
  const { document, repeated } = await create(table(house), 'open', given, ctx, id).catch((error: unknown) => {
    throw isDuplicate(error) ? alreadyKept() : error;
  });
  await keepInStep(house, document);
  return { care: document, repeated };
}

/** Makes a move. @throws HaolinError not_found (also for what the caller may not read), forbidden, wrong_state, what the move is refused with */
export async function moveCare(
  house: House,
  caller: Caller,
  id: string,
  move: CareMoveName,
  input: unknown = {},
): Promise<Moved> {
  const ctx = { ...caller, calendar: house.calendar };
  const loadFacts = async (doc: CareDoc) =>
    factsFor(
      house,
      doc._id,
      await findPerson(house, doc.person),
      { areas: doc.areas, community: doc.community },
      Object(input) as object,
    );
  const { document, repeated } = await perform(table(house), id, move, input, ctx, loadFacts).catch(
    async (error: unknown) => {
      throw await withoutHint(house, caller, id, error);
    },
  );
  if (SERVANTS_CHANGE.has(move)) await keepInStep(house, document);
  return { care: document, repeated };
}

const SERVANTS_CHANGE: ReadonlySet<CareMoveName> = new Set(['assign', 'handOver', 'end']);

/** What the caller may not read is refused like what is not there. */
async function withoutHint(house: House, { actor, ability }: Caller, id: string, error: unknown): Promise<unknown> {
  if (!(error instanceof HaolinError && error.status < 500) || actor.kind === 'system') return error;
  const care = await findCare(house, id);
  return care && may(ability, 'read', 'care', care) ? error : notFound(CALLED);
}

/**
 * The register's copy of who is somebody's sentinel, by which wishes are offered, as the document has it now. What a crash
 * leaves undone the job `care.sentinels` does. @returns whether there was something to do
 */
export async function keepInStep(house: House, { _id }: Pick<CareDoc, '_id'>): Promise<boolean> {
  // Not what a move returned: another may have followed.
  const care = await findCare(house, _id);
  if (!care) return false;
  if (care.state === 'kept') return setSentinel(house, care.person, care.sentinel);
  const [again] = await keptOf(house, [care.person]);
  if (again) return false;
  const person = await findPerson(house, care.person);
  // Somebody named after care ended stays.
  return person?.sentinel !== undefined && person.sentinel === care.sentinel
    ? setSentinel(house, care.person, undefined)
    : false;
}

/** The document of care with this id, for somebody who may read it. @throws HaolinError not_found */
export async function readableCare(house: House, { ability }: Caller, id: string): Promise<CareDoc> {
  const care = await findCare(house, id);
  if (!care || !(may(ability, 'read', 'care', care) || may(ability, 'glimpse', 'care', care))) throw notFound(CALLED);
  return care;
}

/**
 * Whether somebody looks after a person in care and so may read what visits found: their sentinel, the keepers of care and
 * the secretary of the place. Of somebody no longer in care, whoever may read the last of it.
 */
export async function serves(house: House, actor: Actor, person: string): Promise<boolean> {
  const ability = house.abilityOf(actor);
  if (scope(ability, 'read', 'care') === undefined) return false;
  const [kept] = await keptOf(house, [person]);
  const care = kept ?? (await cares(house).findOne({ person }, { sort: { createdAt: -1 } }));
  return care !== null && may(ability, 'read', 'care', care);
}

/** As `serves`, of many people at once: those of them somebody looks after now. */
export async function servedAmong(house: House, actor: Actor, persons: readonly string[]): Promise<Set<string>> {
  const ability = house.abilityOf(actor);
  const kept = await keptOf(house, persons);
  return new Set(kept.filter((care) => may(ability, 'read', 'care', care)).map(({ person }) => person));
}

/** Those of many people somebody goes to see: whom they serve and, as household lead, whom they look in on. */
export async function goneToAmong(house: House, actor: Actor, persons: readonly string[]): Promise<Set<string>> {
  const ability = house.abilityOf(actor);
  const kept = await keptOf(house, persons);
  const goesTo = (care: CareDoc) => may(ability, 'read', 'care', care) || may(ability, 'glimpse', 'care', care);
  return new Set(kept.filter(goesTo).map(({ person }) => person));
}

/**
 * Notes the day on which people in care were seen; those who are not in care are passed over. Telling it again changes nothing.
 * @param visit id of the visit
 */
export async function markVisited(house: House, persons: readonly string[], visit: string, day: Day): Promise<void> {
  for (const { _id, visits } of await keptOf(house, persons)) {
    const tooOld = visits.length >= VISITS_KEPT && day < (visits.at(-1) ?? day);
    if (!tooOld && !visits.includes(day)) await houseMoves(house, _id, 'visited', { visit, day });
  }
}

/** Takes such a day back: the visit was void, and there is no other of that day. */
export async function unmarkVisited(house: House, persons: readonly string[], visit: string, day: Day): Promise<void> {
  for (const { _id, visits } of await keptOf(house, persons)) {
    if (visits.includes(day)) await houseMoves(house, _id, 'unvisited', { visit, day });
  }
}

/** Somebody lives elsewhere now: their document goes along, once. */
export const relocate = (house: House, id: string, where: z.input<typeof relocatedInput>): Promise<void> =>
  houseMoves(house, id, 'relocated', where);

/** The register has somebody no more, or again. */
export const lost = (house: House, id: string, day: Day): Promise<void> => houseMoves(house, id, 'lost', { day });
export const found = (house: House, id: string, day: Day): Promise<void> => houseMoves(house, id, 'found', { day });

async function houseMoves(
  house: House,
  id: string,
  move: 'visited' | 'unvisited' | 'relocated' | 'lost' | 'found',
  input: object,
): Promise<void> {
  const actor = system();
  const caller = { actor, ability: house.abilityOf(actor), now: house.clock.now() };
  await moveCare(house, caller, id, move, input).catch((error: unknown) => {
    // Care has ended meanwhile, or another process was faster.
    if (!(error instanceof HaolinError && ['wrong_state', 'same_place'].includes(error.code))) throw error;
  });
}
