import { LRUCache } from 'lru-cache';
import type { House } from '../../core/house.ts';
import type { Gazetteer } from './grids/gazetteer.ts';
import type { Area } from './model.ts';

/** Spares most reads. A change empties it at once, here and (through coordination) in other processes; this is the backstop. */
const AREA_MS = 30_000;
const NAMES_MS = 600_000;

export const AREAS_TOPIC = 'areas';

/** An area as the gazetteer knows it. */
export type NamedArea = Pick<Area, '_id' | 'name' | 'level' | 'areas'>;

/** What one process remembers of a house's areas. */
export interface Memory {
  areas: LRUCache<string, Area>;
  /** All areas above the grids, for searching names. */
  names: LRUCache<'all', Promise<NamedArea[]>>;
  /** What lies in a community's grids, by `community@day`. */
  gazetteers: LRUCache<string, Promise<Gazetteer>>;
  /** Grows with every change, so that a read begun before a change never fills the memory after it. */
  generation: number;
}

const memories = new WeakMap<House, Memory>();

/** The memory of a house, begun (and told of changes elsewhere from then on) when it is first asked for. */
export function memoryOf(house: House): Memory {
  const known = memories.get(house);
  if (known) return known;
  const memory: Memory = {
    areas: new LRUCache({ max: 5_000, ttl: AREA_MS }),
    names: new LRUCache({ max: 1, ttl: NAMES_MS }),
    gazetteers: new LRUCache({ max: 500, ttl: NAMES_MS }),
    generation: 0,
  };
  memories.set(house, memory);
  house.coordination
    .subscribe(AREAS_TOPIC, () => forget(memory))
    .catch((error: unknown) => house.log.warn({ err: error }, 'areas: not told of changes elsewhere'));
  return memory;
}

function forget(memory: Memory): void {
  memory.generation += 1;
  memory.areas.clear();
  memory.names.clear();
  memory.gazetteers.clear();
}

/** Drops what is remembered of areas, in every process. Called after any change to them. */
export async function areasChanged(house: House): Promise<void> {
  forget(memoryOf(house));
  await house.coordination.publish(AREAS_TOPIC, {});
}
