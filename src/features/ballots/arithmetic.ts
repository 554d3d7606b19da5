import { numbersDisagree } from './errors.ts';
import type { BallotRule, Threshold } from './pack.ts';

/**
 * Whether a ballot passes, exactly: shares are fractions of whole numbers and are compared by multiplying across. Never a
 * floating point number, for at a threshold one vote, or a hundredth of a square metre, decides.
 */

/** So many heads, and so much area in units of 0.01 m². */
export interface Weight {
  heads: bigint;
  area: bigint;
}

/** What people may choose. */
export const CHOICES = ['for', 'against', 'abstain'] as const;
export type Choice = (typeof CHOICES)[number];
export type Tally = Record<Choice, Weight>;

/** What is counted. */
export interface Count {
  electorate: Weight;
  /** Those who take part, whether they chose anything or not. */
  present: Weight;
  tally: Tally;
}

/** One threshold as it came out. */
export interface Reached {
  threshold: Threshold;
  /** Of how much the share is taken. */
  base: bigint;
  /** The least that would do; at least 1, since nobody at all decides nothing. */
  needed: bigint;
  actual: bigint;
  met: boolean;
}

export type Outcome = 'passed' | 'failed' | 'tie';

export interface Reckoning {
  takePart: Reached[];
  /** Whether enough took part for the choice to count. */
  quorate: boolean;
  pass: Reached[];
  outcome: Outcome;
}

export const NOTHING: Weight = { heads: 0n, area: 0n };
export const sum = (...weights: readonly Weight[]): Weight =>
  weights.reduce((a, b) => ({ heads: a.heads + b.heads, area: a.area + b.area }), NOTHING);

/** The least whole number that meets a threshold of a base. */
export function leastFor(threshold: Threshold, base: bigint): bigint {
  const [share, beyond] = 'more' in threshold ? [threshold.more, 1n] : [threshold.atLeast, 0n];
  const n = BigInt(share.n) * base;
  const d = BigInt(share.d);
  // More than n/d begins one above the whole part; at least n/d begins at n/d rounded up.
  const least = beyond === 1n ? n / d + 1n : (n + d - 1n) / d;
  return least > 0n ? least : 1n;
}

/** Whether enough took part so far; what the choices are plays no part in it, so it may be shown while they are hidden. */
export function attendanceOf(rule: Pick<BallotRule, 'takePart'>, electorate: Weight, present: Weight): Reached[] {
  return rule.takePart.map((threshold) => reached(threshold, electorate[threshold.by], present[threshold.by]));
}

/**
 * What a count comes to under a rule.
 * @throws HaolinError numbers_disagree when more chose than took part, or more took part than may
 */
export function reckon(rule: BallotRule, { electorate, present, tally }: Count): Reckoning {
  const voting = sum(tally.for, tally.against);
  const cast = sum(voting, tally.abstain);
  for (const by of ['heads', 'area'] as const) {
    const parts = [tally.for[by], tally.against[by], tally.abstain[by]];
    if (parts.some((one) => one < 0n) || cast[by] > present[by] || present[by] > electorate[by])
      throw numbersDisagree();
  }
  const bases = { electorate, present, voting };
  const takePart = attendanceOf(rule, electorate, present);
  const pass = rule.pass.map((threshold) =>
    reached(threshold, bases[threshold.of][threshold.by], tally.for[threshold.by]),
  );
  const quorate = takePart.every(({ met }) => met);
  const passed = quorate && pass.every(({ met }) => met);
  return { takePart, quorate, pass, outcome: passed ? 'passed' : tied(rule, quorate, tally) ? 'tie' : 'failed' };
}

/** As many for as against, by all that the rule counts by, where the rule does not simply call that not passed. */
function tied({ pass, tie }: BallotRule, quorate: boolean, tally: Tally): boolean {
  if (tie === 'fails' || !quorate || tally.for.heads === 0n) return false;
  return pass.every(({ by }) => tally.for[by] === tally.against[by]);
}

function reached(threshold: Threshold, base: bigint, actual: bigint): Reached {
  const needed = leastFor(threshold, base);
  return { threshold, base, needed, actual, met: actual >= needed };
}
