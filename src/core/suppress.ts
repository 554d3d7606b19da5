/** A count below this might point at somebody: it is not told to those who may count but not read. */
export const FEWEST = 5;

/** One column of a table: what each part counts and the sum of them; `null` where a count is not told. */
export interface CountedColumn {
  parts: readonly (number | null)[];
  total: number | null;
}

/**
 * Takes out of a column the counts from 1 to `FEWEST - 1`, and as many of the next smallest as it takes that nobody finds
 * them again by subtracting the rest from the total; where there is nothing left to hide behind, the total goes too.
 * (The usual rule of statistical offices: primary suppression by a threshold, then complementary suppression.)
 */
export function suppress(counts: readonly number[]): CountedColumn {
  const hidden = new Set(counts.flatMap((count, at) => (isSmall(count) ? [at] : [])));
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (hidden.size === 0) return { parts: counts, total };
  const others = counts
    .map((count, at) => ({ count, at }))
    .filter(({ count, at }) => count > 0 && !hidden.has(at))
    .sort((a, b) => a.count - b.count);
  for (const { at } of others) {
    if (isSafe(counts, hidden)) break;
    hidden.add(at);
  }
  return {
    parts: counts.map((count, at) => (hidden.has(at) ? null : count)),
    total: isSafe(counts, hidden) ? total : null,
  };
}

/** One count, of which no parts are told. */
export function suppressOne(count: number): number | null {
  return isSmall(count) ? null : count;
}

function isSmall(count: number): boolean {
  return count > 0 && count < FEWEST;
}

/**
 * Whether the sum of the counts that are hidden, which a total gives away, leaves open how many each of them is: one alone
 * is the sum; the least there can be are ones, and the most that may be taken for small ones are all fours (12 = 4 + 4 + 4).
 */
function leavesOpen(hidden: readonly number[]): boolean {
  const sum = hidden.reduce((all, count) => all + count, 0);
  return hidden.length >= 2 && sum >= FEWEST + hidden.length - 1 && sum !== (FEWEST - 1) * hidden.length;
}

function isSafe(counts: readonly number[], hidden: ReadonlySet<number>): boolean {
  return leavesOpen([...hidden].map((at) => counts[at] ?? 0));
}
