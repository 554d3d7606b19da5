import { notDue } from '../../../core/errors.ts';
import { can } from '../../../core/lifecycle.ts';
import { addDays, dayOf, endOfDay } from '../../../core/time.ts';
import { isOpen, REVIEW_DAYS, unansweredIn } from '../clock.ts';
import {
  itemsLeft,
  notParticipant,
  notReviewing,
  objectionsLeft,
  reviewedAlready,
  reviewingAlready,
  reviewsFull,
} from '../errors.ts';
import { finishInput, nothing, reviewInput } from '../inputs.ts';
import type { TopicReview } from '../model.ts';
import { move, type TopicContext } from '../table.ts';
import { toAll, toEach } from '../tellings.ts';

/** Once everything is done or given up, those who took part judge it. */

const MOST_REVIEWS = 500;

export const finish = move({
  from: ['executing'],
  to: 'executing',
  by: can('lead'),
  input: finishInput,
  when(topic) {
    const { items = [], reviewing } = topic;
    if (reviewing) return reviewingAlready();
    const unanswered = unansweredIn(topic);
    if (unanswered > 0) return objectionsLeft(unanswered);
    const left = items.filter(isOpen).length;
    return left > 0 ? itemsLeft(left) : undefined;
  },
  apply: ({ proposer, supporters }, { summary }, { now, facts: { attended = [] } }) => ({
    reviewing: {
      until: endOfDay(addDays(dayOf(now), REVIEW_DAYS)),
      summary,
      people: [...new Set([proposer.id, ...supporters, ...attended])],
    },
  }),
  tell: (topic, { actor }) => toEach(topic, topic.reviewing?.people ?? [], actor.id, 'topic.review'),
});

export const review = move({
  from: ['executing'],
  to: 'executing',
  by: can('review'),
  input: reviewInput,
  when: ({ reviewing, reviews = [] }, { actor, now }: TopicContext) => {
    if (!reviewing || reviewing.until <= now) return notReviewing();
    if (!reviewing.people.includes(actor.id)) return notParticipant();
    if (reviews.some(({ by }) => by === actor.id)) return reviewedAlready();
    return reviews.length < MOST_REVIEWS ? undefined : reviewsFull();
  },
  apply: ({ reviews = [] }, { score, words }, { actor, now }) => {
    const mine: TopicReview = { by: actor.id, score, ...(words !== undefined && { words }), at: now };
    return { reviews: [...reviews, mine] };
  },
});

/** The clock's: those who took part had their time to judge. */
export const archive = move({
  from: ['executing'],
  to: 'reviewed',
  by: 'system',
  input: nothing,
  guard: ({ reviewing }, _input, { now }) => (reviewing && reviewing.until <= now ? undefined : notDue()),
  tell: (topic) => toAll(topic, '', 'topic.reviewed'),
});
