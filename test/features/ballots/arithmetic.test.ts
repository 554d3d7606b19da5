import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attendanceOf,
  CHOICES,
  type Choice,
  type Count,
  leastFor,
  NOTHING,
  reckon,
  sum,
  type Tally,
  type Weight,
} from '../../../src/features/ballots/arithmetic.ts';
import { type BallotRule, PACKS, ruleOf, type Threshold } from '../../../src/features/ballots/pack.ts';

const weight = (heads: number, area = 0): Weight => ({ heads: BigInt(heads), area: BigInt(area) });
const tallyOf = (yes: Weight, no: Weight = NOTHING, abstain: Weight = NOTHING): Tally => ({
  for: yes,
  against: no,
  abstain,
});
const rule = (code: string, variant?: string): BallotRule => {
  const pack = PACKS.find((one) => one.code === code);
  const found = pack && ruleOf(pack, variant);
  if (!found) throw new Error(`no rule ${code}`);
  return found;
};

const share = fc.record({ n: fc.integer({ min: 1, max: 999 }), d: fc.integer({ min: 2, max: 1_000 }) });
const threshold: fc.Arbitrary<Threshold> = fc
  .record({ share, more: fc.boolean(), by: fc.constantFrom('heads' as const, 'area' as const) })
  .filter(({ share: { n, d } }) => n < d)
  .map(({ share: one, more, by }) => ({ of: 'present', by, ...(more ? { more: one } : { atLeast: one }) }));

describe('the least that will do', () => {
  it.each<[string, Threshold, number, number]>([
    ['more than half of 120', { of: 'present', by: 'heads', more: { n: 1, d: 2 } }, 120, 61],
    ['more than half of 121', { of: 'present', by: 'heads', more: { n: 1, d: 2 } }, 121, 61],
    ['at least half of 121', { of: 'present', by: 'heads', atLeast: { n: 1, d: 2 } }, 121, 61],
    ['at least half of 120', { of: 'present', by: 'heads', atLeast: { n: 1, d: 2 } }, 120, 60],
    ['two thirds of 99', { of: 'present', by: 'heads', atLeast: { n: 2, d: 3 } }, 99, 66],
    ['two thirds of 100', { of: 'present', by: 'heads', atLeast: { n: 2, d: 3 } }, 100, 67],
    ['three quarters of 3', { of: 'present', by: 'heads', atLeast: { n: 3, d: 4 } }, 3, 3],
    ['all of 7', { of: 'present', by: 'heads', atLeast: { n: 1, d: 1 } }, 7, 7],
    ['two thirds of nobody', { of: 'present', by: 'heads', atLeast: { n: 2, d: 3 } }, 0, 1],
  ])('%s', (_what, one, base, least) => expect(leastFor(one, BigInt(base))).toBe(BigInt(least)));

  it('meets the share, and one less does not, of however much', () => {
    fc.assert(
      fc.property(threshold, fc.bigInt({ min: 1n, max: 10n ** 40n }), (one, base) => {
        const { n, d } = 'more' in one ? one.more : one.atLeast;
        const meets = (x: bigint): boolean =>
          'more' in one ? x * BigInt(d) > BigInt(n) * base : x * BigInt(d) >= BigInt(n) * base;
        const least = leastFor(one, base);
        expect(meets(least)).toBe(true);
        expect(meets(least - 1n)).toBe(false);
        expect(least).toBeLessThanOrEqual(base);
      }),
    );
  });

  it('is one hundredth of a square metre beyond where floating point sees no difference', () => {
    const base = 3n * 10n ** 20n;
    const least = leastFor({ of: 'electorate', by: 'area', more: { n: 2, d: 3 } }, base);
    expect(least).toBe(2n * 10n ** 20n + 1n);
    expect(Number(least)).toBe(Number(least - 1n));
  });
});

/** One elector of a small electorate: absent, at the meeting without choosing, or with a choice. */
interface Voter {
  area: number;
  did: Choice | 'absent' | 'silent';
}
const voters = fc.array(
  fc.record({
    area: fc.integer({ min: 0, max: 12_000 }),
    did: fc.constantFrom<Voter['did']>(...CHOICES, 'absent', 'silent'),
  }),
  { maxLength: 12 },
);

function countOf(all: readonly Voter[]): Count {
  const of = (some: readonly Voter[]) =>
    weight(
      some.length,
      some.reduce((total, one) => total + one.area, 0),
    );
  const chose = (choice: Choice) => of(all.filter(({ did }) => did === choice));
  return {
    electorate: of(all),
    present: of(all.filter(({ did }) => did !== 'absent')),
    tally: { for: chose('for'), against: chose('against'), abstain: chose('abstain') },
  };
}

/** The law's sentence over a list of people, in rational numbers small enough for doubles to be exact. */
function byHand(all: readonly Voter[], { takePart, pass, tie }: BallotRule): string {
  const groups = {
    electorate: all,
    present: all.filter(({ did }) => did !== 'absent'),
    voting: all.filter(({ did }) => did === 'for' || did === 'against'),
  };
  const measure = (some: readonly Voter[], by: Threshold['by']) =>
    some.reduce((total, one) => total + (by === 'heads' ? 1 : one.area), 0);
  const holds = (some: readonly Voter[], one: Threshold): boolean => {
    const mine = measure(some, one.by);
    const base = measure(groups[one.of], one.by);
    if (mine === 0) return false;
    return 'more' in one ? mine * one.more.d > base * one.more.n : mine * one.atLeast.d >= base * one.atLeast.n;
  };
  const yes = all.filter(({ did }) => did === 'for');
  const no = all.filter(({ did }) => did === 'against');
  if (!takePart.every((one) => holds(groups.present, one))) return 'failed';
  if (pass.every((one) => holds(yes, one))) return 'passed';
  const even = pass.every(({ by }) => measure(yes, by) === measure(no, by));
  return tie === 'again' && yes.length > 0 && even ? 'tie' : 'failed';
}

describe('a reckoning', () => {
  const rules = [
    rule('residents-meeting'),
    rule('owners'),
    rule('owners', 'three-quarters'),
    rule('courtyard-poll'),
    { ...rule('owners'), tie: 'again' as const },
  ];

  it('comes to what counting them one by one comes to, under every rule', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(voters, fc.constantFrom(...rules), (all, one) => {
        const { outcome } = reckon(one, countOf(all));
        seen.add(outcome);
        expect(outcome).toBe(byHand(all, one));
      }),
      { numRuns: 600 },
    );
    expect(seen).toEqual(new Set(['passed', 'failed', 'tie']));
  });

  it('never turns against a matter because somebody changed from against to for', () => {
    fc.assert(
      fc.property(voters, fc.constantFrom(...rules), fc.nat(11), (all, one, at) => {
        if (reckon(one, countOf(all)).outcome !== 'passed') return;
        const changed = all.map((voter, n) =>
          n === at && voter.did === 'against' ? { ...voter, did: 'for' as const } : voter,
        );
        expect(reckon(one, countOf(changed)).outcome).toBe('passed');
      }),
      { numRuns: 200 },
    );
  });

  it('says the same of attendance while the choices are hidden as after', () => {
    fc.assert(
      fc.property(voters, fc.constantFrom(...rules), (all, one) => {
        const count = countOf(all);
        expect(attendanceOf(one, count.electorate, count.present)).toEqual(reckon(one, count).takePart);
      }),
    );
  });

  it('needs both heads and area of owners', () => {
    const electorate = weight(3, 30_000);
    const owners = rule('owners');
    // One owner has most of the area, two have most of the heads.
    const heads = { electorate, present: electorate, tally: tallyOf(weight(2, 10_000), weight(1, 20_000)) };
    const area = { electorate, present: electorate, tally: tallyOf(weight(1, 20_000), weight(2, 10_000)) };
    expect(reckon(owners, heads).pass.map(({ met }) => met)).toEqual([true, false]);
    expect(reckon(owners, area).pass.map(({ met }) => met)).toEqual([false, true]);
    expect(reckon(owners, heads).outcome).toBe('failed');
    expect(reckon(owners, area).outcome).toBe('failed');
  });

  it('exactly half is not more than half, and exactly three quarters is enough', () => {
    const all = weight(4, 400);
    const half = { electorate: all, present: all, tally: tallyOf(weight(2, 200), weight(2, 200)) };
    expect(reckon(rule('owners'), half).outcome).toBe('failed');
    const threeQuarters = { electorate: all, present: all, tally: tallyOf(weight(3, 300), weight(1, 100)) };
    expect(reckon(rule('owners', 'three-quarters'), threeQuarters).outcome).toBe('passed');
  });

  it('decides nothing where there is nobody', () => {
    for (const one of rules) {
      const nobody = { electorate: NOTHING, present: NOTHING, tally: tallyOf(NOTHING) };
      expect(reckon(one, nobody).outcome).toBe('failed');
    }
  });

  it.each([
    ['more chose than are there', { electorate: weight(9), present: weight(3), tally: tallyOf(weight(4)) }],
    ['more are there than may be', { electorate: weight(2), present: weight(3), tally: tallyOf(weight(1)) }],
    ['fewer than none', { electorate: weight(9), present: weight(9), tally: tallyOf(weight(-1), weight(2)) }],
  ])('is refused when %s', (_what, count) => {
    expect(() => reckon(rule('courtyard-poll'), count)).toThrow(expect.objectContaining({ code: 'numbers_disagree' }));
  });

  it('adds up what it is given', () => expect(sum(weight(1, 2), weight(3, 4))).toEqual(weight(4, 6)));
});
