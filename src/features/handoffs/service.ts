import { z } from 'zod';
import { may, scope, system } from '../../core/ability.ts';
import { create, idFor, perform, rawCollection, readAggregate, type Table } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { HaolinError, notFound } from '../../core/errors.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { movesFor } from '../../core/lifecycle.ts';
import { decodeCursor, encodeCursor } from '../../core/page.ts';
import { takerOf } from '../../core/quota.ts';
import { wholeWords } from '../../core/sealed-words.ts';
import { communityOf, nextNumber } from '../areas/index.ts';
import { callInput, type HandoffFacts, type HandoffMoveName, handoffLifecycle } from './lifecycle.ts';
import { HANDOFF_STATES, type HandoffDoc, type HandoffState } from './model.ts';

/** A handoff after a move, and whether the request was one already carried out. */
export interface Moved {
  handoff: HandoffDoc;
  repeated: boolean;
}

/** More calls than anybody has; in the API and in chat together. */
const MOST_CALLS = { points: 10, seconds: 3_600 };

const table = (house: House): Table<HandoffDoc, HandoffState, HandoffFacts> => ({
  lifecycle: handoffLifecycle,
  model: house.model<HandoffDoc>('handoff'),
  announce: (change) => house.announce(change),
  vault: house.vault,
  // An emergency is never one too many.
  spend: async ({ alarm }, { id }) => (alarm ? undefined : takerOf(house)(`handoff:${id}`, MOST_CALLS)),
  number: ({ community }) => nextNumber(house, 'handoff', community),
});

/**
 * Calls for a human. The same caller's same key calls once.
 * @throws HaolinError invalid_input, no_place
 */
export async function openHandoff(house: House, caller: Caller, input: unknown): Promise<Moved> {
  const given = parseInput(callInput, input);
  const { areas } = caller.actor;
  const community = communityOf(areas);
  const facts = community === undefined ? {} : { place: { areas: [...areas], community } };
  const ctx = { ...caller, calendar: house.calendar, facts };
  const id = idFor(handoffLifecycle.name, caller.actor.id, caller.key);
  const { document, repeated } = await create(table(house), 'open', given, ctx, id);
  return { handoff: document, repeated };
}

/** Makes a move on a handoff. @throws HaolinError not_found (also for what the caller may not read), forbidden, already_closed, too_much_said, invalid_input */
export async function moveHandoff(
  house: House,
  caller: Caller,
  id: string,
  move: HandoffMoveName,
  input: unknown = {},
): Promise<Moved> {
  const ctx = { ...caller, calendar: house.calendar };
  const { document, repeated } = await perform(table(house), id, move, input, ctx, () => ({})).catch(
    async (error: unknown) => {
      throw await withoutHint(house, caller, id, error);
    },
  );
  return { handoff: document, repeated };
}

/** A handoff the caller may not read is refused like one that is not there. */
async function withoutHint(house: House, { actor, ability }: Caller, id: string, error: unknown): Promise<unknown> {
  if (!(error instanceof HaolinError && error.status < 500) || actor.kind === 'system') return error;
  const handoff = await readAggregate(house.model<HandoffDoc>('handoff'), id);
  return handoff && may(ability, 'read', 'handoff', handoff) ? error : notFound('求助');
}

/** The house's own move, when its time has come. */
export function clockHandoff(house: House, id: string, move: 'escalate' | 'lapse', now: Date): Promise<Moved> {
  const actor = system();
  return moveHandoff(house, { actor, ability: house.abilityOf(actor), now }, id, move);
}

/** The resident's handoff that is still open, if there is one. */
export async function openOf(house: House, person: string): Promise<HandoffDoc | undefined> {
  const found = await rawCollection(house.model<HandoffDoc>('handoff')).findOne(
    { 'requester.id': person, state: { $ne: 'closed' } },
    { sort: { createdAt: -1, _id: -1 } },
  );
  return (found as HandoffDoc | null) ?? undefined;
}

/** A handoff by its number in a community. @throws HaolinError not_found when it is none of the caller's business */
export async function handoffByNumber(
  house: House,
  caller: Caller,
  community: string,
  number: number,
): Promise<HandoffDoc> {
  const found = (await rawCollection(house.model<HandoffDoc>('handoff')).findOne({
    community,
    number,
  })) as HandoffDoc | null;
  if (!found || !may(caller.ability, 'read', 'handoff', found)) throw notFound('求助');
  return found;
}

const state = z.enum(Object.keys(HANDOFF_STATES) as [HandoffState, ...HandoffState[]]);
const named = z.object({ id: z.string(), name: z.string() });
const at = z.iso.datetime();

/** A handoff as it leaves the house. */
export const handoffView = z
  .object({
    id: z.string(),
    number: z.number().int(),
    state,
    stateWord: z.string(),
    community: z.string(),
    requester: named,
    said: z.array(z.object({ by: named, answer: z.boolean(), text: z.string(), at, urgent: z.boolean().optional() })),
    urgent: z.boolean().describe('有人说有危险，还没有人回复'),
    gist: z.string().describe('列表里的一句话：紧急的是求救那句，其他是最后一句'),
    late: z.boolean().describe('到时间还没有人回复'),
    createdAt: at,
    updatedAt: at,
    version: z.number().int(),
    moves: z.array(z.string()),
  })
  .meta({ id: 'Handoff' });
export type HandoffView = z.output<typeof handoffView>;

const isUrgent = ({ state, alarm }: HandoffDoc): boolean => state === 'opened' && alarm === true;

/** What whoever looks over many reads of one: the words that raised the alarm, whatever was said after them, else the last. */
function gistOf(handoff: HandoffDoc): string {
  const { said } = handoff;
  const sinceAnswer = said.slice(said.findLastIndex(({ answer }) => answer) + 1);
  const alarmed = isUrgent(handoff) ? (sinceAnswer.find(({ urgent }) => urgent) ?? sinceAnswer[0]) : undefined;
  return (alarmed ?? said.at(-1))?.text ?? '';
}

/** As the caller sees it, with the moves the caller may make. What was said is said to whoever may read it: whole, but in a list. */
export function viewOf(house: House, caller: Caller, handoff: HandoffDoc): HandoffView {
  const whole = wholeWords(house.vault, handoffLifecycle.name, handoff, () => true);
  return {
    id: handoff._id,
    number: handoff.number,
    state: handoff.state,
    stateWord: HANDOFF_STATES[handoff.state],
    community: handoff.community,
    requester: handoff.requester,
    said: handoff.said.map((one) => ({ ...one, text: whole(one.text, one.at), at: one.at.toISOString() })),
    urgent: isUrgent(handoff),
    gist: gistOf(handoff),
    late: handoff.state === 'opened' && handoff.escalated,
    createdAt: handoff.createdAt.toISOString(),
    updatedAt: handoff.updatedAt.toISOString(),
    version: handoff.version,
    moves: movesFor(handoffLifecycle, handoff, { ...caller, calendar: house.calendar, facts: {} }),
  };
}

/** @throws HaolinError not_found when it is none of the caller's business */
export async function getHandoff(house: House, caller: Caller, id: string): Promise<HandoffView> {
  const handoff = await readAggregate(house.model<HandoffDoc>('handoff'), id);
  if (!handoff || !may(caller.ability, 'read', 'handoff', handoff)) throw notFound('求助');
  return viewOf(house, caller, handoff);
}

const cursorSchema = z.object({
  urgent: z.boolean(),
  at: z.iso.datetime(),
  id: z.string().regex(/^[0-9a-f]{24}$/),
});

export interface HandoffQuery {
  state?: HandoffState | undefined;
  mine?: boolean | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** What comes after that in the list's order. */
function after({ urgent, at: from, id }: z.output<typeof cursorSchema>, queue: boolean): Record<string, unknown> {
  const moment = new Date(from);
  const beyond = queue ? '$gt' : '$lt';
  const next = { $or: [{ createdAt: { [beyond]: moment } }, { createdAt: moment, _id: { [beyond]: id } }] };
  const calm = { alarm: { $ne: true } };
  return urgent ? { $or: [{ alarm: true, ...next }, calm] } : { ...calm, ...next };
}

/**
 * A page of the handoffs the caller may read: those in danger first, then the newest; of those that wait for an answer
 * whoever has waited longest, as people who wait are told.
 * @throws HaolinError invalid_input for a bent cursor
 */
export async function listHandoffs(house: House, caller: Caller, query: HandoffQuery): Promise<Page<HandoffView>> {
  const limit = query.limit ?? 20;
  const readable = scope(caller.ability, 'read', 'handoff');
  if (!readable) return { items: [] };
  const queue = query.state === 'opened' && query.mine !== true;
  const order = queue ? 1 : -1;
  const from = query.cursor === undefined ? undefined : decodeCursor(house.vault, query.cursor, cursorSchema);
  const found = (await rawCollection(house.model<HandoffDoc>('handoff'))
    .find({
      $and: [
        query.mine ? { 'requester.id': caller.actor.id } : readable,
        query.state ? { state: query.state } : {},
        from ? after(from, queue) : {},
      ],
    })
    .project({ history: 0, outbox: 0, sealedWords: 0 })
    .sort({ alarm: -1, createdAt: order, _id: order })
    .limit(limit + 1)
    .toArray()) as unknown as HandoffDoc[];
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const items = page.map((handoff) => viewOf(house, caller, handoff));
  return found.length > limit && last
    ? {
        items,
        next: encodeCursor(house.vault, {
          urgent: last.alarm === true,
          at: last.createdAt.toISOString(),
          id: last._id,
        }),
      }
    : { items };
}
