/** Rounding to preferred numbers: Renard's series, the E series of IEC 60063, 1-2-5, and powers of two. */
import { refusal } from '../values/errors.ts';
import { asNumber, doubleOf } from '../values/numbers.ts';
import { typeName } from '../values/types.ts';

/** Rounds numbers that are not negative; always to another than themselves, except zero. */
export interface Rounding {
  up(value: unknown): unknown;
  down(value: unknown): unknown;
}

const R20 = [100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710, 800, 900];
/** What MongoDB knows of the finer series of Renard: of R40 all but 335, of R80 what R40 has not. */
const R40_ONLY = [106, 118, 132, 150, 170, 190, 212, 236, 265, 300, 375, 425, 475, 530, 600, 670, 750, 850, 950];
const R80 = [
  103, 109, 115, 122, 128, 136, 145, 155, 165, 175, 185, 195, 206, 218, 230, 243, 258, 272, 290, 307, 325, 345, 365,
  387, 412, 437, 462, 487, 515, 545, 575, 615, 650, 690, 730, 775, 825, 875, 925, 975,
];
const E24 = [10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91];

const every = (series: readonly number[], step: number) => series.filter((_, i) => i % step === 0);
/** The finer E series are the powers of a root of ten in three digits; 920 is the one exception of the standard. */
const fine = (count: number) =>
  Array.from({ length: count }, (_, i) => Math.round(10 ** (i / count) * 100)).map((one) => (one === 919 ? 920 : one));

const SERIES: ReadonlyMap<string, readonly number[]> = new Map([
  ['R5', [10, 16, 25, 40, 63]],
  ['R10', every(R20, 2)],
  ['R20', R20],
  ['R40', [...R20, ...R40_ONLY].sort((a, b) => a - b)],
  ['R80', R80],
  ['1-2-5', [10, 20, 50]],
  ['E6', every(E24, 4)],
  ['E12', every(E24, 2)],
  ['E24', E24],
  ['E48', fine(48)],
  ['E96', fine(96)],
  ['E192', fine(192)],
]);

/** The rounding of that name. @throws CommandError 40261 for no text, 40257 for an unknown one */
export function roundingOf(granularity: unknown): Rounding {
  if (typeof granularity !== 'string')
    throw refusal(
      40261,
      `The $bucketAuto 'granularity' field must be a string, but found type: ${typeName(granularity)}`,
    );
  const series = SERIES.get(granularity);
  const step = granularity === 'POWERSOF2' ? powerOfTwo : series === undefined ? undefined : preferred(series);
  if (step === undefined) throw refusal(40257, `Unknown rounding granularity '${granularity}'`);
  const rounded = (value: unknown, up: boolean) => {
    const number = asNumber(value) as number;
    return number === 0 || !Number.isFinite(number) ? value : doubleOf(step(number, up));
  };
  return { up: (value) => rounded(value, true), down: (value) => rounded(value, false) };
}

function powerOfTwo(number: number, up: boolean): number {
  const power = Math.floor(Math.log2(number));
  if (up) return 2 ** (power + 1);
  return 2 ** (2 ** power === number ? power - 1 : power);
}

/** The next number of a series, above or below, whatever its power of ten. */
const preferred = (series: readonly number[]) => {
  const first = series[0] as number;
  return (number: number, up: boolean): number => {
    const power = Math.floor(Math.log10(number / first));
    // One power more on either side, as a logarithm may be off by a little.
    const near = [power - 1, power, power + 1, power + 2].flatMap((exponent) =>
      series.map((one) => scaled(one, exponent)),
    );
    return up ? (near.find((one) => one > number) as number) : (near.findLast((one) => one < number) as number);
  };
};

const scaled = (number: number, power: number) => (power < 0 ? number / 10 ** -power : number * 10 ** power);
