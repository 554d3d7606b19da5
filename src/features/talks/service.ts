import { may } from '../../core/ability.ts';
import { create, perform, readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { forbidden, HaolinError, notFound } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { atCivil, type Day, dayOf, quarterKey } from '../../core/time.ts';
import { sealPlace } from '../../core/vault.ts';
import { lineage } from '../areas/index.ts';
import { audit, findPerson } from '../people/index.ts';
import { addDifficulty } from './difficulties.ts';
import { alreadyAsked, heldAlready, notAWorker } from './errors.ts';
import { followed } from './following.ts';
import { addRecordBody, askInput, claimInput, doneBody, heldBody, inviteInput } from './inputs.ts';
import type { TalkMoveName, TalkStartName } from './lifecycle.ts';
import type { TalkDoc, TalkState } from './model.ts';
import { placeOf } from './serving.ts';
import { secretariesOf, talkId, talksOf, talkTable } from './store.ts';
import type { TalkFacts } from './tellings.ts';

/** A talk after a move, and whether the request was one already carried out. */
export interface Moved {
  talk: TalkDoc;
  repeated: boolean;
}

const quarterOf = (day: Day): string => quarterKey(atCivil(day));

/** Somebody at work, for whoever may begin a talk with them. @throws HaolinError forbidden, not_a_worker */
export async function workerFor(
  house: House,
  { actor, ability }: Caller,
  id: string,
  action: 'ask' | 'schedule' | 'done' | 'claim' | 'record',
  subject: 'talk' | 'care_visit' = 'talk',
): Promise<NonNullable<TalkFacts['worker']>> {
  const person = await findPerson(house, id);
  const place = person && placeOf(person);
  const mine = { areas: place === undefined ? [] : lineage(place), worker: { id } };
  if (person && place !== undefined && may(ability, action, subject, mine)) {
    return { id, name: person.name, place, areas: lineage(place) };
  }
  // Who works where else is not told; whoever is no secretary is told no more than that.
  throw actor.roles.some(({ role }) => role === 'secretary') && id !== actor.id ? notAWorker() : forbidden();
}

/** The record under seal, with a keyed fingerprint in its stead: a plain digest of a few words could be guessed. */
function sealed(house: House, id: string, text: string | undefined) {
  if (text === undefined) return {};
  return {
    sealed: house.vault.seal(text, sealPlace('talk', id, 'record')),
    recordMark: house.vault.fingerprint(`talk record\n${id}\n${text}`),
  };
}

/** Asks for a talk: for oneself, or because of an occasion. @throws HaolinError invalid_input, forbidden, not_a_worker, already_asked */
export async function askForTalk(house: House, caller: Caller, input: unknown): Promise<Moved> {
  const given = parseInput(askInput, input);
  const worker = await workerFor(house, caller, given.worker ?? caller.actor.id, 'ask');
  const at = given.occasion === 'own_request' ? dayOf(caller.now) : (given.at ?? dayOf(caller.now));
  const purpose = await freePurpose(house, caller, worker.id, `${given.occasion}:${at}`);
  if (typeof purpose !== 'string' && purpose) return { talk: purpose, repeated: true };
  const facts = { worker, secretaries: await secretariesOf(house, worker.place), ...(purpose && { purpose }) };
  const ctx = { ...caller, calendar: house.calendar, facts };
  const id = talkId(worker.id, purpose ?? at);
  const made = await begunOrThere(house, 'ask', given, ctx, id);
  // Somebody else asked at the same moment, in other words.
  if (made === undefined) throw alreadyAsked();
  return made;
}

/** Begins a talk; nothing when another request began it first, by whomever and however. @throws HaolinError as `create` */
async function begunOrThere(
  house: House,
  start: TalkStartName,
  input: object,
  ctx: Parameters<typeof create<TalkDoc, TalkState, TalkFacts>>[3],
  id: string,
): Promise<Moved | undefined> {
  try {
    const { document, repeated } = await create(talkTable(house), start, input, ctx, id);
    return { talk: document, repeated };
  } catch (error) {
    if (!(error instanceof HaolinError && error.code === 'idempotency_key_reused')) throw error;
    const [first] = (await readAggregate(house.model<TalkDoc>('talk'), id))?.history ?? [];
    if (ctx.key !== undefined && first?.key === ctx.key && first.by.id === ctx.actor.id) throw error;
    return undefined;
  }
}

/** The first purpose of this kind that is not taken; the talk itself when this request made it; nothing when one is under way. */
async function freePurpose(house: House, { actor, key }: Caller, worker: string, kind: string) {
  const [occasion] = kind.split(':');
  const open = { 'worker.id': worker, 'occasion.kind': occasion, state: { $in: ['asked', 'scheduled'] } };
  for (let nth = 1; ; nth += 1) {
    const purpose = `${kind}:${nth}`;
    const taken = await readAggregate(house.model<TalkDoc>('talk'), talkId(worker, purpose));
    if (!taken) return (await talksOf(house).findOne(open, { projection: { _id: 1 } })) ? undefined : purpose;
    const [first] = taken.history;
    if (key !== undefined && first?.key === key && first.by.id === actor.id) return taken;
    if (taken.state === 'asked' || taken.state === 'scheduled') return undefined;
  }
}

/** Begins a quarter's talk, or makes the like move on the one that is there. */
async function ofQuarter(
  house: House,
  caller: Caller,
  { start, move, action }: { start: TalkStartName; move: TalkMoveName; action: 'schedule' | 'done' | 'claim' },
  { worker: id, day, input, record }: { worker: string; day: Day; input: Record<string, unknown>; record?: string },
): Promise<Moved> {
  const talk = talkId(id, quarterOf(day));
  const there = await readAggregate(house.model<TalkDoc>('talk'), talk);
  const { key } = caller;
  const again = key !== undefined && there?.history[0]?.key === key;
  const { sealed: text, recordMark } = sealed(house, talk, record);
  const mark = recordMark === undefined ? {} : { recordMark };
  const { worker: _who, ...rest } = input;
  const goOn = () =>
    performed(house, caller, talk, move, { ...rest, ...mark }, text).catch(async (error: unknown) => {
      if (!(error instanceof HaolinError && error.code === 'not_found')) throw error;
      // It was held where the worker served before: whose own they are now may know that much.
      await workerFor(house, caller, id, action);
      throw heldAlready();
    });
  if (there && !again) return goOn();
  const worker = await workerFor(house, caller, id, action);
  const facts = {
    worker,
    secretaries: await secretariesOf(house, worker.place),
    ...(text !== undefined && { sealed: text }),
  };
  const ctx = { ...caller, calendar: house.calendar, facts };
  // Where somebody began it a moment before, this is the like move on theirs.
  return (await begunOrThere(house, start, { ...input, ...mark }, ctx, talk)) ?? goOn();
}

/** Proposes a time for the quarter's talk. @throws HaolinError as `moveTalk`, not_a_worker, time_over */
export function inviteToTalk(house: House, caller: Caller, input: unknown): Promise<Moved> {
  const given = parseInput(inviteInput, input);
  const way = { start: 'invite', move: 'schedule', action: 'schedule' } as const;
  return ofQuarter(house, caller, way, { worker: given.worker, day: given.day, input: given });
}

/** The quarter's talk was held. @throws HaolinError as `moveTalk`, not_a_worker, day_to_come */
export async function holdTalk(house: House, caller: Caller, input: unknown): Promise<Moved> {
  const { record, difficulties = [], ...given } = parseInput(heldBody, input);
  const way = { start: 'held', move: 'done', action: 'done' } as const;
  const { worker, day } = given;
  const moved = await ofQuarter(house, caller, way, {
    worker,
    day,
    input: given,
    ...(record !== undefined && { record }),
  });
  await addDifficulties(house, caller, moved.talk, difficulties);
  return moved;
}

/** The worker says that the quarter's talk was held. @throws HaolinError as `moveTalk` */
export function claimTalk(house: House, caller: Caller, input: unknown): Promise<Moved> {
  const given = parseInput(claimInput, input);
  const way = { start: 'say', move: 'claim', action: 'claim' } as const;
  return ofQuarter(house, caller, way, { worker: caller.actor.id, day: given.day, input: given });
}

/** Makes a move on a talk. @throws HaolinError not_found (also for what the caller may not read), forbidden, wrong_state, invalid_input */
export function moveTalk(
  house: House,
  caller: Caller,
  id: string,
  move: TalkMoveName,
  input: unknown = {},
): Promise<Moved> {
  return performed(house, caller, id, move, input);
}

/** It was held. @throws HaolinError as `moveTalk` */
export async function finishTalk(house: House, caller: Caller, id: string, input: unknown): Promise<Moved> {
  const { record, difficulties = [], ...given } = parseInput(doneBody, input);
  const { sealed: text, recordMark } = sealed(house, id, record);
  const moved = await performed(house, caller, id, 'done', { ...given, recordMark }, text);
  await addDifficulties(house, caller, moved.talk, difficulties);
  return moved;
}

/** Writes down what was said, in place of what was written before. @throws HaolinError as `moveTalk` */
export function addRecord(house: House, caller: Caller, id: string, input: unknown): Promise<Moved> {
  const { record, ...given } = parseInput(addRecordBody, input);
  const { sealed: text, recordMark } = sealed(house, id, record);
  return performed(house, caller, id, 'addRecord', { ...given, recordMark }, text);
}

async function addDifficulties(house: House, caller: Caller, talk: TalkDoc, difficulties: readonly unknown[]) {
  // Each under an id of its own: what a broken line leaves out is made up when the same is sent again.
  for (const [nth, one] of difficulties.entries()) await addDifficulty(house, caller, talk, one, `done:${nth}`);
}

async function performed(
  house: House,
  caller: Caller,
  id: string,
  move: TalkMoveName,
  input: unknown,
  text?: string,
): Promise<Moved> {
  const there = await readAggregate(house.model<TalkDoc>('talk'), id);
  if (there) await followed(house, there);
  const ctx = { ...caller, calendar: house.calendar };
  const facts = async ({ place }: TalkDoc): Promise<TalkFacts> => ({
    secretaries: await secretariesOf(house, place),
    ...(text !== undefined && { sealed: text }),
  });
  const { document, repeated } = await perform(talkTable(house), id, move, input, ctx, facts).catch(
    async (error: unknown) => {
      throw await withoutHint(house, caller, id, error);
    },
  );
  return { talk: document, repeated };
}

/** A talk the caller may not read is refused like one that is not there. */
async function withoutHint(house: House, { ability }: Caller, id: string, error: unknown): Promise<unknown> {
  if (!(error instanceof HaolinError && error.status < 500)) return error;
  const talk = await readAggregate(house.model<TalkDoc>('talk'), id);
  return talk && may(ability, 'read', 'talk', talk) ? error : notFound('谈心');
}

/** A talk the caller may know of, without what was said. @throws HaolinError not_found */
export async function findTalk(house: House, { ability }: Caller, id: string): Promise<TalkDoc> {
  const there = await readAggregate(house.model<TalkDoc>('talk'), id);
  const talk = there && !may(ability, 'read', 'talk', there) ? await followed(house, there) : there;
  if (!talk || !may(ability, 'read', 'talk', talk)) throw notFound('谈心');
  return talk;
}

/**
 * What was said, for its author and the worker; a line about the worker is written down before anything is opened.
 * @throws HaolinError not_found, forbidden, sealed_unreadable
 */
export async function readRecord(house: House, caller: Caller, id: string): Promise<string> {
  const talk = await findTalk(house, caller, id);
  if (!may(caller.ability, 'readRecord', 'talk', talk)) throw forbidden();
  if (talk.record === undefined) throw notFound('谈话记录');
  await audit(house, caller.actor, talk.worker.id, 'talk', { fields: ['record'] });
  return house.vault.open(talk.record, sealPlace('talk', id, 'record'));
}
