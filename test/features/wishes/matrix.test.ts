import { describe, expect, it } from 'vitest';
import { HaolinError } from '../../../src/core/errors.ts';
import { decide, movesFor } from '../../../src/core/lifecycle.ts';
import { WISH_MOVES, WISH_STATES, type WishState, wishLifecycle } from '../../../src/features/wishes/index.ts';
import { matrixWish, WISH_POLICY, wishMatrix } from '../../support/matrix.ts';
import { contextOf, FACTS } from '../../support/wishes.ts';

const outcome = (work: () => { kind: string }): string => {
  try {
    return work().kind;
  } catch (error) {
    if (error instanceof HaolinError) return error.code;
    throw error;
  }
};

describe('who may do what with a wish', () => {
  const cases = wishMatrix();
  const wishes = Object.fromEntries(
    (Object.keys(WISH_STATES) as WishState[]).map((state) => [state, matrixWish(state)]),
  ) as Record<WishState, ReturnType<typeof matrixWish>>;

  it('is the policy of the design: every move, every state, every role here and elsewhere, every relation', () => {
    const wrong = cases.flatMap(({ title, move, state, actor, input, allowed }) => {
      const result = outcome(() =>
        decide(wishLifecycle, wishes[state], move, input, contextOf(actor, { facts: FACTS })),
      );
      return (result === 'forbidden') === allowed ? [`${title}: ${result}`] : [];
    });
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(15_000);
    expect(cases.filter((one) => one.allowed).length).toBeGreaterThan(500);
  });

  it('shows a button for exactly the moves that would succeed', () => {
    const wrong = cases
      .filter(({ actor }) => actor.kind === 'person')
      .flatMap(({ title, move, state, actor, input }) => {
        const ctx = contextOf(actor, { facts: FACTS });
        const shown = movesFor(wishLifecycle, wishes[state], ctx).includes(move);
        const result = outcome(() => decide(wishLifecycle, wishes[state], move, input, ctx));
        return shown === (result === 'change') ? [] : [`${title}: ${shown ? 'shown' : 'hidden'} but ${result}`];
      });
    expect(wrong).toEqual([]);
  });

  it('covers the whole table, and every move people make has a word for its button', () => {
    expect(Object.keys(WISH_POLICY).sort()).toEqual(Object.keys(wishLifecycle.moves).sort());
    const people = Object.entries(wishLifecycle.moves).flatMap(([name, { by }]) => (by === 'system' ? [] : [name]));
    expect(Object.keys(WISH_MOVES).sort()).toEqual(people.sort());
  });
});
