import type { Chunk } from './paged-list';

/**
 * Reads a list page after page to its end.
 * @param most rows after which no further page is read
 * @returns `more`: whether there were further ones
 */
export async function allPages<T>(
  load: (cursor?: string) => Promise<Chunk<T>>,
  most: number,
): Promise<{ items: T[]; more: boolean }> {
  let { items, next } = await load();
  while (next !== undefined && items.length < most) {
    const page = await load(next);
    items = [...items, ...page.items];
    next = page.next;
  }
  return { items, more: next !== undefined };
}
