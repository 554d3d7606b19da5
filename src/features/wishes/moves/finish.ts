import type { z } from 'zod';
import { can, type Patch } from '../../../core/lifecycle.ts';
import { photoMissing } from '../../../core/photos.ts';
import { ANSWER_WITHIN, REDO_WITHIN, startTarget } from '../due.ts';
import { ownWork } from '../errors.ts';
import { doneInput, partialInput, rateInput, withdrawInput } from '../inputs.ts';
import type { WishDoc } from '../model.ts';
import { move, type WishContext } from '../table.ts';
import { dueDay, toAuthors, toFollowers, toHelper, toHelpers, toSecretary, toStreet } from '../tellings.ts';

/** How a wish comes to its end, and back when the end was not good enough. */

/** From this many second attempts on the street hears of it. */
const STREET_FROM_REOPENINGS = 3;
const UNHAPPY_UP_TO = 2;

type DoneInput = z.output<typeof doneInput>;

function finished(wish: WishDoc, { note, cost }: DoneInput, { facts, now, calendar }: WishContext): Patch<WishDoc> {
  const photos = facts.photos ?? [];
  return {
    ...startTarget(wish, 'rate', ANSWER_WITHIN, now, calendar),
    done: { note, photos, at: now, ...(cost !== undefined && { cost }) },
    // Earlier attempts' photos stay guarded by this wish even when they are no longer shown.
    ...(photos.length > 0 && { photoIds: [...(wish.photoIds ?? []), ...photos.map((photo) => photo.id)] }),
    contactedAt: wish.contactedAt ?? now,
    left: undefined,
  };
}

const photosThere = (_wish: WishDoc, { photos }: DoneInput, { facts }: WishContext) =>
  photos.length === (facts.photos ?? []).length ? undefined : photoMissing();

export const done = move({
  from: ['claimed', 'reopened', 'partial'],
  to: 'done',
  by: can('done'),
  input: doneInput,
  guard: photosThere,
  apply: finished,
  tell: (wish, _ctx, { note }) => [...toAuthors(wish, 'wish.done', { note }), ...toFollowers(wish, 'done')],
});

/** Only in part: what is left is said. */
export const partial = move({
  from: ['claimed', 'reopened'],
  to: 'partial',
  by: can('partial'),
  input: partialInput,
  guard: photosThere,
  apply: (wish, input, ctx) => ({ ...finished(wish, input, ctx), left: input.left }),
  tell: (wish, _ctx, { left }) => [
    ...toAuthors(wish, 'wish.partial', { left }),
    ...toFollowers(wish, 'partial'),
    ...toSecretary(wish, 'wish.partialNotice', { left }),
  ],
});

const unhappy = ({ score, unhappy = false }: z.output<typeof rateInput>) => unhappy || score <= UNHAPPY_UP_TO;

/** The requester's judgement: an unhappy one sends it back to the same helper and to the secretary. */
export const rate = move({
  from: ['done', 'partial'],
  to: { among: ['closed', 'reopened'], choose: (_wish, input) => (unhappy(input) ? 'reopened' : 'closed') },
  by: can('rate'),
  input: rateInput,
  when: (wish, { actor }) => (wish.helpers.includes(actor.id) ? ownWork() : undefined),
  apply(wish, input, { actor, now, calendar }) {
    const rating = { score: input.score, ...(input.words && { words: input.words }), at: now, by: actor.id };
    if (!unhappy(input)) return { rating, closedAt: now };
    const clock = wish.claimant
      ? startTarget(wish, 'done', REDO_WITHIN, now, calendar)
      : startTarget(wish, 'claim', wish.targets.claim, now, calendar);
    return { ...clock, rating, reopenings: wish.reopenings + 1 };
  },
  tell(wish, _ctx, { score, words }) {
    if (wish.state === 'closed') {
      return [
        ...toHelpers(wish, 'wish.rated', { score, words }),
        ...toAuthors(wish, 'wish.closed'),
        ...toFollowers(wish, 'closed'),
      ];
    }
    return [
      ...toHelpers(wish, 'wish.reopened', { words, until: dueDay(wish, 'done') }),
      ...toSecretary(wish, 'wish.unhappy', { score, words }),
      ...toFollowers(wish, 'reopened'),
      ...(wish.reopenings >= STREET_FROM_REOPENINGS
        ? toStreet(wish, 'wish.unhappyAgain', { times: wish.reopenings })
        : []),
    ];
  },
});

/** Taken back by whoever made it, as long as nobody has finished it. */
export const withdraw = move({
  from: ['submitted', 'published', 'claimed', 'reopened', 'referred'],
  to: 'withdrawn',
  by: can('withdraw'),
  input: withdrawInput,
  apply: (_wish, _input, { now }) => ({ closedAt: now, offeredTo: undefined, offerUntil: undefined }),
  tell: (wish, _ctx, _input, before) => [
    ...toHelpers(before, 'wish.withdrawn'),
    ...toHelper(before, before.offeredTo, 'wish.withdrawn'),
    ...toAuthors(wish, 'wish.withdrawn'),
    ...toFollowers(wish, 'withdrawn', 'wish.followEnded'),
  ],
});
