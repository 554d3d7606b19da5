import { type ZodType, z } from 'zod';
import { invalidInput } from './errors.ts';
import { problemsOf } from './field-problems.ts';
import type { Reads } from './reads.ts';

const names = z.registry<{ name: string }>();

/**
 * The same schema under the name people know its field by: what is wrong with it is then said of “心愿内容” and not of
 * `text`. A schema whose error is a sentence of its own (a refinement's) keeps that.
 */
export function called<T extends Reads<unknown>>(name: string, schema: T): T {
  const named = (schema as unknown as ZodType).clone();
  names.add(named, { name });
  return named as unknown as T;
}

/** The text in a field of an input that was not checked yet; empty when there is none. */
export function textIn(input: unknown, field: string): string {
  const value = typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' ? value : '';
}

/**
 * Checks `raw` against a schema and returns what it describes.
 * @throws HaolinError invalid_input, with a plain Chinese sentence and a stable code for each field
 */
export function parseInput<T>(reads: Reads<T>, raw: unknown): T {
  const schema = reads as unknown as ZodType<T>;
  const given = raw ?? {};
  // Only what a schema says in words of its own is kept of the validator's.
  const result = schema.safeParse(given, { error: () => '' });
  if (result.success) return result.data;
  throw invalidInput(
    problemsOf(result.error.issues, { schema, given, nameOf: (field) => names.get(field)?.name ?? '' }),
  );
}
