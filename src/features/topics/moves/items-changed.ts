import type { HaolinError } from '../../../core/errors.ts';
import { can, to } from '../../../core/lifecycle.ts';
import { addDays, atCivil, dayOf, dayWords } from '../../../core/time.ts';
import { isOpen } from '../clock.ts';
import {
  deadlineFar,
  deadlinePast,
  itemChanges,
  itemDoneAlready,
  itemDropped,
  itemMissing,
  noLonger,
  nothingToDo,
  ownerMissing,
  reviewingAlready,
  sameOwner,
} from '../errors.ts';
import { dropItemInput, extendItemInput, passItemInput } from '../inputs.ts';
import type { ExecutionItem, ItemChange, TopicDoc } from '../model.ts';
import { move, type TopicContext } from '../table.ts';
import { aboutPosted, toAll, toEach } from '../tellings.ts';
import { changed, itemOf, remindedBy } from './items.ts';

/** What is to be done goes to somebody else, gets more time, or is given up; what it was before is kept with it. */

const MOST_CHANGES = 10;
/** More time is given for a year at most, from the day it is given. */
const LONGEST_DAYS = 366;

const whileOpen = ({ items = [], reviewing }: TopicDoc): HaolinError | undefined => {
  if (reviewing) return reviewingAlready();
  return items.some(isOpen) ? undefined : nothingToDo();
};

/** What stands in the way of changing an item at all. */
function objectionToChange(item: ExecutionItem | undefined): HaolinError | undefined {
  if (!item) return itemMissing();
  if (item.done) return itemDoneAlready();
  return item.dropped ? itemDropped() : undefined;
}

const isFull = ({ changes = [] }: ExecutionItem): boolean => changes.length >= MOST_CHANGES;

/** An item's changes with one more. */
function withChange(
  topic: TopicDoc,
  id: string,
  { actor, now }: TopicContext,
  reason: string | undefined,
  before: (item: ExecutionItem) => Pick<ItemChange, 'owner' | 'deadline'>,
): ItemChange[] {
  const item = itemOf(topic, id);
  if (!item) throw new Error('Only a thing to be done is changed');
  const by = { id: actor.id, name: actor.name };
  return [...(item.changes ?? []), { at: now, by, ...before(item), ...(reason !== undefined && { reason }) }];
}

export const passItem = move({
  from: ['executing'],
  to: 'executing',
  by: can('lead'),
  input: passItemInput,
  when: whileOpen,
  guard(topic, { item }, { facts: { person } }) {
    const meant = itemOf(topic, item);
    const objection = objectionToChange(meant);
    if (objection || !meant) return objection;
    if (!person) return ownerMissing();
    if (person.id === meant.owner.id) return sameOwner();
    return isFull(meant) ? itemChanges() : undefined;
  },
  apply(topic, { item, reason }, ctx) {
    const { person } = ctx.facts;
    if (!person) throw new Error('A thing to be done is passed on to somebody');
    const changes = withChange(topic, item, ctx, reason, ({ owner }) => ({ owner }));
    return changed(topic, item, { owner: person, changes });
  },
  tell(topic, { actor }, { item, reason }, before) {
    const passed = itemOf(topic, item);
    const owner = itemOf(before, item)?.owner.id;
    if (!passed || owner === undefined) return [];
    const { text, deadline } = passed;
    const data = { text, deadline: dayWords(atCivil(deadline)) };
    return [
      ...toEach(topic, [passed.owner.id], actor.id, 'topic.item', data),
      ...toEach(topic, [owner], actor.id, 'topic.itemPassed', { text, reason }),
    ];
  },
});

export const extendItem = move({
  from: ['executing'],
  to: 'executing',
  by: can('lead'),
  input: extendItemInput,
  when: whileOpen,
  guard(topic, { item, deadline }, { now }) {
    const meant = itemOf(topic, item);
    const objection = objectionToChange(meant);
    if (objection || !meant) return objection;
    if (deadline <= meant.deadline) return noLonger();
    if (deadline < dayOf(now)) return deadlinePast();
    if (deadline > addDays(dayOf(now), LONGEST_DAYS)) return deadlineFar(LONGEST_DAYS);
    return isFull(meant) ? itemChanges() : undefined;
  },
  apply(topic, { item, deadline, reason }, ctx) {
    const changes = withChange(topic, item, ctx, reason, (before) => ({ deadline: before.deadline }));
    // It is late anew when the new day has passed.
    const told = { toldDue: false, toldLate: false, ...remindedBy(deadline, ctx.now) };
    return changed(topic, item, { deadline, changes, ...told });
  },
  tell(topic, { actor }, { item, deadline, reason }) {
    const given = itemOf(topic, item);
    if (!given) return [];
    const data = { text: given.text, deadline: dayWords(atCivil(deadline)), reason };
    return toEach(topic, [given.owner.id], actor.id, 'topic.itemExtended', data);
  },
});

export const dropItem = move({
  from: ['executing'],
  to: 'executing',
  by: can('lead'),
  input: dropItemInput,
  when: whileOpen,
  guard: (topic, { item }) => objectionToChange(itemOf(topic, item)),
  apply: (topic, { item, reason }, { now }) => changed(topic, item, { dropped: { at: now, reason } }),
  tell(topic, { actor }, { item, reason }) {
    const dropped = itemOf(topic, item);
    if (!dropped) return [];
    const data = { text: dropped.text, reason };
    return [
      ...(dropped.owner.id === actor.id
        ? []
        : [to(dropped.owner.id, 'topic.itemGivenUp', { ...aboutPosted(topic), ...data })]),
      ...toAll(topic, actor.id, 'topic.itemGivenUp', data),
    ];
  },
});
