import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Figures, toldOf } from '../../../src/features/care/counts.ts';
import { COLOURS, FLAG_KINDS } from '../../../src/features/care/kinds.ts';

const figuresOf = ([red = 0, yellow = 0, green = 0]: readonly number[]): Figures => {
  const flags = Object.fromEntries(FLAG_KINDS.map((kind) => [kind, 0])) as Record<(typeof FLAG_KINDS)[number], number>;
  // Everybody lives alone, too: the flag says how many they are.
  return { ...flags, living_alone: red + yellow + green, total: red + yellow + green, red, yellow, green };
};
const sumOf = (all: readonly Figures[]): Figures =>
  all.reduce(
    (sum, one) =>
      Object.fromEntries(Object.entries(sum).map(([name, n]) => [name, n + one[name as keyof Figures]])) as Figures,
    figuresOf([]),
  );
const count = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 6, max: 30 }));
const areas = fc.array(fc.tuple(count, count, count), { minLength: 1, maxLength: 5 });

it('twelve that are four of each colour are not told to be twelve', () => {
  const [told] = toldOf([figuresOf([4, 4, 4])]);
  expect([...COLOURS, 'total' as const].map((column) => told?.[column])).toEqual([null, null, null, null]);
});

it('a total says nothing of a colour that is not told, in its area or above; small ones and wrong ones are never told', () => {
  fc.assert(
    fc.property(areas, (rows) => {
      const figures = rows.map(figuresOf);
      const [above] = toldOf([sumOf(figures)]);
      const all = toldOf(figures, above);
      for (const [at, own] of figures.entries()) {
        const told = all[at] ?? sumOf([]);
        const colours = COLOURS.map((colour) => told[colour]);
        for (const [nth, colour] of COLOURS.entries()) {
          if (own[colour] > 0 && own[colour] < 5) expect(colours[nth]).toBeNull();
          expect([null, own[colour]]).toContain(colours[nth]);
        }
        // Then it is no more than the sum of what stands beside it.
        if (told.total !== null) expect([own.total, ...colours]).not.toContain(null);
        // Everybody has a flag: they would say how many there are.
        else expect(FLAG_KINDS.filter((kind) => told[kind] !== null && above?.[kind] !== 0)).toEqual([]);
      }
    }),
  );
});
