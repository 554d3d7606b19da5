import { createHash } from 'node:crypto';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { parseInput } from '../../core/input.ts';
import { attendFor, draftFor, electorsElsewhere, openFor } from '../ballots/index.ts';
import { prepareVoteInput } from './inputs.ts';
import { attendingVoices } from './meeting/attendance.ts';
import type { TopicDoc } from './model.ts';
import type { TopicFacts } from './table.ts';
import { placeOf } from './tellings.ts';

/** A topic's ballot, drafted and opened with it. */

const LONGEST_TITLE = 60;

/** @throws HaolinError as `draftFor`: secrecy_not_allowed, wrong_span, begins_too_soon */
export async function draftVote(house: House, caller: Caller, topic: TopicDoc, input: unknown): Promise<TopicFacts> {
  const { question, pack, variant, secrecy, opensAt, closesAt } = parseInput(prepareVoteInput, input);
  const { now } = caller;
  const key = createHash('sha256')
    .update(JSON.stringify([topic._id, topic.version, question, pack, variant, secrecy, opensAt, closesAt]))
    .digest('hex');
  const ballot = await draftFor(
    house,
    { area: placeOf(topic), community: topic.community, now, key },
    {
      title: `议题${topic.number}号：${topic.posted.title}`.slice(0, LONGEST_TITLE),
      question,
      pack,
      ...(variant !== undefined && { variant }),
      secrecy,
      opensAt: opensAt ?? now.toISOString(),
      closesAt,
      about: topic._id,
    },
  );
  return {
    vote: {
      ballot: ballot._id,
      question,
      packTitle: ballot.pack.title,
      secrecy,
      opensAt: ballot.opensAt,
      closesAt: ballot.closesAt,
    },
  };
}

/**
 * Fixes who may vote, and who of them is at the meeting.
 * @returns those of them who live elsewhere, for they hear of it by themselves
 * @throws HaolinError no_electors, too_late_to_open
 */
export async function openTheVote(house: House, topic: TopicDoc, now: Date): Promise<TopicFacts> {
  const { vote, community } = topic;
  if (!vote) return {};
  const ballot = await openFor(house, { ballot: vote.ballot, community, now });
  await attendFor(house, ballot, await attendingVoices(house, topic));
  return { elsewhere: await electorsElsewhere(house, ballot) };
}
