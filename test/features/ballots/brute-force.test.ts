/**
 * The arithmetic against a counting that shares nothing with it: every way a small electorate can behave is gone through, and
 * shares are compared by adding up, as one would with matches on a table.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CHOICES, type Count, reckon } from '../../../src/features/ballots/arithmetic.ts';
import { type BallotRule, PACKS, ruleOf, type Threshold } from '../../../src/features/ballots/pack.ts';

const DEEDS = [...CHOICES, 'silent', 'absent'] as const;
type Deed = (typeof DEEDS)[number];
interface Voter {
  area: number;
  did: Deed;
}

/** Every assignment of what one may do to these electors. */
function* everyWay(areas: readonly number[]): Generator<Voter[]> {
  const [area, ...rest] = areas;
  if (area === undefined) return yield [];
  for (const others of everyWay(rest)) for (const did of DEEDS) yield [{ area, did }, ...others];
}

function added(times: number, what: number): number {
  let total = 0;
  for (let n = 0; n < times; n += 1) total += what;
  return total;
}

function enough(one: Threshold, some: number, all: number): boolean {
  if (some === 0) return false;
  if ('more' in one) return added(one.more.d, some) > added(one.more.n, all);
  return added(one.atLeast.d, some) >= added(one.atLeast.n, all);
}

function fewest(one: Threshold, all: number): number {
  let some = 1;
  while (!enough(one, some, all)) some += 1;
  return some;
}

const measure = (voters: readonly Voter[], by: Threshold['by']): number =>
  voters.reduce((total, { area }) => total + (by === 'heads' ? 1 : area), 0);

/** Outcome, and of each threshold `needed actual met`. */
function byMatches(rule: BallotRule, voters: readonly Voter[]): string {
  const who = (...deeds: Deed[]) => voters.filter(({ did }) => deeds.includes(did));
  const there = who('for', 'against', 'abstain', 'silent');
  const groups = { electorate: voters, present: there, voting: who('for', 'against') };
  const line = (one: Threshold, some: readonly Voter[]): [string, boolean] => {
    const [actual, base] = [measure(some, one.by), measure(groups[one.of], one.by)];
    const met = enough(one, actual, base);
    return [`${fewest(one, base)} ${actual} ${met}`, met];
  };
  const came = rule.takePart.map((one) => line(one, there));
  const said = rule.pass.map((one) => line(one, who('for')));
  const quorate = came.every(([, met]) => met);
  const even = rule.pass.every(({ by }) => measure(who('for'), by) === measure(who('against'), by));
  let outcome = 'failed';
  if (quorate && said.every(([, met]) => met)) outcome = 'passed';
  else if (rule.tie === 'again' && quorate && even && who('for').length > 0) outcome = 'tie';
  return [outcome, ...[...came, ...said].map(([text]) => text)].join(', ');
}

function byTheHouse(rule: BallotRule, voters: readonly Voter[]): string {
  const of = (...deeds: Deed[]) => {
    const some = voters.filter(({ did }) => deeds.includes(did));
    return { heads: BigInt(some.length), area: BigInt(measure(some, 'area')) };
  };
  const count: Count = {
    electorate: of(...DEEDS),
    present: of('for', 'against', 'abstain', 'silent'),
    tally: { for: of('for'), against: of('against'), abstain: of('abstain') },
  };
  const { outcome, takePart, pass } = reckon(rule, count);
  return [outcome, ...[...takePart, ...pass].map(({ needed, actual, met }) => `${needed} ${actual} ${met}`)].join(', ');
}

/** Where the two differ, and every outcome there was. */
function compared(rule: BallotRule, areas: readonly number[], seen = new Set<string>()) {
  const wrong: string[] = [];
  for (const voters of everyWay(areas)) {
    const [mine, theirs] = [byMatches(rule, voters), byTheHouse(rule, voters)];
    seen.add(mine.split(',')[0] ?? '');
    if (mine !== theirs) wrong.push(`${JSON.stringify(voters)}: ${mine} and not ${theirs}`);
  }
  return { wrong: wrong.slice(0, 3), seen };
}

const shipped = PACKS.flatMap((pack) =>
  [undefined, ...pack.variants.map(({ code }) => code)].map((variant) => {
    const rule = ruleOf(pack, variant);
    if (!rule) throw new Error(`no variant ${variant}`);
    return { name: `${pack.code} ${variant ?? ''}`, rule };
  }),
);
/** Electorates of none to six. */
const ELECTORATES = [[], [3], [1, 2], [5, 2, 2], [1, 1, 1, 1], [4, 3, 2, 1, 1], [1, 2, 3, 4, 5, 6]];

it.each(shipped)('$name comes to the same, whatever up to six electors do', ({ rule }) => {
  const seen = new Set<string>();
  for (const areas of ELECTORATES) expect(compared(rule, areas, seen).wrong).toEqual([]);
  expect(seen).toContain('passed');
  expect(seen).toContain('failed');
  expect(seen.has('tie')).toBe(rule.tie === 'again');
});

const share = fc
  .record({ n: fc.integer({ min: 1, max: 12 }), d: fc.integer({ min: 1, max: 12 }) })
  .filter(({ n, d }) => n < d || (n === d && d > 1));
const threshold = (of: fc.Arbitrary<Threshold['of']>): fc.Arbitrary<Threshold> =>
  fc
    .record({ of, by: fc.constantFrom('heads' as const, 'area' as const), share, more: fc.boolean() })
    .map(({ share: { n, d }, more, ...base }) =>
      more && n < d ? { ...base, more: { n, d } } : { ...base, atLeast: { n, d } },
    );
const anyRule: fc.Arbitrary<BallotRule> = fc.record({
  electorate: fc.constant('owner' as const),
  present: fc.constantFrom('attending' as const, 'voting' as const),
  takePart: fc.array(threshold(fc.constant('electorate' as const)), { maxLength: 2 }),
  pass: fc.array(threshold(fc.constantFrom('electorate' as const, 'present' as const, 'voting' as const)), {
    minLength: 1,
    maxLength: 2,
  }),
  tie: fc.constantFrom('fails' as const, 'again' as const),
});

it('any other rule comes to the same, whatever up to four electors do', () => {
  const areas = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 });
  fc.assert(
    fc.property(anyRule, areas, (rule, one) => {
      expect(compared(rule, one).wrong).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
