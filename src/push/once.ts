import type { OutboxEntry } from '../core/lifecycle.ts';

/** Unique for ever: what a person is told of, and the person. */
export const deliveryKey = ({ key, event = key }: OutboxEntry, person: string): string => `${event}:${person}`;

/**
 * Who hears which entry: one move tells a person once, in the words of the first entry meant for them, though several
 * reach them by name and by the posts they hold. Pure.
 */
export function onceEach<T extends { entry: OutboxEntry; people: readonly string[] }>(
  told: readonly T[],
): { telling: T; person: string; key: string }[] {
  const first = new Map<string, { telling: T; person: string; key: string }>();
  for (const telling of told) {
    for (const person of telling.people) {
      const key = deliveryKey(telling.entry, person);
      if (!first.has(key)) first.set(key, { telling, person, key });
    }
  }
  return [...first.values()];
}
