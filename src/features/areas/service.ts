import { LRUCache } from 'lru-cache';
import { tooBusy } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { type Area, type ChatGroup, type Counter, DEFAULT_TARGETS, type Targets } from './model.ts';

/** Long enough to spare most reads; a change drops the entry at once, here and (through coordination) in other processes. */
const CACHE_MS = 30_000;

interface Cache {
  areas: LRUCache<string, Area>;
  /** Grows with every change, so that a read begun before a change never fills the cache after it. */
  generation: number;
}

const caches = new WeakMap<House, Cache>();

function cacheOf(house: House): Cache {
  const known = caches.get(house);
  if (known) return known;
  const cache: Cache = { areas: new LRUCache({ max: 5_000, ttl: CACHE_MS }), generation: 0 };
  caches.set(house, cache);
  house.coordination
    .subscribe(AREAS_TOPIC, () => forget(cache))
    .catch((error: unknown) => house.log.warn({ err: error }, 'areas: not told of changes elsewhere'));
  return cache;
}

const AREAS_TOPIC = 'areas';

function forget(cache: Cache): void {
  cache.generation += 1;
  cache.areas.clear();
}

/** Drops what is remembered of areas, in every process. Called after any change to them. */
export async function areasChanged(house: House): Promise<void> {
  forget(cacheOf(house));
  await house.coordination.publish(AREAS_TOPIC, {});
}

/** The area with this code, or `undefined`. Remembered for half a minute; do not change what is returned. */
export async function findArea(house: House, code: string): Promise<Area | undefined> {
  const cache = cacheOf(house);
  const known = cache.areas.get(code);
  if (known) return known;
  const { generation } = cache;
  const area = await house.model<Area>('areas').findById(code).lean<Area>();
  if (area && generation === cache.generation) cache.areas.set(code, area);
  return area ?? undefined;
}

/** The areas directly below one, in the order of their codes. */
export async function childrenOf(house: House, code: string): Promise<Area[]> {
  return house.model<Area>('areas').find({ parent: code }).sort({ _id: 1 }).lean<Area[]>();
}

/** The targets that hold in a place: each from the nearest area that sets it, from the grid upwards, else the default. */
export async function targetsFor(house: House, areas: readonly string[]): Promise<Targets> {
  const found = await Promise.all(areas.map((code) => findArea(house, code)));
  return Object.assign({}, DEFAULT_TARGETS, ...found.map((area) => area?.settings?.targets ?? {})) as Targets;
}

/** The next human number for a kind of thing in a community: 1, 2, 3 … never twice, however many ask at once. */
export async function nextNumber(house: House, kind: string, community: string): Promise<number> {
  const counters = house.model<Counter>('counters');
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      const counter = await counters
        .findOneAndUpdate(
          { _id: `${kind}:${community}` },
          { $inc: { last: 1 } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<Counter>();
      return counter.last;
    } catch (error) {
      // Two first numbers at once: one upsert loses on `_id` and simply counts on.
      if ((error as { code?: unknown }).code !== 11000) throw error;
    }
  }
  throw tooBusy();
}

/** The area a chat group is bound to, with the group's prefix. */
export async function areaOfGroup(
  house: House,
  puppet: string,
  room: string,
): Promise<{ area: Area; group: ChatGroup } | undefined> {
  const areas = await house.model<Area>('areas').find({ 'chatGroups.room': room }).lean<Area[]>();
  for (const area of areas) {
    const group = area.chatGroups?.find((one) => one.puppet === puppet && one.room === room);
    if (group) return { area, group };
  }
  return undefined;
}
