import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Seals personal numbers and private words so that the database alone tells nothing. */
export interface Vault {
  /** AES-256-GCM; a fresh nonce each time, so equal texts do not look equal. */
  seal(text: string): string;
  /** @throws when the text was not sealed with this key or was changed. */
  open(sealed: string): string;
  /** Keyed hash (HMAC-SHA-256) to look a number up without storing it. */
  fingerprint(text: string): string;
}

const VERSION = 'v1';

/** A vault on one secret of at least 32 bytes; the two keys are derived from it (HKDF) and never stored. */
export function openVault(secret: Uint8Array): Vault {
  if (secret.length < 32) throw new Error('The field secret must be at least 32 bytes: openssl rand -base64 32');
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, 'haolin', use, 32));
  const sealingKey = derive('seal');
  const hashingKey = derive('fingerprint');
  return {
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [VERSION, nonce, cipher.getAuthTag(), body]
        .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
        .join('.');
    },
    open(sealed) {
      const [version, nonce, tag, body] = sealed.split('.');
      if (version !== VERSION || nonce === undefined || tag === undefined || body === undefined) {
        throw new Error('Not a sealed text');
      }
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, Buffer.from(nonce, 'base64url'), {
        authTagLength: 16,
      });
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
    },
    fingerprint: (text) => createHmac('sha256', hashingKey).update(text).digest('base64url'),
  };
}
