/**
 * Short ASCII texts (field names, states, codes) come back in every document: a small table hands out the same string
 * again instead of making a new one, which is both faster and lets `===` compare by identity.
 */
const SLOTS = 4096;
const table: string[] = new Array<string>(SLOTS).fill('');

/** The text of `bytes[start, end)`, all of it ASCII, whose rolling hash is `hash`. */
export function internedText(bytes: Buffer, start: number, end: number, hash: number): string {
  const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
  const known = table[slot] as string;
  const length = end - start;
  if (known.length === length) {
    let i = 0;
    while (i < length && known.charCodeAt(i) === bytes[start + i]) i++;
    if (i === length) return known;
  }
  const text = bytes.toString('latin1', start, end);
  table[slot] = text;
  return text;
}
