import { necessaryIn } from './necessary.ts';

/**
 * Which of many patterns a text may match, found in one walk over its characters: most messages have nothing that most
 * patterns need, and trying each of them is then most of the work. What each needs is found out for the first text: a process
 * that understands none has no need to know.
 * @returns a function that gives the places of those patterns, in order
 */
export function sieveOf(patterns: readonly RegExp[]): (text: string) => readonly number[] {
  let sieve: ((text: string) => readonly number[]) | undefined;
  return (text) => {
    sieve ??= built(patterns);
    return sieve(text);
  };
}

function built(patterns: readonly RegExp[]): (text: string) => readonly number[] {
  const width = Math.ceil(patterns.length / 32);
  const always = new Int32Array(width);
  /** The patterns that a character is needed by, a bit each. */
  const neededBy = new Map<number, Int32Array>();
  patterns.forEach((pattern, place) => {
    const needed = necessaryIn(pattern);
    if (needed === undefined) mark(always, place);
    for (const character of needed ?? []) {
      const code = character.charCodeAt(0);
      const bits = neededBy.get(code) ?? new Int32Array(width);
      neededBy.set(code, bits);
      mark(bits, place);
    }
  });
  // For each character there is, which row of the bits is its own: the first, which is empty, for nearly all.
  const rowOf = new Uint16Array(0x1_00_00);
  const rows = new Int32Array((neededBy.size + 1) * width);
  [...neededBy].forEach(([code, bits], at) => {
    rowOf[code] = (at + 1) * width;
    rows.set(bits, (at + 1) * width);
  });
  const met = new Int32Array(width);
  return (text) => {
    met.set(always);
    for (let at = 0; at < text.length; at += 1) {
      const row = rowOf[text.charCodeAt(at)] ?? 0;
      if (row === 0) continue;
      for (let word = 0; word < width; word += 1) met[word] = (met[word] ?? 0) | (rows[row + word] ?? 0);
    }
    return placesIn(met);
  };
}

function mark(bits: Int32Array, place: number): void {
  bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31));
}

const NONE: readonly number[] = [];

function placesIn(bits: Int32Array): readonly number[] {
  let places: number[] | undefined;
  for (let word = 0; word < bits.length; word += 1) {
    for (let left = bits[word] ?? 0; left !== 0; left &= left - 1) {
      places ??= [];
      places.push(word * 32 + 31 - Math.clz32(left & -left));
    }
  }
  return places ?? NONE;
}
