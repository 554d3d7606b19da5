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
 * @param also places that are hidden whatever they count
 */
export function suppress(counts: readonly number[], also: ReadonlySet<number> = new Set()): CountedColumn {
  const hidden = new Set(counts.flatMap((count, at) => (isSmall(count) || also.has(at) ? [at] : [])));
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

/**
 * What is told of the parts of a whole that is told, or is not, itself. Of a whole that is not, no part is: neither a zero,
 * for the others would then be known by how many they are. Of one that is told, all of them are hidden, zeros too, where
 * `suppress` finds nothing to hide behind: eight beside two that are not told is anything, where four and four might be found.
 * So from whatever is told of a tree of areas each whole gives one equation, and each leaves open what it hides.
 * @param above what is told of the whole; `undefined` where there is none, as at the top of a tree
 */
export function suppressBelow(
  counts: readonly number[],
  above: number | null | undefined,
  also: ReadonlySet<number> = new Set(),
): readonly (number | null)[] {
  if (above === undefined) return counts.map((count, at) => (isSmall(count) || also.has(at) ? null : count));
  if (above === 0) return counts;
  const { parts, total } = suppress(counts, also);
  return above === null || total === null ? counts.map(() => null) : parts;
}

/** Counts of one area by what is counted, and what is told of them. */
export type Counted<C extends string> = Readonly<Record<C, number>>;
export type ToldOf<C extends string> = Readonly<Record<C, number | null>>;

/**
 * What is told of the area a path ends with: at each step the areas beside it hide for each other, below what is told of the
 * one above. It is the same whichever area is asked for, by whomever.
 * @param path the area last, before it all those it lies in, from the top
 * @param below the counts of all that lies right below an area, by its code; also of what lies in none of its parts
 * @param tell what is told of areas that lie side by side, below what is told of the one above (none at the top)
 */
export async function toldAlong<C extends string>(
  path: readonly string[],
  columns: readonly C[],
  below: (area: string) => Promise<ReadonlyMap<string, Counted<C>>>,
  tell: (areas: readonly Counted<C>[], above: ToldOf<C> | undefined) => readonly ToldOf<C>[],
): Promise<ToldOf<C>> {
  const record = <T>(of: (column: C) => T) =>
    Object.fromEntries(columns.map((column) => [column, of(column)])) as Record<C, T>;
  const steps = await Promise.all(path.slice(0, Math.max(1, path.length - 1)).map(below));
  const all = [...(steps[0]?.values() ?? [])];
  const whole = record((column) => all.reduce((sum, one) => sum + one[column], 0));
  let [told] = tell([whole], undefined);
  for (const [nth, code] of path.slice(1).entries()) {
    const areas = new Map(steps[nth]);
    if (!areas.has(code))
      areas.set(
        code,
        record(() => 0),
      );
    // Whichever area is asked for, the same ones hide for each other.
    const codes = [...areas.keys()].sort();
    told = tell(
      codes.map((one) => areas.get(one) ?? record(() => 0)),
      told,
    )[codes.indexOf(code)];
  }
  return told ?? record(() => null);
}

function isSmall(count: number): boolean {
  return count > 0 && count < FEWEST;
}

/**
 * Whether the sum of the counts that are hidden, which a total gives away, leaves open how many each of them is: one alone
 * is the sum; the least there can be are ones, and the most that may be taken for small ones are all fours (12 = 4 + 4 + 4).
 * Nor may they be all they can be for whoever knows this rule: one of them is small, and none so large as the least that is
 * told, which would have been hidden before it.
 */
function leavesOpen(hidden: readonly number[], leastTold: number): boolean {
  const sum = hidden.reduce((all, count) => all + count, 0);
  const others = hidden.length - 1;
  const isMore = sum >= FEWEST + others && sum !== (FEWEST - 1) * hidden.length;
  return others >= 1 && isMore && sum < FEWEST - 1 + others * (leastTold - 1);
}

function isSafe(counts: readonly number[], hidden: ReadonlySet<number>): boolean {
  const told = counts.filter((count, at) => count > 0 && !hidden.has(at));
  return leavesOpen(
    [...hidden].map((at) => counts[at] ?? 0),
    Math.min(...told),
  );
}
