import { z } from 'zod';
import { create, idFor, perform, rawCollection, readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import { HaolinError, notFound } from '../../core/errors.ts';
import type { Page } from '../../core/feature.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { objectionTo } from '../../core/lifecycle.ts';
import { decodeCursor, encodeCursor } from '../../core/page.ts';
import { communityOf, findArea, gridOf, lineage } from '../areas/index.ts';
import { advance } from './advance.ts';
import { areaMissing } from './errors.ts';
import { proposeInput } from './inputs.ts';
import { inLeadersTurn } from './leading.ts';
import { type TopicMoveName, topicLifecycle, topicTable } from './lifecycle.ts';
import type { Terms, TopicDoc, TopicState } from './model.ts';
import { prepare } from './prepare.ts';
import type { Place } from './table.ts';
import { lineOf, mayRead, type TopicLine, type TopicView, viewOf } from './views.ts';

/** A topic after a move, and whether the request was one already carried out. */
export interface Moved {
  topic: TopicDoc;
  repeated: boolean;
}

/** What every community goes by as long as it has no numbers of its own. */
const TERMS: Terms = { seconds: 3 };

/**
 * Proposes a topic. The same caller's same key proposes it once.
 * @throws HaolinError invalid_input, no_place, area_missing, forbidden, topics_waiting, topics_in_a_week, too_many_requests,
 * idempotency_key_reused
 */
export async function proposeTopic(house: House, caller: Caller, input: unknown): Promise<Moved> {
  const given = parseInput(proposeInput, input);
  // A grid's own matter is named as that: what is said of no place is everybody's in the community.
  const areas = lineage(given.area ?? communityOf(caller.actor.areas) ?? '');
  const place = await placeAt(house, areas);
  if (given.area !== undefined && !place) throw areaMissing();
  const ctx = { ...caller, calendar: house.calendar, facts: { ...(place && { place }), terms: TERMS } };
  const id = idFor(topicLifecycle.name, caller.actor.id, caller.key);
  const { document, repeated } = await create(topicTable(house), 'propose', given, ctx, id);
  return { topic: document, repeated };
}

async function placeAt(house: House, areas: readonly string[]): Promise<Place | undefined> {
  const community = communityOf(areas);
  if (community === undefined) return undefined;
  const grid = gridOf(areas);
  const [here, gridHere] = await Promise.all([
    findArea(house, community),
    grid === undefined ? undefined : findArea(house, grid),
  ]);
  if (!here || (grid !== undefined && !gridHere)) return undefined;
  const label = [here.name, gridHere?.name].filter((name) => name !== undefined).join(' · ');
  return { areas: [...areas], community, label };
}

/**
 * Makes a move on a topic. What the clock has decided meanwhile stands before it.
 * @throws HaolinError not_found (also for what the caller may not read), forbidden, and what the move names
 */
export async function moveTopic(
  house: House,
  caller: Caller,
  id: string,
  move: TopicMoveName,
  input: unknown = {},
): Promise<Moved> {
  const ctx = { ...caller, calendar: house.calendar };
  const preparing = prepare(house, caller);
  try {
    await advance(house, id, caller.now, move);
    const { document, repeated } = await inLeadersTurn(house, id, move, input, () =>
      perform(topicTable(house), id, move, input, ctx, (topic) =>
        // Nothing is booked, drafted or counted for a move that will be refused.
        objectionTo(topicLifecycle, move, topic, { ...ctx, facts: {} }) ? {} : preparing.factsFor(topic, move, input),
      ),
    );
    if (!repeated) await preparing.settle(document);
    return { topic: await followedUp(house, document, caller.now), repeated };
  } catch (error) {
    // Only a refusal says for certain that the move was not made; after a broken line it may have been.
    if (error instanceof HaolinError && error.status < 500) await preparing.settle(undefined);
    throw await withoutHint(house, caller, id, error);
  }
}

/** What a move makes due at once, done at once; should the house stop before, the clock does it. */
async function followedUp(house: House, topic: TopicDoc, now: Date): Promise<TopicDoc> {
  if (!topic.nextAt || topic.nextAt > now) return topic;
  await advance(house, topic._id, now);
  return (await readAggregate(house.model<TopicDoc>('topic'), topic._id)) ?? topic;
}

/** A topic the caller may not read is refused like one that is not there. */
async function withoutHint(house: House, { ability }: Caller, id: string, error: unknown): Promise<unknown> {
  if (!(error instanceof HaolinError && error.status < 500)) return error;
  const topic = await readAggregate(house.model<TopicDoc>('topic'), id);
  return topic && mayRead(ability, topic) ? error : notFound('议题');
}

/** @throws HaolinError not_found when it is none of the caller's business */
export async function getTopic(house: House, caller: Caller, id: string): Promise<TopicView> {
  await advance(house, id, caller.now);
  const topic = await readAggregate(house.model<TopicDoc>('topic'), id);
  if (!topic || !mayRead(caller.ability, topic)) throw notFound('议题');
  return viewOf(house, caller, topic);
}

/** A topic by its number in a community. @throws HaolinError not_found when it is none of the caller's business */
export async function topicByNumber(
  house: House,
  caller: Caller,
  community: string,
  number: number,
): Promise<TopicView> {
  const found = await rawCollection(house.model<TopicDoc>('topic')).findOne({ community, number });
  const topic = found as unknown as TopicDoc | null;
  if (!topic || !mayRead(caller.ability, topic)) throw notFound('议题');
  return viewOf(house, caller, topic);
}

export interface TopicQuery {
  /** Code of a community or grid; one's own community unless told otherwise. */
  area?: string | undefined;
  state?: TopicState | undefined;
  mine?: boolean | undefined;
  /** Those one seconded. */
  seconded?: boolean | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

const PAGE = 20;
const place = z.object({ at: z.iso.datetime(), id: z.string().regex(/^[0-9a-f]{24}$/) });

/** A page of topics, newest first, each as the caller may see it. @throws HaolinError not_found for an area that is none of theirs, invalid_input */
export async function listTopics(house: House, caller: Caller, query: TopicQuery): Promise<Page<TopicLine>> {
  const limit = query.limit ?? PAGE;
  const filter = whose(caller, query);
  if (filter === undefined) return { items: [] };
  const after = query.cursor === undefined ? undefined : decodeCursor(house.vault, query.cursor, place);
  const found = (await rawCollection(house.model<TopicDoc>('topic'))
    .find({
      ...filter,
      ...(query.state && inState(query.state, caller.now)),
      ...(after && {
        createdAt: { $lte: new Date(after.at) },
        $or: [{ createdAt: { $lt: new Date(after.at) } }, { _id: { $lt: after.id } }],
      }),
    })
    .project({ history: 0, outbox: 0, sealedWords: 0, text: 0 })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray()) as unknown as TopicDoc[];
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((topic) => lineOf(house, caller, topic)),
    ...(found.length > limit &&
      last && { next: encodeCursor(house.vault, { at: last.createdAt.toISOString(), id: last._id }) }),
  };
}

/** Topics that are in a state by the clock: see `stateAt`. */
function inState(state: TopicState, now: Date): Record<string, unknown> {
  const published = {
    state: 'publicised',
    'publicity.until': { $lte: now },
    'objections.standing': { $ne: 'waiting' },
  };
  const judged = { state: 'executing', 'reviewing.until': { $lte: now } };
  const also: Partial<Record<TopicState, object>> = {
    executing: { ...published, outcome: { $ne: 'failed' } },
    failed: { ...published, outcome: 'failed' },
    reviewed: judged,
  };
  const not = { publicised: published, executing: judged }[state as 'publicised'];
  const stored = not ? { $and: [{ state }, { $nor: [not] }] } : { state };
  return also[state] ? { $and: [{ $or: [stored, also[state]] }] } : stored;
}

function whose({ actor, ability }: Caller, { area, mine, seconded }: TopicQuery): Record<string, unknown> | undefined {
  if (mine) return { 'proposer.id': actor.id };
  if (seconded) return { supporters: actor.id };
  const code = area ?? communityOf(actor.areas);
  if (code === undefined) return undefined;
  if (!mayRead(ability, { areas: lineage(code) })) throw notFound('区域');
  return { areas: code };
}
