import { createHash, timingSafeEqual } from 'node:crypto';
import type { mongo } from 'mongoose';
import { readAggregate } from '../../../core/aggregate.ts';
import type { Caller } from '../../../core/caller.ts';
import { notFound } from '../../../core/errors.ts';
import { oneFor, shared } from '../../../core/gather.ts';
import type { House } from '../../../core/house.ts';
import { isDuplicate } from '../../../core/insert.ts';
import { takerOf } from '../../../core/quota.ts';
import { type Attending, attendFor, type BallotDoc } from '../../ballots/index.ts';
import type { Meeting, TopicDoc } from '../model.ts';
import { admitting, isOver, mustBelong, mustLead, sittingOf, topicFor, underWay } from './access.ts';
import {
  noProxies,
  noVoice,
  ownProxy,
  proxyAway,
  rollFixed,
  thereAlready,
  tooManyProxies,
  wrongCode,
} from './errors.ts';
import type { Attendance } from './model.ts';
import {
  counted,
  type MeetingVoice,
  type Numbers,
  numbersOf,
  ruleOfMeeting,
  voicesOfMeeting,
  voicesOfPerson,
} from './voices.ts';

/** Who is at a meeting: by the code on the wall, by the roll, or through somebody who stands for them. */

/** A code of six digits is not to be found by trying. */
const TRIES = { points: 10, seconds: 3_600 };

const attendances = (house: House): mongo.Collection<Attendance> =>
  house.model<Attendance>('topic_attendance').collection as unknown as mongo.Collection<Attendance>;

const idOf = (topic: string, session: number, voice: string): string => `${topic}:${session}:${voice}`;

/**
 * Signs all of one's voices in by the code. Whoever is there already is there.
 * @throws HaolinError not_found, forbidden, meeting_not_begun, no_vote_here, wrong_code, too_many_requests
 */
export async function signIn(house: House, caller: Caller, id: string, code: string): Promise<TopicDoc> {
  const topic = await topicFor(house, caller, id);
  mustBelong(caller, topic);
  const { actor, now } = caller;
  const meeting = admitting(topic, now);
  const { mine, all } = await voicesOfPerson(house, topic, meeting, { now, person: actor.id });
  if (mine.length === 0) throw noVoice();
  await takerOf(house)(`topic:${id}:sign-in:${actor.id}`, TRIES);
  if (!isSame(meeting.code ?? '', code)) throw wrongCode();
  const by = { id: actor.id, name: actor.name };
  for (const voice of mine) {
    const row = rowOf(topic, meeting, voice, { how: 'code', by, at: now, of: all });
    await comes(house, { ...row, person: actor.id });
  }
  await letVote(house, topic, mine);
  return topic;
}

/** As long for a code that is nearly right as for one that is not. */
function isSame(known: string, given: string): boolean {
  const [a, b] = [known, given].map((one) => createHash('sha256').update(one).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/**
 * Calls a voice as there, or as one somebody else stands for. Once is as good as twice.
 * @throws HaolinError not_found, forbidden, meeting_not_begun, no_proxies, own_proxy, proxy_away, there_already, too_many_proxies
 */
export async function callRoll(
  house: House,
  caller: Caller,
  id: string,
  { voice, proxy }: { voice: string; proxy?: string | undefined },
): Promise<TopicDoc> {
  const topic = await topicFor(house, caller, id);
  mustLead(caller, topic);
  const { actor, now } = caller;
  const meeting = admitting(topic, now);
  const all = await voicesOfMeeting(house, topic, meeting, now);
  const called = all.find((one) => one.voice === voice);
  if (!called) throw notFound('户');
  const by = { id: actor.id, name: actor.name };
  const row = rowOf(topic, meeting, called, { how: 'roll', by, at: now, of: all.length });
  if (proxy === undefined) await comes(house, row);
  else await standsIn(house, { ...row, how: 'proxy', proxy }, ruleOfMeeting(meeting).proxies);
  const { people } = called;
  await letVote(house, topic, [{ people, ...(proxy !== undefined && { proxy }) }]);
  return topic;
}

/** Whoever comes while a vote is open votes like those who were there when it was opened. Again it changes nothing. */
async function letVote(house: House, { state, vote }: TopicDoc, late: readonly Attending[]): Promise<void> {
  if (state !== 'voting' || !vote) return;
  const ballot = await readAggregate(house.model<BallotDoc>('ballot'), vote.ballot);
  if (ballot) await attendFor(house, ballot, late);
}

/**
 * Takes back that a voice is there, until it is voted: by then its people may have voted as those who were there, and the
 * vote is dropped rather than bent.
 * @throws HaolinError not_found, forbidden, meeting_not_begun, roll_fixed
 */
export async function undoAttendance(house: House, caller: Caller, id: string, voice: string): Promise<TopicDoc> {
  const topic = await topicFor(house, caller, id);
  mustLead(caller, topic);
  if (topic.state === 'voting') throw rollFixed();
  const { session } = underWay(topic);
  await attendances(house).deleteOne({ _id: idOf(topic._id, session, voice) });
  return topic;
}

function rowOf(
  { _id: topic }: TopicDoc,
  { session }: Meeting,
  { voice, name, people }: MeetingVoice,
  rest: Pick<Attendance, 'how' | 'by' | 'at' | 'of'>,
): Attendance {
  return { _id: idOf(topic, session, voice), topic, session, voice, name, people, ...rest };
}

/** Writes down that a voice came; nobody needs to stand for it any more. */
async function comes(house: House, row: Attendance): Promise<void> {
  if (await insert(house, row)) return;
  const { _id, how, by, at, person } = row;
  await attendances(house).updateOne(
    { _id, how: 'proxy' },
    { $set: { how, by, at, ...(person !== undefined && { person }) }, $unset: { proxy: '', slot: '' } },
  );
}

async function standsIn(house: House, row: Attendance & { proxy: string }, most: number): Promise<void> {
  const { _id, topic, session, people, proxy } = row;
  if (most === 0) throw noProxies();
  if (people.includes(proxy)) throw ownProxy();
  const rows = attendances(house);
  if (!(await rows.findOne({ topic, session, people: proxy, how: { $ne: 'proxy' } }))) throw proxyAway();
  // Each place is taken once: two who enter at once do not give one person more than that.
  for (let place = 1; place <= most; place += 1) {
    if (await insert(house, { ...row, slot: `${topic}:${session}:${proxy}:${place}` })) return;
    const known = await rows.findOne({ _id });
    if (known?.how === 'proxy' && known.proxy === proxy) return;
    if (known) throw thereAlready();
  }
  throw tooManyProxies(most);
}

/** @returns whether it went in; false when its id or its slot is taken */
async function insert(house: House, row: Attendance): Promise<boolean> {
  try {
    await attendances(house).insertOne(row);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
}

/** All that was written down at a sitting, asked for by everybody at once. */
const rowsOf = oneFor((house: House) =>
  shared(
    ({ topic, session }: { topic: string; session: number }) =>
      attendances(house).find({ topic, session }).sort({ _id: 1 }).toArray(),
    ({ topic, session }) => `${topic}:${session}`,
  ),
);

/** Who is at a topic's latest sitting, for a ballot that is about to open: the people of each voice, and who stands for it. */
export async function attendingVoices(house: House, topic: TopicDoc): Promise<{ people: string[]; proxy?: string }[]> {
  const { session } = sittingOf(topic);
  const rows = counted(await rowsOf(house)({ topic: topic._id, session }));
  return rows.map(({ people, proxy }) => ({ people, ...(proxy !== undefined && { proxy }) }));
}

/** Whether somebody is at a sitting themselves, or somebody of their household is. */
export async function isThere(
  house: House,
  { _id: topic }: TopicDoc,
  { session }: Meeting,
  person: string,
): Promise<boolean> {
  return (await attendances(house).findOne({ topic, session, people: person, how: { $ne: 'proxy' } })) !== null;
}

/** Who came to any of a topic's sittings; of a voice that was called from the roll, all who belong to it. */
export async function attendedBy(house: House, topic: TopicDoc): Promise<string[]> {
  const rows = await attendances(house).find({ topic: topic._id }).toArray();
  return [...new Set(rows.flatMap(({ person, proxy, people }) => proxy ?? person ?? people))];
}

const FEW = 5;

/** The sittings somebody was last written down at, also through their household, the latest first. */
export function latestAttended(house: House, person: string): Promise<Pick<Attendance, 'topic' | 'session'>[]> {
  return attendances(house)
    .find({ people: person, how: { $ne: 'proxy' } })
    .sort({ at: -1 })
    .limit(FEW)
    .toArray();
}

/** What is known of who is at a sitting: its rows, and its numbers by the rule of the day. */
export interface Roll extends Numbers {
  rows: Attendance[];
}

/** The roll of a sitting. What is over is counted by the register of its time. */
export async function rollOf(house: House, topic: TopicDoc, meeting: Meeting, now: Date): Promise<Roll> {
  const { session } = meeting;
  const all = await rowsOf(house)({ topic: topic._id, session });
  const rows = counted(all);
  const then = isOver(topic, meeting) ? expectedThen(all) : undefined;
  const expected = then ?? (await voicesOfMeeting(house, topic, meeting, now)).length;
  return { rows, ...numbersOf(ruleOfMeeting(meeting), expected, rows.length) };
}

/** How many voices there were when the last one was written down. */
export const expectedThen = (rows: readonly Pick<Attendance, 'at' | 'of'>[]): number | undefined =>
  rows.reduce<Pick<Attendance, 'at' | 'of'> | undefined>(
    (last, one) => (last && last.at > one.at ? last : one),
    undefined,
  )?.of;

/** How many were expected and how many came. */
export type Headcount = Pick<Numbers, 'expected' | 'present'>;

/** What sittings came to, of many topics at once: by topic and session. */
export async function headcountsOf(
  house: House,
  topics: readonly string[],
): Promise<Map<string, Map<number, Headcount>>> {
  const rows = await attendances(house)
    .find({ topic: { $in: [...topics] } })
    .project<Pick<Attendance, 'topic' | 'session' | 'people' | 'how' | 'proxy' | 'at' | 'of'>>({
      name: 0,
      by: 0,
      slot: 0,
    })
    .toArray();
  const sittings = new Map<string, typeof rows>();
  for (const row of rows) {
    const name = `${row.topic}:${row.session}`;
    const known = sittings.get(name);
    if (known) known.push(row);
    else sittings.set(name, [row]);
  }
  const found = new Map<string, Map<number, Headcount>>();
  for (const all of sittings.values()) {
    const [first] = all;
    if (!first) continue;
    const present = counted(all).length;
    const expected = Math.max(expectedThen(all) ?? 0, present);
    const { topic, session } = first;
    found.set(topic, (found.get(topic) ?? new Map<number, Headcount>()).set(session, { expected, present }));
  }
  return found;
}
