import { LRUCache } from 'lru-cache';
import { oneFor } from '../../core/gather.ts';
import type { House } from '../../core/house.ts';
import { MINUTE } from '../../core/time.ts';
import { publicName } from './masking.ts';
import type { Person } from './model.ts';

const REMEMBERED_MS = 10 * MINUTE;
const MOST_COMMUNITIES = 200;
/** A single letter is part of too many words. */
const FEWEST_LETTERS = 2;

const remembered = oneFor(
  (house: House) =>
    new LRUCache<string, readonly string[]>({
      max: MOST_COMMUNITIES,
      ttl: REMEMBERED_MS,
      fetchMethod: (community) => namesIn(house, community),
    }),
);

/**
 * The names of those who live in an area that occur in a text, for whoever is to take them out of it. Not those of people on
 * public duty, which hang on the notice board. Whoever moved in within the last ten minutes may be missing.
 */
export async function neighboursNamedIn(house: House, area: string, text: string): Promise<string[]> {
  const names = (await remembered(house).fetch(area)) ?? [];
  return names.filter((name) => text.includes(name));
}

async function namesIn(house: House, area: string): Promise<readonly string[]> {
  const people = await house
    .model<Person>('people')
    .find({ areas: area, active: true })
    .select({ name: 1, roles: 1 })
    .lean<Pick<Person, 'name' | 'roles'>[]>();
  const names = people.filter((person) => publicName(person) !== person.name).map(({ name }) => name);
  return [...new Set(names)].filter((name) => [...name].length >= FEWEST_LETTERS);
}
