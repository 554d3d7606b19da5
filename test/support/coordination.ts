import type { Coordination } from '../../src/core/coordination.ts';

/** Coordination of one process, just enough for tests, until storage/coordination.ts is there. */
export function localCoordination(): Coordination {
  const held = new Set<string>();
  const seen = new Map<string, number>();
  const taken = new Map<string, { count: number; until: number }>();
  const tokens = new Map<string, string>();
  const listeners = new Map<string, Set<(message: unknown) => void>>();
  return {
    async lock(name, _ttlMs, work) {
      if (held.has(name)) return undefined;
      held.add(name);
      try {
        return await work();
      } finally {
        held.delete(name);
      }
    },
    async take(key, points, seconds) {
      const now = performance.now();
      const known = taken.get(key);
      const window = known && known.until > now ? known : { count: 0, until: now + seconds * 1_000 };
      window.count += 1;
      taken.set(key, window);
      return {
        retryAfterMs: window.count > points ? window.until - now : 0,
        remaining: Math.max(0, points - window.count),
      };
    },
    async once(key, ttlMs) {
      const now = performance.now();
      if ((seen.get(key) ?? 0) > now) return false;
      seen.set(key, now + ttlMs);
      return true;
    },
    async forget(key) {
      seen.delete(key);
    },
    async publish(topic, message) {
      for (const listener of listeners.get(topic) ?? []) listener(message);
    },
    async subscribe(topic, listener) {
      const all = listeners.get(topic) ?? new Set();
      listeners.set(topic, all.add(listener));
      return async () => {
        all.delete(listener);
      };
    },
    async token(name, fetch) {
      const known = tokens.get(name) ?? (await fetch()).value;
      tokens.set(name, known);
      return known;
    },
    async dropToken(name) {
      tokens.delete(name);
    },
    healthy: async () => true,
    close: async () => listeners.clear(),
  };
}
