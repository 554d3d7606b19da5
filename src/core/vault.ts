import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { sealedUnreadable } from './errors.ts';

/** Seals personal numbers and private words so that the database alone tells nothing. */
export interface Vault {
  /** Which secret seals now, as every sealed text names it; says nothing about the secret. */
  readonly keyId: string;
  /**
   * AES-256-GCM; a fresh nonce each time, so equal texts do not look equal.
   * @param place where it belongs (see `sealPlace`): it opens nowhere else, so nobody can swap two of them in the database
   */
  seal(text: string, place?: string): string;
  /** @throws HaolinError sealed_unreadable when it was sealed with no key of this vault, for another place, or was changed */
  open(sealed: string, place?: string): string;
  /** As `open`, `undefined` where that throws: for lists, which one unreadable line must not take down. */
  tryOpen(sealed: string, place?: string): string | undefined;
  /** Keyed hash (HMAC-SHA-256) to look a number up without storing it. */
  fingerprint(text: string): string;
}

/** The place of a field of a document, for `seal` and `open`. */
export const sealPlace = (collection: string, id: string, field: string): string => `${collection}/${id}/${field}`;

interface Key {
  id: string;
  sealing: Buffer;
  hashing: Buffer;
}

/** Begins a sealed text: `v2.key.nonce.tag.body`. The first version named no key and no place. */
const VERSION = 'v2';
const FIRST_VERSION = 'v1';
const LEAST_BYTES = 32;

/**
 * A vault on one secret of at least 32 bytes; its keys are derived from it (HKDF) and never stored.
 * @param old secrets used before, latest first: they still open, and the first one ever used (the last here) goes on
 *   making the fingerprints, without which nobody could be looked up after a change
 */
export function openVault(secret: Uint8Array, old: readonly Uint8Array[] = []): Vault {
  const keys = [secret, ...old].map(keyOf) as [Key, ...Key[]];
  const [current] = keys;
  const { hashing } = keys.at(-1) ?? current;
  const byId = new Map(keys.map((key) => [key.id, key]));

  function open(sealed: string, place = ''): string {
    const [version, ...parts] = sealed.split('.');
    if (version === FIRST_VERSION) return openFirstVersion(parts, keys);
    const [id = '', ...rest] = parts;
    const key = byId.get(id);
    if (version !== VERSION || !key) throw sealedUnreadable();
    return opened(rest, key, boundTo(id, place));
  }

  return {
    keyId: current.id,
    seal(text, place = '') {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', current.sealing, nonce).setAAD(boundTo(current.id, place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const parts = [nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'));
      return [VERSION, current.id, ...parts].join('.');
    },
    open,
    tryOpen(sealed, place) {
      try {
        return open(sealed, place);
      } catch {
        return undefined;
      }
    },
    fingerprint: (text) => createHmac('sha256', hashing).update(text).digest('base64url'),
  };
}

function keyOf(secret: Uint8Array): Key {
  if (secret.length < LEAST_BYTES) {
    throw new Error('The field secret must be at least 32 bytes: openssl rand -base64 32');
  }
  const derive = (use: string, bytes: number) => Buffer.from(hkdfSync('sha256', secret, 'haolin', use, bytes));
  return {
    id: derive('key id', 6).toString('base64url'),
    sealing: derive('seal', 32),
    hashing: derive('fingerprint', 32),
  };
}

/** What is authenticated along with the text. */
const boundTo = (keyId: string, place: string): Buffer => Buffer.from(`${VERSION}\n${keyId}\n${place}`);

/** It may have been sealed with any of the keys. */
function openFirstVersion(parts: readonly string[], keys: readonly Key[]): string {
  let failed: unknown;
  for (const key of keys) {
    try {
      return opened(parts, key);
    } catch (error) {
      failed = error;
    }
  }
  throw failed;
}

function opened(parts: readonly string[], key: Key, bound?: Buffer): string {
  const [nonce, tag, body, more] = parts;
  if (nonce === undefined || tag === undefined || body === undefined || more !== undefined) throw sealedUnreadable();
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.sealing, Buffer.from(nonce, 'base64url'), {
      authTagLength: 16,
    });
    if (bound) decipher.setAAD(bound);
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
  } catch (error) {
    throw sealedUnreadable(error);
  }
}
