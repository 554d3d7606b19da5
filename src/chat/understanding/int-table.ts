/**
 * From whole numbers to spans, in one flat array: key, start and end side by side. It is looked into two hundred times a
 * message, and each look costs one line of memory where a Map and an array of starts cost three or four.
 */
export interface IntTable {
  slots: Int32Array;
  mask: number;
}

/** What a place holds: its key, where the span starts (-1: nothing there) and where it ends; the fourth keeps them in line. */
const WIDTH = 4;

/** A table of these spans by key; keys are 32-bit integers. */
export function intTable(spans: Iterable<readonly [key: number, start: number, end: number]>): IntTable {
  const all = [...spans];
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, all.length * 2)));
  const slots = new Int32Array(size * WIDTH).fill(-1);
  const mask = size - 1;
  for (const [key, start, end] of all) {
    let place = placeOf(key, mask);
    while (slots[place * WIDTH + 1] !== -1) place = (place + 1) & mask;
    slots.set([key, start, end], place * WIDTH);
  }
  return { slots, mask };
}

/** Where a key's entry stands in `slots`; -1 when there is none. Its span is in the next two. */
export function slotOf({ slots, mask }: IntTable, key: number): number {
  const wanted = key | 0;
  for (let at = placeOf(key, mask) * WIDTH; ; at = (at + WIDTH) & (mask * WIDTH)) {
    if (slots[at + 1] === -1) return -1;
    if (slots[at] === wanted) return at;
  }
}

/** Fibonacci hashing: neighbours in Unicode do not crowd one place. */
const placeOf = (key: number, mask: number): number => (Math.imul(key, 0x9e37_79b1) >>> 7) & mask;
