import { can } from '../../../core/lifecycle.ts';
import { asksAlready, laterNumber, mergeGone, nothingAsked, otherCommunity } from '../errors.ts';
import { absorbInput, askMergeInput, nothing } from '../inputs.ts';
import { type MergedTopic, TOPIC_STATES, type TopicDoc, type TopicState } from '../model.ts';
import { move, staying, type TopicContext } from '../table.ts';
import { toProposer, toSecretary, toSupporters } from '../tellings.ts';
import { tellEnough } from './propose.ts';

/** Two topics that are one matter: the community asks, the proposer decides, and nobody who seconded is lost on the way. */

/** All but those that were merged themselves: however far the other one has come meanwhile, nobody is lost. */
const STANDING = (Object.keys(TOPIC_STATES) as TopicState[]).filter((state) => state !== 'merged');
/** Where something can still be merged into. */
const OPEN: readonly TopicState[] = ['proposed', 'seconded', 'accepted', 'shelved'];

const objection = (topic: TopicDoc, into: NonNullable<TopicContext['facts']['into']> | undefined) => {
  if (!into || !OPEN.includes(into.state)) return mergeGone();
  if (into.community !== topic.community) return otherCommunity();
  // Each merge leads to a lower number, so that there are no circles.
  return into.number < topic.number ? undefined : laterNumber();
};

export const askMerge = move({
  ...staying(['proposed', 'seconded']),
  by: can('askMerge'),
  input: askMergeInput,
  when: ({ mergeAsked }) => (mergeAsked ? asksAlready() : undefined),
  guard: (topic, _input, { facts }) => objection(topic, facts.into),
  apply: (_topic, _input, { facts: { into } }) => ({
    ...(into && { mergeAsked: { id: into._id, number: into.number, title: into.posted.title } }),
  }),
  tell: (topic, { actor }) =>
    toProposer(topic, actor.id, 'topic.mergeAsked', {
      into: topic.mergeAsked?.number,
      intoTitle: topic.mergeAsked?.title,
    }),
});

const asked = ({ mergeAsked }: TopicDoc) => (mergeAsked ? undefined : nothingAsked());

export const agreeMerge = move({
  from: ['proposed', 'seconded'],
  to: 'merged',
  by: can('answerMerge'),
  input: nothing,
  when: asked,
  guard: (topic, _input, { facts }) => objection(topic, facts.into),
  // Should the house stop before the other topic knows its new supporters, the clock sees to it.
  apply: ({ mergeAsked }) => ({
    ...(mergeAsked && { mergedInto: { id: mergeAsked.id, number: mergeAsked.number } }),
    mergeAsked: undefined,
  }),
  tell: (topic, { actor }) => toSupporters(topic, actor.id, 'topic.merged', { into: topic.mergedInto?.number }),
});

export const refuseMerge = move({
  ...staying(['proposed', 'seconded']),
  by: can('answerMerge'),
  input: nothing,
  when: asked,
  apply: () => ({ mergeAsked: undefined }),
  tell: (topic, { actor }) => toSecretary(topic, actor.id, 'topic.mergeRefused'),
});

/** The supporters of what was merged join this one's; again is no more than once. */
export const absorb = move({
  from: STANDING,
  to: {
    among: STANDING,
    choose: (topic, { merged }) =>
      topic.state === 'proposed' && joined(topic, merged).length >= topic.terms.seconds ? 'seconded' : topic.state,
  },
  by: 'system',
  input: absorbInput,
  apply: (topic, { merged }) => ({
    supporters: joined(topic, merged),
    mergedFrom: [...(topic.mergedFrom ?? []), ...newcomers(topic, merged)],
  }),
  tell: (topic, _ctx, { merged }, before) => [
    ...newcomers(before, merged).flatMap(({ number }) => toProposer(topic, '', 'topic.absorbed', { from: number })),
    ...tellEnough(topic, before, ''),
  ],
});

/** The topic merged into knows its new supporters. */
export const settle = move({
  from: ['merged'],
  to: 'merged',
  by: 'system',
  input: nothing,
  apply: () => ({ settled: true }),
});

function newcomers({ mergedFrom = [] }: TopicDoc, merged: readonly MergedTopic[]): MergedTopic[] {
  const known = new Set(mergedFrom.map(({ id }) => id));
  return merged.filter(({ id }) => !known.has(id));
}

/** Everybody once, and nobody in favour of what they proposed themselves. */
function joined(topic: TopicDoc, merged: readonly MergedTopic[]): string[] {
  const theirs = newcomers(topic, merged).flatMap(({ proposer, supporters }) => [proposer.id, ...supporters]);
  return [...new Set([...topic.supporters, ...theirs])].filter((one) => one !== topic.proposer.id);
}
