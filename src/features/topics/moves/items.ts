import { may } from '../../../core/ability.ts';
import { notDue } from '../../../core/errors.ts';
import { can, to } from '../../../core/lifecycle.ts';
import { atCivil, type Day, dayOf, dayWords } from '../../../core/time.ts';
import { dueAt, isOpen, lateAt } from '../clock.ts';
import {
  deadlinePast,
  itemDoneAlready,
  itemDropped,
  itemMissing,
  itemsFull,
  notYourItem,
  ownerMissing,
  reviewingAlready,
} from '../errors.ts';
import { addItemInput, itemDoneInput, lateInput, makeWishInput } from '../inputs.ts';
import type { ExecutionItem, TopicDoc } from '../model.ts';
import { move } from '../table.ts';
import { aboutPosted, toAll, toFacilitator, toSecretary } from '../tellings.ts';

/** Things to be done so that a decision comes true, each by somebody until a day. */

const MOST_ITEMS = 30;

/** One of the things to be done. */
export const itemOf = ({ items = [] }: TopicDoc, id: string) => items.find((one) => one.id === id);
/** The patch that changes one of them. */
export const changed = ({ items = [] }: TopicDoc, id: string, patch: Partial<ExecutionItem>) => ({
  items: items.map((one) => (one.id === id ? { ...one, ...patch } : one)),
});

/** Who is given something on its very day needs no reminder of it. */
export const remindedBy = (deadline: Day, now: Date): Pick<ExecutionItem, 'toldDue'> =>
  dueAt({ deadline }) <= now ? { toldDue: true } : {};

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
  apply({ items = [] }, { text, deadline, as }, { actor, now, facts: { person, id } }) {
    if (!person || id === undefined) throw new Error('A thing to be done has an id, and somebody who does it');
    const by = { id: actor.id, name: actor.name };
    const told = remindedBy(deadline, now);
    const item: ExecutionItem = {
      id,
      text,
      owner: person,
      deadline,
      by,
      ...told,
      ...(as === 'wish' && { asWish: true }),
    };
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
    if (meant.dropped) return itemDropped();
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
  guard(topic, { item }) {
    const listed = itemOf(topic, item);
    return listed?.asWish && !listed.dropped ? undefined : notDue();
  },
  apply: ({ items = [] }, { item, wish }) => ({
    items: items.map((one) => {
      if (one.id !== item) return one;
      const { asWish: _made, ...rest } = one;
      return { ...rest, ...(wish && { wish }) };
    }),
  }),
});

/** The clock's: on its day whoever does it is reminded, once. Who comes too late for that hears that it is late. */
export const itemDue = move({
  from: ['executing'],
  to: 'executing',
  by: 'system',
  input: lateInput,
  guard(topic, { item }, { now }) {
    const due = itemOf(topic, item);
    return due && isOpen(due) && !due.toldDue && dueAt(due) <= now ? undefined : notDue();
  },
  apply: (topic, { item }) => changed(topic, item, { toldDue: true }),
  tell(topic, { now }, { item }) {
    const due = itemOf(topic, item);
    if (!due || lateAt(due) <= now) return [];
    return [to(due.owner.id, 'topic.itemDue', { ...aboutPosted(topic), item, text: due.text })];
  },
});

/** The clock's: told once, to the one who does it and to those who lead the topic. */
export const itemLate = move({
  from: ['executing'],
  to: 'executing',
  by: 'system',
  input: lateInput,
  guard(topic, { item }, { now }) {
    const late = itemOf(topic, item);
    return late && isOpen(late) && !late.toldLate && lateAt(late) <= now ? undefined : notDue();
  },
  apply: (topic, { item }) => changed(topic, item, { toldLate: true }),
  tell(topic, _ctx, { item }) {
    const late = itemOf(topic, item);
    if (!late) return [];
    const data = { text: late.text };
    const who = { ...data, who: late.owner.name };
    return [
      to(late.owner.id, 'topic.itemLate', { ...aboutPosted(topic), ...data }),
      ...toSecretary(topic, late.owner.id, 'topic.itemLate', who),
      ...toFacilitator(topic, late.owner.id, 'topic.itemLate', who),
    ];
  },
});
