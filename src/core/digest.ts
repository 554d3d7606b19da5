import { createHash } from 'node:crypto';

const LENGTH = 22;

/** A short digest of a value: the same for the same content, whatever the order of its fields. */
export function digestOf(input: unknown): string {
  return createHash('sha256').update(canonical(input)).digest('base64url').slice(0, LENGTH);
}

/**
 * The digest of an input of a document that nobody makes without the key: a plain one of a few words can be guessed at until
 * it matches.
 * @param keyed a keyed hash, as the vault's `fingerprint`
 * @param name the document's kind, `wish`; with its id, for equal words elsewhere are not to look equal
 */
export const historyDigest = (keyed: (text: string) => string, name: string, id: string, plain: string): string =>
  keyed(`history\n${name}\n${id}\n${plain}`).slice(0, LENGTH);

/**
 * Whether this is the digest of an input of a document, as it is kept now or was before: plain, as long as the kind had no
 * key, or under the key once more, as upgrades leave it.
 */
export function isHistoryDigest(
  digest: string,
  keyed: (text: string) => string,
  name: string,
  id: string,
  input: unknown,
): boolean {
  const plain = digestOf(input);
  const kept = historyDigest(keyed, name, id, plain);
  return digest === kept || digest === plain || digest === historyDigest(keyed, name, id, kept);
}

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
