import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { may, type RoleGrant, scope, system } from '../../core/ability.ts';
import { create, perform, rawCollection, readAggregate, type Table } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden, HaolinError, notFound } from '../../core/errors.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { movesFor } from '../../core/lifecycle.ts';
import { takerOf } from '../../core/quota.ts';
import { atCivil, dayOf } from '../../core/time.ts';
import { sealPlace } from '../../core/vault.ts';
import { lineage } from '../areas/index.ts';
import { findPerson } from '../people/index.ts';
import { anonymise } from './anonymise.ts';
import {
  DIFFICULTY_STATES,
  type DifficultyDoc,
  type DifficultyFacts,
  type DifficultyMoveName,
  type DifficultyState,
  difficultyLifecycle,
} from './difficulty.ts';
import { ownerUnknown } from './errors.ts';
import { type DifficultyKind, difficultyInput, difficultyKinds, handOverInput } from './inputs.ts';
import type { TalkDoc } from './model.ts';
import { type PageQuery, pageOf } from './pages.ts';
import { quarterAt } from './quarters.ts';
import { UNREADABLE } from './words.ts';

export const difficultiesOf = (house: House) => rawCollection(house.model<DifficultyDoc>('difficulty'));

/** More than comes up in the talks of an hour. */
const MOST = { points: 30, seconds: 3_600 };

/** @param maker id of whoever writes one down, whom it does not name */
const table = (house: House, maker?: string): Table<DifficultyDoc, DifficultyState, DifficultyFacts> => ({
  lifecycle: difficultyLifecycle,
  model: house.model<DifficultyDoc>('difficulty'),
  announce: (change) => house.announce(change),
  spend: (_difficulty, { id }) => takerOf(house)(`difficulty:${maker ?? id}`, MOST),
});

const textPlace = (id: string): string => sealPlace('difficulty', id, 'text');

/**
 * Takes a difficulty out of a talk, without whose it is. The same `nth` of a talk is one, however often it is sent; its id
 * comes from the talk's under a key, it has no maker and no moment but the beginning of the quarter, and its owner hears of it on
 * another day: so that the store does not say which talk it was.
 * @throws HaolinError invalid_input, forbidden, owner_unknown, deadline_over, deadline_far, too_many_requests
 */
export async function addDifficulty(
  house: House,
  caller: Caller,
  talk: TalkDoc,
  input: unknown,
  nth: string = caller.key ?? randomUUID(),
): Promise<{ difficulty: DifficultyDoc; repeated: boolean }> {
  const given = parseInput(difficultyInput, input);
  if (!may(caller.ability, 'addDifficulty', 'talk', talk)) throw forbidden();
  const id = createHash('sha256')
    .update(house.vault.fingerprint(`difficulty\n${talk._id}\n${nth}`))
    .digest('hex')
    .slice(0, 24);
  const there = await readAggregate(house.model<DifficultyDoc>('difficulty'), id);
  if (there) return { difficulty: there, repeated: true };
  const owner = given.owner === undefined ? undefined : await ownerOf(house, given.owner, talk.place);
  const facts: DifficultyFacts = {
    place: { code: talk.place, areas: lineage(talk.place) },
    sealed: house.vault.seal(anonymise(given.text, talk.worker.name), textPlace(id)),
    ...(owner && { owner }),
    recorder: { id: caller.actor.id, name: caller.actor.name },
    today: dayOf(caller.now),
  };
  const { kind, deadline } = given;
  // Without the request's key, maker and moment: they stand in the talk's history, too.
  const begun = atCivil(quarterAt(dayOf(caller.now)).from);
  const ctx = { actor: system(), ability: caller.ability, now: begun, calendar: house.calendar, facts };
  const { document, repeated } = await create(table(house, caller.actor.id), 'record', { kind, deadline }, ctx, id);
  return { difficulty: document, repeated };
}

/** Whoever answers for a difficulty has some duty in its place; a neighbour has none, and elsewhere nobody need read it. */
async function ownerOf(house: House, id: string, place: string) {
  const person = await findPerson(house, id);
  const here = (area: string) => lineage(place).includes(area) || lineage(area).includes(place);
  const serves = ({ role, area }: RoleGrant) => role !== 'resident' && role !== 'household_lead' && here(area);
  if (!person?.roles.some(serves)) throw ownerUnknown();
  return { id: person._id, name: person.name };
}

async function factsFor(
  house: House,
  { place }: DifficultyDoc,
  move: DifficultyMoveName,
  input: unknown,
): Promise<DifficultyFacts> {
  const given = move === 'handOver' ? handOverInput.safeParse(input) : undefined;
  return given?.success ? { owner: await ownerOf(house, given.data.owner, place) } : {};
}

/** Makes a move on a difficulty. @throws HaolinError not_found (also for what the caller may not read), forbidden, wrong_state, invalid_input, owner_unknown, owner_stays */
export async function moveDifficulty(
  house: House,
  caller: Caller,
  id: string,
  move: DifficultyMoveName,
  input: unknown = {},
): Promise<DifficultyDoc> {
  const ctx = { ...caller, calendar: house.calendar };
  try {
    return (await perform(table(house), id, move, input, ctx, (one) => factsFor(house, one, move, input))).document;
  } catch (error) {
    if (!(error instanceof HaolinError && error.status < 500)) throw error;
    const there = await readAggregate(house.model<DifficultyDoc>('difficulty'), id);
    throw there && may(caller.ability, 'read', 'difficulty', there) ? error : notFound('实际问题');
  }
}

const named = z.object({ id: z.string(), name: z.string() });

/** A difficulty as it leaves the house. */
export const difficultyView = z
  .object({
    id: z.string(),
    state: z.enum(Object.keys(DIFFICULTY_STATES) as [DifficultyState, ...DifficultyState[]]),
    stateWord: z.string(),
    community: z.string(),
    kind: z.enum(Object.keys(difficultyKinds) as [DifficultyKind, ...DifficultyKind[]]),
    kindWord: z.string(),
    text: z.string().describe('已经隐去姓名和电话'),
    owner: named,
    deadline: z.string(),
    late: z.boolean(),
    extended: z.number().int(),
    version: z.number().int(),
    moves: z.array(z.string()),
  })
  .meta({ id: 'Difficulty' });
export type DifficultyView = z.output<typeof difficultyView>;

const isOpen = ({ state }: DifficultyDoc): boolean => state === 'open' || state === 'solving';

export function difficultyViewOf(house: House, caller: Caller, one: DifficultyDoc): DifficultyView {
  return {
    id: one._id,
    state: one.state,
    stateWord: DIFFICULTY_STATES[one.state],
    community: one.place,
    kind: one.kind,
    kindWord: difficultyKinds[one.kind],
    text: house.vault.tryOpen(one.text, textPlace(one._id)) ?? UNREADABLE,
    owner: one.owner,
    deadline: one.deadline,
    late: isOpen(one) && one.deadline < dayOf(caller.now),
    extended: one.extended,
    version: one.version,
    moves: movesFor(difficultyLifecycle, one, { ...caller, calendar: house.calendar, facts: {} }),
  };
}

/** @throws HaolinError not_found when it is none of the caller's business */
export async function getDifficulty(house: House, caller: Caller, id: string): Promise<DifficultyView> {
  const found = await readAggregate(house.model<DifficultyDoc>('difficulty'), id);
  if (!found || !may(caller.ability, 'read', 'difficulty', found)) throw notFound('实际问题');
  return difficultyViewOf(house, caller, found);
}

/** A page of the difficulties the caller may read, the newest first. @throws HaolinError invalid_input for a bent cursor */
export async function listDifficulties(
  house: House,
  caller: Caller,
  query: PageQuery & { state?: DifficultyState | undefined; mine?: boolean | undefined },
): Promise<Page<DifficultyView>> {
  const readable = scope(caller.ability, 'read', 'difficulty');
  const mine = query.mine ? { 'owner.id': caller.actor.id } : readable;
  if (!mine) return { items: [] };
  const filters = [mine, query.state ? { state: query.state } : {}];
  const page = await pageOf<DifficultyDoc>(house, difficultiesOf(house), filters, query);
  return { ...page, items: page.items.map((one) => difficultyViewOf(house, caller, one)) };
}
