/** A listener of one topic, as `Coordination.subscribe` takes it. */
export type Listener = (message: unknown) => void;

/** Who listens to what in this process. */
export interface Topics {
  /** True when this is the topic's first listener. */
  add(topic: string, listener: Listener): boolean;
  /** True when nobody is left on the topic. */
  remove(topic: string, listener: Listener): boolean;
  /** Hands a message, as JSON text, to every listener; each gets a copy of its own. */
  deliver(topic: string, text: string): void;
  has(topic: string): boolean;
  names(): string[];
  clear(): void;
}

/** @param onTrouble told of a listener that threw; the others still hear the message */
export function listenersByTopic(onTrouble: (error: Error) => void): Topics {
  const topics = new Map<string, Set<Listener>>();
  return {
    add(topic, listener) {
      const listeners = topics.get(topic);
      if (listeners) listeners.add(listener);
      else topics.set(topic, new Set([listener]));
      return listeners === undefined;
    },
    remove(topic, listener) {
      const listeners = topics.get(topic);
      if (!listeners?.delete(listener) || listeners.size > 0) return false;
      return topics.delete(topic);
    },
    deliver(topic, text) {
      for (const listener of [...(topics.get(topic) ?? [])]) {
        try {
          listener(JSON.parse(text));
        } catch (error) {
          onTrouble(error instanceof Error ? error : new Error(String(error)));
        }
      }
    },
    has: (topic) => topics.has(topic),
    names: () => [...topics.keys()],
    clear: () => topics.clear(),
  };
}
