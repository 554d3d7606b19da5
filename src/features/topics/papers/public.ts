import { z } from 'zod';
import { readAggregate } from '../../../core/aggregate.ts';
import { notFound } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { hidePersonal } from '../../../core/personal.ts';
import { replaceSeen } from '../../../core/seen.ts';
import { looseNumbers, namesOf, spokenOf } from '../../../core/strangers.ts';
import { dayOf } from '../../../core/time.ts';
import { stateAt } from '../clock.ts';
import { sittingsOf } from '../meeting/access.ts';
import { rollOf } from '../meeting/attendance.ts';
import { decisionOf } from '../meeting/decisions.ts';
import { OUTCOMES, type TopicDoc, type TopicState } from '../model.ts';
import { stateWordOf } from '../progress.ts';
import { topicState } from '../views.ts';
import { PUBLIC_WORDS as WORDS } from './messages.ts';

/** A decision as strangers may read it, from the day it is publicised: everything that was decided, nobody who decided. */

const day = z.iso.date();

export const publicTopic = z
  .object({
    number: z.number().int(),
    title: z.string(),
    text: z.string(),
    place: z.string(),
    state: topicState,
    stateWord: z.string(),
    meetings: z.array(z.object({ day, venue: z.string(), attendance: z.array(z.string()) })),
    outcome: z.string().optional(),
    result: z.array(z.string()).describe('结果和怎么算的'),
    resolution: z.string().optional().describe('决议'),
    publicity: z.object({ from: day, until: day }),
    objectionCount: z.number().int().describe('一共提了多少条异议'),
    objections: z
      .array(z.object({ text: z.string(), answer: z.string().optional(), upheld: z.boolean().optional() }))
      .describe('社区答复后公开的'),
    items: z.array(z.object({ text: z.string(), deadline: day, done: z.boolean(), dropped: z.boolean() })),
  })
  .meta({ id: 'PublicTopic' });
export type PublicTopic = z.output<typeof publicTopic>;

const PUBLIC: ReadonlySet<TopicState> = new Set(['publicised', 'executing', 'reviewed', 'failed']);

/** A topic that was publicised. @throws HaolinError not_found for every other */
export async function readPublic(house: House, id: string, now: Date): Promise<PublicTopic> {
  const topic = await readAggregate(house.model<TopicDoc>('topic'), id);
  if (!topic?.publicity || !PUBLIC.has(topic.state)) throw notFound('议题');
  const meetings = await Promise.all(
    sittingsOf(topic).map(async (meeting) => {
      const { sentences } = await rollOf(house, topic, meeting, now);
      return { day: dayOf(meeting.startsAt), venue: meeting.venue.name, attendance: sentences };
    }),
  );
  return publicOf(topic, topic.publicity, meetings, now);
}

/** What of a topic strangers may read. Pure. */
export function publicOf(
  topic: TopicDoc,
  { from, until }: NonNullable<TopicDoc['publicity']>,
  meetings: PublicTopic['meetings'],
  now: Date,
): PublicTopic {
  const clean = cleanerOf(topic);
  const { number, place, posted, objections = [], items = [] } = topic;
  const { outcome, arithmetic = [], resolution } = decisionOf(topic);
  return {
    number,
    title: clean(posted.title),
    text: clean(posted.text),
    place,
    state: stateAt(topic, now),
    stateWord: stateWordOf(topic, now),
    meetings: meetings.map((one) => ({ ...one, venue: clean(one.venue) })),
    ...(outcome && { outcome: OUTCOMES[outcome] }),
    result: arithmetic,
    ...(resolution !== undefined && { resolution: clean(resolution) }),
    publicity: { from: dayOf(from), until: dayOf(until) },
    objectionCount: objections.length,
    objections: objections
      .filter(({ standing }) => standing === 'visible')
      .map(({ posted: words, answer }) => ({
        text: clean(words),
        ...(answer && { answer: clean(answer.text), upheld: answer.upheld }),
      })),
    items: items.map(({ text, deadline, done, dropped }) => ({
      text: clean(text),
      deadline,
      done: done !== undefined,
      dropped: dropped !== undefined,
    })),
  };
}

/** Takes out of words the numbers that say who somebody is, and the names of all who had to do with the topic. */
function cleanerOf({ proposer, facilitator, mergedFrom = [], objections = [], items = [], history }: TopicDoc) {
  const people = [
    proposer,
    facilitator,
    ...mergedFrom.map((one) => one.proposer),
    ...objections.flatMap(({ by, answer }) => [by, answer?.by]),
    ...items.map(({ owner }) => owner),
    ...history.filter(({ by }) => by.id !== 'system').map(({ by }) => by),
  ];
  const names = [...new Set(people.flatMap((one) => (one ? [one.name] : [])))];
  return (words: string): string =>
    replaceSeen(
      hidePersonal(replaceSeen(words, ...namesOf(names, WORDS.someone)), () => WORDS.number),
      ...looseNumbers(WORDS.number),
      spokenOf(WORDS.someone),
    );
}
