import type { Message, Told } from '../../core/feature.ts';
import { type WishMessage, wishMessages } from './messages.ts';
import type { WishDoc, WishState } from './model.ts';
import { dueDay } from './tellings.ts';

/**
 * Whether what a wish's message says still holds, by the wish as it is and for the person it goes to. What was kept back
 * for the night may be over in the morning: nobody is asked for what is done already, or told what is no longer so.
 */
type Holds = (wish: WishDoc, told: Told) => boolean;

/** It happened, whatever came after. */
const always: Holds = () => true;
const standsAt =
  (...states: WishState[]): Holds =>
  ({ state }) =>
    states.includes(state);
const underWay = standsAt('claimed', 'reopened');
/** Anybody may take it on. */
const open: Holds = ({ column, offeredTo }) => column === 'open' && offeredTo === undefined;
const helping: Holds = (wish, told) => underWay(wish, told) && wish.helpers.includes(told.to);
const notHelping: Holds = ({ helpers }, { to }) => !helpers.includes(to);
const leading: Holds = (wish, told) => underWay(wish, told) && wish.claimant?.id === told.to;
const notContacted: Holds = (wish, told) => leading(wish, told) && wish.contactedAt === undefined;
const dueThen: Holds = (wish, { data }) => dueDay(wish, 'done') === data.until;
const both =
  (one: Holds, other: Holds): Holds =>
  (wish, told) =>
    one(wish, told) && other(wish, told);

/** Still not done by its deadline, whichever it was. */
const late: Holds = (wish, { data, now }) => {
  switch (data.stage) {
    case 'publish':
      return wish.state === 'submitted';
    case 'claim':
      return wish.column === 'open';
    case 'done':
      return wish.column === 'helping' && wish.due.done !== undefined && wish.due.done < now;
    default:
      return wish.state === 'partial';
  }
};

/** Still with the helper it was told of. */
const inTheirHands: Holds = both(underWay, ({ claimant }, { data }) => claimant?.name === data.who);

const HOLDS: Record<WishMessage, Holds> = {
  // To the person who wished.
  'wish.submittedFor': ({ state }) => state !== 'withdrawn',
  'wish.published': standsAt('published'),
  'wish.declined': always,
  'wish.claimed': inTheirHands,
  'wish.handedOver': inTheirHands,
  'wish.contacted': underWay,
  'wish.extended': both(underWay, dueThen),
  'wish.released': open,
  'wish.done': standsAt('done'),
  'wish.partial': standsAt('partial'),
  'wish.askRating': standsAt('done'),
  'wish.askPartial': standsAt('partial'),
  'wish.closed': always,
  'wish.merged': always,
  'wish.follow': ({ state }, { data }) => state === data.now,
  'wish.followEnded': always,
  'wish.referred': standsAt('referred'),
  'wish.stillOpen': ({ column }) => column === 'open',

  // To those who decide.
  'wish.toPublish': standsAt('submitted'),
  'wish.toPublishUrgent': standsAt('submitted'),
  'wish.releasedBack': always,
  'wish.lapsedBack': always,
  'wish.reclaimed': always,
  'wish.unhappy': always,
  'wish.unhappyAgain': standsAt('reopened', 'claimed', 'published'),
  'wish.partialNotice': always,
  'wish.partialUnanswered': standsAt('partial'),
  'wish.extendedTwice': always,
  'wish.publishSoon': standsAt('submitted'),
  'wish.late': late,
  'wish.lateStreet': late,

  // To those who help.
  'wish.offered': ({ state, offeredTo }, { to }) => state === 'published' && offeredTo === to,
  'wish.open': open,
  'wish.claimSoon': ({ column }) => column === 'open',
  'wish.assigned': notContacted,
  'wish.takenOver': notHelping,
  'wish.joined': leading,
  'wish.left': leading,
  'wish.groupEnded': notHelping,
  'wish.contactSoon': notContacted,
  'wish.lapsed': notHelping,
  'wish.doneSoon': both(helping, dueThen),
  'wish.reopened': both(standsAt('reopened'), helping),
  'wish.rated': always,
  'wish.concluded': always,
  'wish.closedHelper': always,
  'wish.withdrawn': always,
};

/** Every message of a wish with the condition under which it is still said. */
export const messagesWhileTheyHold: Record<string, Message> = Object.fromEntries(
  (Object.entries(wishMessages) as [WishMessage, Message][]).map(([name, words]) => [
    name,
    { ...words, holds: (wish, told) => HOLDS[name](wish as WishDoc, told) },
  ]),
);
