import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEWEST, suppress } from '../../src/core/suppress.ts';

/** Every column of so many parts with counts up to `most`. */
function* everyColumn(parts: number, most: number): Generator<number[]> {
  if (parts === 0) return yield [];
  for (const rest of everyColumn(parts - 1, most))
    for (let count = 0; count <= most; count += 1) yield [count, ...rest];
}

describe('suppress', () => {
  it('tells large counts and zeros as they are', () => {
    expect(suppress([0, 12, 7])).toEqual({ parts: [0, 12, 7], total: 19 });
  });

  it('hides a small one together with the next smallest, so that the total does not give it away', () => {
    expect(suppress([2, 30, 9, 0])).toEqual({ parts: [null, 30, null, 0], total: 41 });
  });

  it('hides the total where there is nothing to hide behind', () => {
    expect(suppress([3])).toEqual({ parts: [null], total: null });
    expect(suppress([0, 1])).toEqual({ parts: [0, null], total: null });
    expect(suppress([1, 1])).toEqual({ parts: [null, null], total: null });
  });

  it('leaves at least five possibilities for everything it hides from somebody who subtracts what is told', () => {
    for (const parts of [1, 2, 3, 4]) {
      for (const counts of everyColumn(parts, 9)) {
        const told = suppress(counts);
        const hidden = told.parts.filter((one) => one === null).length;
        if (hidden === 0 || told.total === null) continue;
        const remainder = told.total - told.parts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
        // Each hidden one is at least 1, so that one of them is anything from 1 to what the others leave.
        expect(hidden, JSON.stringify(counts)).toBeGreaterThan(1);
        expect(remainder - (hidden - 1), JSON.stringify(counts)).toBeGreaterThanOrEqual(FEWEST);
      }
    }
  });

  it('lets no hidden one be told exactly where each may be taken for one to four', () => {
    for (const parts of [2, 3, 4]) {
      for (const counts of everyColumn(parts, 6)) {
        const told = suppress(counts);
        const hidden = told.parts.filter((one) => one === null).length;
        if (hidden === 0 || told.total === null) continue;
        const rest = told.total - told.parts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
        const least = Math.max(1, rest - (FEWEST - 1) * (hidden - 1));
        const most = Math.min(FEWEST - 1, rest - (hidden - 1));
        expect(least, JSON.stringify(counts)).not.toBe(most);
      }
    }
    expect(suppress([4, 4, 4]).total).toBeNull();
  });

  it('never tells a small count, and never a wrong one', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 20 }), (counts) => {
        const { parts, total } = suppress(counts);
        for (const [at, told] of parts.entries()) {
          if (told === null) continue;
          expect(told).toBe(counts[at]);
          expect(told === 0 || told >= FEWEST).toBe(true);
        }
        if (total !== null) expect(total).toBe(counts.reduce((sum, count) => sum + count, 0));
      }),
    );
  });
});
