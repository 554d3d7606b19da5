/** From whole numbers to rows, in two flat arrays: looked into a hundred times a message, where a Map costs three times as much. */
export interface IntTable {
  keys: Int32Array;
  /** Of the key in the same place; -1 where there is none. */
  rows: Int32Array;
  mask: number;
}

/** A table of these rows by key; keys are 32-bit integers. */
export function intTable(entries: ReadonlyMap<string | number, number>): IntTable {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, entries.size * 2)));
  const table: IntTable = { keys: new Int32Array(size), rows: new Int32Array(size).fill(-1), mask: size - 1 };
  for (const [key, row] of entries) {
    let at = placeOf(Number(key), table.mask);
    while (table.rows[at] !== -1) at = (at + 1) & table.mask;
    table.keys[at] = Number(key);
    table.rows[at] = row;
  }
  return table;
}

/** The row of a key, or undefined. */
export function rowIn({ keys, rows, mask }: IntTable, key: number): number | undefined {
  const wanted = key | 0;
  for (let at = placeOf(key, mask); ; at = (at + 1) & mask) {
    const row = rows[at];
    if (row === undefined || row === -1) return undefined;
    if (keys[at] === wanted) return row;
  }
}

/** Fibonacci hashing: neighbours in Unicode do not crowd one place. */
const placeOf = (key: number, mask: number): number => (Math.imul(key, 0x9e37_79b1) >>> 7) & mask;
