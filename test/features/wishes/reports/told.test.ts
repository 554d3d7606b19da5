/** What is told of wishes to who may only count: whoever knows the very rule and tries every filling finds nothing hidden. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEWEST, type ToldOf } from '../../../../src/core/suppress.ts';
import { added, allColumns, type Column, nothing, type Sums } from '../../../../src/features/wishes/reports/sums.ts';
import { numbersOf, toldBeside } from '../../../../src/features/wishes/reports/told.ts';

const WEEKS = ['2026-03-02', '2026-03-09'];
const COLUMNS = allColumns(WEEKS);
const tell = toldBeside(WEEKS);

/** An area in which so many were posted in each week. */
const postedIn = (...counts: readonly number[]): Sums => {
  const weeks = Object.fromEntries(WEEKS.map((week, at) => [`posted ${week}`, counts[at] ?? 0]));
  return { ...nothing(WEEKS), ...weeks, posted: counts.reduce((all, one) => all + one, 0) } as Sums;
};
const sumOf = (areas: readonly Sums[]) => areas.reduce(added, nothing(WEEKS));

/** What is told of a whole and of its parts, as they come from the reports on each. */
function toldOfAll(parts: readonly Sums[]): ToldOf<Column>[] {
  const [whole] = tell([sumOf(parts)]);
  return whole ? [whole, ...tell(parts, whole)] : [];
}

function* fillings(cells: number, most: number): Generator<number[]> {
  if (cells === 0) return yield [];
  for (const rest of fillings(cells - 1, most)) for (let count = 0; count <= most; count += 1) yield [count, ...rest];
}

const SHOWN: readonly Column[] = ['posted', 'posted 2026-03-02', 'posted 2026-03-09'];

/** Those that are shown alike must leave each hidden number open. */
function known(areas: number, most: number): string[] {
  const alike = new Map<string, Set<number>[]>();
  for (const filling of fillings(areas * 2, most)) {
    // Of what a whole is told of, every way to fill it.
    if ([0, 1].some((week) => filling.reduce((all, one, at) => (at % 2 === week ? all + one : all), 0) > most))
      continue;
    const parts = Array.from({ length: areas }, (_, at) => postedIn(filling[2 * at] ?? 0, filling[2 * at + 1] ?? 0));
    const exact: number[] = [sumOf(parts), ...parts].flatMap((one) => SHOWN.map((column) => one[column] ?? 0));
    const shown = toldOfAll(parts).flatMap((one) => SHOWN.map((column) => one[column] ?? null));
    const key = JSON.stringify(shown);
    const seen = alike.get(key) ?? exact.map(() => new Set<number>());
    for (const [at, count] of exact.entries()) seen[at]?.add(count);
    alike.set(key, seen);
  }
  expect(alike.size).toBeGreaterThan(1);
  return [...alike].flatMap(([key, seen]) =>
    (JSON.parse(key) as (number | null)[]).flatMap((told, at) =>
      told === null && seen[at]?.size === 1 ? [`${key}: ${at} is ${[...(seen[at] ?? [])].join()}`] : [],
    ),
  );
}

describe('what is told of areas side by side', () => {
  it('lets nobody reckon a week that is hidden, from the weeks beside it or the areas above and beside', () => {
    expect(known(2, 14)).toEqual([]);
    expect(known(3, 8)).toEqual([]);
  });

  const sums = fc
    .array(fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 60 })), { minLength: COLUMNS.length, maxLength: COLUMNS.length })
    .map((counts) => {
      const drawn = Object.fromEntries(COLUMNS.map((column, at) => [column, counts[at] ?? 0]));
      return added({ ...nothing(WEEKS), ...drawn, posted: 0 } as Sums, {
        ...nothing(WEEKS),
        posted: WEEKS.reduce((all, week) => all + (drawn[`posted ${week}`] ?? 0), 0),
      });
    });

  it('is never small, never wrong, and nothing of what is not told above', () => {
    fc.assert(
      fc.property(fc.array(sums, { minLength: 1, maxLength: 6 }), (parts) => {
        const [whole, ...told] = toldOfAll(parts);
        for (const column of COLUMNS) {
          for (const [at, one] of told.entries()) {
            const count = one[column] ?? null;
            if (count === null) continue;
            expect(count).toBe(parts[at]?.[column]);
            expect(count === 0 || count >= FEWEST).toBe(true);
            // Of an area of which it is told that nothing was posted, it is no news that nothing was in a week.
            const known = column.startsWith('posted ') && one.posted === 0;
            if (!known) expect(whole?.[column]).not.toBeNull();
          }
          const hidden = told.filter((one) => (one[column] ?? null) === null).length;
          if ((whole?.[column] ?? null) !== null) expect([column, hidden]).not.toEqual([column, 1]);
        }
      }),
    );
  });

  it('has a score only where it is told how many there are: a score is of no small number', () => {
    const scored = fc.tuple(sums, fc.nat({ max: 60 })).map(([one, most]) => {
      const rated = Math.min(most, one.closed);
      return { ...one, closed: Math.min(one.closed, one.posted), rated, scores: 4 * rated };
    });
    const scores = (parts: readonly Sums[]) =>
      toldOfAll(parts)
        .slice(1)
        .map((told, at) => numbersOf(told, parts[at] ?? nothing(WEEKS), FEWEST));
    fc.assert(
      fc.property(fc.array(scored, { minLength: 1, maxLength: 6 }), (parts) => {
        for (const [at, { posted, closed, averageScore }] of scores(parts).entries()) {
          const isTold = posted !== null && closed !== null && (parts[at]?.rated ?? 0) >= FEWEST;
          expect(averageScore).toBe(isTold ? 4 : null);
        }
      }),
    );
    const all = [7, 2, 50].map((count) => ({ ...postedIn(count), closed: count, rated: count, scores: 4 * count }));
    expect(scores(all).map(({ averageScore }) => averageScore)).toEqual([null, null, 4]);
    const closed = [7, 2, 50].map((count) => ({ ...postedIn(60), closed: count, rated: count, scores: 4 * count }));
    expect(scores(closed).map(({ averageScore }) => averageScore)).toEqual([null, null, 4]);
  });

  it('is the same in whatever order they stand', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 40 }), { minLength: 2, maxLength: 5 }), fc.nat(), (counts, turn) => {
        const parts = counts.map((count) => postedIn(count, 41 - count));
        const by = turn % parts.length;
        const turned = [...parts.slice(by), ...parts.slice(0, by)];
        const back = tell(turned, toldOfAll(parts)[0]);
        expect([...back.slice(parts.length - by), ...back.slice(0, parts.length - by)]).toEqual(
          tell(parts, toldOfAll(parts)[0]),
        );
      }),
    );
  });
});
