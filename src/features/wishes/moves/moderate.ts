import { notFound } from '../../../core/errors.ts';
import { can } from '../../../core/lifecycle.ts';
import { ANSWER_WITHIN, OFFER_MS, startTarget } from '../due.ts';
import { cannotTake, mergeEarlier, notMergeable, sameWish } from '../errors.ts';
import { assignInput, concludeInput, declineInput, mergeInput, publishInput, referInput } from '../inputs.ts';
import { move } from '../table.ts';
import { dueDay, toAuthors, toFollowers, toHelper, toHelpers, toMembers, toThoseWhoMayClaim } from '../tellings.ts';
import { wallText } from '../wall.ts';
import { takenBy, unclaimed } from './claims.ts';

/** What the secretary or grid worker does to a wish before, or instead of, somebody helping. */

/** Onto the wall; a sentinel's own people's wishes go to that sentinel first. */
export const publish = move({
  from: ['submitted', 'referred'],
  to: 'published',
  by: can('publish'),
  input: publishInput,
  apply(wish, input, { facts, now, calendar }) {
    const { sentinel } = facts;
    const category = input.category ?? wish.category;
    const names = [wish.requester.name, wish.proxy?.name, wish.beneficiary?.name].filter((name) => name !== undefined);
    return {
      ...startTarget(wish, 'claim', wish.targets.claim, now, calendar),
      category,
      urgent: input.urgent ?? wish.urgent,
      priority: input.priority ?? wish.priority,
      wall: wallText(
        {
          title: input.wall?.title ?? wish.wall.title,
          text: input.wall?.text ?? wish.wall.text,
          category,
          under14: wish.child,
        },
        { names, addresses: facts.address === undefined ? [] : [facts.address] },
      ),
      publishedAt: wish.publishedAt ?? now,
      postedAt: wish.publishedAt ?? now,
      referral: undefined,
      offeredTo: sentinel?.id,
      offerUntil: sentinel && new Date(now.getTime() + OFFER_MS),
    };
  },
  tell: (wish) => [
    ...toAuthors(wish, 'wish.published'),
    ...toFollowers(wish, 'published'),
    ...toThoseWhoMayClaim(wish),
  ],
});

export const decline = move({
  from: ['submitted', 'published'],
  to: 'declined',
  by: can('decline'),
  input: declineInput,
  apply: (_wish, _input, { now }) => ({ offeredTo: undefined, offerUntil: undefined, closedAt: now }),
  tell: (wish, _ctx, { reason }, before) => [
    ...toAuthors(wish, 'wish.declined', { reason }),
    ...toFollowers(wish, 'declined', 'wish.followEnded'),
    ...toHelper(wish, before.offeredTo, 'wish.takenOver'),
  ],
});

/** The same matter as another wish: its authors keep hearing how it goes, and not whose the other is. */
export const merge = move({
  from: ['submitted', 'published'],
  to: 'merged',
  by: can('merge'),
  input: mergeInput,
  guard(wish, input, { facts: { into } }) {
    if (!into) return notFound('心愿');
    if (into._id !== input.into || into._id === wish._id) return sameWish();
    const open = ['submitted', 'published', 'claimed', 'reopened', 'done', 'partial', 'referred'].includes(into.state);
    if (!open || into.community !== wish.community) return notMergeable();
    // `into` was read a moment ago and may be merged away by now; numbers that only fall lead to an end all the same.
    return into.number < wish.number ? undefined : mergeEarlier(wish.number, into.number);
  },
  apply: (_wish, _input, { facts: { into }, now }) => ({
    mergedInto: into && { id: into._id, number: into.number },
    offeredTo: undefined,
    offerUntil: undefined,
    closedAt: now,
  }),
  tell: (wish, _ctx, _input, before) => [
    ...toAuthors(wish, 'wish.merged', { into: wish.mergedInto?.number }),
    ...toHelper(wish, before.offeredTo, 'wish.takenOver'),
  ],
});

/** To 12345 or a department. */
export const refer = move({
  from: ['submitted', 'published', 'claimed', 'reopened', 'partial'],
  to: 'referred',
  by: can('refer'),
  input: referInput,
  apply: (_wish, { to, number }) => ({ ...unclaimed, referral: { to, number }, left: undefined }),
  tell: (wish, _ctx, { to, number }, before) => [
    ...toAuthors(wish, 'wish.referred', { to, referral: number }),
    ...toFollowers(wish, 'referred'),
    ...toHelpers(before, 'wish.takenOver'),
    ...toHelper(wish, before.offeredTo, 'wish.takenOver'),
  ],
});

/** What came of a referral, or of what was left: whoever wished is asked once more. */
export const conclude = move({
  from: ['referred', 'partial'],
  to: 'done',
  by: can('conclude'),
  input: concludeInput,
  apply: (wish, { note }, { now, calendar }) => ({
    ...startTarget(wish, 'rate', ANSWER_WITHIN, now, calendar),
    done: { note, photos: wish.done?.photos ?? [], at: now },
  }),
  tell: (wish, _ctx, { note }) => [
    ...toAuthors(wish, 'wish.done', { note }),
    ...toFollowers(wish, 'done'),
    ...toHelpers(wish, 'wish.concluded', { note }),
  ],
});

/** The secretary's own choice of helper, whoever has it now. */
export const assign = move({
  from: ['published', 'claimed', 'reopened', 'partial'],
  to: 'claimed',
  by: can('assign'),
  input: assignInput,
  guard(_wish, _input, { facts: { assignee } }) {
    if (!assignee) return notFound('人');
    return assignee.serves ? undefined : cannotTake();
  },
  apply: (wish, _input, ctx) => {
    const { assignee } = ctx.facts;
    return assignee ? takenBy(wish, { id: assignee.id, name: assignee.name }, ctx) : {};
  },
  tell: (wish, _ctx, { note }, before) => {
    const who = wish.claimant?.name;
    const until = dueDay(wish, 'contact');
    const from = before.claimant?.id === wish.claimant?.id ? undefined : before.claimant?.name;
    return [
      ...toHelper(wish, wish.claimant?.id, 'wish.assigned', { until, note, from }),
      ...toAuthors(wish, from === undefined ? 'wish.claimed' : 'wish.handedOver', { who, until }),
      ...toFollowers(wish, 'claimed'),
      ...toHelper(before, before.claimant?.id, 'wish.takenOver', { who }),
      ...toMembers(before, 'wish.takenOver', { who }),
      ...toHelper(before, before.offeredTo, 'wish.takenOver', { who }),
    ];
  },
});
