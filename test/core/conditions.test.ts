import { mongoQueryMatcher } from '@casl/ability';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchConditions } from '../../src/core/conditions.ts';

const name = fc.constantFrom('a', 'b', 'c');
const plain = fc.constantFrom<string | number | boolean>('x', 'y', '', 0, 1, true, false);
const { document } = fc.letrec<{ document: Record<string, unknown>; value: unknown }>((tie) => ({
  document: fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  value: fc.oneof(
    { maxDepth: 4 },
    plain,
    fc.array(fc.oneof(plain, tie('document')), { maxLength: 3 }),
    tie('document'),
  ),
}));
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('.'));
const equalities = fc.dictionary(path, plain, { maxKeys: 2, noNullPrototype: true });

describe('conditions', () => {
  it('plain equality means what it means to CASL, whatever the document', () => {
    fc.assert(
      fc.property(equalities, document, (conditions, one) => {
        expect(matchConditions(conditions)(one)).toBe(mongoQueryMatcher(conditions)(one));
      }),
      { numRuns: 5_000 },
    );
  });

  it('everything else is left to CASL', () => {
    const match = (conditions: Parameters<typeof matchConditions>[0], one: object) => matchConditions(conditions)(one);
    expect(match({ role: { $in: ['worker'] } }, { role: 'worker' })).toBe(true);
    expect(match({ role: { $in: ['worker'] } }, { role: 'admin' })).toBe(false);
    expect(match({ 'list.0.id': 'x' }, { list: [{ id: 'x' }, { id: 'y' }] })).toBe(true);
    expect(match({ 'list.0.id': 'y' }, { list: [{ id: 'x' }, { id: 'y' }] })).toBe(false);
    expect(match({ gone: null } as never, {})).toBe(mongoQueryMatcher({ gone: null } as never)({}));
    // CASL's own would throw here.
    expect(match({ 'claimant.id': 'x' }, { claimant: null })).toBe(false);
  });
});
