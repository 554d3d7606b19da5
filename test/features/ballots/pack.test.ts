import { describe, expect, it } from 'vitest';
import { PACKS, type Pack, packInForce, packSchema, ruleOf } from '../../../src/features/ballots/pack.ts';

const packOf = (code: string): Pack => {
  const found = PACKS.find((one) => one.code === code);
  if (!found) throw new Error(`no pack ${code}`);
  return found;
};

describe('the packs that are shipped', () => {
  it('are those for a residents’ meeting, for owners and for a courtyard', () => {
    expect(PACKS.map(({ code, verified }) => [code, verified])).toEqual([
      ['residents-meeting', false],
      ['owners', true],
      ['courtyard-poll', true],
    ]);
  });

  it('say where they come from, and what is to be checked where nobody has', () => {
    for (const pack of PACKS) expect(pack.source.text.length).toBeGreaterThan(10);
    expect(packOf('residents-meeting').note).toContain('2026年1月1日');
  });

  it('hold owners to two thirds of both, and to three quarters of both for the listed matters', () => {
    const owners = packOf('owners');
    const twoThirds = ['heads', 'area'].map((by) => ({ of: 'electorate', by, atLeast: { n: 2, d: 3 } }));
    const half = ['heads', 'area'].map((by) => ({ of: 'present', by, more: { n: 1, d: 2 } }));
    const threeQuarters = ['heads', 'area'].map((by) => ({ of: 'present', by, atLeast: { n: 3, d: 4 } }));
    expect(ruleOf(owners)).toMatchObject({ takePart: twoThirds, pass: half });
    expect(ruleOf(owners, 'three-quarters')).toMatchObject({ takePart: twoThirds, pass: threeQuarters });
    expect(ruleOf(owners, 'nothing')).toBeUndefined();
  });
});

describe('a pack', () => {
  const right = packOf('courtyard-poll');
  it.each<[string, object]>([
    ['more than all of them', { pass: [{ of: 'voting', by: 'heads', more: { n: 1, d: 1 } }] }],
    ['at least more than all of them', { pass: [{ of: 'voting', by: 'heads', atLeast: { n: 4, d: 3 } }] }],
    ['a share that is no whole number', { pass: [{ of: 'voting', by: 'heads', more: { n: 0.5, d: 1 } }] }],
    ['both kinds of share', { pass: [{ of: 'voting', by: 'heads', more: { n: 1, d: 2 }, atLeast: { n: 1, d: 2 } }] }],
    ['no way to pass', { pass: [] }],
    ['a quorum of those present', { takePart: [{ of: 'present', by: 'heads', more: { n: 1, d: 2 } }] }],
    ['area where households vote', { pass: [{ of: 'voting', by: 'area', more: { n: 1, d: 2 } }] }],
    ['a shortest time beyond the longest', { hours: { shortest: 2, longest: 1 } }],
    ['no word of what is to be checked', { verified: false }],
    ['a field nobody knows', { majority: 'simple' }],
    ['no such day', { effectiveFrom: '2026-02-30' }],
  ])('is refused with %s', (_what, bent) => {
    expect(packSchema.safeParse(right).success).toBe(true);
    expect(packSchema.safeParse({ ...right, ...bent }).success).toBe(false);
  });

  it('is in force from its day on, the latest that has begun', () => {
    const later = { ...right, version: 2, effectiveFrom: '2027-01-01' };
    const mended = { ...right, version: 3, effectiveFrom: '2027-01-01' };
    const all = [mended, right, later];
    expect(packInForce(all, right.code, '2025-12-31')).toBeUndefined();
    expect(packInForce(all, right.code, '2026-12-31')).toBe(right);
    expect(packInForce(all, right.code, '2027-01-01')).toBe(mended);
    expect(packInForce(all, 'unknown', '2027-01-01')).toBeUndefined();
  });
});
