import { expect, test } from 'vitest';
import { WISH_STATES, type WishState } from '../../../src/features/wishes/index.ts';
import { lineOf, NOT_ON_A_LINE } from '../../../src/features/wishes/lists.ts';
import { matrixWish, wishMatrix } from '../../support/matrix.ts';
import { calendar, contextOf } from '../../support/wishes.ts';

test('a line shows anybody the same of a wish, and the same buttons, as if the whole of it had been read', () => {
  const left = new Set(Object.keys(NOT_ON_A_LINE));
  const wishes = new Map(
    (Object.keys(WISH_STATES) as WishState[]).map((state) => {
      const wish = matrixWish(state);
      const read = Object.fromEntries(Object.entries(wish).filter(([field]) => !left.has(field))) as typeof wish;
      return [state, { wish, read }] as const;
    }),
  );
  const seen = new Map<string, number>();
  for (const { title, state, actor } of wishMatrix()) {
    const made = wishes.get(state);
    if (actor.kind !== 'person' || !made) continue;
    const { wish, read } = made;
    const caller = contextOf(actor);
    const line = lineOf({ calendar }, caller, read);
    expect(line, title).toEqual(lineOf({ calendar }, caller, wish));
    seen.set(line.view, (seen.get(line.view) ?? 0) + 1);
  }
  expect(seen.get('full')).toBeGreaterThan(100);
  expect(seen.get('public')).toBeGreaterThan(100);
});
