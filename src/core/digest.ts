import { createHash } from 'node:crypto';

const LENGTH = 22;

/** A short digest of a value: the same for the same content, whatever the order of its fields. */
export function digestOf(input: unknown): string {
  return createHash('sha256').update(canonical(input)).digest('base64url').slice(0, LENGTH);
}

/**
 * A digest of a digest that nobody makes without the key: a plain one of a few words can be guessed at until it matches.
 * @param keyed a keyed hash, as the vault's `fingerprint`
 * @param about what it is a digest of, with where it stands: equal words elsewhere do not look equal
 */
export const keyedDigest = (keyed: (text: string) => string, about: string): string =>
  keyed(`history\n${about}`).slice(0, LENGTH);

function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${fields
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`)
    .join(',')}}`;
}
