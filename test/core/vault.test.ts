import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openVault, sealPlace } from '../../src/core/vault.ts';

const texts = fc.string({ unit: 'binary' }).map((raw) => raw.toWellFormed());

/** A text as the first version sealed it: no key named, bound to no place. */
function sealedFirst(secret: Buffer, text: string): string {
  const key = Buffer.from(hkdfSync('sha256', secret, 'haolin', 'seal', 32));
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return ['v1', ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.');
}

describe('vault', () => {
  const secret = randomBytes(32);
  const vault = openVault(secret);

  it('opens what it sealed and never seals alike twice', () => {
    fc.assert(
      fc.property(texts, fc.option(fc.string(), { nil: undefined }), (text, place) => {
        const sealed = vault.seal(text, place);
        expect(vault.open(sealed, place)).toBe(text);
        expect(vault.tryOpen(sealed, place)).toBe(text);
        expect(vault.seal(text, place)).not.toBe(sealed);
      }),
    );
  });

  it('refuses a text with any one character changed, cut or added, and another key', () => {
    const sealed = vault.seal('13800000000', 'here');
    expect(openVault(randomBytes(32)).tryOpen(sealed, 'here')).toBeUndefined();
    for (let at = 0; at < sealed.length; at += 1) {
      for (const other of ['', 'A', 'b', '.', '中']) {
        const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
        // The last letter of a part may hold bits that decode to nothing: what opens is still what was sealed.
        if (changed !== sealed) expect(vault.tryOpen(changed, 'here') ?? '13800000000').toBe('13800000000');
      }
    }
    const [version, key, nonce, tag = '', body] = sealed.split('.');
    expect(vault.tryOpen([version, key, nonce, tag.slice(0, 6), body].join('.'), 'here')).toBeUndefined();
    expect(vault.tryOpen([version, key, nonce, tag, `A${body}`].join('.'), 'here')).toBeUndefined();
    for (const no of ['13800000000', '', '.', 'v2', 'v2....', 'v1...', `${sealed}.`, `v3${sealed.slice(2)}`]) {
      expect(() => vault.open(no, 'here')).toThrow(/sealed_unreadable/);
    }
  });

  it('opens a text only where it belongs', () => {
    const mine = sealPlace('people', 'a', 'phone');
    const sealed = vault.seal('13800000000', mine);
    for (const place of [sealPlace('people', 'b', 'phone'), sealPlace('people', 'a', 'idNumber'), '', undefined]) {
      expect(vault.tryOpen(sealed, place)).toBeUndefined();
    }
    const nowhere = vault.seal('13800000000');
    expect(vault.tryOpen(nowhere, mine)).toBeUndefined();
    // Called a text of the first version, which knew no places, it does not open either.
    for (const one of [sealed, nowhere]) {
      const [, , ...rest] = one.split('.');
      expect(vault.tryOpen(['v1', ...rest].join('.'), mine)).toBeUndefined();
    }
  });

  it('still opens what earlier secrets and the first version sealed, and seals with the present one', () => {
    const [oldest, old] = [randomBytes(32), randomBytes(32)];
    const before = [openVault(oldest).seal('一', 'p'), openVault(old, [oldest]).seal('二', 'p')];
    const first = [oldest, old, secret].map((one) => sealedFirst(one, '三'));
    const now = openVault(secret, [old, oldest]);
    expect(before.map((one) => now.open(one, 'p'))).toEqual(['一', '二']);
    expect(first.map((one) => now.open(one, 'anywhere'))).toEqual(['三', '三', '三']);
    expect(now.keyId).toBe(vault.keyId);
    expect(vault.open(now.seal('四'))).toBe('四');
    expect(before.map((one) => vault.tryOpen(one, 'p'))).toEqual([undefined, undefined]);
    expect(vault.tryOpen(first[0] ?? '')).toBeUndefined();
  });

  it('gives equal texts equal fingerprints, under this key only and over changes of the secret', () => {
    expect(vault.fingerprint('138')).toBe(vault.fingerprint('138'));
    expect(vault.fingerprint('138')).not.toBe(openVault(randomBytes(32)).fingerprint('138'));
    expect(vault.fingerprint('138')).not.toContain('138');
    const next = openVault(randomBytes(32), [secret]);
    expect(next.fingerprint('138')).toBe(vault.fingerprint('138'));
    expect(openVault(randomBytes(32), [randomBytes(32), secret]).fingerprint('138')).toBe(vault.fingerprint('138'));
  });

  it('will not work with a short secret, present or old', () => {
    expect(() => openVault(randomBytes(16))).toThrow(/32 bytes/);
    expect(() => openVault(secret, [randomBytes(31)])).toThrow(/32 bytes/);
  });
});
