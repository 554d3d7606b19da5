import type { mongo } from 'mongoose';
import { z } from 'zod';
import type { Caller } from '../../../core/caller.ts';
import { notFound } from '../../../core/errors.ts';
import { oneFor, shared } from '../../../core/gather.ts';
import type { House } from '../../../core/house.ts';
import { isDuplicate } from '../../../core/insert.ts';
import { type OpinionMap, opinionMap } from '../../ballots/index.ts';
import type { TopicState } from '../model.ts';
import { mustBelong, topicFor } from './access.ts';
import { noMeeting, voteBegun } from './errors.ts';
import type { OpinionRow } from './model.ts';
import { statementsOf } from './statements.ts';

/** What neighbours think of what was said, until they vote: what they have in common, never who thinks what. */

export const opinion = z.enum(['agree', 'disagree', 'pass']);
const counts = { agree: z.number().int(), disagree: z.number().int(), pass: z.number().int() };

export const opinionsView = z
  .object({
    people: z.number().int().describe('一共多少人表过态；表过就算，不会变少'),
    groups: z
      .array(
        z.object({
          people: z.number().int(),
          statements: z.array(z.object({ statement: z.string(), text: z.string(), ...counts })),
        }),
      )
      .describe('想法相近的人，每组至少5人，看不出是谁'),
    common: z
      .array(
        z.object({
          statement: z.string(),
          text: z.string(),
          agree: z.number().int(),
          answered: z.number().int(),
        }),
      )
      .describe('大家都同意的'),
    mine: z.array(z.object({ statement: z.string(), opinion })).describe('自己的表态'),
  })
  .meta({ id: 'TopicOpinions' });
export type OpinionsView = z.output<typeof opinionsView>;

const opinionsOf = (house: House): mongo.Collection<OpinionRow> =>
  house.model<OpinionRow>('topic_opinions').collection as unknown as mongo.Collection<OpinionRow>;

/** From the first meeting on until the vote opens, also between two meetings. */
const ASKED: ReadonlySet<TopicState> = new Set(['accepted', 'scheduled', 'discussing']);

/**
 * Says what one thinks of a statement everybody may read; the last word counts.
 * @throws HaolinError not_found, forbidden, no_meeting, vote_begun
 */
export async function giveOpinion(
  house: House,
  caller: Caller,
  id: string,
  statement: string,
  given: OpinionRow['opinion'],
): Promise<void> {
  const topic = await topicFor(house, caller, id);
  mustBelong(caller, topic);
  if (!topic.meeting && !topic.meetings?.length) throw noMeeting();
  if (!ASKED.has(topic.state)) throw voteBegun();
  const found = await statementsOf(house).findOne({ _id: statement, topic: topic._id, state: 'visible' });
  if (!found) throw notFound('发言');
  const person = caller.actor.id;
  const write = () =>
    opinionsOf(house).updateOne(
      { _id: `${statement}:${person}` },
      { $set: { topic: topic._id, statement, person, opinion: given, at: caller.now } },
      { upsert: true },
    );
  // Two first words at once: one of them finds the other's there.
  await write().catch((error: unknown) => {
    if (!isDuplicate(error)) throw error;
    return write();
  });
}

/** Who thinks alike, what they have in common, and one's own opinions. @throws HaolinError not_found */
export async function opinionsFor(house: House, caller: Caller, id: string): Promise<OpinionsView> {
  const topic = await topicFor(house, caller, id);
  const [{ map, texts, people: given }, mine] = await Promise.all([
    mapOf(house)(topic._id),
    opinionsOf(house).find({ topic: topic._id, person: caller.actor.id }).sort({ _id: 1 }).toArray(),
  ]);
  const text = (statement: string): string => texts.get(statement) ?? '';
  return {
    people: given,
    groups: map.groups.map(({ people, statements }) => ({
      people,
      statements: Object.entries(statements).map(([statement, counted]) => ({
        statement,
        text: text(statement),
        ...counted,
      })),
    })),
    common: map.common.map(({ statement, least }) => ({ statement, text: text(statement), ...least })),
    mine: mine
      .filter((one) => texts.has(one.statement))
      .map(({ statement, opinion: own }) => ({ statement, opinion: own })),
  };
}

/** What everybody agrees on whatever else they think, and the names of those who said something. */
export async function commonGroundOf(house: House, topic: string): Promise<{ texts: string[]; names: string[] }> {
  const { map, texts, names } = await mapOf(house)(topic);
  return { texts: map.common.flatMap(({ statement }) => texts.get(statement) ?? []), names };
}

interface Found {
  map: OpinionMap;
  texts: ReadonlyMap<string, string>;
  people: number;
  names: string[];
}

/** The same for everybody who asks at about the same time: finding the groups takes a while. */
const mapOf = oneFor((house: House) =>
  shared(
    async (topic: string): Promise<Found> => {
      const visible = await statementsOf(house).find({ topic, state: 'visible' }).sort({ at: 1, _id: 1 }).toArray();
      const texts = new Map(visible.map(({ _id, posted }) => [_id, posted]));
      const votes = await opinionsOf(house).find({ topic }).toArray();
      return {
        map: opinionMap(votes.filter(({ statement }) => texts.has(statement))),
        texts,
        // Whoever gave an opinion once gave one, though what they gave it on be hidden, or more be said than they have read.
        people: new Set(votes.map(({ person }) => person)).size,
        names: [...new Set(visible.map(({ by }) => by.name))],
      };
    },
    (topic) => topic,
  ),
);
