import { randomInt } from 'node:crypto';
import { newId, readAggregate } from '../../core/aggregate.ts';
import type { Caller } from '../../core/caller.ts';
import type { House } from '../../core/house.ts';
import { textIn } from '../../core/input.ts';
import type { Named } from '../../core/named.ts';
import { dayOf } from '../../core/time.ts';
import { communityOf } from '../areas/index.ts';
import { countFor, PACKS, packInForce, ruleOf, voidFor } from '../ballots/index.ts';
import { findPerson } from '../people/index.ts';
import { hallKeeper } from './hall.ts';
import { scheduleInput } from './inputs.ts';
import { clashOf, type Hours, hoursAsked } from './leading.ts';
import type { TopicMoveName } from './lifecycle.ts';
import { attendedBy, rollOf } from './meeting/attendance.ts';
import type { TopicDoc } from './model.ts';
import { postedWords } from './posted.ts';
import type { TopicFacts } from './table.ts';
import { draftVote, openTheVote } from './voting.ts';

/** What the moves on a topic need of other parts of the house, looked up, booked or drafted before they are decided. */

/** `settle` makes up for what turned out otherwise: the topic as it is after the move, undefined when it was refused. */
export interface Preparing {
  factsFor(topic: TopicDoc, move: TopicMoveName, input: unknown): Promise<TopicFacts>;
  settle(topic: TopicDoc | undefined): Promise<void>;
}

export function prepare(house: House, caller: Caller): Preparing {
  const hall = hallKeeper(house, caller);
  const { now } = caller;
  const factsFor = async (topic: TopicDoc, move: TopicMoveName, input: unknown): Promise<TopicFacts> => {
    switch (move) {
      case 'appoint': {
        const facts = someone(await personOf(house, topic, textIn(input, 'facilitator')));
        return { ...facts, ...(await clashing(house, topic, facts.person?.id, topic.meeting)) };
      }
      case 'accept':
        return someone(await personOf(house, topic, textIn(input, 'facilitator')));
      case 'askMerge':
        return mergeInto(house, textIn(input, 'into'));
      case 'agreeMerge':
        return mergeInto(house, topic.mergeAsked?.id ?? '');
      case 'schedule': {
        const facts = packOf(textIn(input, 'pack'), textIn(input, 'variant'), now);
        const asked = scheduleInput.safeParse(input).data;
        const clash = await clashing(house, topic, topic.facilitator?.id, asked && hoursAsked(asked));
        return { ...facts, ...clash, ...(await hall.book(topic, input, { ...facts, ...clash })) };
      }
      case 'callOff':
        hall.giveBack(topic);
        return {};
      case 'begin':
        return { code: String(randomInt(1_000_000)).padStart(6, '0') };
      case 'prepareVote': {
        const facts = packOf(textIn(input, 'pack'), textIn(input, 'variant'), now);
        return { ...facts, ...(facts.pack && (await draftVote(house, caller, topic, input))) };
      }
      case 'openVote':
        return openTheVote(house, topic, now);
      case 'dropVote': {
        const { vote, community } = topic;
        // First of all, so that nobody votes for nothing.
        if (vote) await voidFor(house, { ballot: vote.ballot, community, now }, postedWords(textIn(input, 'reason')));
        return {};
      }
      case 'count':
        return topic.vote
          ? { counted: await countFor(house, { ballot: topic.vote.ballot, community: topic.community, now }) }
          : {};
      case 'finish':
        return { attended: await attendedBy(house, topic) };
      case 'object':
        return { id: newId() };
      case 'addItem':
        return { ...someone(await personOf(house, topic, textIn(input, 'owner'))), id: newId() };
      case 'passItem':
        return someone(await personOf(house, topic, textIn(input, 'owner')));
      case 'agree':
        return topic.meeting ? { roll: await rollOf(house, topic, topic.meeting, now) } : {};
      default:
        return {};
    }
  };
  return { factsFor, settle: (topic) => hall.settle(topic) };
}

const someone = (person: Named | undefined): TopicFacts => (person ? { person } : {});

async function clashing(
  house: House,
  topic: TopicDoc,
  leader: string | undefined,
  hours: Hours | undefined,
): Promise<TopicFacts> {
  const clash = leader !== undefined && hours && (await clashOf(house, topic, leader, hours));
  return clash ? { clash } : {};
}

/** Somebody who lives or serves in the topic's community. */
async function personOf(house: House, topic: TopicDoc, id: string): Promise<Named | undefined> {
  const person = id === '' ? undefined : await findPerson(house, id);
  if (!person) return undefined;
  const serves = person.roles.some(({ area }) => topic.areas.includes(area));
  const here = communityOf(person.areas) === topic.community || serves;
  return here ? { id: person._id, name: person.name } : undefined;
}

async function mergeInto(house: House, id: string): Promise<TopicFacts> {
  const into = await readAggregate(house.model<TopicDoc>('topic'), id);
  return into ? { into } : {};
}

/** A rule pack in force, and its variant where one is asked for. */
function packOf(code: string, variant: string, now: Date): TopicFacts {
  const pack = packInForce(PACKS, code, dayOf(now));
  if (!pack || !ruleOf(pack, variant === '' ? undefined : variant)) return {};
  return { pack: { code, ...(variant !== '' && { variant }) } };
}
