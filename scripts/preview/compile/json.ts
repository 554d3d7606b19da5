import type { Source } from './source.ts';

export type JsonObject = { readonly [key: string]: unknown };

/** A JSON file of the mini-program; what is not JSON becomes a problem with its place and counts as empty. */
export function readJson(source: Source, path: string): JsonObject {
  const text = source.text(path);
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
    source.problem('json-invalid', path, 0, 'the file must hold one object');
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    source.problem('json-invalid', path, placeIn(message), message.replace(/\s+/gu, ' '));
  }
  return {};
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** V8 says where it stopped: `… at position 12 (line 2 column 3)`, in some versions without the line. */
function placeIn(message: string): number | { line: number; column: number } {
  const [, line, column] = /line (\d+) column (\d+)/u.exec(message) ?? [];
  if (line && column) return { line: Number(line), column: Number(column) };
  return Number(/position (\d+)/u.exec(message)?.[1] ?? 0);
}
