import { literal } from '../../../core/literal.ts';
import { NUMERAL, readNumeral } from '../../../core/numerals.ts';
import { normalise } from '../../../core/text.ts';
import type { Place } from './model.ts';

/** A place and the grid it lies in. */
export interface PlaceInGrid extends Place {
  grid: string;
  gridName: string;
}

/** A place as it is looked for. */
export interface KnownPlace extends PlaceInGrid {
  /** The name without what people leave away: 上海城 of 上海城三期, 幸福里 of 幸福里小区. */
  stem: string;
  phase?: number;
  street: boolean;
  /** The numbers of its buildings, where the register has them. */
  numbers?: ReadonlySet<string>;
  holds(building: string): boolean;
}

/** The places of a community's grids, made ready to be found in what people write. */
export interface Gazetteer {
  places: readonly KnownPlace[];
  /** Finds the name of any of them, the longest first: groups `stem` and `phase`. Nothing when there is no place. */
  names?: RegExp;
}

const PHASE = /(?<phase>\d{1,2}|[一二三四五六七八九十]{1,3})期$/u;
const KIND = /(?:小区|家属院|家属区|住宅区)$/u;
const SHORTEST_STEM = 3;
const STREET = /[路街巷弄]$|大道$/u;
const RANGE = new RegExp(`^(?<first>${NUMERAL}|[A-Z])(?:[-~至到](?<last>${NUMERAL}|[A-Z]))?$`, 'u');

/** Makes places ready to be found. Pure. */
export function gazetteerOf(places: readonly PlaceInGrid[]): Gazetteer {
  const known = places.map(knownOf).filter(({ stem }) => stem.length > 1);
  if (known.length === 0) return { places: [] };
  const stems = [...new Set(known.map(({ stem }) => stem))].sort((a, b) => b.length - a.length);
  const names = new RegExp(
    `(?<stem>${stems.map(literal).join('|')})(?!社区|街道|派出所)(?:小区|家属院|家属区|住宅区)?` +
      `(?:第?(?<phase>\\d{1,2}|[一二三四五六七八九十]{1,3})期)?`,
    'gu',
  );
  return { places: known, names };
}

function knownOf(place: PlaceInGrid): KnownPlace {
  const name = normalise(place.estate);
  const phase = PHASE.exec(name)?.groups?.phase;
  const whole = name.replace(PHASE, '');
  const short = whole.replace(KIND, '');
  // 铁路 alone is a railway as often as 铁路家属院.
  const stem = short.length >= SHORTEST_STEM ? short : whole;
  const number = phase === undefined ? undefined : readNumeral(phase);
  const buildings =
    place.buildings && place.buildings.length > 0 ? new Set(place.buildings.flatMap(numbersIn)) : undefined;
  return {
    ...place,
    estate: name,
    stem,
    ...(number === undefined ? {} : { phase: number }),
    street: STREET.test(stem),
    ...(buildings && { numbers: buildings }),
    holds: (building) => buildings?.has(building) ?? true,
  };
}

/** No estate has more; a range beyond it is a slip. */
const MOST_NUMBERS = 2_000;

/** 3-6 is 3, 4, 5 and 6; A-C is A, B and C; what is neither a number, a letter nor a range stands for nothing. */
export function numbersIn(written: string): string[] {
  const match = RANGE.exec(
    normalise(written)
      .toUpperCase()
      .replace(/[号栋幢座楼#\s]/gu, ''),
  )?.groups;
  const first = numberIn(match?.first ?? '');
  if (match === undefined || first === undefined) return [];
  if (match.last === undefined) return [first];
  const last = numberIn(match.last);
  if (last === undefined || isLetter(first) !== isLetter(last)) return [];
  if (isLetter(first)) return spread(first.charCodeAt(0), last.charCodeAt(0)).map((code) => String.fromCharCode(code));
  return spread(Number(first), Number(last)).map(String);
}

/** A building's number in one script: 3 of 三, A of a. */
export function numberIn(written: string): string | undefined {
  if (isLetter(written)) return written.toUpperCase();
  return readNumeral(written)?.toString();
}

const isLetter = (text: string): boolean => /^[A-Za-z]$/u.test(text);

function spread(first: number, last: number): number[] {
  if (last < first || last - first >= MOST_NUMBERS) return [];
  return Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
}
