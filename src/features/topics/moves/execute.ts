import { may } from '../../../core/ability.ts';
import { can, to } from '../../../core/lifecycle.ts';
import { addDays, atCivil, dayOf, dayWords, endOfDay } from '../../../core/time.ts';
import { lateAt, REVIEW_DAYS } from '../clock.ts';
import {
  deadlinePast,
  itemDoneAlready,
  itemMissing,
  itemsFull,
  itemsLeft,
  notDue,
  notParticipant,
  notReviewing,
  notYourItem,
  objectionsLeft,
  ownerMissing,
  reviewedAlready,
  reviewingAlready,
  reviewsFull,
} from '../errors.ts';
import { addItemInput, finishInput, itemDoneInput, lateInput, makeWishInput, nothing, reviewInput } from '../inputs.ts';
import type { ExecutionItem, TopicDoc, TopicReview } from '../model.ts';
import { move, type TopicContext } from '../table.ts';
import { aboutPosted, toAll, toEach, toSecretary } from '../tellings.ts';

/** A decision comes true: things to be done, each by somebody until a day; then those who took part judge it. */

const MOST_ITEMS = 30;
const MOST_REVIEWS = 500;

const itemOf = ({ items = [] }: TopicDoc, id: string) => items.find((one) => one.id === id);
const changed = ({ items = [] }: TopicDoc, id: string, patch: Partial<ExecutionItem>) => ({
  items: items.map((one) => (one.id === id ? { ...one, ...patch } : one)),
});

export const addItem = move({
  from: ['executing'],
  to: 'executing',
  by: can('lead'),
  input: addItemInput,
  when: ({ reviewing, items = [] }) => {
    if (reviewing) return reviewingAlready();
    return items.length < MOST_ITEMS ? undefined : itemsFull();
  },
  guard(_topic, { deadline }, { now, facts }) {
    if (!facts.person) return ownerMissing();
    return deadline < dayOf(now) ? deadlinePast() : undefined;
  },
  apply({ items = [] }, { text, deadline, as }, { actor, facts: { person, id } }) {
    if (!person || id === undefined) throw new Error('A thing to be done has an id, and somebody who does it');
    const by = { id: actor.id, name: actor.name };
    const item: ExecutionItem = { id, text, owner: person, deadline, by, ...(as === 'wish' && { asWish: true }) };
    return { items: [...items, item] };
  },
  tell(topic, { actor, facts: { person } }, { text, deadline }) {
    return person && person.id !== actor.id
      ? [to(person.id, 'topic.item', { ...aboutPosted(topic), text, deadline: dayWords(atCivil(deadline)) })]
      : [];
  },
});

export const itemDone = move({
  from: ['executing'],
  to: 'executing',
  by: can('reportItem'),
  input: itemDoneInput,
  guard(topic, { item }, { actor, ability }) {
    const meant = itemOf(topic, item);
    if (!meant) return itemMissing();
    if (meant.done) return itemDoneAlready();
    return meant.owner.id === actor.id || may(ability, 'lead', 'topic', topic) ? undefined : notYourItem();
  },
  apply: (topic, { item, note }, { now }) => changed(topic, item, { done: { at: now, note } }),
  tell: (topic, { actor }, { item }) => toAll(topic, actor.id, 'topic.itemDone', { text: itemOf(topic, item)?.text }),
});

/** The clock's, right after it is listed: the wish is made under the item's id, so it is one whatever breaks on the way. */
export const makeWish = move({
  from: ['executing'],
  to: 'executing',
  by: 'system',
  input: makeWishInput,
  guard: (topic, { item }) => (itemOf(topic, item)?.asWish ? undefined : notDue()),
  apply: ({ items = [] }, { item, wish }) => ({
    items: items.map((one) => {
      if (one.id !== item) return one;
      const { asWish: _made, ...rest } = one;
      return { ...rest, ...(wish && { wish }) };
    }),
  }),
});

/** The clock's: told once. */
export const itemLate = move({
  from: ['executing'],
  to: 'executing',
  by: 'system',
  input: lateInput,
  guard(topic, { item }, { now }) {
    const late = itemOf(topic, item);
    return late && !late.done && !late.toldLate && lateAt(late) <= now ? undefined : notDue();
  },
  apply: (topic, { item }) => changed(topic, item, { toldLate: true }),
  tell(topic, _ctx, { item }) {
    const late = itemOf(topic, item);
    if (!late) return [];
    const data = { text: late.text };
    return [
      to(late.owner.id, 'topic.itemLate', { ...aboutPosted(topic), ...data }),
      ...toSecretary(topic, late.owner.id, 'topic.itemLate', { ...data, who: late.owner.name }),
    ];
  },
});

export const finish = move({
  from: ['executing'],
  to: 'executing',
  by: can('lead'),
  input: finishInput,
  when({ items = [], objections = [], reviewing }) {
    if (reviewing) return reviewingAlready();
    const unanswered = objections.filter(({ answer }) => !answer).length;
    if (unanswered > 0) return objectionsLeft(unanswered);
    const left = items.filter(({ done }) => !done).length;
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
