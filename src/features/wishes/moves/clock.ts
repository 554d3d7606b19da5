import { onlyWhenDueBy } from '../../../core/clockwork.ts';
import { newFollowers } from '../../../core/merging.ts';
import { dueMoves } from '../due.ts';
import { absorbInput, escalateInput, nothing, warnInput } from '../inputs.ts';
import type { Stage, WishDoc } from '../model.ts';
import { move, staying } from '../table.ts';
import {
  dueDay,
  toAuthors,
  toFollowers,
  toGrid,
  toHelper,
  toHelpers,
  toMembers,
  toSecretary,
  toStreet,
  toWorkers,
} from '../tellings.ts';
import { givenBack } from './claims.ts';

/** What the house itself does when a moment has come; `due.ts` says which and when. */

/** From this many lapses on the street hears of it. */
const STREET_FROM_LAPSES = 2;

const onlyWhenDue = onlyWhenDueBy(dueMoves);

/** A deadline is near: whoever can still meet it is told. */
export const warn = move({
  ...staying(['submitted', 'published', 'claimed', 'reopened', 'done', 'partial']),
  by: 'system',
  input: warnInput,
  guard: onlyWhenDue('warn'),
  apply: (wish, { stage }, { now }) => ({ warned: { ...wish.warned, [stage]: { step: 'before', at: now } } }),
  tell: (wish, _ctx, { stage }) => warningOf(wish, stage),
});

function warningOf(wish: WishDoc, stage: Stage) {
  const data = { until: dueDay(wish, stage) };
  switch (stage) {
    case 'publish':
      return [...toGrid(wish, 'wish.publishSoon', data), ...toSecretary(wish, 'wish.publishSoon', data)];
    case 'claim':
      return [...toGrid(wish, 'wish.claimSoon', data), ...toWorkers(wish, 'wish.claimSoon', data)];
    case 'contact':
      return toHelper(wish, wish.claimant?.id, 'wish.contactSoon', data);
    case 'done':
      return toHelpers(wish, 'wish.doneSoon', data);
    case 'rate':
      return wish.state === 'partial'
        ? toAuthors(wish, 'wish.askPartial', { left: wish.left })
        : toAuthors(wish, 'wish.askRating', data);
  }
}

/** A deadline has passed: the secretary, and after a workday more the street. */
export const escalate = move({
  ...staying(['submitted', 'published', 'claimed', 'reopened', 'partial']),
  by: 'system',
  input: escalateInput,
  guard: onlyWhenDue('escalate'),
  apply: (wish, { stage, to }, { now }) => ({ warned: { ...wish.warned, [stage]: { step: to, at: now } } }),
  tell(wish, _ctx, { stage, to }) {
    if (to === 'street') return toStreet(wish, 'wish.lateStreet', { stage });
    if (stage === 'rate') return toSecretary(wish, 'wish.partialUnanswered', { left: wish.left });
    return [
      ...toSecretary(wish, 'wish.late', { stage }),
      ...(stage === 'claim' ? toAuthors(wish, 'wish.stillOpen') : []),
    ];
  },
});

/** Nobody made contact, though warned: others get their chance. */
export const autoRelease = move({
  from: ['claimed'],
  to: 'published',
  by: 'system',
  input: nothing,
  guard: onlyWhenDue('autoRelease'),
  apply: (wish, _input, ctx) => ({ ...givenBack(wish, ctx), lapses: wish.lapses + 1 }),
  tell: (wish, _ctx, _input, before) => [
    ...toHelper(before, before.claimant?.id, 'wish.lapsed'),
    ...toMembers(before, 'wish.groupEnded'),
    ...toAuthors(wish, 'wish.released'),
    ...toFollowers(wish, 'published'),
    ...toSecretary(wish, 'wish.lapsedBack'),
    ...(wish.lapses >= STREET_FROM_LAPSES ? toStreet(wish, 'wish.lapsedBack') : []),
    ...toGrid(wish, 'wish.open'),
  ],
});

/** No answer to what is done is taken for a content one. */
export const autoClose = move({
  from: ['done'],
  to: 'closed',
  by: 'system',
  input: nothing,
  guard: onlyWhenDue('autoClose'),
  apply: (_wish, _input, { now }) => ({ closedAt: now }),
  tell: (wish) => [
    ...toAuthors(wish, 'wish.closed'),
    ...toFollowers(wish, 'closed'),
    ...toHelpers(wish, 'wish.closedHelper'),
  ],
});

/** The sentinel's 24 hours are over. */
export const endOffer = move({
  ...staying(['published']),
  by: 'system',
  input: nothing,
  guard: onlyWhenDue('endOffer'),
  apply: () => ({ offeredTo: undefined, offerUntil: undefined }),
  tell: (wish) => toGrid(wish, 'wish.open'),
});

/** The authors of duplicates join those who hear of this wish; again is no more than once. */
export const absorb = move({
  ...staying([
    'submitted',
    'published',
    'claimed',
    'done',
    'partial',
    'reopened',
    'closed',
    'declined',
    'withdrawn',
    'referred',
  ]),
  by: 'system',
  input: absorbInput,
  apply: (wish, { followers }) => ({
    mergedFrom: [...(wish.mergedFrom ?? []), ...newFollowers(wish, followers)],
  }),
  // It may have come to its end while they were merged into it: then nothing else would ever tell them.
  tell: (wish, _ctx, { followers }, before) => {
    const fresh = { ...wish, mergedFrom: newFollowers(before, followers) };
    if (wish.state === 'closed') return toFollowers(fresh, 'closed');
    return wish.state === 'declined' || wish.state === 'withdrawn'
      ? toFollowers(fresh, wish.state, 'wish.followEnded')
      : [];
  },
});

/** The wish merged into knows its new followers. */
export const settle = move({
  ...staying(['merged']),
  by: 'system',
  input: nothing,
  guard: onlyWhenDue('settle'),
  apply: () => ({ settled: true }),
});
