import type { mongo } from 'mongoose';
import { z } from 'zod';
import { idFor } from '../../../core/aggregate.ts';
import type { Caller } from '../../../core/caller.ts';
import { keyReused, notFound } from '../../../core/errors.ts';
import type { Page } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { isDuplicate } from '../../../core/insert.ts';
import { deliver } from '../../../core/notice.ts';
import { decodeCursor, encodeCursor } from '../../../core/page.ts';
import { takerOf } from '../../../core/quota.ts';
import type { TopicDoc } from '../model.ts';
import { postedWords } from '../posted.ts';
import { knowsWho, leads, mustBelong, mustLead, topicFor, underWay } from './access.ts';
import { isThere } from './attendance.ts';
import { inRecess, notThere } from './errors.ts';
import { STATEMENT_STATES, type Statement, type StatementState } from './model.ts';

/** What neighbours say of a topic while it is talked over: read by all once the one who leads has looked at it, without names. */

/** More than anybody has to say in an hour; in the API and in chat together. */
const MOST_STATEMENTS = { points: 20, seconds: 3_600 };

export const statementState = z.enum(Object.keys(STATEMENT_STATES) as [StatementState, ...StatementState[]]);

export const statementView = z
  .object({
    id: z.string(),
    session: z.number().int(),
    text: z.string(),
    mine: z.boolean(),
    state: statementState,
    stateWord: z.string(),
    reason: z.string().optional().describe('为什么不公开，只给自己和主持人看'),
    by: z.object({ id: z.string(), name: z.string() }).optional().describe('只给社区看'),
    at: z.iso.datetime().optional().describe('只给自己和主持人看'),
  })
  .meta({ id: 'TopicStatement' });
export type StatementView = z.output<typeof statementView>;

export const statementsOf = (house: House): mongo.Collection<Statement> =>
  house.model<Statement>('topic_statements').collection as unknown as mongo.Collection<Statement>;

/**
 * Says something at a meeting that is under way, by whoever is signed in to it or leads it. The same caller's same key says it once.
 * @param text as it is kept, see `written.ts`
 * @throws HaolinError not_found, forbidden, meeting_not_begun, not_at_meeting, meeting_in_recess, too_many_requests, idempotency_key_reused
 */
export async function say(house: House, caller: Caller, id: string, text: string): Promise<StatementView> {
  const topic = await topicFor(house, caller, id);
  if (!leads(caller, topic)) mustBelong(caller, topic);
  const { actor, now, key } = caller;
  const statements = statementsOf(house);
  const _id = idFor('topic_statement', actor.id, key);
  const made = key === undefined ? null : await statements.findOne({ _id });
  if (made) return repeated(caller, topic, made, text);
  const meeting = underWay(topic);
  if (!leads(caller, topic) && !(await isThere(house, topic, meeting, actor.id))) throw notThere();
  // What is said in a pause is no part of the meeting; its author keeps the words and says them when it goes on.
  if (meeting.pausedAt) throw inRecess();
  const { session } = meeting;
  await takerOf(house)(`topic:statement:${actor.id}`, MOST_STATEMENTS);
  const statement: Statement = {
    _id,
    topic: topic._id,
    session,
    by: { id: actor.id, name: actor.name },
    text,
    posted: postedWords(text),
    at: now,
    state: 'waiting',
    moderations: 0,
  };
  try {
    await statements.insertOne(statement);
  } catch (error) {
    const first = isDuplicate(error) && (await statements.findOne({ _id }));
    if (!first) throw error;
    return repeated(caller, topic, first, text);
  }
  return viewOf(caller, topic, statement);
}

function repeated(caller: Caller, topic: TopicDoc, first: Statement, text: string): StatementView {
  if (first.topic !== topic._id || first.text !== text) throw keyReused();
  return viewOf(caller, topic, first);
}

/** A statement as the caller may know it: of others the words alone, as everybody reads them. */
function viewOf(caller: Caller, topic: TopicDoc, statement: Statement): StatementView {
  const { _id: id, session, by, text, posted, at, state, reason } = statement;
  const mine = by.id === caller.actor.id;
  const leader = leads(caller, topic);
  const known = knowsWho(caller, topic);
  return {
    id,
    session,
    text: mine || known ? text : posted,
    mine,
    state,
    stateWord: STATEMENT_STATES[state],
    ...((mine || leader) && { at: at.toISOString(), ...(reason !== undefined && { reason }) }),
    ...(known && { by }),
  };
}

const place = z.object({ at: z.iso.datetime(), id: z.string().regex(/^[0-9a-f]{24}$/) });
const PAGE = 20;

export interface StatementQuery {
  state?: StatementState | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** What was said, the latest first: to who leads all of it, to neighbours what is visible and their own. @throws HaolinError not_found, invalid_input */
export async function listStatements(
  house: House,
  caller: Caller,
  id: string,
  { state, limit = PAGE, cursor }: StatementQuery,
): Promise<Page<StatementView>> {
  const topic = await topicFor(house, caller, id);
  const after = cursor === undefined ? undefined : decodeCursor(house.vault, cursor, place);
  const theirs = { $or: [{ state: 'visible' as const }, { 'by.id': caller.actor.id }] };
  const found = await statementsOf(house)
    .find({
      $and: [
        { topic: topic._id, ...(state && { state }) },
        leads(caller, topic) ? {} : theirs,
        after
          ? {
              at: { $lte: new Date(after.at) },
              $or: [{ at: { $lt: new Date(after.at) } }, { _id: { $lt: after.id } }],
            }
          : {},
      ],
    })
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((one) => viewOf(caller, topic, one)),
    ...(found.length > limit &&
      last && { next: encodeCursor(house.vault, { at: last.at.toISOString(), id: last._id }) }),
  };
}

export interface Moderation {
  visible: boolean;
  /** Wanted of whoever hides it, see `moderationInput`. */
  reason?: string | undefined;
}

/**
 * Lets everybody read a statement, or not; whoever said it is told when not. Once is as good as twice.
 * @throws HaolinError not_found, forbidden
 */
export async function moderate(
  house: House,
  caller: Caller,
  id: string,
  statement: string,
  { visible, reason: given }: Moderation,
): Promise<StatementView> {
  const topic = await topicFor(house, caller, id);
  mustLead(caller, topic);
  const state = visible ? 'visible' : 'hidden';
  const reason = visible ? undefined : given;
  const { actor, now } = caller;
  await statementsOf(house).updateOne(
    { _id: statement, topic: topic._id, state: { $ne: state } },
    {
      $set: {
        state,
        moderatedBy: { id: actor.id, name: actor.name },
        moderatedAt: now,
        ...(reason !== undefined && { reason }),
      },
      $inc: { moderations: 1 },
      ...(reason === undefined && { $unset: { reason: '' } }),
    },
  );
  const after = await statementsOf(house).findOne({ _id: statement, topic: topic._id });
  if (!after) throw notFound('发言');
  // Also when it was hidden before: whoever hid it may have been cut off here, and the key lets it be told once.
  if (after.state === 'hidden') await tellHidden(house, topic, after);
  return viewOf(caller, topic, after);
}

async function tellHidden(house: House, topic: TopicDoc, { _id, by, moderations, reason }: Statement): Promise<void> {
  await deliver(house, {
    key: `topic.statement:${_id}:${moderations}`,
    to: { person: by.id },
    message: 'topic.statementHidden',
    data: { id: topic._id, number: topic.number, title: topic.posted.title, ...(reason !== undefined && { reason }) },
  });
}
