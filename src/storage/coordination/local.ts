import type { Coordination } from '../../core/coordination.ts';
import { Expiring } from './expiring.ts';
import { listenersByTopic } from './topics.ts';

/** Coordination within one process. A lock's holder cannot die without the process, so locks need no time limit. */
export function localCoordination(onTrouble: (error: Error) => void = () => undefined): Coordination {
  const held = new Set<string>();
  const seen = new Expiring<true>();
  const windows = new Expiring<{ taken: number; endsAt: number }>();
  const tokens = new Expiring<string>();
  const fetching = new Map<string, Promise<string>>();
  const topics = listenersByTopic(onTrouble);

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
      const window = windows.get(key) ?? { taken: 0, endsAt: now + seconds * 1_000 };
      if (window.taken === 0) windows.set(key, window, seconds * 1_000);
      window.taken += 1;
      const over = window.taken > points;
      return {
        retryAfterMs: over ? Math.max(1, Math.ceil(window.endsAt - now)) : 0,
        remaining: Math.max(0, points - window.taken),
      };
    },
    async once(key, ttlMs) {
      if (seen.get(key)) return false;
      seen.set(key, true, ttlMs);
      return true;
    },
    async forget(key) {
      seen.delete(key);
    },
    async publish(topic, message) {
      if (!topics.has(topic)) return;
      // As from another process: by value, and never inside the publisher's own call.
      const text = JSON.stringify(message);
      queueMicrotask(() => topics.deliver(topic, text));
    },
    async subscribe(topic, listener) {
      topics.add(topic, listener);
      return async () => void topics.remove(topic, listener);
    },
    async token(name, fetch) {
      const kept = tokens.get(name);
      if (kept !== undefined) return kept;
      const underWay = fetching.get(name);
      if (underWay) return underWay;
      const asked = fetch()
        .then(({ value, ttlMs }) => {
          tokens.set(name, value, ttlMs);
          return value;
        })
        .finally(() => fetching.delete(name));
      fetching.set(name, asked);
      return asked;
    },
    async dropToken(name) {
      tokens.delete(name);
    },
    healthy: async () => true,
    async close() {
      topics.clear();
    },
  };
}
