import { notDue } from '../../../core/errors.ts';
import { can } from '../../../core/lifecycle.ts';
import { facilitatorMissing, leaderBusy } from '../errors.ts';
import { acceptInput, appointInput, declineInput, nothing, shelveInput } from '../inputs.ts';
import { TOPIC_STATES, type TopicDoc } from '../model.ts';
import { postedWords } from '../posted.ts';
import { move, staying, type TopicContext } from '../table.ts';
import { toAll, toFacilitator, toSecretary } from '../tellings.ts';

/** What the community decides about a topic before it is talked over. */

const mustBeThere = (_topic: TopicDoc, input: { facilitator?: string | undefined }, { facts }: TopicContext) =>
  input.facilitator !== undefined && facts.person === undefined ? facilitatorMissing() : undefined;

/** Also before enough have seconded it: what presses need not wait for that. */
export const accept = move({
  from: ['proposed', 'seconded'],
  to: 'accepted',
  by: can('accept'),
  input: acceptInput,
  guard: mustBeThere,
  apply: ({ posted }, { posted: other }, { facts }) => ({
    mergeAsked: undefined,
    posted: { title: postedWords(other?.title ?? posted.title), text: postedWords(other?.text ?? posted.text) },
    ...(facts.person && { facilitator: facts.person }),
  }),
  tell: (topic, { actor }) => [
    ...toAll(topic, actor.id, 'topic.accepted'),
    ...toFacilitator(topic, actor.id, 'topic.appointed'),
  ],
});

export const decline = move({
  from: ['proposed', 'seconded'],
  to: 'declined',
  by: can('decline'),
  input: declineInput,
  apply: () => ({ mergeAsked: undefined }),
  tell: (topic, { actor }, { reason }) => toAll(topic, actor.id, 'topic.declined', { reason }),
});

export const appoint = move({
  ...staying(['accepted', 'scheduled', 'discussing']),
  by: can('appoint'),
  input: appointInput,
  guard: (topic, input, ctx) => mustBeThere(topic, input, ctx) ?? (ctx.facts.clash && leaderBusy(ctx.facts.clash)),
  apply: (_topic, _input, { facts }) => ({ ...(facts.person && { facilitator: facts.person }) }),
  tell: (topic, { actor }) => toFacilitator(topic, actor.id, 'topic.appointed'),
});

export const shelve = move({
  from: ['seconded', 'accepted'],
  to: 'shelved',
  by: can('shelve'),
  input: shelveInput,
  apply: ({ state }, { reason }) => ({ shelved: { reason, from: state }, mergeAsked: undefined }),
  tell: (topic, { actor }, { reason }) => toAll(topic, actor.id, 'topic.shelved', { reason }),
});

export const resume = move({
  from: ['shelved'],
  to: {
    among: ['seconded', 'accepted'],
    choose: ({ shelved }) => (shelved?.from === 'seconded' ? 'seconded' : 'accepted'),
  },
  by: can('resume'),
  input: nothing,
  apply: () => ({ shelved: undefined }),
  tell: (topic, { actor }) => toAll(topic, actor.id, 'topic.resumed'),
});

/** The clock's: whoever it waits for hears that it does, once in each state. */
export const nudge = move({
  ...staying(['seconded', 'accepted', 'scheduled', 'discussing', 'voting', 'resolved', 'executing']),
  by: 'system',
  input: nothing,
  guard: ({ nudged }) => (nudged ? notDue() : undefined),
  apply: () => ({ nudged: true }),
  tell: (topic) => [
    ...toSecretary(topic, '', 'topic.waiting', { state: TOPIC_STATES[topic.state] }),
    ...toFacilitator(topic, '', 'topic.waiting', { state: TOPIC_STATES[topic.state] }),
  ],
});
