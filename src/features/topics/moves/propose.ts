import { shortened } from '../../../core/letters.ts';
import { can, NOT_DRAWN, type Telling } from '../../../core/lifecycle.ts';
import { onOneLine } from '../../../core/written.ts';
import { alreadySeconded, noPlace, notSeconded, ownTopic } from '../errors.ts';
import { nothing, proposeInput, withdrawInput } from '../inputs.ts';
import type { TopicDoc } from '../model.ts';
import { postedWords } from '../posted.ts';
import { move, start, type TopicContext } from '../table.ts';
import { toAll, toProposer, toSecretary } from '../tellings.ts';

/** How a topic begins, and who stands behind it. */

const LONGEST_TITLE = 40;

/** The first sentence, when it has no title of its own. */
function titleOf(text: string): string {
  const [first = text] = text.split(/[。！？!?\n]/u).filter((sentence) => sentence.trim() !== '');
  return shortened(onOneLine(first), LONGEST_TITLE);
}

export const propose = start({
  to: 'proposed',
  by: can('propose'),
  input: proposeInput,
  build({ text, title = titleOf(text) }, { actor, facts }) {
    const { place, terms } = facts;
    if (!place || !terms) throw noPlace();
    return {
      areas: place.areas,
      community: place.community,
      place: place.label,
      number: NOT_DRAWN,
      title,
      text,
      posted: { title: postedWords(title), text: postedWords(text) },
      proposer: { id: actor.id, name: actor.name },
      supporters: [],
      terms,
    };
  },
  tell: (topic, { actor }) => toSecretary(topic, actor.id, 'topic.proposed', { who: actor.name }),
});

const isEnough = ({ supporters, terms }: TopicDoc, more: number): boolean => supporters.length + more >= terms.seconds;

export const second = move({
  from: ['proposed', 'seconded', 'accepted'],
  to: {
    among: ['proposed', 'seconded', 'accepted'],
    choose: (topic) => (topic.state === 'proposed' && isEnough(topic, 1) ? 'seconded' : topic.state),
  },
  by: can('second'),
  input: nothing,
  when: (topic, { actor }: TopicContext) => {
    if (topic.proposer.id === actor.id) return ownTopic();
    return topic.supporters.includes(actor.id) ? alreadySeconded() : undefined;
  },
  apply: ({ supporters }, _input, { actor }) => ({ supporters: [...supporters, actor.id] }),
  tell: (topic, { actor }, _input, before) => tellEnough(topic, before, actor.id),
});

/** Enough stand behind it from now on, if they did not before. */
export function tellEnough(topic: TopicDoc, before: TopicDoc, actor: string): Telling[] {
  if (before.state !== 'proposed' || topic.state !== 'seconded') return [];
  const count = topic.supporters.length;
  return [
    ...toProposer(topic, actor, 'topic.enough', { count }),
    ...toSecretary(topic, actor, 'topic.toModerate', { count }),
  ];
}

/** As long as it is only being seconded; afterwards the community has counted on it. */
export const unsecond = move({
  from: ['proposed'],
  to: 'proposed',
  by: can('unsecond'),
  input: nothing,
  when: ({ supporters }, { actor }: TopicContext) => (supporters.includes(actor.id) ? undefined : notSeconded()),
  apply: ({ supporters }, _input, { actor }) => ({ supporters: supporters.filter((one) => one !== actor.id) }),
});

export const withdraw = move({
  from: ['proposed', 'seconded'],
  to: 'withdrawn',
  by: can('withdraw'),
  input: withdrawInput,
  apply: () => ({ mergeAsked: undefined }),
  tell: (topic, { actor }, { reason }) => [
    ...toAll(topic, actor.id, 'topic.withdrawn', { reason }),
    ...toSecretary(topic, actor.id, 'topic.withdrawn', { reason }),
  ],
});
