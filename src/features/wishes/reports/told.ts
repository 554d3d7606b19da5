import { type Counted, suppressBelow, type ToldOf } from '../../../core/suppress.ts';
import type { Day } from '../../../core/time.ts';
import { type Column, columnsOf, MEASURES, type Measure, type Sums, WEEKLY } from './sums.ts';

/** `null`: a number that is not told, since it is small or would give a small one away. */
export type Numbers = Record<Measure, number | null> & {
  /** Of those closed, how many in a hundred were in time; `null` when too few were closed, or it is not told how many. */
  onTimePercent: number | null;
  /** Of 1 to 5, one decimal; `null` when too few were rated to say, or it is not told how many there are. */
  averageScore: number | null;
};

type Parts = readonly (number | null)[];

/**
 * What is told to who may only count of areas that lie side by side, below what is told of the one above. Of the weeks of an
 * area all are told or none: they add up to what was posted in them, and where that is known to be nothing they are. Pure.
 * @param weeks the Mondays of the weeks reported on
 */
export const toldBeside =
  (weeks: readonly Day[]) =>
  (areas: readonly Counted<Column>[], above?: ToldOf<Column>): ToldOf<Column>[] => {
    const told = new Map<Column, Parts>(
      MEASURES.map((measure) => [measure, suppressBelow(countsOf(areas, measure), above?.[measure])]),
    );
    for (const kind of WEEKLY) {
      const empty = areas.map((_area, at) => kind === 'posted' && told.get('posted')?.[at] === 0);
      const others = areas.filter((_area, at) => !empty[at]);
      for (const [column, parts] of wholeRows(others, columnsOf(kind, weeks), above)) {
        const rest = [...parts];
        told.set(
          column,
          empty.map((none) => (none ? 0 : (rest.shift() ?? null))),
        );
      }
    }
    return areas.map(
      (_area, at) =>
        Object.fromEntries([...told].map(([column, parts]) => [column, parts[at] ?? null])) as ToldOf<Column>,
    );
  };

const countsOf = (areas: readonly Counted<Column>[], column: Column): number[] => areas.map((one) => one[column] ?? 0);

/** What is told of columns of which an area that is not told one is told none. */
function wholeRows(
  areas: readonly Counted<Column>[],
  columns: readonly Column[],
  above: ToldOf<Column> | undefined,
): [Column, Parts][] {
  for (let blind: ReadonlySet<number> = new Set(); ; ) {
    const told = columns.map((column): [Column, Parts] => [
      column,
      suppressBelow(countsOf(areas, column), above?.[column], blind),
    ]);
    const hidden = new Set(areas.flatMap((_area, at) => (told.some(([, parts]) => parts[at] === null) ? [at] : [])));
    if (hidden.size === blind.size) return told;
    blind = hidden;
  }
}

/** Pure. @param told what is told of the exact sums @param fewest so many at least a rate is of */
export function numbersOf(told: ToldOf<Column>, { rated, scores }: Sums, fewest: number): Numbers {
  const { posted, closed, onTime } = told;
  // Of numbers that are not told it would say that they are no small ones.
  const isScored = posted !== null && closed !== null && rated >= fewest;
  return {
    ...(Object.fromEntries(MEASURES.map((measure) => [measure, told[measure]])) as Record<Measure, number | null>),
    // Of one that is not told it would say how many it is.
    onTimePercent: closed !== null && onTime !== null && closed >= fewest ? Math.round((100 * onTime) / closed) : null,
    averageScore: isScored ? Math.round((10 * scores) / rated) / 10 : null,
  };
}
