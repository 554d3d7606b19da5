import fc from 'fast-check';
import { expect, test } from 'vitest';
import { communityOf, gridOf, levelOf, lineage, parentOf, streetOf } from '../../../src/features/areas/index.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const code = fc
  .record({
    city: digits(4),
    county: digits(2),
    street: digits(3),
    community: digits(3),
    grid: digits(2),
    depth: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ city, county, street, community, grid, depth }) =>
    [city, county, street, community, `G${grid}`].slice(0, depth).join(''),
  );

test('a code tells its level and everything above it', () => {
  expect(lineage('520201011001G07')).toEqual(['5202', '520201', '520201011', '520201011001', '520201011001G07']);
  expect(levelOf('520201011001G07')).toBe('grid');
  expect(levelOf('520201011001')).toBe('community');
  expect(levelOf('520201011')).toBe('street');
  expect(levelOf('520201')).toBe('county');
  expect(levelOf('5202')).toBe('city');
  expect(parentOf('5202')).toBeNull();
  expect(parentOf('520201011001G07')).toBe('520201011001');
});

test.each([
  '',
  '520',
  '52020',
  '5202010',
  '520201011001G',
  '520201011001G1',
  '520201011001g01',
  'G01',
  '5202 01',
  '５２０２',
  '5202\n',
])('%j is no code', (text) => {
  expect(levelOf(text)).toBeUndefined();
  expect(lineage(text)).toEqual([]);
});

test('each code of a lineage is the parent of the next, and they end with the code itself', () => {
  fc.assert(
    fc.property(code, (one) => {
      const all = lineage(one);
      expect(all.at(-1)).toBe(one);
      expect(all.map(parentOf)).toEqual([null, ...all.slice(0, -1)]);
      expect(gridOf(all)).toBe(levelOf(one) === 'grid' ? one : undefined);
      expect(communityOf(all)).toBe(all[3]);
      expect(streetOf(all)).toBe(all[2]);
    }),
  );
});
