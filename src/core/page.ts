import { type ZodType, z } from 'zod';
import { invalidInput } from './errors.ts';

/** What a list route takes: how many, and from where on. Extend it with the list's own filters. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20).meta({ description: '每页条数', example: 20 }),
  cursor: z.string().min(1).max(1_000).optional().meta({ description: '上一页返回的 next；不填就是第一页' }),
});

/** The sort values of a page's last item, as text a client hands back without looking inside. */
export function encodeCursor(values: unknown): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * Reads a cursor back. Its values come from outside again, so the schema says exactly what they may be.
 * @throws HaolinError invalid_input, whatever is wrong with it
 */
export function decodeCursor<T>(text: string, schema: ZodType<T>): T {
  const result = schema.safeParse(parsed(text));
  if (result.success) return result.data;
  throw invalidInput([{ path: 'cursor', problem: '翻页标记已失效，请回到第一页再看。' }]);
}

/** `undefined`, which no cursor holds, for anything that `encodeCursor` cannot have written. */
function parsed(text: string): unknown {
  const bytes = Buffer.from(text, 'base64url');
  // Decoding skips what is not base64url; only a text that comes out again the same was whole.
  if (bytes.toString('base64url') !== text) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
