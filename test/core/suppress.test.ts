import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEWEST, suppress, suppressBelow, toldAlong } from '../../src/core/suppress.ts';

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

/** A city of two counties with two streets each: what is told of it, its counties and its streets. */
async function toldOfTree(counts: readonly number[]): Promise<(number | null)[]> {
  const below = (area: string) => {
    const found = new Map<string, { n: number }>();
    for (const [at, n] of counts.entries()) {
      const path = ['c', `c${at >> 1}`, `c${at >> 1}${at & 1}`];
      const next = path[path.indexOf(area) + 1];
      if (path.includes(area) && next !== undefined) found.set(next, { n: (found.get(next)?.n ?? 0) + n });
    }
    return Promise.resolve(found);
  };
  const tell = (areas: readonly { n: number }[], above: { n: number | null } | undefined) =>
    suppressBelow(
      areas.map(({ n }) => n),
      above?.n,
    ).map((n) => ({ n }));
  const paths = [
    ['c'],
    ...[0, 1].map((at) => ['c', `c${at}`]),
    ...[0, 1, 2, 3].map((at) => ['c', `c${at >> 1}`, `c${at >> 1}${at & 1}`]),
  ];
  return Promise.all(paths.map(async (path) => (await toldAlong(path, ['n'], below, tell)).n));
}

describe('suppressBelow', () => {
  it('tells a community of eight, and nothing of its two grids of four', () => {
    expect(suppressBelow([4, 4], 8)).toEqual([null, null]);
    expect(suppressBelow([4, 4, 0], 8)).toEqual([null, null, null]);
    expect(suppressBelow([12, 0], null)).toEqual([null, null]);
    expect([suppressBelow([4], undefined), suppressBelow([0, 0], 0)]).toEqual([[null], [0, 0]]);
  });

  /** Whoever knows this very rule tries every filling: those that would be shown alike must leave each hidden count open. */
  const leavesOpen = (fillings: Iterable<readonly [shown: readonly (number | null)[], counts: readonly number[]]>) => {
    const alike = new Map<string, Set<number>[]>();
    for (const [shown, counts] of fillings) {
      const key = JSON.stringify(shown);
      const seen = alike.get(key) ?? counts.map(() => new Set<number>());
      for (const [at, count] of counts.entries()) seen[at]?.add(count);
      alike.set(key, seen);
    }
    const known: string[] = [];
    for (const [key, seen] of alike)
      for (const [at, told] of (JSON.parse(key) as (number | null)[]).entries())
        if (told === null && seen[at]?.size === 1) known.push(`${key} tells that ${at} is ${[...seen[at]].join()}`);
    expect(alike.size).toBeGreaterThan(1);
    expect(known).toEqual([]);
  };

  it('lets nobody reckon a part that is hidden, by trying every filling', () => {
    for (const parts of [2, 3, 4]) {
      const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);
      const whole = [...everyColumn(parts, 9)].filter((counts) => sum(counts) >= FEWEST && sum(counts) <= 14);
      leavesOpen(
        whole.map((counts) => [
          [sum(counts), ...suppressBelow(counts, sum(counts))],
          [sum(counts), ...counts],
        ]),
      );
    }
  });

  it('nor up and down a tree', async () => {
    const fillings: [(number | null)[], number[]][] = [];
    for (const counts of everyColumn(4, 5)) {
      const [a = 0, b = 0, c = 0, d = 0] = counts;
      fillings.push([await toldOfTree(counts), [a + b + c + d, a + b, c + d, ...counts]]);
    }
    leavesOpen(fillings);
  });
});
