import { createHash } from 'node:crypto';
import { oneFor, shared } from '../../../core/gather.ts';
import type { House } from '../../../core/house.ts';
import { dayOf } from '../../../core/time.ts';
import {
  attendanceSentences,
  type BallotRule,
  PACKS,
  type Pack,
  packInForce,
  attendanceOf as reachedBy,
  ruleOf,
  voicesAt,
  type Weight,
} from '../../ballots/index.ts';
import type { Meeting, TopicDoc } from '../model.ts';
import type { Attendance } from './model.ts';

/** Whose voices a meeting counts, and when enough of them are there. */

export interface MeetingRule extends Pick<BallotRule, 'takePart'> {
  electorate: 'household' | 'adult';
  /** For how many others one person may stand. */
  proxies: number;
}

/** A pack may say for how many others one person stands; one that does not allows none. */
type WithProxies = Pack & { proxies?: { most: number } };

/**
 * The rule of a sitting, by the pack in force on its day. Owners are not in the register: their households are counted,
 * and whether enough of them take part shows when they vote.
 */
export function ruleOfMeeting({ pack: code, variant, startsAt }: Meeting): MeetingRule {
  const pack: WithProxies | undefined = code === undefined ? undefined : packInForce(PACKS, code, dayOf(startsAt));
  if (!pack) return { electorate: 'household', takePart: [], proxies: 0 };
  const proxies = pack.proxies?.most ?? 0;
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

/** All voices of a topic's place as the register has them now. */
export async function voicesOfMeeting(
  house: House,
  topic: TopicDoc,
  meeting: Meeting,
  now: Date,
): Promise<MeetingVoice[]> {
  const { electorate } = ruleOfMeeting(meeting);
  const found = await registerOf(house)({ place: topic.areas.at(-1) ?? topic.community, electorate, now });
  return found.map(({ key, name, people }) => ({ voice: voiceId(topic._id, key), name, people }));
}

/** A live board is asked for by everybody at once. */
const registerOf = oneFor((house: House) =>
  shared(
    ({ place, electorate, now }: { place: string; electorate: MeetingRule['electorate']; now: Date }) =>
      voicesAt(house, place, electorate, now),
    ({ place, electorate }) => `${place} ${electorate}`,
  ),
);

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
