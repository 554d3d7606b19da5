import { madeToday } from '../../../core/deriving.ts';
import { type HaolinError, wrongState } from '../../../core/errors.ts';
import { can } from '../../../core/lifecycle.ts';
import { extensionEarlier, extensionTooLong } from '../../../core/matter-errors.ts';
import { addDays, dayOf, endOfDay } from '../../../core/time.ts';
import { startClock } from '../due.ts';
import {
  alreadyClaimed,
  alreadyIn,
  alreadyYours,
  groupFull,
  noGroup,
  noMoreTime,
  offeredFirst,
  ownWish,
} from '../errors.ts';
import { claimInput, contactInput, extendInput, nothing, releaseInput } from '../inputs.ts';
import { WISH_STATES, type WishDoc } from '../model.ts';
import { move, staying, type WishContext } from '../table.ts';
import { dueDay, toAuthors, toFollowers, toGrid, toHelper, toMembers, toSecretary } from '../tellings.ts';
import { claimedBy, givenBack } from './claims.ts';

/** What those who help do with a wish until it is done. */

const MOST_IN_A_GROUP = 10;
const MOST_EXTENSIONS = 2;
const LONGEST_EXTENSION_DAYS = 30;

/** Taken on, alone or leading a group. Of any number who try at once, one succeeds. */
export const claim = move({
  from: ['published', 'reopened'],
  to: 'claimed',
  by: can('claim'),
  input: claimInput,
  otherwise: (wish, ctx) => takenError(wish, ctx) ?? wrongState(WISH_STATES[wish.state]),
  when: cannotClaim,
  apply: (wish, { group }, ctx) => claimedBy(wish, { id: ctx.actor.id, name: ctx.actor.name }, ctx, group),
  tell: (wish, { actor }, { promise }) => [
    ...toAuthors(wish, 'wish.claimed', { who: actor.name, promise, until: dueDay(wish, 'contact') }),
    ...toFollowers(wish, 'claimed'),
    ...(wish.lapses > 0 ? toSecretary(wish, 'wish.reclaimed', { who: actor.name }) : []),
  ],
});

function takenError({ claimant, number }: WishDoc, { actor }: WishContext): HaolinError | undefined {
  return claimant && (claimant.id === actor.id ? alreadyYours : alreadyClaimed)(number);
}

function cannotClaim(wish: WishDoc, ctx: WishContext): HaolinError | undefined {
  const { actor, now } = ctx;
  if (wish.claimant) return takenError(wish, ctx);
  // A worker who spoke for somebody without an account is its requester on paper only.
  if (wish.requester.id === actor.id && wish.proxy?.id !== actor.id) return ownWish();
  if (wish.offerUntil && wish.offerUntil > now && wish.offeredTo !== actor.id) return offeredFirst(wish.offerUntil);
  return undefined;
}

/** Into a group that took the wish on. */
export const join = move({
  ...staying(['claimed', 'reopened']),
  by: can('join'),
  input: nothing,
  when(wish, { actor }) {
    if (wish.helpers.includes(actor.id)) return alreadyIn();
    if (!wish.group) return noGroup();
    return wish.group.members.length + 1 < MOST_IN_A_GROUP ? undefined : groupFull();
  },
  apply: ({ group }, _input, { actor }) => ({
    group: group && { ...group, members: [...group.members, { id: actor.id, name: actor.name }] },
  }),
  tell: (wish, ctx, _input, before) =>
    madeToday(before, 'join', ctx) > 0 ? [] : toHelper(wish, wish.claimant?.id, 'wish.joined', { who: ctx.actor.name }),
});

/** Out of the group; its lead releases the wish instead. */
export const leave = move({
  ...staying(['claimed', 'reopened']),
  by: can('leave'),
  input: nothing,
  apply: ({ group }, _input, { actor }) => ({
    group: group && { ...group, members: group.members.filter((member) => member.id !== actor.id) },
  }),
  tell: (wish, ctx, _input, before) =>
    madeToday(before, 'leave', ctx) > 0 ? [] : toHelper(wish, wish.claimant?.id, 'wish.left', { who: ctx.actor.name }),
});

/** The sentinel lets others have it before the 24 hours are over. */
export const pass = move({
  ...staying(['published']),
  by: can('pass'),
  input: nothing,
  apply: () => ({ offeredTo: undefined, offerUntil: undefined }),
  tell: (wish) => toGrid(wish, 'wish.open'),
});

export const contact = move({
  ...staying(['claimed', 'reopened']),
  by: can('contact'),
  input: contactInput,
  // The first contact is what the deadline is about; later ones only add to what is known.
  apply: (wish, { note }, { now }) => ({
    contactedAt: wish.contactedAt ?? now,
    contactNote: note ?? wish.contactNote,
  }),
  tell: (wish, ctx, _input, before) =>
    madeToday(before, 'contact', ctx) > 0 ? [] : toAuthors(wish, 'wish.contacted', { who: ctx.actor.name }),
});

export const extend = move({
  ...staying(['claimed', 'reopened']),
  by: can('extend'),
  input: extendInput,
  when: (wish) => (wish.extensions.length < MOST_EXTENSIONS ? undefined : noMoreTime()),
  guard(wish, { until }, { now }) {
    const due = wish.due.done ?? now;
    const latest = addDays([due, now].map(dayOf).sort().at(-1) ?? '', LONGEST_EXTENSION_DAYS);
    if (endOfDay(until) <= due || endOfDay(until) <= now) return extensionEarlier(dayOf(due));
    return until > latest ? extensionTooLong(latest) : undefined;
  },
  apply: (wish, { until, reason }, { now, calendar }) => ({
    ...startClock(wish, 'done', endOfDay(until), now, calendar),
    extensions: [...wish.extensions, { until: endOfDay(until), reason, at: now }],
  }),
  tell: (wish, _ctx, { until, reason }) => [
    ...toAuthors(wish, 'wish.extended', { until, reason }),
    ...(wish.extensions.length === MOST_EXTENSIONS ? toSecretary(wish, 'wish.extendedTwice', { until, reason }) : []),
  ],
});

/** Given back, with a reason the secretary reads; the wish keeps its priority and its place. */
export const release = move({
  from: ['claimed', 'reopened'],
  to: 'published',
  by: can('release'),
  input: releaseInput,
  apply: (wish, _input, ctx) => givenBack(wish, ctx),
  tell: (wish, _ctx, { reason }, before) => [
    ...toAuthors(wish, 'wish.released'),
    ...toFollowers(wish, 'published'),
    ...toMembers(before, 'wish.groupEnded'),
    ...toSecretary(wish, 'wish.releasedBack', { reason }),
    ...toGrid(wish, 'wish.open'),
  ],
});
