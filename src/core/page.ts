import { type ZodType, z } from 'zod';
import { badCursor } from './errors.ts';
import { called } from './input.ts';
import type { Reads } from './reads.ts';
import type { Vault } from './vault.ts';

/** What a list route takes: how many, and from where on. Extend it with the list's own filters. */
export const pageQuery = z.object({
  limit: called('每页条数', z.coerce.number().int().min(1).max(100))
    .default(20)
    .meta({ description: '每页条数', example: 20 }),
  cursor: called('翻页标记', z.string().min(1).max(1_000))
    .optional()
    .meta({ description: '上一页返回的 next；不填就是第一页' }),
});

/** Where a sealed cursor belongs: one is good for nothing else, and nothing else is good for one. */
const PLACE = 'cursor';

/**
 * The sort values of a page's last item, as text a client hands back. Under seal: they may say more than the list shows
 * (the very moment of something the wall gives a day for).
 */
export function encodeCursor(vault: Vault, values: unknown): string {
  return vault.seal(JSON.stringify(values), PLACE);
}

/**
 * Reads a cursor back. The schema says exactly what its values may be: it may be another list's.
 * @throws HaolinError invalid_input, whatever is wrong with it
 */
export function decodeCursor<T>(vault: Vault, text: string, schema: Reads<T>): T {
  const opened = vault.tryOpen(text, PLACE);
  const given: unknown = opened === undefined ? undefined : JSON.parse(opened);
  const result = (schema as unknown as ZodType<T>).safeParse(given);
  if (result.success) return result.data;
  throw badCursor();
}
