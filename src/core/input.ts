import { type ZodType, z } from 'zod';
import { invalidInput } from './errors.ts';

z.config(z.locales.zhCN());

/**
 * Checks `raw` against a schema and returns what it describes.
 * @throws HaolinError invalid_input, with one Chinese sentence a field.
 */
export function parseInput<T>(schema: ZodType<T>, raw: unknown): T {
  const result = schema.safeParse(raw ?? {});
  if (result.success) return result.data;
  throw invalidInput(
    result.error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), problem: issue.message })),
  );
}
