import { can } from '../../../core/lifecycle.ts';
import { votePhase } from '../clock.ts';
import {
  notCounted,
  notEnoughThere,
  noVotePrepared,
  rulesMissing,
  voteOver,
  votePrepared,
  voteTooLate,
} from '../errors.ts';
import { agreeInput, dropVoteInput, nothing, prepareVoteInput } from '../inputs.ts';
import { move, type TopicContext } from '../table.ts';
import { toAll, toMany, toNeighbours, toSecretary, voteData } from '../tellings.ts';
import { ended } from './meet.ts';

/** How a topic is decided: those there agree, or a ballot is held by a rule. */

export const agree = move({
  from: ['discussing'],
  to: 'resolved',
  by: can('lead'),
  input: agreeInput,
  when: ({ vote }) => (vote ? votePrepared() : undefined),
  // Nobody agrees for the others in an empty room, nor, under a rule, before enough are there.
  guard: ({ meeting }, _input, { facts: { roll } }) =>
    roll && (roll.present === 0 || (meeting?.pack !== undefined && !roll.enough))
      ? notEnoughThere(roll.sentences.join(''))
      : undefined,
  apply: (topic, { resolution }, { now, facts: { roll } }) => {
    const result = { outcome: 'agreed' as const, resolution, arithmetic: roll?.sentences ?? [] };
    return { ...ended(topic, now, result), ...result };
  },
  tell: (topic, { actor }) => [
    ...toSecretary(topic, actor.id, 'topic.toPublicise'),
    ...toAll(topic, actor.id, 'topic.agreed'),
  ],
});

/** The ballot is drafted: who may vote is fixed when it opens. */
export const prepareVote = move({
  from: ['discussing'],
  to: 'discussing',
  by: can('lead'),
  input: prepareVoteInput,
  when: ({ vote }) => (vote ? votePrepared() : undefined),
  guard: (_topic, _input, { facts }) => (facts.pack ? undefined : rulesMissing()),
  apply: (_topic, _input, { facts: { vote } }) => {
    if (!vote) throw new Error('A vote is prepared with a ballot that is drafted');
    return { vote };
  },
});

export const openVote = move({
  from: ['discussing'],
  to: 'voting',
  by: can('lead'),
  input: nothing,
  when: ({ vote }, { now }: TopicContext) => {
    if (!vote) return noVotePrepared();
    return vote.closesAt > now ? undefined : voteTooLate();
  },
  tell: (topic, { actor, facts: { elsewhere = [] } }) => [
    ...toNeighbours(topic, actor.id, 'topic.vote', voteData(topic)),
    ...toMany(topic, elsewhere, actor.id, 'topic.voteElsewhere', voteData(topic)),
  ],
});

/** Until it has run out; afterwards only counting is left, whatever it may come to. */
export const dropVote = move({
  from: ['discussing', 'voting'],
  to: 'discussing',
  by: can('dropVote'),
  input: dropVoteInput,
  when: (topic, { now }: TopicContext) => {
    if (!topic.vote) return noVotePrepared();
    return votePhase(topic, topic.vote, now) === 'closed' ? voteOver() : undefined;
  },
  apply: () => ({ vote: undefined }),
  tell: (topic, { actor }, { reason }, before) =>
    before.state === 'voting' ? toNeighbours(topic, actor.id, 'topic.voteDropped', { reason }) : [],
});

/** What the ballot came to. At a tie, or when it was given up, the meeting goes on. */
export const count = move({
  from: ['voting'],
  to: {
    among: ['resolved', 'discussing'],
    choose: (_topic, _input, { facts }) => (isDecided(facts.counted) ? 'resolved' : 'discussing'),
  },
  by: can('count'),
  input: nothing,
  when: (topic, { now, facts }: TopicContext) =>
    facts.counted?.outcome === 'void' || (topic.vote && votePhase(topic, topic.vote, now) === 'closed')
      ? undefined
      : notCounted(),
  apply(topic, _input, { now, facts: { counted } }) {
    const { vote, votes = [] } = topic;
    if (!counted || !vote) throw new Error('A topic learns of a ballot that was counted');
    const { outcome, sentences: arithmetic } = counted;
    const over = { votes: [...votes, vote], vote: undefined, arithmetic };
    return outcome === 'tie' || outcome === 'void'
      ? over
      : { ...over, ...ended(topic, now, { outcome, arithmetic }), outcome };
  },
  tell: (topic, { actor }) => [
    // First, for of one move a person hears one thing: who is to do something hears that.
    ...(topic.state === 'resolved'
      ? toSecretary(topic, actor.id, 'topic.toPublicise', { result: topic.arithmetic?.at(-1) })
      : []),
    ...toNeighbours(topic, actor.id, 'topic.counted', { result: topic.arithmetic?.at(-1) }),
  ],
});

const isDecided = (counted: TopicContext['facts']['counted']): boolean =>
  counted?.outcome === 'passed' || counted?.outcome === 'failed';
