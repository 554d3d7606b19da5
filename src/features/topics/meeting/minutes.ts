import type { mongo } from 'mongoose';
import { z } from 'zod';
import type { Caller } from '../../../core/caller.ts';
import type { House } from '../../../core/house.ts';
import { called } from '../../../core/input.ts';
import { isDuplicate } from '../../../core/insert.ts';
import type { Named } from '../../../core/named.ts';
import { stateAt } from '../clock.ts';
import { publicLine, publicWords } from '../inputs.ts';
import type { Meeting, TopicDoc, TopicState } from '../model.ts';
import { isOver, leads, mustLead, sittingOf, sittingsOf, topicFor } from './access.ts';
import { rollOf } from './attendance.ts';
import { decisionAt } from './decisions.ts';
import { changedMeanwhile, correctionsFull, minutesClosed, minutesNotYet, notBegun, reasonNeeded } from './errors.ts';
import { CHANGED } from './messages.ts';
import type { Minutes, MinutesText } from './model.ts';
import { statementsOf } from './statements.ts';

/** The minutes of a sitting (会议纪要): what the house knows of it by itself, and what somebody wrote. */

const MOST_BEFORE = 20;
const MOST_CORRECTIONS = 30;
const MOST_POINTS = 20;
/** More than this would be no minutes any more. */
const MOST_STATEMENTS = 200;

export const minutesInput = z.object({
  session: called('第几次会', z.number().int().min(1).max(100)).optional().describe('默认最近开的一次'),
  version: called('版本', z.number().int().min(0)).describe('您看到的版本；第一次写填 0'),
  points: called(
    '议程记录',
    z
      .array(
        z.object({
          agenda: called('议程', publicLine(1, 200)),
          words: called('讨论的内容', publicWords(0, 3_000)),
        }),
      )
      .max(MOST_POINTS),
  ),
  conclusion: called('结论', publicWords(0, 3_000)),
  recorder: called('记录人', publicLine(1, 20)),
  reason: called('更正的原因', publicWords(2, 200)).optional().describe('结果公示以后再改，必须写'),
});
export type MinutesInput = z.output<typeof minutesInput>;

const at = z.iso.datetime();
const point = z.object({ agenda: z.string(), words: z.string() });

export const minutesView = z
  .object({
    topic: z.string(),
    number: z.number().int(),
    title: z.string(),
    place: z.string(),
    session: z.number().int(),
    over: z.boolean(),
    venue: z.object({ name: z.string(), address: z.string() }),
    startsAt: at,
    endsAt: at,
    begunAt: at.optional(),
    endedAt: at.optional(),
    adjourned: z.string().optional().describe('为什么休会'),
    host: z.string().optional(),
    agenda: z.array(z.string()),
    attendance: z.object({ expected: z.number().int(), present: z.number().int(), sentences: z.array(z.string()) }),
    statements: z.array(z.string()).describe('公开的发言，没有名字'),
    result: z.array(z.string()).describe('表决结果和怎么算的，计票以后才有'),
    resolution: z.string().optional(),
    written: z
      .object({ points: z.array(point), conclusion: z.string(), recorder: z.string(), at: at.optional() })
      .describe('写好的部分；还没有写的时候按议程列好'),
    version: z.number().int().describe('0：还没有写'),
    mayWrite: z.boolean(),
    needsReason: z.boolean().describe('结果已经公示，再改要写明更正的原因'),
    corrections: z.array(z.object({ at, reason: z.string() })).describe('公示以后更正过什么，为什么'),
    versions: z
      .array(z.object({ version: z.number().int(), at, by: z.string(), changed: z.array(z.string()) }))
      .optional()
      .describe('谁什么时候存过、改了哪里，只给主持的人看'),
  })
  .meta({ id: 'TopicMinutes' });
export type MinutesView = z.output<typeof minutesView>;

const minutesOf = (house: House): mongo.Collection<Minutes> =>
  house.model<Minutes>('topic_minutes').collection as unknown as mongo.Collection<Minutes>;

/**
 * The minutes of a sitting: to who leads always, to all others who may read the topic once it is over.
 * @param session the latest there are minutes of for the caller, unless told otherwise
 * @throws HaolinError not_found, no_meeting, minutes_not_yet
 */
export async function readMinutes(house: House, caller: Caller, id: string, session?: number): Promise<MinutesView> {
  const topic = await topicFor(house, caller, id);
  const isShown = (one: Meeting) => (leads(caller, topic) ? hasBegun(topic, one) : isOver(topic, one));
  const meeting = sittingOf(topic, session ?? sittingsOf(topic).filter(isShown).at(-1)?.session);
  if (!leads(caller, topic) && !isOver(topic, meeting)) throw minutesNotYet();
  return viewOf(house, caller, topic, meeting, await stored(house, topic, meeting));
}

const stored = (house: House, { _id }: TopicDoc, { session }: Meeting): Promise<Minutes | null> =>
  minutesOf(house).findOne({ _id: `${_id}:${session}` });

/**
 * Writes the minutes of a sitting that has begun, over the version one has seen. The same again changes nothing.
 * @throws HaolinError not_found, forbidden, no_meeting, meeting_not_begun, minutes_closed, changed_meanwhile, reason_needed, corrections_full
 */
export async function writeMinutes(
  house: House,
  caller: Caller,
  id: string,
  { session, version, reason, ...text }: MinutesInput,
): Promise<MinutesView> {
  const topic = await topicFor(house, caller, id);
  mustLead(caller, topic);
  const begun = sittingsOf(topic).filter((one) => hasBegun(topic, one));
  const meeting = sittingOf(topic, session ?? begun.at(-1)?.session);
  if (!hasBegun(topic, meeting)) throw notBegun();
  if (isClosed(topic, caller.now)) throw minutesClosed();
  const before = await stored(house, topic, meeting);
  if ((before?.version ?? 0) !== version) {
    if (before?.version === version + 1 && isSame(before, text)) return viewOf(house, caller, topic, meeting, before);
    throw changedMeanwhile();
  }
  const by = { id: caller.actor.id, name: caller.actor.name };
  const corrections = correctedBy(topic, before, { at: caller.now, by, reason });
  const now = { ...text, version: version + 1, by, at: caller.now, ...(corrections && { corrections }) };
  const written = before ? await replace(house, before, now) : await begin(house, topic, meeting, now);
  if (!written) throw changedMeanwhile();
  return viewOf(house, caller, topic, meeting, written);
}

/** What sittings concluded, as it is written now, and by whom. */
export const conclusionsOf = (
  house: House,
  topic: string,
): Promise<Pick<Minutes, 'session' | 'conclusion' | 'recorder' | 'corrections'>[]> =>
  minutesOf(house)
    .find({ topic })
    .project<Pick<Minutes, 'session' | 'conclusion' | 'recorder' | 'corrections'>>({
      session: 1,
      conclusion: 1,
      recorder: 1,
      corrections: 1,
    })
    .sort({ _id: 1 })
    .toArray();

/** What everybody could read under the result is changed with a reason, and that is kept for good. */
function correctedBy(
  topic: TopicDoc,
  before: Minutes | null,
  { at, by, reason }: { at: Date; by: Named; reason: string | undefined },
): Minutes['corrections'] {
  const { corrections = [] } = before ?? {};
  if (!before || !isPublished(topic)) return before?.corrections;
  if (reason === undefined) throw reasonNeeded();
  if (corrections.length >= MOST_CORRECTIONS) throw correctionsFull();
  return [...corrections, { at, by, reason }];
}

/** Whether a result was publicised that these minutes stand under; once it was, it stays so. */
const isPublished = ({ publicity, history }: TopicDoc): boolean =>
  publicity !== undefined || history.some(({ move }) => move === 'publicise');

type Version = Omit<Minutes, '_id' | 'topic' | 'session' | 'history'>;

async function begin(
  house: House,
  { _id }: TopicDoc,
  { session }: Meeting,
  now: Version,
): Promise<Minutes | undefined> {
  const minutes: Minutes = { _id: `${_id}:${session}`, topic: _id, session, ...now, history: [] };
  try {
    await minutesOf(house).insertOne(minutes);
    return minutes;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return undefined;
  }
}

async function replace(house: House, before: Minutes, now: Version): Promise<Minutes | undefined> {
  const { _id, topic, session, history, corrections: _kept, ...former } = before;
  const kept = [...history, former].slice(-MOST_BEFORE);
  const { modifiedCount } = await minutesOf(house).updateOne(
    { _id, version: before.version },
    { $set: { ...now, history: kept } },
  );
  return modifiedCount === 1 ? { _id, topic, session, ...now, history: kept } : undefined;
}

const isSame = (one: MinutesText, other: MinutesText): boolean => whole(one) === whole(other);
/** What is said in it: a point of the agenda nothing is written of is there whether it is sent or not. */
const whole = ({ points, conclusion, recorder }: MinutesText): string =>
  JSON.stringify([points.filter(({ words }) => words !== ''), conclusion, recorder]);

const CLOSED: ReadonlySet<TopicState> = new Set(['reviewed', 'failed']);
/** What is over for good is not written anew. */
const isClosed = (topic: TopicDoc, now: Date): boolean => CLOSED.has(stateAt(topic, now));

const hasBegun = (topic: TopicDoc, meeting: Meeting): boolean => Boolean(meeting.begunAt) || isOver(topic, meeting);

async function viewOf(
  house: House,
  caller: Caller,
  topic: TopicDoc,
  meeting: Meeting,
  minutes: Minutes | null,
): Promise<MinutesView> {
  const roll = await rollOf(house, topic, meeting, caller.now);
  const { session, venue, startsAt, endsAt, begunAt, endedAt, adjourned, agenda } = meeting;
  const { facilitator } = topic;
  const { resolution, arithmetic = [] } = decisionAt(topic, meeting);
  const points = pointsOf(minutes, agenda);
  const mayWrite = leads(caller, topic) && hasBegun(topic, meeting) && !isClosed(topic, caller.now);
  return {
    topic: topic._id,
    number: topic.number,
    title: topic.posted.title,
    place: topic.place,
    session,
    over: isOver(topic, meeting),
    venue: { name: venue.name, address: venue.address },
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    ...(begunAt && { begunAt: begunAt.toISOString() }),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
    ...(adjourned && { adjourned: adjourned }),
    ...(facilitator && { host: facilitator.name }),
    agenda,
    attendance: { expected: roll.expected, present: roll.present, sentences: roll.sentences },
    statements: await visible(house, topic, session),
    result: arithmetic,
    ...(resolution !== undefined && { resolution }),
    written: {
      points,
      conclusion: minutes?.conclusion ?? '',
      recorder: minutes?.recorder ?? '',
      ...(minutes && { at: minutes.at.toISOString() }),
    },
    version: minutes?.version ?? 0,
    mayWrite,
    needsReason: minutes !== null && isPublished(topic),
    corrections: (minutes?.corrections ?? []).map((one) => ({ at: one.at.toISOString(), reason: one.reason })),
    ...(leads(caller, topic) && { versions: minutes ? versionsOf(minutes) : [] }),
  };
}

/** What was written, and every line of the agenda that was left out: nothing that was announced goes missing. */
function pointsOf(minutes: Minutes | null, agenda: readonly string[]): MinutesText['points'] {
  const written = minutes?.points ?? [];
  const left = agenda.filter((one) => !written.some((point) => point.agenda === one));
  return [...written, ...left.map((one) => ({ agenda: one, words: '' }))].slice(0, MOST_POINTS);
}

/** Who saved what when, the earliest that is kept first; of each what differs from the one before. */
function versionsOf({ history, ...latest }: Minutes): NonNullable<MinutesView['versions']> {
  const all = [...history, latest];
  return all.map((one, place) => ({
    version: one.version,
    at: one.at.toISOString(),
    by: one.by.name,
    changed: differenceOf(all[place - 1], one),
  }));
}

function differenceOf(before: MinutesText | undefined, after: MinutesText): string[] {
  const wordsAt = (text: MinutesText | undefined, agenda: string) =>
    text?.points.find((point) => point.agenda === agenda)?.words ?? '';
  const agendas = new Set([...(before?.points ?? []), ...after.points].map(({ agenda }) => agenda));
  const changed = [...agendas].filter((agenda) => wordsAt(before, agenda) !== wordsAt(after, agenda));
  if ((before?.conclusion ?? '') !== after.conclusion) changed.push(CHANGED.conclusion);
  if (before && before.recorder !== after.recorder) changed.push(CHANGED.recorder);
  return changed;
}

async function visible(house: House, { _id: topic }: TopicDoc, session: number): Promise<string[]> {
  const found = await statementsOf(house)
    .find({ topic, session, state: 'visible' })
    .sort({ at: 1, _id: 1 })
    .limit(MOST_STATEMENTS)
    .toArray();
  return found.map(({ posted }) => posted);
}
