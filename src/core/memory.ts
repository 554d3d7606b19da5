import { LRUCache } from 'lru-cache';
import { oneFor } from './gather.ts';
import type { House } from './house.ts';
import { MINUTE } from './time.ts';

/** So many are not counted anew for everybody who looks at some corner of where they are. */
const MANY = 2_000;
const FRESH_MS = 5 * MINUTE;
const MOST_KEPT = 100;

/**
 * Makes something that counts, or says what it counted under the same name up to five minutes ago where that was many. Few
 * are always counted anew.
 * @param sizeOf how many there were in what was counted
 */
export function memoryOfMany<T extends object>(
  sizeOf: (found: T) => number,
): (house: House, name: string, count: () => Promise<T>) => Promise<T> {
  const memories = oneFor((_house: House) => new LRUCache<string, T>({ max: MOST_KEPT, ttl: FRESH_MS }));
  return async (house, name, count) => {
    const known = memories(house).get(name);
    if (known) return known;
    const found = await count();
    if (sizeOf(found) >= MANY) memories(house).set(name, found);
    return found;
  };
}
