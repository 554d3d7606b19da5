import { z } from 'zod';
import { readAggregate } from '../../../core/aggregate.ts';
import type { House } from '../../../core/house.ts';
import { dayOf } from '../../../core/time.ts';
import { neighboursNamedIn } from '../../people/index.ts';
import { awaitsAnswers, stateAt, votePhase } from '../clock.ts';
import { notPublic } from '../errors.ts';
import { isOver, sittingsOf } from '../meeting/access.ts';
import { rollOf } from '../meeting/attendance.ts';
import { type Decision, decisionOf } from '../meeting/decisions.ts';
import { conclusionsOf } from '../meeting/minutes.ts';
import { commonGroundOf } from '../meeting/opinions.ts';
import { type ExecutionItem, OUTCOMES, type TopicDoc } from '../model.ts';
import { stateWordOf } from '../progress.ts';
import { isPublic } from '../public-page.ts';
import { satisfactionOf } from '../satisfaction.ts';
import { topicState } from '../views.ts';
import { cleanerOf } from './cleaner.ts';

/** A topic as strangers may read it, from the day its meeting is announced: everything that is decided, nobody who decides. */

const day = z.iso.date();
const at = z.iso.datetime();

const hung = z.object({
  outcome: z.string().optional(),
  result: z.array(z.string()).describe('结果和怎么算的'),
  resolution: z.string().optional().describe('决议'),
  publicity: z.object({ from: day, until: day }),
});

export const publicTopic = hung
  .extend({
    number: z.number().int(),
    title: z.string(),
    text: z.string(),
    place: z.string(),
    state: topicState,
    stateWord: z.string(),
    again: z.boolean().describe('公示过的结果因为异议成立撤下了，在重新商量'),
    proposed: day,
    shelved: z.string().optional().describe('为什么暂缓'),
    meeting: z
      .object({ from: at, until: at, venue: z.string(), agenda: z.array(z.string()) })
      .optional()
      .describe('定好的或正在开的会'),
    meetings: z
      .array(
        z.object({
          day,
          venue: z.string(),
          attendance: z.array(z.string()),
          conclusion: z.string().optional(),
          corrected: z
            .array(z.object({ day, reason: z.string() }))
            .optional()
            .describe('公示以后更正过纪要，为什么'),
        }),
      )
      .describe('开过的会'),
    common: z.array(z.string()).describe('不同想法的人都同意的话'),
    vote: z
      .object({
        question: z.string(),
        rule: z.string(),
        secrecy: z.enum(['open', 'secret']),
        from: at,
        until: at,
        phase: z.enum(['waiting', 'open', 'closed']),
      })
      .optional()
      .describe('正在办的表决；截止以前没有任何票数'),
    publicity: hung.shape.publicity
      .extend({ awaits: z.boolean().describe('公示期已满，还在等社区答复异议') })
      .optional(),
    earlier: z.array(hung).describe('以前公示过、后来撤下的结果'),
    objectionCount: z.number().int().describe('一共提了多少条异议'),
    objections: z
      .array(z.object({ text: z.string(), answer: z.string().optional(), upheld: z.boolean().optional() }))
      .describe('社区答复后公开的'),
    items: z.array(
      z.object({
        text: z.string(),
        deadline: day,
        first: day.optional().describe('延过期的：原定的日子'),
        done: z.boolean(),
        dropped: z.boolean(),
        reason: z.string().optional().describe('为什么不办了'),
      }),
    ),
    reviewing: day.optional().describe('参加的人评价到哪一天'),
    satisfaction: z.number().optional().describe('满意度，1到5分；评价结束以后才有'),
  })
  .meta({ id: 'PublicTopic' });
export type PublicTopic = z.output<typeof publicTopic>;

/** What is read beside the topic itself. */
export interface Beside {
  meetings: PublicTopic['meetings'];
  common: readonly string[];
  /** Who was there or said something: their names are taken out, too. */
  names: readonly string[];
}

/** A topic that is public. @throws HaolinError not_found for every other */
export async function readPublic(house: House, id: string, now: Date): Promise<PublicTopic> {
  const topic = await readAggregate(house.model<TopicDoc>('topic'), id);
  if (!topic || !isPublic(topic)) throw notPublic();
  const until = hungOutAt(topic);
  const [written, common] = await Promise.all([until ? conclusionsOf(house, id) : [], commonGroundOf(house, id)]);
  const minutes = new Map(written.map((one) => [one.session, one]));
  const over = sittingsOf(topic).filter((one) => isOver(topic, one));
  const rolls = await Promise.all(over.map((one) => rollOf(house, topic, one, now)));
  const meetings = over.map(({ session, startsAt, venue }, n) => {
    // Of what is talked over anew nothing is told until that hangs out.
    const { conclusion, corrections = [] } =
      until && startsAt < until ? (minutes.get(session) ?? NO_MINUTES) : NO_MINUTES;
    return {
      day: dayOf(startsAt),
      venue: venue.name,
      attendance: rolls[n]?.sentences ?? [],
      ...(conclusion !== undefined && { conclusion }),
      ...(corrections.length > 0 && { corrected: corrections.map(({ at, reason }) => ({ day: dayOf(at), reason })) }),
    };
  });
  const there = rolls.flatMap(({ rows }) => rows.flatMap(({ name, by }) => [name, by.name]));
  const names = [...there, ...common.names, ...written.map(({ recorder }) => recorder)];
  const read = JSON.stringify(publicOf(topic, { meetings, common: common.texts, names }, now));
  const neighbours = await neighboursNamedIn(house, topic.community, read);
  return publicOf(topic, { meetings, common: common.texts, names: [...names, ...neighbours] }, now);
}

/** Where a topic that was merged is talked over now: the number and page of the other, when that is public. */
export async function mergedInto(house: House, id: string): Promise<{ id: string; number: number } | undefined> {
  const topics = house.model<TopicDoc>('topic');
  let topic = await readAggregate(topics, id);
  // Each merge leads to a lower number: this comes to an end.
  while (topic?.mergedInto) topic = await readAggregate(topics, topic.mergedInto.id);
  return topic && topic._id !== id && isPublic(topic) ? { id: topic._id, number: topic.number } : undefined;
}

const NO_MINUTES: { conclusion?: string; corrections?: { at: Date; reason: string }[] } = {};

/** When a result was hung out last, whether or not it still is. */
const hungOutAt = ({ publicity, published = [] }: TopicDoc): Date | undefined =>
  (publicity ?? published.at(-1)?.publicity)?.from;

/** What of a topic strangers may read. Pure. */
export function publicOf(topic: TopicDoc, { meetings, common, names }: Beside, now: Date): PublicTopic {
  const clean = cleanerOf(topic, names);
  const { number, place, posted, publicity, published = [], objections = [], items = [], shelved, reviewing } = topic;
  const satisfaction = satisfactionOf(topic, now);
  // A result that is counted is told when the community hangs it out, in its words.
  const own = publicity ? resultOf(decisionOf(topic), clean) : { result: [] };
  return {
    number,
    title: clean(posted.title),
    text: clean(posted.text),
    place,
    state: stateAt(topic, now),
    stateWord: stateWordOf(topic, now),
    again: published.length > 0 && !publicity,
    proposed: dayOf(topic.createdAt),
    ...(shelved && { shelved: clean(shelved.reason) }),
    ...meetingOf(topic, clean),
    meetings: meetings.map(({ conclusion, corrected, ...one }) => ({
      ...one,
      venue: clean(one.venue),
      ...(conclusion !== undefined && { conclusion: clean(conclusion) }),
      ...(corrected && { corrected: corrected.map((one) => ({ ...one, reason: clean(one.reason) })) }),
    })),
    common: common.map(clean),
    ...voteOf(topic, clean, now),
    ...own,
    ...(publicity && { publicity: { ...daysOf(publicity), awaits: awaitsAnswers(topic, now) } }),
    earlier: published.map((one) => ({ ...resultOf(one, clean), publicity: daysOf(one.publicity) })),
    objectionCount: objections.length,
    objections: objections
      .filter(({ standing }) => standing === 'visible')
      .map(({ posted: words, answer }) => ({
        text: clean(words),
        ...(answer && { answer: clean(answer.text), upheld: answer.upheld }),
      })),
    items: items.map((item) => itemOf(item, clean)),
    ...(reviewing && { reviewing: lastDayOf(reviewing.until) }),
    ...(satisfaction !== undefined && { satisfaction }),
  };
}

type Clean = (words: string) => string;

const resultOf = ({ outcome, arithmetic = [], resolution }: Decision, clean: Clean) => ({
  ...(outcome && { outcome: OUTCOMES[outcome] }),
  result: arithmetic,
  ...(resolution !== undefined && { resolution: clean(resolution) }),
});

function itemOf({ text, deadline, done, dropped, changes = [] }: ExecutionItem, clean: Clean): PublicTopic['items'][0] {
  const first = changes.find((one) => one.deadline !== undefined)?.deadline;
  return {
    text: clean(text),
    deadline,
    ...(first !== undefined && { first }),
    done: done !== undefined,
    dropped: dropped !== undefined,
    ...(dropped && { reason: clean(dropped.reason) }),
  };
}

function meetingOf(topic: TopicDoc, clean: Clean): Pick<PublicTopic, 'meeting'> {
  const { meeting } = topic;
  if (!meeting || isOver(topic, meeting)) return {};
  const { startsAt, endsAt, venue, agenda } = meeting;
  return {
    meeting: {
      from: startsAt.toISOString(),
      until: endsAt.toISOString(),
      venue: clean(venue.name),
      agenda: agenda.map(clean),
    },
  };
}

function voteOf(topic: TopicDoc, clean: Clean, now: Date): Pick<PublicTopic, 'vote'> {
  const { vote } = topic;
  const phase = vote && votePhase(topic, vote, now);
  if (!vote || phase === undefined || phase === 'prepared') return {};
  const { question, packTitle, secrecy, opensAt, closesAt } = vote;
  return {
    vote: {
      question: clean(question),
      rule: packTitle,
      secrecy,
      from: opensAt.toISOString(),
      until: closesAt.toISOString(),
      phase,
    },
  };
}

const daysOf = ({ from, until }: { from: Date; until: Date }) => ({ from: dayOf(from), until: dayOf(until) });
/** The last whole day before a midnight. */
const lastDayOf = (until: Date): string => dayOf(new Date(until.getTime() - 1));
