import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { oneFor, shared } from '../../../core/gather.ts';
import type { House } from '../../../core/house.ts';
import { literal } from '../../../core/literal.ts';
import { dayOf, MINUTE } from '../../../core/time.ts';
import {
  attendanceSentences,
  type BallotRule,
  PACKS,
  packInForce,
  attendanceOf as reachedBy,
  ruleOf,
  voicesAt,
  type Weight,
} from '../../ballots/index.ts';
import type { Person } from '../../people/index.ts';
import type { Meeting, TopicDoc } from '../model.ts';
import type { Attendance } from './model.ts';

/** Whose voices a meeting counts, and when enough of them are there. */

export interface MeetingRule extends Pick<BallotRule, 'takePart'> {
  electorate: 'household' | 'adult';
  /** For how many others one person may stand. */
  proxies: number;
}

/**
 * The rule of a sitting, by the pack in force on its day. Owners are not in the register: their households are counted,
 * and whether enough of them take part shows when they vote.
 */
export function ruleOfMeeting({ pack: code, variant, startsAt }: Meeting): MeetingRule {
  const pack = code === undefined ? undefined : packInForce(PACKS, code, dayOf(startsAt));
  if (!pack) return { electorate: 'household', takePart: [], proxies: 0 };
  const proxies = pack.proxies.most;
  if (pack.electorate === 'owner') return { electorate: 'household', takePart: [], proxies };
  // Where those who vote are those who take part, a meeting may always begin.
  const takePart = pack.present === 'attending' ? ((ruleOf(pack, variant) ?? ruleOf(pack))?.takePart ?? []) : [];
  return { electorate: pack.electorate, takePart, proxies };
}

/** A voice of a meeting: `voice` is its name in addresses, ever the same and telling nothing. */
export interface MeetingVoice {
  voice: string;
  name: string;
  people: string[];
}

/** A live board is asked for all the time, and a register of thousands changes seldom: it is remembered so long. */
const REMEMBERED = MINUTE;
const MOST_REMEMBERED = 20;

interface Asked {
  topic: TopicDoc;
  meeting: Meeting;
  now: Date;
}

const registerOf = oneFor((house: House) => {
  const remembered = new LRUCache<string, { at: Date; voices: MeetingVoice[] }>({ max: MOST_REMEMBERED });
  const nameOf = ({ topic, meeting }: Asked): string => `${topic._id} ${ruleOfMeeting(meeting).electorate}`;
  const read = shared(async (asked: Asked): Promise<MeetingVoice[]> => {
    const { topic, meeting, now } = asked;
    const place = topic.areas.at(-1) ?? topic.community;
    const found = await voicesAt(house, place, ruleOfMeeting(meeting).electorate, now);
    const voices = found.map(({ key, name, people }) => ({ voice: voiceId(topic._id, key), name, people }));
    remembered.set(nameOf(asked), { at: now, voices });
    return voices;
  }, nameOf);
  return { read, remembered: (asked: Asked) => remembered.get(nameOf(asked)) };
});

/** All voices of a topic's place, as the register had them not more than a minute ago. */
export async function voicesOfMeeting(
  house: House,
  topic: TopicDoc,
  meeting: Meeting,
  now: Date,
): Promise<MeetingVoice[]> {
  const register = registerOf(house);
  const known = register.remembered({ topic, meeting, now });
  const isFresh = known && Math.abs(now.getTime() - known.at.getTime()) < REMEMBERED;
  return isFresh ? known.voices : register.read({ topic, meeting, now });
}

/**
 * The voices a person has, and how many there are in all. Whoever was registered a moment ago is found, too.
 */
export async function voicesOfPerson(
  house: House,
  topic: TopicDoc,
  meeting: Meeting,
  { now, person }: { now: Date; person: string },
): Promise<{ mine: MeetingVoice[]; all: number }> {
  const mineIn = (all: readonly MeetingVoice[]) => all.filter(({ people }) => people.includes(person));
  let all = await voicesOfMeeting(house, topic, meeting, now);
  if (mineIn(all).length === 0) all = await registerOf(house).read({ topic, meeting, now });
  return { mine: mineIn(all), all: all.length };
}

/**
 * Who of a topic's place has some words in their name.
 * @returns ids; nobody for no words
 */
export async function namedLike(house: House, topic: TopicDoc, words: string): Promise<Set<string>> {
  if (words === '') return new Set();
  const place = topic.areas.at(-1) ?? topic.community;
  const found = await house
    .model<Person>('people')
    .find({ areas: place, active: true, name: { $regex: literal(words) } })
    .select({ _id: 1 })
    .lean<Pick<Person, '_id'>[]>();
  return new Set(found.map(({ _id }) => _id));
}

const voiceId = (topic: string, key: string): string =>
  createHash('sha256').update(`${topic}\n${key}`).digest('hex').slice(0, 24);

/** Those that count as there: who came, and for whom somebody stands who came. */
export function counted<R extends Pick<Attendance, 'how' | 'people' | 'proxy'>>(rows: readonly R[]): R[] {
  const there = new Set(rows.filter(({ how }) => how !== 'proxy').flatMap(({ people }) => people));
  return rows.filter(({ how, proxy = '' }) => how !== 'proxy' || there.has(proxy));
}

export interface Numbers {
  expected: number;
  present: number;
  /** Whether the meeting may begin by its rule. */
  enough: boolean;
  sentences: string[];
}

/** How many there are, how many came, and whether that is enough. */
export function numbersOf({ electorate, takePart }: MeetingRule, expected: number, present: number): Numbers {
  // The register may have lost somebody who came.
  const all = weight(Math.max(expected, present));
  const here = weight(present);
  const reached = reachedBy({ takePart }, all, here);
  return {
    expected: Number(all.heads),
    present,
    enough: reached.every(({ met }) => met),
    sentences: attendanceSentences({ electorate, present: 'attending' }, all, here, reached),
  };
}

const weight = (heads: number): Weight => ({ heads: BigInt(heads), area: 0n });
