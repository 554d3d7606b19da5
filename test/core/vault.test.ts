import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openVault } from '../../src/core/vault.ts';

describe('vault', () => {
  const vault = openVault(randomBytes(32));

  it('opens what it sealed and never seals alike twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const text = raw.toWellFormed();
        const sealed = vault.seal(text);
        expect(vault.open(sealed)).toBe(text);
        expect(vault.seal(text)).not.toBe(sealed);
      }),
    );
  });

  it('refuses a changed text, a shortened tag and another key', () => {
    const sealed = vault.seal('13800000000');
    const [version, nonce, tag = '', body] = sealed.split('.');
    expect(() => openVault(randomBytes(32)).open(sealed)).toThrow();
    expect(() => vault.open([version, nonce, tag, `A${body}`].join('.'))).toThrow();
    expect(() => vault.open([version, nonce, tag.slice(0, 6), body].join('.'))).toThrow();
    expect(() => vault.open('13800000000')).toThrow();
  });

  it('gives equal texts equal fingerprints, under this key only', () => {
    expect(vault.fingerprint('138')).toBe(vault.fingerprint('138'));
    expect(vault.fingerprint('138')).not.toBe(openVault(randomBytes(32)).fingerprint('138'));
    expect(vault.fingerprint('138')).not.toContain('138');
  });

  it('will not work with a short secret', () => {
    expect(() => openVault(randomBytes(16))).toThrow(/32 bytes/);
  });
});
