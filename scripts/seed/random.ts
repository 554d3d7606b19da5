/** Chance that comes out the same each time, so that a seeded city is the same city everywhere. */
export interface Chance {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** A whole number below `limit`. */
  below(limit: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** One of the names, as often as its weight says. */
  weighted(weights: readonly (readonly [string, number])[]): string;
}

/** Chance from a seed (the 32-bit generator known as mulberry32). */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: (from) => from[below(from.length)] ?? from[0],
    weighted(weights) {
      let left = next() * weights.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of weights) {
        left -= weight;
        if (left < 0) return name;
      }
      return weights[0]?.[0] ?? '';
    },
  };
}

/** Divides `total` into whole shares by weight, each at least `least`; the shares add up exactly. */
export function share(total: number, weights: readonly number[], least = 0): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const spare = total - least * weights.length;
  if (spare < 0) throw new RangeError(`${total} is not enough for ${weights.length} shares of at least ${least}`);
  const exact = weights.map((weight) => (spare * weight) / sum);
  const shares = exact.map((one) => least + Math.floor(one));
  let left = total - shares.reduce((all, one) => all + one, 0);
  // What rounding down left over goes to those who lost most by it.
  const byLoss = exact
    .map((one, at) => ({ at, loss: one - Math.floor(one) }))
    .sort((a, b) => b.loss - a.loss || a.at - b.at);
  for (const { at } of byLoss) {
    if (left <= 0) break;
    shares[at] = (shares[at] ?? 0) + 1;
    left -= 1;
  }
  return shares;
}

/** `count` of the numbers below `limit`, chosen by chance, in order. */
export function choose(chance: Chance, count: number, limit: number): Set<number> {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, limit)) chosen.add(chance.below(limit));
  return chosen;
}
